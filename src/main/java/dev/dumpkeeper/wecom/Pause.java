package dev.dumpkeeper.wecom;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.StoppedException;

/**
 * How the delivery waits.
 */
@FunctionalInterface
interface Pause {

	/**
	 * Waits.
	 * @throws StoppedException at once when the work of this process is to end
	 */
	void of(Duration duration);

	/** Waits on the wall clock, and no longer than until the signal is raised. */
	static Pause unless(StopSignal stop) {
		CountDownLatch raised = new CountDownLatch(1);
		stop.onRaise(raised::countDown);
		return (duration) -> {
			try {
				if (raised.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
					throw new StoppedException();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new StoppedException();
			}
		};
	}

}
