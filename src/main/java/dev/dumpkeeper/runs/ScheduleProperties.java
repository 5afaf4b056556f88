package dev.dumpkeeper.runs;

import java.time.ZoneId;

import org.quartz.CronExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the service works, as Quartz cron expressions; {@code -} for never.
 *
 * @param maintenance when a complete pass starts
 * @param dailyReport when the previous day is reported
 * @param reconcile when new dumps are searched for
 * @param zone the time zone of these expressions
 */
@ConfigurationProperties("dumpkeeper.schedule")
record ScheduleProperties(@DefaultValue("0 0 */6 * * ?") String maintenance,
		@DefaultValue("0 0 9 * * ?") String dailyReport, @DefaultValue("0 * * * * ?") String reconcile,
		@DefaultValue("Asia/Shanghai") ZoneId zone) {

	static final String NEVER = "-";

	ScheduleProperties {
		check("maintenance", maintenance);
		check("daily-report", dailyReport);
		check("reconcile", reconcile);
	}

	private static void check(String name, String cron) {
		if (!NEVER.equals(cron) && !CronExpression.isValidExpression(cron)) {
			throw new IllegalArgumentException("dumpkeeper.schedule." + name + " must be"
					+ " a Quartz cron expression such as '0 0 */6 * * ?', or - for never");
		}
	}

}
