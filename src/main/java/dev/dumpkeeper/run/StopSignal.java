package dev.dumpkeeper.run;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Requests work to stop at the next clean point: all work of this process after SIGTERM,
 * or only the work in progress after a request or the loss of the lease.
 */
public final class StopSignal {

	private boolean ending;

	private boolean stopping;

	/** Read far more often than it changes. */
	private volatile boolean raised;

	/**
	 * Raises the signal for this process, which then accepts no more work; a repetition
	 * has no effect.
	 */
	public synchronized void raise() {
		this.ending = true;
		update();
	}

	/**
	 * Raises the signal for the work in progress, until {@link #lower()}; a repetition
	 * has no effect.
	 */
	public synchronized void raiseForWork() {
		this.stopping = true;
		update();
	}

	/**
	 * Lowers the signal after the work has stopped, so that other work can start, unless
	 * the process ends.
	 */
	public synchronized void lower() {
		this.stopping = false;
		update();
	}

	private void update() {
		this.raised = this.ending || this.stopping;
		notifyAll();
	}

	/**
	 * Returns whether work should stop.
	 * @return {@code true} while the signal is raised
	 */
	public boolean isRaised() {
		return this.raised;
	}

	/**
	 * Stops the caller's work when the signal is raised.
	 * @throws StoppedException when the signal is raised
	 */
	public void check() {
		if (this.raised) {
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
		await(duration, () -> this.ending);
		if (this.ending) {
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

}
