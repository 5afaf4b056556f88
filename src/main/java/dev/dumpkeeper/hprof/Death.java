package dev.dumpkeeper.hprof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Why a dump was made, according to the stacks before its heap.
 *
 * @param kind how the JVM ended
 * @param stack of the thread that ran out of memory, the innermost frame first, at most
 * {@value #DEEPEST} frames; empty unless the kind is an OutOfMemoryError
 * @param note what could not be read and why, or the empty string
 */
public record Death(Kind kind, List<StackFrame> stack, String note) {

	/** Deeper stacks are recursion. */
	static final int DEEPEST = 256;

	/** How many frames identify a failure. */
	private static final int TELLING = 8;

	private static final int FINGERPRINT_BYTES = 6;

	public Death {
		stack = List.copyOf(stack);
	}

	static Death unknown(String note) {
		return new Death(Kind.UNKNOWN, List.of(), note);
	}

	static Death asked() {
		return new Death(Kind.ASKED_FOR, List.of(), "");
	}

	/**
	 * Creates the cause of an OutOfMemoryError.
	 * @param stack without the frames that made the error
	 */
	static Death of(List<StackFrame> stack) {
		return new Death(kind(stack), stack, "");
	}

	private static Kind kind(List<StackFrame> stack) {
		for (StackFrame frame : stack) {
			if (!frame.isOfPlatform()) {
				break;
			}
			String where = frame.type() + "." + frame.method();
			if (where.equals("java.lang.Thread.start0")) {
				return Kind.THREAD;
			}
			if (frame.method().startsWith("defineClass") || frame.method().startsWith("defineAnonymousClass")) {
				return Kind.METASPACE;
			}
		}
		return Kind.HEAP_SPACE;
	}

	/**
	 * Returns the most telling frame: the innermost one outside the JDK.
	 * @return the frame; the innermost of all if the whole stack belongs to the JDK;
	 * empty without a stack
	 */
	public Optional<StackFrame> topFrame() {
		return this.stack.stream()
			.filter((frame) -> !frame.isOfPlatform())
			.findFirst()
			.or(() -> this.stack.stream().findFirst());
	}

	/**
	 * Returns an identifier of the failure that is the same in every pod and on every
	 * day: a hash of classes and methods of the innermost frames, those of the
	 * application if there are any. Line numbers do not count, nor do numbers in the
	 * names of generated classes, nor the depth of a recursion.
	 * @return 12 hexadecimal digits; empty without a stack
	 */
	public Optional<String> fingerprint() {
		if (this.stack.isEmpty()) {
			return Optional.empty();
		}
		List<String> own = significant(this.stack.stream().filter((frame) -> !frame.isOfPlatform()).toList());
		List<String> significant = own.isEmpty() ? significant(this.stack) : own;
		byte[] hash = sha256()
			.digest((this.kind + "\n" + String.join("\n", significant)).getBytes(StandardCharsets.UTF_8));
		return Optional.of(HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES));
	}

	private static List<String> significant(List<StackFrame> frames) {
		return frames.stream()
			.map((frame) -> ClassNames.lasting(frame.type()) + "." + ClassNames.lasting(frame.method()))
			.distinct()
			.limit(TELLING)
			.toList();
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** How a JVM ended. */
	public enum Kind {

		/**
		 * An OutOfMemoryError at an allocation: mostly heap space. Dumps do not show
		 * whether the cause was the GC overhead limit or the maximum size of an array.
		 */
		HEAP_SPACE,

		/** An OutOfMemoryError at the definition of a class: usually Metaspace. */
		METASPACE,

		/** An OutOfMemoryError at the start of a thread. */
		THREAD,

		/**
		 * Stacks without an OutOfMemoryError: the dump was requested (jcmd, jmap, a
		 * signal).
		 */
		ASKED_FOR,

		/** Unknown: the stacks were not found, or there are none. */
		UNKNOWN

	}

}
