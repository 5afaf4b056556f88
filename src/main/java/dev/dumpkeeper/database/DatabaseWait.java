package dev.dumpkeeper.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a database that is away when the process starts: it may be restarting, its
 * name may not resolve yet, or it has no connection left or takes no changes for now.
 * What waiting does not mend, such as a wrong password, is left to whoever uses the
 * database first and fails.
 */
public final class DatabaseWait {

	private static final Logger logger = LoggerFactory.getLogger(DatabaseWait.class);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final int LOOK_MILLIS = 100;

	/**
	 * Mostly enough to make all tables, and short enough for whoever waits for the end.
	 */
	private static final Duration FINISH = Duration.ofSeconds(3);

	private final Duration patience;

	private final Runnable check;

	/**
	 * Creates it.
	 * @param patience how long to wait at most
	 * @param check asked ten times a second; ends the waiting by an exception
	 */
	public DatabaseWait(Duration patience, Runnable check) {
		this.patience = patience;
		this.check = check;
	}

	/** Returns when the database answers, or waiting is of no use, or no longer. */
	void until(DataSource dataSource) {
		await(() -> dataSource.getConnection().close(), Duration.ZERO);
	}

	/**
	 * Does what the start needs of the database, again as long as its failures pass by
	 * themselves.
	 * @param action can be repeated, also after it was left half done by a process that
	 * was told to end
	 */
	public void through(Runnable action) {
		Throwable failure = await(action::run, FINISH);
		if (failure instanceof RuntimeException runtime) {
			throw runtime;
		}
		if (failure != null) {
			throw new IllegalStateException(failure);
		}
	}

	private @Nullable Throwable await(Action action, Duration finish) {
		long end = System.nanoTime() + this.patience.toNanos();
		boolean said = false;
		while (true) {
			Throwable failure = failure(action, finish);
			if (failure == null || !DatabaseErrors.isPassing(failure) || System.nanoTime() >= end) {
				return failure;
			}
			if (!said) {
				logger.warn("{}; waiting for it up to {} s", FailureClassifier.of(failure).message(),
						this.patience.toSeconds());
				said = true;
			}
			watched(CompletableFuture.runAsync(() -> {
			}, CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)));
		}
	}

	/**
	 * Tries in another thread: a connection to a host that does not answer takes ten
	 * seconds, and a process that is told to end must not wait for that.
	 * @param finish how long the process lets it finish all the same: what is cut off in
	 * the midst of its work has to be completed by the next start
	 */
	private @Nullable Throwable failure(Action action, Duration finish) {
		CompletableFuture<Void> attempt = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				action.run();
				attempt.complete(null);
			}
			catch (SQLException | RuntimeException | Error ex) {
				attempt.completeExceptionally(ex);
			}
		}, "database-wait");
		thread.setDaemon(true);
		thread.start();
		try {
			return watched(attempt);
		}
		catch (RuntimeException ex) {
			attempt.handle((done, failure) -> null)
				.completeOnTimeout(null, finish.toMillis(), TimeUnit.MILLISECONDS)
				.join();
			throw ex;
		}
	}

	private @Nullable Throwable watched(CompletableFuture<Void> future) {
		while (true) {
			this.check.run();
			try {
				future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
				return null;
			}
			catch (TimeoutException ex) {
				continue;
			}
			catch (ExecutionException ex) {
				return ex.getCause();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return ex;
			}
		}
	}

	@FunctionalInterface
	private interface Action {

		void run() throws SQLException;

	}

}
