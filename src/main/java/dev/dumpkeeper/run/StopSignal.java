package dev.dumpkeeper.run;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Asks work to end at the next clean point: all work of this process, by SIGTERM, or only
 * the work under way, by a person or by the loss of the lease.
 */
public final class StopSignal {

	private boolean ending;

	private boolean stopping;

	/** Read far more often than it changes. */
	private volatile boolean raised;

	/**
	 * Raises the signal for this process, which takes up no work any more; repeating it
	 * has no effect.
	 */
	public synchronized void raise() {
		this.ending = true;
		update();
	}

	/**
	 * Raises the signal for the work under way, until {@link #lower()}; repeating it has
	 * no effect.
	 */
	public synchronized void raiseForWork() {
		this.stopping = true;
		update();
	}

	/**
	 * The work that was to stop has ended: other work goes on, unless the process ends.
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
	 * Whether work should end.
	 * @return {@code true} while the signal is raised
	 */
	public boolean isRaised() {
		return this.raised;
	}

	/**
	 * Ends the caller's work when the signal is raised.
	 * @throws StoppedException when the signal is raised
	 */
	public void check() {
		if (this.raised) {
			throw new StoppedException();
		}
	}

	/**
	 * Waits, and no longer than until the signal is raised.
	 * @param duration how long at most
	 * @throws StoppedException when the signal is raised, or the thread is interrupted
	 */
	public synchronized void pause(Duration duration) {
		await(duration, () -> this.raised);
		check();
	}

	/**
	 * Waits, and no longer than until the process ends.
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
