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
 * Waits for a database that is unavailable when the process starts: it may be restarting,
 * its name may not resolve yet, or it may temporarily have no connections left or accept
 * no changes. Returns at once for errors that waiting cannot fix, such as a wrong
 * password, which then fail in the first user of the database.
 */
public final class DatabaseWait {

	private static final Logger logger = LoggerFactory.getLogger(DatabaseWait.class);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final int POLL_MILLIS = 100;

	/**
	 * Usually sufficient to create all tables, and short enough for whoever waits for the
	 * process to end.
	 */
	private static final Duration FINISH = Duration.ofSeconds(3);

	private final Duration patience;

	private final Runnable check;

	/**
	 * Creates an instance.
	 * @param patience how long to wait at most
	 * @param check called ten times a second; ends the waiting by an exception
	 */
	public DatabaseWait(Duration patience, Runnable check) {
		this.patience = patience;
		this.check = check;
	}

	/** Returns when the database answers, waiting is useless or the time is over. */
	void until(DataSource dataSource) {
		await(() -> dataSource.getConnection().close(), Duration.ZERO);
	}

	/**
	 * Executes an action that the start needs, and repeats it while its failures are
	 * temporary.
	 * @param action repeatable, even after a process that was told to end left it
	 * incomplete
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
	 * Executes the action in another thread: a connection to a host that does not answer
	 * takes ten seconds, and a process that is told to end must not wait for that.
	 * @param finish how long the process still lets it finish: the next start has to
	 * complete an interrupted action
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
				future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
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
