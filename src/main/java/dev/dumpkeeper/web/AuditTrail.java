package dev.dumpkeeper.web;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.text.SafeText;

/**
 * Who did what over HTTP, from where and when, and what they were refused. Kept for a
 * year.
 */
final class AuditTrail {

	private static final Logger logger = LoggerFactory.getLogger(AuditTrail.class);

	private static final Duration KEPT_FOR = Duration.ofDays(365);

	private static final int CLEANED_EVERY = 100;

	private final JdbcTemplate jdbc;

	private final Clock clock;

	private final AtomicLong records = new AtomicLong();

	AuditTrail(JdbcTemplate jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Records one deed. A database that is away does not keep anybody from it: the log
	 * has the record then.
	 * @param who a user's name, or what else is known
	 * @param address from where
	 * @param action what was done, in a word or two
	 * @param target to what
	 * @param outcome what came of it
	 */
	void record(String who, String address, String action, String target, String outcome) {
		logger.info("{}: {} by {} from {}: {}", action, visible(target), visible(who), address, visible(outcome));
		try {
			long now = this.clock.instant().toEpochMilli();
			this.jdbc.update(
					"INSERT INTO audit_event (happened_at, who, address, action, target, outcome) VALUES (?, ?, ?, ?, ?, ?)",
					now, cut(who, 200), cut(address, 200), cut(action, 40), cut(target, 500), cut(outcome, 200));
			if (this.records.incrementAndGet() % CLEANED_EVERY == 0) {
				this.jdbc.update("DELETE FROM audit_event WHERE happened_at < ?", now - KEPT_FOR.toMillis());
			}
		}
		catch (DataAccessException ex) {
			logger.warn("the record above could not be stored: {}", ex.getClass().getSimpleName());
		}
	}

	private static String cut(String text, int length) {
		return (text.length() > length) ? text.substring(0, length) : text;
	}

	/** Foreign input, as far as a log line may show it. */
	private static String visible(String text) {
		return SafeText.oneLine(cut(text, 500));
	}

}
