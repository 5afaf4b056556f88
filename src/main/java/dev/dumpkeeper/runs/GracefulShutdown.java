package dev.dumpkeeper.runs;

import java.time.Duration;

import org.springframework.context.SmartLifecycle;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.WorkInProgress;

/**
 * Lets the work in progress end cleanly when the process is told to stop. It is called
 * after schedules have stopped, while the database is still available.
 */
public final class GracefulShutdown implements SmartLifecycle, WorkInProgress {

	/** How long a call to the gateway may continue before it is interrupted. */
	private static final Duration GRACE = Duration.ofSeconds(3);

	/** Kubernetes waits 30 s; people wait for less. */
	private static final Duration LIMIT = Duration.ofSeconds(8);

	private final StopSignal stop;

	private final DumpGateway gateway;

	private int working;

	private volatile boolean running;

	GracefulShutdown(StopSignal stop, DumpGateway gateway) {
		this.stop = stop;
		this.gateway = gateway;
	}

	@Override
	public synchronized void begin() {
		this.working++;
	}

	@Override
	public synchronized void end() {
		this.working--;
		notifyAll();
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.stop.raise();
		if (!isIdleWithin(GRACE)) {
			this.gateway.cutOff();
			isIdleWithin(LIMIT.minus(GRACE));
		}
	}

	private synchronized boolean isIdleWithin(Duration limit) {
		long end = System.nanoTime() + limit.toNanos();
		try {
			while (this.working > 0) {
				long left = (end - System.nanoTime()) / 1_000_000;
				if (left <= 0) {
					return false;
				}
				wait(left);
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Right after {@link Schedules}. */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE - 1;
	}

}
