package dev.dumpkeeper.ledger;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Lets people be notified of a dump once more, such as those who joined the group later.
 */
public final class RepeatedNotifications {

	private final JdbcTemplate jdbc;

	RepeatedNotifications(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Makes a dump one that no message contains, so that the next digest contains it. It
	 * is kept until then, and its notice begins again with that digest.
	 * @param dump its number
	 * @return {@code false} when it is gone, or the next digest or one that waits
	 * contains it anyway; a repetition has no effect
	 */
	public boolean notifyAgain(long dump) {
		return this.jdbc.update("""
				UPDATE dump SET notified_at = NULL, notified_by = NULL, message_id = NULL, message_page = NULL,
				notify_after = NULL WHERE id = ? AND present = TRUE AND notified_at IS NOT NULL""", dump) > 0;
	}

}
