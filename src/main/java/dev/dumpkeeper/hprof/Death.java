package dev.dumpkeeper.hprof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Why a dump was made, as the stacks before its heap tell.
 *
 * @param kind what kind of end it was
 * @param stack of the thread that ran out of memory, the innermost frame first, at most
 * {@value #DEEPEST} frames; empty unless the kind is an OutOfMemoryError
 * @param note what could not be read and why, or the empty string
 */
public record Death(Kind kind, List<StackFrame> stack, String note) {

	/** Deeper stacks are recursion. */
	static final int DEEPEST = 256;

	/** So many frames name a failure. */
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
	 * An OutOfMemoryError.
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
	 * The frame that says most: the innermost one that is not the JDK's.
	 * @return the frame; the innermost of all where the whole stack is the JDK's; empty
	 * without a stack
	 */
	public Optional<StackFrame> topFrame() {
		return this.stack.stream()
			.filter((frame) -> !frame.isOfPlatform())
			.findFirst()
			.or(() -> this.stack.stream().findFirst());
	}

	/**
	 * A name for the failure that is the same in every pod and on every day: a hash over
	 * classes and methods of the innermost frames, those of the application where there
	 * are any. Lines do not count, nor do numbers that the JVM and libraries give to
	 * classes made at run time, nor how deep a recursion went.
	 * @return 12 hexadecimal digits; empty without a stack
	 */
	public Optional<String> fingerprint() {
		if (this.stack.isEmpty()) {
			return Optional.empty();
		}
		List<String> own = telling(this.stack.stream().filter((frame) -> !frame.isOfPlatform()).toList());
		List<String> telling = own.isEmpty() ? telling(this.stack) : own;
		byte[] hash = sha256().digest((this.kind + "\n" + String.join("\n", telling)).getBytes(StandardCharsets.UTF_8));
		return Optional.of(HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES));
	}

	private static List<String> telling(List<StackFrame> frames) {
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

	/** What kind of end a JVM had. */
	public enum Kind {

		/**
		 * An OutOfMemoryError where an object was allocated: mostly heap space. That it
		 * was a limit of GC overhead or of an array's size is in no dump.
		 */
		HEAP_SPACE,

		/** An OutOfMemoryError where a class was defined: Metaspace, as a rule. */
		METASPACE,

		/** An OutOfMemoryError where a thread was started. */
		THREAD,

		/**
		 * Stacks, and no OutOfMemoryError in any: somebody asked for the dump (jcmd,
		 * jmap, a signal).
		 */
		ASKED_FOR,

		/** Nothing tells: the stacks were not found, or there are none. */
		UNKNOWN

	}

}
