package dev.dumpkeeper.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.dumpkeeper.hprof.HeapReading.Budget;

/**
 * What one run may read of heaps. A reading that does not end leaves nothing, so none is
 * begun that could outlast the run's share.
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
		// A run that has read one dump still has the time for another one.
		this.timePerDump = shorter(properties.timePerDump(), properties.timePerRun().dividedBy(2));
		this.bytesLeft = properties.bytesPerRun().toBytes();
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/** Whether a dump may take all the time that it may take. */
	boolean hasTime() {
		return !this.clock.instant().plus(this.timePerDump).isAfter(this.end);
	}

	/** Whether as much of a dump of this size may be read as may be read of one. */
	boolean hasBytes(long size) {
		return Math.min(size, bytesPerDump()) <= this.bytesLeft;
	}

	private long bytesPerDump() {
		return Math.min(this.properties.bytesPerDump().toBytes(), this.properties.bytesPerRun().toBytes());
	}

	/** What one dump may take. */
	Budget budget() {
		return new Budget(bytesPerDump(), this.properties.bytesPerDump().toBytes(), this.timePerDump, System::nanoTime);
	}

	/** Counts what is read. */
	void take(long bytes) {
		this.bytesLeft -= bytes;
	}

}
