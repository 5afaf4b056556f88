package dev.dumpkeeper.ledger;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.Death;
import dev.dumpkeeper.hprof.StackFrame;
import dev.dumpkeeper.text.SafeText;

/**
 * Why a dump was made, as stored in the ledger.
 *
 * @param kind how the JVM ended
 * @param fingerprint the failure's fingerprint, the same in every pod and on every day;
 * {@code null} without an OutOfMemoryError
 * @param topFrame the most telling frame of its stack, at most 400 characters;
 * {@code null} without an OutOfMemoryError
 */
public record DumpCause(Death.Kind kind, @Nullable String fingerprint, @Nullable String topFrame) {

	static DumpCause of(Death death) {
		return new DumpCause(death.kind(), death.fingerprint().orElse(null),
				death.topFrame().map((frame) -> SafeText.cut(frame.toString(), 400)).orElse(null));
	}

	/** Returns the stack in the format of a JVM. */
	static Optional<String> stack(Death death) {
		return death.stack().stream().map(StackFrame::toString).reduce((above, below) -> above + "\n" + below);
	}

}
