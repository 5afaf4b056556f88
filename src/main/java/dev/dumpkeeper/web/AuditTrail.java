package dev.dumpkeeper.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
 * Records who did what over HTTP, from where and when, including refused requests. Kept
 * for a year.
 */
public final class AuditTrail implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(AuditTrail.class);

	private static final Duration KEPT_FOR = Duration.ofDays(365);

	private static final int CLEANED_EVERY = 100;

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
	 * Records one action. An unavailable database does not prevent the action: the record
	 * is then logged.
	 * @param who a user's name, or another identification
	 * @param address the client's address
	 * @param action a word or two
	 * @param target the object of the action; the longest part, so it comes last and is
	 * truncated
	 * @param outcome the result
	 */
	public void record(String who, String address, String action, String target, String outcome) {
		record(who, address, action, AuditTarget.of(target), outcome);
	}

	/**
	 * Records one action on a dump, as the other method does.
	 * @param who a user's name, or another identification
	 * @param address the client's address
	 * @param action a word or two
	 * @param target the dump, and what else is said
	 * @param outcome the result
	 */
	public void record(String who, String address, String action, AuditTarget target, String outcome) {
		logger.info("{} by {} from {}: {}: {}", action, visible(who, 200), address, visible(outcome, 200),
				visible(target.text(), 500));
		try {
			long now = this.clock.instant().toEpochMilli();
			this.jdbc.update(
					"INSERT INTO audit_event (happened_at, who, address, action, target, subject, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)",
					now, SafeText.cut(who, 200), SafeText.cut(address, 200), SafeText.cut(action, 40),
					SafeText.cut(target.text(), 500), target.subject(), SafeText.cut(outcome, 200));
			if (this.records.incrementAndGet() % CLEANED_EVERY == 0) {
				this.jdbc.update("DELETE FROM audit_event WHERE happened_at < ?", now - KEPT_FOR.toMillis());
			}
		}
		catch (DataAccessException ex) {
			logger.warn("the record above could not be stored: {}", ex.getClass().getSimpleName());
		}
	}

	/**
	 * Records a refusal; repeated refusals of one caller get one record a minute.
	 * @param who a user's name, or another identification
	 * @param address the client's address
	 * @param action what was refused, in a word or two
	 * @param target the object of the action
	 * @param outcome the reason
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
			// Whatever failed, the next minute must be counted too.
			logger.warn("refusals could not be recorded: {}", ex.getClass().getSimpleName());
		}
	}

	/**
	 * Returns records, the newest first.
	 * @param before only records with a lower number; {@code null} for the newest
	 * @param most the maximum number
	 * @return the records
	 */
	public List<AuditEvent> find(@Nullable Long before, int most) {
		return this.jdbc.query("""
				SELECT id, happened_at, who, address, action, target, outcome FROM audit_event
				WHERE id < ? ORDER BY id DESC LIMIT ?""", AuditTrail::event, (before != null) ? before : Long.MAX_VALUE,
				most);
	}

	/**
	 * Returns what people did to one dump or were refused, the oldest first.
	 * @param volume the dump's volume
	 * @param key its key
	 * @param most the maximum number of records; the latest ones are returned
	 * @return the records of all dumps that had this key
	 */
	public List<AuditEvent> about(String volume, String key, int most) {
		List<AuditEvent> found = new ArrayList<>(this.jdbc.query(
				"SELECT id, happened_at, who, address, action, target, outcome FROM audit_event"
						+ " WHERE subject = ? ORDER BY id DESC LIMIT ?",
				AuditTrail::event, AuditTarget.dump(volume, key, "").subject(), most));
		Collections.reverse(found);
		return found;
	}

	private static AuditEvent event(ResultSet row, int number) throws SQLException {
		return new AuditEvent(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), row.getString(3), row.getString(4),
				row.getString(5), row.getString(6), row.getString(7));
	}

	/** Records the remaining refusals of the current minute. */
	@Override
	public void close() {
		this.minutes.shutdownNow();
		this.refusals.end(true).forEach(this::record);
	}

	/**
	 * An action, or a refused one.
	 *
	 * @param id its number, higher than all earlier ones
	 * @param at when
	 * @param who a user's name, or what else is known
	 * @param address from where
	 * @param action what was done, in a word or two
	 * @param target to what
	 * @param outcome its result
	 */
	public record AuditEvent(long id, Instant at, String who, String address, String action, String target,
			String outcome) {

	}

	private static String visible(String text, int length) {
		return SafeText.oneLine(SafeText.cut(text, length));
	}

}
