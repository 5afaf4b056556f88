package dev.dumpkeeper.hprof;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A frame of a stack in a dump.
 *
 * @param type the class in Java notation, at most {@value #LONGEST_NAME} characters
 * without control characters, as the method is
 * @param method its name
 * @param file the source file, {@code null} if the class does not name it
 * @param line the line from 1; 0 or less as defined by the format: -3 for a native
 * method, otherwise unknown
 */
public record StackFrame(String type, String method, @Nullable String file, int line) {

	static final int LONGEST_NAME = 300;

	private static final int NATIVE = -3;

	public StackFrame {
		type = ClassNames.shown(type, LONGEST_NAME);
		method = ClassNames.shown(method, LONGEST_NAME);
		file = Optional.ofNullable(file).map((name) -> ClassNames.shown(name, LONGEST_NAME)).orElse(null);
	}

	/** Whether the class belongs to the JDK or the JVM. */
	boolean isOfPlatform() {
		return this.type.startsWith("java.") || this.type.startsWith("javax.") || this.type.startsWith("jdk.")
				|| this.type.startsWith("sun.") || this.type.startsWith("com.sun.");
	}

	/**
	 * Formats the frame as {@link StackTraceElement} does.
	 * @return such as {@code com.acme.Cache.load(Cache.java:42)}
	 */
	@Override
	public String toString() {
		String place = (this.line == NATIVE) ? "Native Method"
				: (this.file == null) ? "Unknown Source" : (this.line > 0) ? this.file + ":" + this.line : this.file;
		return this.type + "." + this.method + "(" + place + ")";
	}

}
