package dev.dumpkeeper.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds messages for people: what was sent, and the result of each attempt.
 */
public final class MessageBook {

	private static final int ATTEMPTS = 20;

	private static final String MESSAGE = """
			SELECT m.id, m.subject, m.pages, m.created_at, m.finished_at,
			(m.finished_at IS NULL AND EXISTS (SELECT 1 FROM outbound_page p JOIN delivery_attempt a ON a.id = p.last_attempt
			WHERE p.message_id = m.id AND p.finished_at IS NULL AND a.outcome LIKE 'REJECTED%')) FROM outbound_message m""";

	private final JdbcTemplate jdbc;

	MessageBook(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Reads messages, the newest first.
	 * @param before only messages with a lower number; {@code null} for the newest
	 * @param most how many at most
	 * @return the messages
	 */
	public List<MessageRow> find(@Nullable Long before, int most) {
		return this.jdbc.query(MESSAGE + " WHERE m.id < ? ORDER BY m.id DESC LIMIT ?", (row, number) -> message(row),
				(before != null) ? before : Long.MAX_VALUE, most);
	}

	/**
	 * Reads one message.
	 * @param id its number
	 * @return the message, or empty where there is none or it is forgotten
	 */
	public Optional<MessageRow> find(long id) {
		return this.jdbc.query(MESSAGE + " WHERE m.id = ?", (row, number) -> message(row), id).stream().findFirst();
	}

	private static MessageRow message(java.sql.ResultSet row) throws java.sql.SQLException {
		return new MessageRow(row.getLong(1), row.getString(2), row.getInt(3), Instant.ofEpochMilli(row.getLong(4)),
				at(row.getLong(5)), row.getBoolean(6));
	}

	/**
	 * The pages that wait, in the order in which they are sent.
	 * @param most how many at most
	 * @return the first ones
	 */
	public List<WaitingRow> waiting(int most) {
		return this.jdbc.query("""
				SELECT p.message_id, m.subject, p.page, m.created_at, a.begun_at, a.outcome, a.detail
				FROM outbound_page p JOIN outbound_message m ON m.id = p.message_id
				LEFT JOIN delivery_attempt a ON a.id = p.last_attempt
				WHERE p.finished_at IS NULL ORDER BY p.message_id, p.page LIMIT ?""",
				(row, number) -> new WaitingRow(row.getLong(1), row.getString(2), row.getInt(3),
						Instant.ofEpochMilli(row.getLong(4)), at(row.getLong(5)),
						(row.getString(6) != null) ? row.getString(6) : "",
						(row.getString(7) != null) ? row.getString(7) : ""),
				most);
	}

	/**
	 * The pages of a message with their last attempts.
	 * @param message its number
	 * @return in order
	 */
	public List<PageRow> pages(long message) {
		return this.jdbc.query("""
				SELECT id, page, kind, content, finished_at, dropped FROM outbound_page
				WHERE message_id = ? ORDER BY page""",
				(row, number) -> new PageRow(row.getInt(2), "PICTURE".equals(row.getString(3)), row.getString(4),
						at(row.getLong(5)), row.getBoolean(6), attempts(row.getLong(1))),
				message);
	}

	private List<AttemptRow> attempts(long page) {
		return this.jdbc.query(
				"SELECT begun_at, ended_at, outcome, code, detail FROM delivery_attempt WHERE page_id = ? ORDER BY id DESC LIMIT "
						+ ATTEMPTS,
				(row, number) -> new AttemptRow(Instant.ofEpochMilli(row.getLong(1)), at(row.getLong(2)),
						(row.getString(3) != null) ? row.getString(3) : "", row.getInt(4),
						(row.getString(5) != null) ? row.getString(5) : ""),
				page);
	}

	private static @Nullable Instant at(long millis) {
		return (millis == 0) ? null : Instant.ofEpochMilli(millis);
	}

	/**
	 * A message.
	 *
	 * @param id its number
	 * @param subject what it is about, the same for the same news
	 * @param pages how many pages it has
	 * @param createdAt when it was stored
	 * @param finishedAt when its last page was taken, {@code null} while it waits
	 * @param isRefused whether a page of it was refused for good
	 */
	public record MessageRow(long id, String subject, int pages, Instant createdAt, @Nullable Instant finishedAt,
			boolean isRefused) {

	}

	/**
	 * A page that waits.
	 *
	 * @param message its message
	 * @param subject what that is about
	 * @param page its place, from 1
	 * @param createdAt when it was stored
	 * @param triedAt when it was tried last, {@code null} before
	 * @param outcome the name of a {@link DeliveryOutcome}, empty before
	 * @param detail what the robot answered, empty before
	 */
	public record WaitingRow(long message, String subject, int page, Instant createdAt, @Nullable Instant triedAt,
			String outcome, String detail) {

	}

	/**
	 * A page.
	 *
	 * @param page its place, from 1
	 * @param isPicture whether it is a picture, whose content is its name
	 * @param content the text as the robot gets it, with placeholders for links
	 * @param finishedAt when it was taken or given up, {@code null} while it waits
	 * @param isDropped whether it was given up
	 * @param attempts the last attempts to send it, newest first
	 */
	public record PageRow(int page, boolean isPicture, String content, @Nullable Instant finishedAt, boolean isDropped,
			List<AttemptRow> attempts) {

	}

	/**
	 * An attempt to send a page.
	 *
	 * @param begunAt when it began
	 * @param endedAt when it ended, {@code null} while it is under way or after it was
	 * cut off
	 * @param outcome the name of a {@link DeliveryOutcome}, empty likewise
	 * @param code what the robot answered, 0 without an answer
	 * @param detail the same in its words
	 */
	public record AttemptRow(Instant begunAt, @Nullable Instant endedAt, String outcome, int code, String detail) {

	}

}
