package dev.dumpkeeper.ledger;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.Death;
import dev.dumpkeeper.hprof.StackFrame;
import dev.dumpkeeper.text.SafeText;

/**
 * Why a dump was made, as far as the ledger keeps it.
 *
 * @param kind what kind of end the JVM had
 * @param fingerprint the failure's name, the same in every pod and on every day;
 * {@code null} without an OutOfMemoryError
 * @param topFrame the frame of its stack that says most, at most 400 characters;
 * {@code null} likewise
 */
public record DumpCause(Death.Kind kind, @Nullable String fingerprint, @Nullable String topFrame) {

	static DumpCause of(Death death) {
		return new DumpCause(death.kind(), death.fingerprint().orElse(null),
				death.topFrame().map((frame) -> SafeText.cut(frame.toString(), 400)).orElse(null));
	}

	/** The stack as a JVM prints it, for people. */
	static Optional<String> stack(Death death) {
		return death.stack().stream().map(StackFrame::toString).reduce((above, below) -> above + "\n" + below);
	}

}
