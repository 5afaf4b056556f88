package dev.dumpkeeper.notify;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The messages, their pages, the attempts to send them and the robots they were sent to.
 * Each change has a transaction of its own.
 */
final class OutboxRepository {

	private static final int TRIES = 3;

	private static final String PICTURE = "PICTURE";

	private final JdbcTemplate jdbc;

	private final int sends;

	private final Duration window;

	private final TransactionTemplate callers;

	private final TransactionTemplate own;

	private final TransactionTemplate never;

	private final Clock clock;

	OutboxRepository(JdbcTemplate jdbc, PlatformTransactionManager transactions, ChannelLimits limits, Clock clock) {
		this.jdbc = jdbc;
		this.sends = limits.messages();
		this.window = limits.window();
		this.clock = clock;
		this.callers = new TransactionTemplate(transactions);
		this.own = new TransactionTemplate(transactions);
		// READ COMMITTED: rows must be read as of lock acquisition.
		this.own.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		this.never = new TransactionTemplate(transactions);
		this.never.setPropagationBehavior(TransactionDefinition.PROPAGATION_NEVER);
	}

	/**
	 * Fails inside a transaction, whose rollback would lose the record of what was really
	 * sent.
	 */
	void requireNoTransaction() {
		this.never.executeWithoutResult((status) -> {
		});
	}

	Optional<Long> insert(OutboundMessage message) {
		return Objects.requireNonNull(this.callers.execute((status) -> {
			long id;
			try {
				id = insert("INSERT INTO outbound_message (subject, pages, created_at) VALUES (?, ?, ?)",
						message.subject(), message.pages().size() + message.pictures().size(), now());
			}
			catch (DuplicateKeyException ex) {
				// Caught here, so that the caller's transaction continues.
				return Optional.empty();
			}
			for (int i = 0; i < message.pages().size(); i++) {
				this.jdbc.update("INSERT INTO outbound_page (message_id, page, content) VALUES (?, ?, ?)", id, i + 1,
						message.pages().get(i));
			}
			for (int i = 0; i < message.pictures().size(); i++) {
				Picture picture = message.pictures().get(i);
				this.jdbc.update(
						"INSERT INTO outbound_page (message_id, page, content, kind, picture)"
								+ " VALUES (?, ?, ?, ?, ?)",
						id, message.pages().size() + i + 1, picture.name(), PICTURE, picture.png());
			}
			return Optional.of(id);
		}));
	}

	/** Ensures that the robot has a row, which senders lock. */
	void ensureRobotRow(String robot) {
		try {
			this.own.executeWithoutResult((status) -> {
				if (number("SELECT COUNT(*) FROM robot WHERE id = ?", robot) == 0) {
					this.jdbc.update("INSERT INTO robot (id, not_before) VALUES (?, 0)", robot);
				}
			});
		}
		catch (DuplicateKeyException ex) {
			// Another process inserted it first.
		}
	}

	/** Returns the first text after a position that was not accepted yet. */
	Optional<WaitingPage> nextText(long message, int page) {
		return next("""
				SELECT p.id, p.message_id, m.subject, p.page, m.pages, p.content, NULL AS picture
				FROM outbound_page p JOIN outbound_message m ON m.id = p.message_id
				WHERE p.finished_at IS NULL AND p.kind = 'TEXT'
				AND (p.message_id > ? OR p.message_id = ? AND p.page > ?)
				ORDER BY p.message_id, p.page LIMIT 1""", message, page);
	}

	/** Returns the first picture after a position whose texts were all accepted. */
	Optional<WaitingPage> nextPicture(long message, int page) {
		return next("""
				SELECT p.id, p.message_id, m.subject, p.page, m.pages, p.content, p.picture
				FROM outbound_page p JOIN outbound_message m ON m.id = p.message_id
				WHERE p.finished_at IS NULL AND p.kind = 'PICTURE'
				AND (p.message_id > ? OR p.message_id = ? AND p.page > ?)
				AND NOT EXISTS (SELECT 1 FROM outbound_page t WHERE t.message_id = p.message_id
				AND t.kind = 'TEXT' AND t.finished_at IS NULL)
				ORDER BY p.message_id, p.page LIMIT 1""", message, page);
	}

	private Optional<WaitingPage> next(String sql, long message, int page) {
		return Objects.requireNonNull(this.own.execute((status) -> this.jdbc.query(sql, (row, number) -> {
			byte[] picture = row.getBytes(7);
			return new WaitingPage(row.getLong(1), row.getLong(2), row.getString(3), row.getInt(4), row.getInt(5),
					row.getString(6), (picture != null) ? new Picture(row.getString(6), picture) : null);
		}, message, message, page))).stream().findFirst();
	}

	/**
	 * Requests to send a page and, if granted, records the start of the attempt.
	 * @param answerWithin how long the attempt may take before it counts as interrupted
	 */
	Claim claim(WaitingPage page, String robot, Duration answerWithin) {
		return Objects.requireNonNull(retryOnConflict((status) -> {
			long notBefore = number("SELECT not_before FROM robot WHERE id = ? FOR UPDATE", robot);
			List<Long> waiting = this.jdbc.queryForList(
					"SELECT id FROM outbound_page WHERE id = ? AND finished_at IS NULL FOR UPDATE", Long.class,
					page.id());
			if (waiting.isEmpty()) {
				return new Claim.Settled();
			}
			long now = now();
			long inFlight = millisInFlight(now);
			if (inFlight > 0) {
				return new Claim.Wait(Claim.Reason.IN_FLIGHT, Duration.ofMillis(inFlight));
			}
			if (notBefore > now && notBefore <= now + this.window.toMillis()) {
				return new Claim.Wait(Claim.Reason.ROBOT_RATE_LIMITED, Duration.ofMillis(notBefore - now));
			}
			long untilFree = millisUntilFree(robot, now);
			if (untilFree > 0) {
				return new Claim.Wait(Claim.Reason.OWN_RATE, Duration.ofMillis(untilFree));
			}
			return new Claim.Granted(
					insert("INSERT INTO delivery_attempt (page_id, robot, begun_at, answer_by) VALUES (?, ?, ?, ?)",
							page.id(), robot, now, now + answerWithin.toMillis()));
		}));
	}

	/**
	 * Returns for how many milliseconds an attempt may still be in progress. Interrupted
	 * attempts are recognised here, by their age.
	 */
	private long millisInFlight(long now) {
		long longest = 0;
		List<Open> open = this.jdbc.query(
				"SELECT id, page_id, begun_at, answer_by FROM delivery_attempt WHERE outcome IS NULL",
				(row, number) -> new Open(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
		for (Open attempt : open) {
			// An attempt that began in the future shows that the clock was set back, so
			// its age is unknown.
			if (attempt.answerBy() > now && attempt.begunAt() <= now + this.window.toMillis()) {
				longest = Math.max(longest, attempt.answerBy() - now);
			}
			else {
				// Without an end time, so that the start counts for the rate.
				this.jdbc.update("UPDATE delivery_attempt SET outcome = ?, detail = ? WHERE id = ? AND outcome IS NULL",
						DeliveryOutcome.AMBIGUOUS.name(), "the sender ended before it recorded an answer",
						attempt.id());
				this.jdbc.update("UPDATE outbound_page SET last_attempt = ? WHERE id = ?", attempt.id(),
						attempt.page());
			}
		}
		return longest;
	}

	/** Returns how many milliseconds pass until the robot accepts another message. */
	private long millisUntilFree(String robot, long now) {
		// The end counts, since the robot received the message at some time before it.
		List<Long> sends = this.jdbc.queryForList("SELECT COALESCE(ended_at, begun_at) FROM delivery_attempt "
				+ "WHERE robot = ? ORDER BY id DESC LIMIT " + this.sends, Long.class, robot);
		if (sends.size() < this.sends) {
			return 0;
		}
		long free = sends.get(this.sends - 1) + this.window.toMillis();
		// Only later if the clock was set back.
		return (free <= now + 2 * this.window.toMillis()) ? Math.max(free - now, 0) : 0;
	}

	/**
	 * Records the outcome of an attempt. For an accepted page the listeners are called in
	 * the same transaction.
	 */
	void record(WaitingPage page, long attempt, String robot, ChannelAnswer answer, List<DeliveryListener> listeners) {
		// The robot has the page, so giving up would send it again.
		retryOnConflict((status) -> {
			Instant now = this.clock.instant();
			DeliveryOutcome outcome = answer.outcome();
			if (outcome == DeliveryOutcome.TOO_FREQUENT) {
				// First, since claims lock the rows in this order too.
				this.jdbc.update("UPDATE robot SET not_before = ? WHERE id = ?", now.plus(this.window).toEpochMilli(),
						robot);
			}
			this.jdbc.update("UPDATE delivery_attempt SET ended_at = ?, outcome = ?, code = ?, detail = ? WHERE id = ?",
					now.toEpochMilli(), outcome.name(), answer.code(), answer.detail(), attempt);
			settlePage(page, attempt, outcome, now, listeners);
			return true;
		});
	}

	/**
	 * Repeats a transaction that the database rolled back because of a conflict with
	 * another sender.
	 */
	private <T> @Nullable T retryOnConflict(TransactionCallback<T> work) {
		for (int tries = 1;; tries++) {
			try {
				return this.own.execute(work);
			}
			catch (ConcurrencyFailureException ex) {
				if (tries == TRIES) {
					throw ex;
				}
			}
		}
	}

	/** Records that a page was rejected without being sent. */
	void recordUnsent(WaitingPage page, DeliveryOutcome outcome, String detail) {
		this.own.executeWithoutResult((status) -> {
			long attempt = insert(
					"INSERT INTO delivery_attempt (page_id, begun_at, answer_by, ended_at, outcome, detail)"
							+ " VALUES (?, ?, ?, ?, ?, ?)",
					page.id(), now(), now(), now(), outcome.name(), detail);
			this.jdbc.update("UPDATE outbound_page SET last_attempt = ? WHERE id = ?", attempt, page.id());
		});
	}

	private void settlePage(WaitingPage page, long attempt, DeliveryOutcome outcome, Instant now,
			List<DeliveryListener> listeners) {
		this.jdbc.update("UPDATE outbound_page SET last_attempt = ? WHERE id = ?", attempt, page.id());
		boolean dropped = page.picture() != null && outcome == DeliveryOutcome.REJECTED_PAGE;
		if (outcome != DeliveryOutcome.DELIVERED && !dropped) {
			return;
		}
		// None if this sender was absent so long that another one took over.
		int settled = this.jdbc.update(
				"UPDATE outbound_page SET finished_at = ?, dropped = ? WHERE id = ? AND finished_at IS NULL",
				now.toEpochMilli(), dropped, page.id());
		if (settled > 0) {
			settleMessage(page.message(), now.toEpochMilli());
		}
		if (settled > 0 && !dropped) {
			listeners.forEach((listener) -> listener.delivered(page.message(), page.page(), now));
		}
	}

	void dropPictures(Instant before) {
		this.own.executeWithoutResult((status) -> {
			List<Long> messages = this.jdbc.queryForList("""
					SELECT DISTINCT m.id FROM outbound_message m JOIN outbound_page p ON p.message_id = m.id
					WHERE p.kind = 'PICTURE' AND p.finished_at IS NULL AND m.created_at < ?""", Long.class,
					before.toEpochMilli());
			for (long message : messages) {
				this.jdbc.update("UPDATE outbound_page SET finished_at = ?, dropped = TRUE"
						+ " WHERE message_id = ? AND kind = 'PICTURE' AND finished_at IS NULL", now(), message);
				settleMessage(message, now());
			}
		});
	}

	private void settleMessage(long message, long now) {
		this.jdbc.update("""
				UPDATE outbound_message SET finished_at = ? WHERE id = ? AND NOT EXISTS (
				SELECT 1 FROM outbound_page p WHERE p.message_id = outbound_message.id AND p.finished_at IS NULL)""",
				now, message);
	}

	/** Makes refused pages of a message as if they were never tried; returns how many. */
	int retryRefused(long message) {
		return Objects.requireNonNull(this.callers.execute((status) -> this.jdbc.update("""
				UPDATE outbound_page SET last_attempt = NULL WHERE message_id = ? AND finished_at IS NULL
				AND last_attempt IN (SELECT id FROM delivery_attempt WHERE outcome LIKE 'REJECTED%')""", message)));
	}

	int waiting() {
		return (int) inOwn("SELECT COUNT(*) FROM outbound_page WHERE finished_at IS NULL");
	}

	long waiting(String subject) {
		return Objects.requireNonNull(this.callers.execute((status) -> number("""
				SELECT COUNT(*) FROM outbound_message m WHERE m.finished_at IS NULL AND m.subject LIKE ?
				AND NOT EXISTS (SELECT 1 FROM outbound_page p JOIN delivery_attempt a ON a.id = p.last_attempt
				WHERE p.message_id = m.id AND p.finished_at IS NULL AND a.outcome = 'REJECTED_PAGE')""",
				subject + "%")));
	}

	private long inOwn(String sql) {
		return Objects.requireNonNull(this.own.execute((status) -> number(sql)));
	}

	OutboxState state() {
		return Objects.requireNonNull(this.callers.execute((status) -> {
			List<Problem> problems = this.jdbc.query("""
					SELECT m.subject, p.page, m.pages, a.outcome, a.detail FROM outbound_page p
					JOIN delivery_attempt a ON a.id = p.last_attempt
					JOIN outbound_message m ON m.id = p.message_id
					WHERE p.finished_at IS NULL
					ORDER BY CASE a.outcome WHEN 'REJECTED_ROBOT' THEN 0 WHEN 'REJECTED_PAGE' THEN 1 ELSE 2 END,
					a.id DESC LIMIT 1""",
					(row, number) -> new Problem(
							WaitingPage.name(row.getString(1), row.getInt(2), row.getInt(3)) + ": " + row.getString(5),
							DeliveryOutcome.valueOf(row.getString(4)).isPermanent()));
			List<OutboxState> state = this.jdbc.query("""
					SELECT COUNT(DISTINCT m.id), COUNT(*), MIN(m.created_at) FROM outbound_page p
					JOIN outbound_message m ON m.id = p.message_id WHERE p.finished_at IS NULL""",
					(row, number) -> new OutboxState(row.getInt(1), row.getInt(2), instant(row, 3),
							problems.stream().map(Problem::detail).findFirst(),
							problems.stream().anyMatch(Problem::permanent)));
			return state.get(0);
		}));
	}

	private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
		long millis = row.getLong(column);
		return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
	}

	void forget(Instant before) {
		// The last attempts are needed for the rate limit.
		Instant latest = this.clock.instant().minus(this.window);
		long limit = (before.isBefore(latest) ? before : latest).toEpochMilli();
		this.callers.executeWithoutResult((status) -> {
			this.jdbc.update("""
					DELETE FROM delivery_attempt WHERE page_id IN (SELECT p.id FROM outbound_page p
					JOIN outbound_message m ON m.id = p.message_id WHERE m.finished_at < ?)""", limit);
			this.jdbc.update(
					"DELETE FROM outbound_page WHERE message_id IN (SELECT id FROM outbound_message WHERE finished_at < ?)",
					limit);
			this.jdbc.update("DELETE FROM outbound_message WHERE finished_at < ?", limit);
		});
	}

	private long insert(String sql, Object... values) {
		KeyHolder key = new GeneratedKeyHolder();
		this.jdbc.update((connection) -> {
			PreparedStatement statement = connection.prepareStatement(sql, new String[] { "id" });
			for (int i = 0; i < values.length; i++) {
				statement.setObject(i + 1, values[i]);
			}
			return statement;
		}, key);
		return Objects.requireNonNull(key.getKey()).longValue();
	}

	private long number(String sql, Object... values) {
		return Objects.requireNonNull(this.jdbc.queryForObject(sql, Long.class, values));
	}

	private long now() {
		return this.clock.millis();
	}

	private record Open(long id, long page, long begunAt, long answerBy) {

	}

	private record Problem(String detail, boolean permanent) {

	}

}
