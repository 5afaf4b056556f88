package dev.dumpkeeper.retention;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Does each task when somebody waits for it, in his thread: what nobody waits for is
 * never done, and how many are under way is certain.
 */
final class LateWorkers extends AbstractExecutorService {

	private int underWay;

	private int most;

	/** How many tasks were taken and are not done. */
	int underWay() {
		return this.underWay;
	}

	/** How many there were at most. */
	int most() {
		return this.most;
	}

	@Override
	protected <T> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
		return new FutureTask<>(Executors.callable(runnable, value)) {

			@Override
			public T get() throws InterruptedException, ExecutionException {
				if (!isDone()) {
					run();
					LateWorkers.this.underWay--;
				}
				return super.get();
			}

		};
	}

	@Override
	public void execute(Runnable task) {
		this.underWay++;
		this.most = Math.max(this.most, this.underWay);
	}

	@Override
	public void shutdown() {
		// Has no threads.
	}

	@Override
	public List<Runnable> shutdownNow() {
		return List.of();
	}

	@Override
	public boolean isShutdown() {
		return false;
	}

	@Override
	public boolean isTerminated() {
		return false;
	}

	@Override
	public boolean awaitTermination(long timeout, TimeUnit unit) {
		return false;
	}

}
