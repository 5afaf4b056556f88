package dev.dumpkeeper.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.StoppedException;

/**
 * Runs batches of one volume in parallel, up to a limit.
 */
final class ParallelBatches implements AutoCloseable {

	private final Workers workers;

	private final StopSignal stop;

	private final List<Future<?>> underWay = new ArrayList<>();

	ParallelBatches(Workers workers, StopSignal stop) {
		this.workers = workers;
		this.stop = stop;
	}

	/** Starts a batch once there are fewer than the maximum in progress. */
	void submit(Runnable batch) {
		await(this.workers.most() - 1);
		this.underWay.add(this.workers.executor().submit(batch));
	}

	/** Runs a batch while no other is in progress. */
	void alone(Runnable batch) {
		await(0);
		this.underWay.add(this.workers.executor().submit(batch));
		await(0);
	}

	/** Waits for all batches, and fails if one failed. */
	void await() {
		await(0);
	}

	private void await(int allowed) {
		while (this.underWay.size() > allowed) {
			RuntimeException failure = waitFor(this.underWay.remove(0));
			if (failure != null) {
				throw failure;
			}
		}
		this.stop.check();
	}

	private static @Nullable RuntimeException waitFor(Future<?> future) {
		try {
			future.get();
			return null;
		}
		catch (ExecutionException ex) {
			return (ex.getCause() instanceof RuntimeException failure) ? failure
					: new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new StoppedException();
		}
	}

	/** Returns once no batch is in progress. */
	@Override
	public void close() {
		this.underWay.forEach((future) -> waitFor(future));
	}

	/**
	 * The threads for the batches of all volumes. Spring Batch would pick up an executor
	 * bean and launch runs asynchronously.
	 *
	 * @param executor provides the threads
	 * @param most the maximum number of parallel batches of a volume, 1 or more
	 */
	record Workers(ExecutorService executor, int most) {

		void shutdownNow() {
			this.executor.shutdownNow();
		}

	}

}
