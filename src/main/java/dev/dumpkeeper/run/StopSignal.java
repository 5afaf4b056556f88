package dev.dumpkeeper.run;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Requests work to stop at the next clean point: all work of this process after SIGTERM,
 * the run in progress after a request or the loss of the lease, or the partitions of runs
 * that this process no longer holds.
 */
public final class StopSignal {

	private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

	/** Read far more often than it changes. */
	private volatile boolean raised;

	/** On the scale of {@link System#nanoTime()}. */
	private volatile @Nullable Long heldUntil;

	/**
	 * Raises the signal for this process, which then accepts no more work; a repetition
	 * has no effect.
	 */
	public void raise() {
		set(Reason.ENDING, true);
	}

	/**
	 * Raises the signal for the run in progress, until {@link #lower()}; a repetition has
	 * no effect.
	 */
	public void raiseForWork() {
		set(Reason.RUN, true);
	}

	/**
	 * Lowers the signal after the run has stopped, so that another can start, unless the
	 * process ends.
	 */
	public void lower() {
		set(Reason.RUN, false);
	}

	/**
	 * Raises the signal because another process may work on a partition of this one,
	 * until {@link #endPartitions()}.
	 */
	public void raiseForPartitions() {
		set(Reason.PARTITIONS, true);
	}

	/**
	 * Raises the signal by itself once an instant has passed, unless a later one is set
	 * before. A process that was frozen thus stops with its first check, before any timer
	 * of its own has run.
	 * @param nanoTime the instant, on the scale of {@link System#nanoTime()}
	 */
	public void holdPartitionsUntil(long nanoTime) {
		this.heldUntil = nanoTime;
	}

	/** Lowers the signal after the last partition of this process has ended. */
	public void endPartitions() {
		this.heldUntil = null;
		set(Reason.PARTITIONS, false);
	}

	private synchronized void set(Reason reason, boolean present) {
		if (present) {
			this.reasons.add(reason);
		}
		else {
			this.reasons.remove(reason);
		}
		this.raised = !this.reasons.isEmpty();
		notifyAll();
	}

	/**
	 * Returns whether work should stop.
	 * @return {@code true} while the signal is raised
	 */
	public boolean isRaised() {
		Long until = this.heldUntil;
		return this.raised || until != null && System.nanoTime() - until > 0;
	}

	/**
	 * Returns whether the run in progress should stop as a whole, and not only the
	 * partitions of this process.
	 * @return {@code true} after a request, with the loss of the lease, and at the end of
	 * the process
	 */
	public synchronized boolean isRaisedForRun() {
		return this.reasons.contains(Reason.ENDING) || this.reasons.contains(Reason.RUN);
	}

	/**
	 * Stops the caller's work when the signal is raised.
	 * @throws StoppedException when the signal is raised
	 */
	public void check() {
		if (isRaised()) {
			throw new StoppedException();
		}
	}

	/**
	 * Waits, but not longer than until the signal is raised.
	 * @param duration how long at most
	 * @throws StoppedException when the signal is raised, or the thread is interrupted
	 */
	public synchronized void pause(Duration duration) {
		await(duration, () -> this.raised);
		check();
	}

	/**
	 * Waits, but not longer than until the process ends.
	 * @param duration how long at most
	 * @throws StoppedException when the process ends, or the thread is interrupted
	 */
	public synchronized void pauseUnlessEnding(Duration duration) {
		await(duration, () -> this.reasons.contains(Reason.ENDING));
		if (this.reasons.contains(Reason.ENDING)) {
			throw new StoppedException();
		}
	}

	private synchronized void await(Duration duration, BooleanSupplier over) {
		long end = System.nanoTime() + duration.toNanos();
		try {
			for (long left = duration.toNanos(); left > 0 && !over.getAsBoolean(); left = end - System.nanoTime()) {
				wait(left / 1_000_000, (int) (left % 1_000_000));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StoppedException();
		}
	}

	private enum Reason {

		ENDING, RUN, PARTITIONS

	}

}
