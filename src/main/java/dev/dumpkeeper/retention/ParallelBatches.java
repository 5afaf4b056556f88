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
 * Batches of one volume that are under way at the same time, a few at most.
 */
final class ParallelBatches implements AutoCloseable {

	private final Workers workers;

	private final StopSignal stop;

	private final List<Future<?>> underWay = new ArrayList<>();

	ParallelBatches(Workers workers, StopSignal stop) {
		this.workers = workers;
		this.stop = stop;
	}

	/** Starts a batch, once fewer than the most are under way. */
	void submit(Runnable batch) {
		await(this.workers.most() - 1);
		this.underWay.add(this.workers.executor().submit(batch));
	}

	/** Does a batch while no other is under way. */
	void alone(Runnable batch) {
		await(0);
		this.underWay.add(this.workers.executor().submit(batch));
		await(0);
	}

	/** Waits for all, and fails if one failed. */
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

	/** Nothing is under way any more afterwards. */
	@Override
	public void close() {
		this.underWay.forEach((future) -> waitFor(future));
	}

	/**
	 * Who does them, for all volumes. An executor bean of its own would be picked up by
	 * Spring Batch and make a run's launch asynchronous.
	 *
	 * @param executor has the threads
	 * @param most how many batches of a volume at the same time, 1 or more
	 */
	record Workers(ExecutorService executor, int most) {

		void shutdownNow() {
			this.executor.shutdownNow();
		}

	}

}
