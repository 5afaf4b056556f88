package dev.dumpkeeper.runs;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Ensures that only one run is active, whoever starts it: a lease in the database,
 * renewed during the work. The lease of a holder that was killed expires. A holder that
 * cannot renew it in time stops its work, because another process may hold it then.
 */
final class Lease {

	private static final Logger logger = LoggerFactory.getLogger(Lease.class);

	static final String MAINTENANCE = "maintenance";

	/** The lease of the service's polling between runs. */
	static final String POLL = "poll";

	private final String name;

	private final LockProvider provider;

	private final JdbcTemplate jdbc;

	private final Duration duration;

	private final Runnable lost;

	/**
	 * Creates an instance.
	 * @param duration how long it lasts unless it is renewed
	 * @param lost called when another process may hold it
	 */
	Lease(String name, LockProvider provider, JdbcTemplate jdbc, Duration duration, Runnable lost) {
		this.name = name;
		this.provider = provider;
		this.jdbc = jdbc;
		this.duration = duration;
		this.lost = lost;
	}

	/** Takes the lease; empty when another process holds it. */
	Optional<Held> take() {
		return lock().map(Held::new);
	}

	private Optional<SimpleLock> lock() {
		return this.provider.lock(new LockConfiguration(Instant.now(), this.name, this.duration, Duration.ZERO));
	}

	/** Describes who holds it and since when. */
	String holder() {
		return this.jdbc
			.query("SELECT locked_by, locked_at FROM shedlock WHERE name = ?",
					(row, number) -> row.getString(1) + " since "
							+ row.getObject(2, LocalDateTime.class).truncatedTo(ChronoUnit.SECONDS) + " UTC",
					this.name)
			.stream()
			.findFirst()
			.orElse("another process");
	}

	/** The lease while it is held. */
	final class Held implements AutoCloseable {

		private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(daemons());

		private @Nullable SimpleLock lock;

		private volatile boolean lost;

		private long renewedAt = System.nanoTime();

		Held(SimpleLock lock) {
			this.lock = lock;
			long period = Lease.this.duration.toMillis() / 3;
			this.renewal.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
		}

		private static CustomizableThreadFactory daemons() {
			CustomizableThreadFactory factory = new CustomizableThreadFactory("lease-");
			factory.setDaemon(true);
			return factory;
		}

		/** Runs a task periodically until the lease is returned. */
		void every(Duration period, Runnable task) {
			this.renewal.scheduleWithFixedDelay(() -> {
				try {
					task.run();
				}
				catch (RuntimeException ex) {
					logger.debug("skipped once", ex);
				}
			}, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
		}

		private synchronized void renew() {
			SimpleLock held = this.lock;
			if (held == null) {
				return;
			}
			try {
				Optional<SimpleLock> extended = held.extend(Lease.this.duration, Duration.ZERO);
				if (extended.isPresent()) {
					this.lock = extended.get();
					this.renewedAt = System.nanoTime();
					return;
				}
				logger.error("the lease was lost to another run; this one stops");
				this.lock = null;
				lose();
			}
			catch (RuntimeException ex) {
				logger.warn("the lease could not be renewed: {}", ex.getMessage());
				if (System.nanoTime() - this.renewedAt > Lease.this.duration.toNanos() * 2 / 3) {
					logger.error("the lease runs out, so this run stops");
					lose();
				}
			}
		}

		private void lose() {
			this.lost = true;
			Lease.this.lost.run();
		}

		/** Whether another process may have held it since. */
		boolean isLost() {
			return this.lost;
		}

		/** Returns the lease; a repetition retries what failed. */
		@Override
		public synchronized void close() {
			this.renewal.shutdownNow();
			SimpleLock held = this.lock;
			if (held != null) {
				try {
					held.unlock();
					this.lock = null;
				}
				catch (RuntimeException ex) {
					logger.warn("the lease could not be given back and will run out by itself: {}", ex.getMessage());
				}
			}
		}

	}

}
