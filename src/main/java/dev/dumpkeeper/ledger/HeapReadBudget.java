package dev.dumpkeeper.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.dumpkeeper.hprof.HeapReading.Budget;

/**
 * The budget of one run for reading heaps. An interrupted reading keeps nothing, so none
 * is started that could exceed the budget.
 */
final class HeapReadBudget {

	private final ContentsProperties properties;

	private final Clock clock;

	private final Instant end;

	private final Duration timePerDump;

	private long bytesLeft;

	HeapReadBudget(ContentsProperties properties, Clock clock) {
		this.properties = properties;
		this.clock = clock;
		this.end = clock.instant().plus(properties.timePerRun());
		// Leaves time for at least one more dump.
		this.timePerDump = shorter(properties.timePerDump(), properties.timePerRun().dividedBy(2));
		this.bytesLeft = properties.bytesPerRun().toBytes();
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/** Whether the whole time budget of a dump remains. */
	boolean hasTime() {
		return !this.clock.instant().plus(this.timePerDump).isAfter(this.end);
	}

	/**
	 * Takes the byte budget of a dump, so that its reading can begin.
	 * @return whether it remained
	 */
	boolean take(long size) {
		long bytes = Math.min(size, bytesPerDump());
		if (bytes > this.bytesLeft) {
			return false;
		}
		this.bytesLeft -= bytes;
		return true;
	}

	private long bytesPerDump() {
		return Math.min(this.properties.bytesPerDump().toBytes(), this.properties.bytesPerRun().toBytes());
	}

	Budget budget() {
		return new Budget(bytesPerDump(), this.properties.bytesPerDump().toBytes(), this.timePerDump, System::nanoTime);
	}

}
