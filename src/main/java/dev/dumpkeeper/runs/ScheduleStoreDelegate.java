package dev.dumpkeeper.runs;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.quartz.CronTrigger;
import org.quartz.JobPersistenceException;
import org.quartz.TriggerKey;
import org.quartz.impl.jdbcjobstore.StdJDBCDelegate;
import org.quartz.spi.OperableTrigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.text.SafeText;

/**
 * Reads schedules from the database without reading serialised Java objects, which Quartz
 * still does for calendars and for triggers of type BLOB: whoever writes to the database
 * must not be able to run code in the service. Public, since Quartz instantiates it.
 */
public final class ScheduleStoreDelegate extends StdJDBCDelegate {

	private static final Logger logger = LoggerFactory.getLogger(ScheduleStoreDelegate.class);

	/**
	 * Never reads an object.
	 * @param rs the row
	 * @param colName the column
	 * @return always {@code null}
	 */
	@Override
	protected @Nullable Object getObjectFromBlob(ResultSet rs, String colName) {
		return null;
	}

	/**
	 * Reads a schedule. One that Dumpkeeper cannot have stored is set to Quartz's state
	 * ERROR, in which it is never due; otherwise it would be found first again and again.
	 * @param conn the connection
	 * @param triggerKey its key
	 * @return {@code null} unless it is a cron expression without a calendar
	 * @throws SQLException when the database cannot be read
	 */
	@Override
	public @Nullable OperableTrigger selectTrigger(Connection conn, TriggerKey triggerKey) throws SQLException {
		try {
			OperableTrigger trigger = super.selectTrigger(conn, triggerKey);
			if (trigger instanceof CronTrigger && trigger.getCalendarName() == null) {
				return trigger;
			}
		}
		catch (JobPersistenceException | ClassNotFoundException | IOException | RuntimeException ex) {
			logger.debug("a schedule is not read: {}", ex.getClass().getSimpleName());
		}
		if (updateTriggerStateFromOtherState(conn, triggerKey, STATE_ERROR, STATE_WAITING) > 0) {
			logger.warn("a schedule in the database is none of Dumpkeeper's; it is never due: group {}, name {}",
					SafeText.oneLine(triggerKey.getGroup()), SafeText.oneLine(triggerKey.getName()));
		}
		return null;
	}

}
