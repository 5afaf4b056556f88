package dev.dumpkeeper.digest;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.Death;

/**
 * Why a dump was made, as a digest tells it.
 *
 * @param kind what kind of end the JVM had
 * @param topFrame the frame that says most, {@code null} without an OutOfMemoryError
 * @param seen how many dumps have the same stack, this one included
 * @param since when the first of them was made
 * @param workloads in how many workloads
 * @param topClass the class that held most of the heap, {@code null} where nobody has
 * read it
 * @param topShare its share of the heap in percent
 */
record Reason(Death.Kind kind, @Nullable String topFrame, long seen, Instant since, long workloads,
		@Nullable String topClass, int topShare) {

	/** Whether it says anything. */
	boolean isTold() {
		return this.kind != Death.Kind.UNKNOWN;
	}

}
