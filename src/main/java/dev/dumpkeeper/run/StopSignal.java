package dev.dumpkeeper.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Asks the work of this process to end at the next clean point. It is raised once, by
 * SIGTERM or by the loss of the lease, and never lowered.
 */
public final class StopSignal {

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private volatile boolean raised;

	/**
	 * Raises the signal; repeating it has no effect.
	 */
	public synchronized void raise() {
		if (!this.raised) {
			this.raised = true;
			this.listeners.forEach(Runnable::run);
		}
	}

	/**
	 * Whether work should end.
	 * @return {@code true} from the first {@link #raise()} on
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
	 * Calls the listener when the signal is raised, at once if it already is.
	 * @param listener must be quick and must not throw
	 */
	public synchronized void onRaise(Runnable listener) {
		this.listeners.add(listener);
		if (this.raised) {
			listener.run();
		}
	}

}
