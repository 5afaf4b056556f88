package dev.dumpkeeper.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.text.SafeText;
import dev.dumpkeeper.web.RefusalLog.Refusal;

/**
 * Who did what over HTTP, from where and when, and what they were refused. Kept for a
 * year.
 */
public final class AuditTrail implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(AuditTrail.class);

	private static final Duration KEPT_FOR = Duration.ofDays(365);

	private static final int CLEANED_EVERY = 100;

	private static final int LONGEST_NAME = 100;

	/** With a volume and what a hold says before its reason it fits into a record. */
	private static final int LONGEST_KEY = 200;

	private final JdbcTemplate jdbc;

	private final Clock clock;

	private final AtomicLong records = new AtomicLong();

	private final RefusalLog refusals;

	private final ScheduledExecutorService minutes;

	AuditTrail(JdbcTemplate jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
		this.refusals = new RefusalLog(clock);
		this.minutes = Executors.newSingleThreadScheduledExecutor((work) -> {
			Thread thread = new Thread(work, "audit");
			thread.setDaemon(true);
			return thread;
		});
		this.minutes.scheduleWithFixedDelay(this::endMinute, 10, 10, TimeUnit.SECONDS);
	}

	/**
	 * Records one deed. A database that is away does not keep anybody from it: the log
	 * has the record then.
	 * @param who a user's name, or what else is known
	 * @param address from where
	 * @param action what was done, in a word or two
	 * @param target to what; the longest part, so it comes last and its own end is cut
	 * @param outcome what came of it
	 */
	public void record(String who, String address, String action, String target, String outcome) {
		logger.info("{} by {} from {}: {}: {}", action, visible(who, 200), address, visible(outcome, 200),
				visible(target, 500));
		try {
			long now = this.clock.instant().toEpochMilli();
			this.jdbc.update(
					"INSERT INTO audit_event (happened_at, who, address, action, target, outcome) VALUES (?, ?, ?, ?, ?, ?)",
					now, SafeText.cut(who, 200), SafeText.cut(address, 200), SafeText.cut(action, 40),
					SafeText.cut(target, 500), SafeText.cut(outcome, 200));
			if (this.records.incrementAndGet() % CLEANED_EVERY == 0) {
				this.jdbc.update("DELETE FROM audit_event WHERE happened_at < ?", now - KEPT_FOR.toMillis());
			}
		}
		catch (DataAccessException ex) {
			logger.warn("the record above could not be stored: {}", ex.getClass().getSimpleName());
		}
	}

	/**
	 * Records that somebody was refused; those who are refused again and again get one
	 * record a minute for it.
	 * @param who a user's name, or what else is known
	 * @param address from where
	 * @param action what was refused, in a word or two
	 * @param target on what
	 * @param outcome why
	 */
	void recordRefusal(String who, String address, String action, String target, String outcome) {
		this.refusals.add(new Refusal(who, address, action, target, outcome)).forEach(this::record);
	}

	private void record(Refusal refusal) {
		record(refusal.who(), refusal.address(), refusal.action(), refusal.target(), refusal.outcome());
	}

	private void endMinute() {
		try {
			this.refusals.end(false).forEach(this::record);
		}
		catch (RuntimeException ex) {
			// Whatever it is, the next minute is counted as well.
			logger.warn("refusals could not be recorded: {}", ex.getClass().getSimpleName());
		}
	}

	/**
	 * Reads records, the newest first.
	 * @param before only records with a lower number; {@code null} for the newest
	 * @param most how many at most
	 * @return the records
	 */
	public List<AuditEvent> find(@Nullable Long before, int most) {
		return this.jdbc.query("""
				SELECT id, happened_at, who, address, action, target, outcome FROM audit_event
				WHERE id < ? ORDER BY id DESC LIMIT ?""",
				(row, number) -> new AuditEvent(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), row.getString(3),
						row.getString(4), row.getString(5), row.getString(6), row.getString(7)),
				(before != null) ? before : Long.MAX_VALUE, most);
	}

	/**
	 * Names an object so that both ends of its key are seen, however long it is.
	 * @param volume whether or not there is one
	 * @param key likewise
	 * @return volume and key, shorter than what a record can hold
	 */
	public static String named(String volume, String key) {
		String shown = (key.length() <= LONGEST_KEY) ? key
				: SafeText.cut(key, LONGEST_KEY / 2) + "..." + key.substring(key.length() - LONGEST_KEY / 2);
		return SafeText.abridged(volume, LONGEST_NAME) + "/" + shown;
	}

	/** The rest of a minute's refusals is recorded. */
	@Override
	public void close() {
		this.minutes.shutdownNow();
		this.refusals.end(true).forEach(this::record);
	}

	/**
	 * What somebody did or was refused.
	 *
	 * @param id its number, higher than all earlier ones
	 * @param at when
	 * @param who a user's name, or what else is known
	 * @param address from where
	 * @param action what was done, in a word or two
	 * @param target to what
	 * @param outcome what came of it
	 */
	public record AuditEvent(long id, Instant at, String who, String address, String action, String target,
			String outcome) {

	}

	private static String visible(String text, int length) {
		return SafeText.oneLine(SafeText.cut(text, length));
	}

}
