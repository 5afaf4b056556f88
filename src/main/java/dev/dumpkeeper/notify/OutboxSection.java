package dev.dumpkeeper.notify;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.core.annotation.Order;

import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.ReportSection;

/**
 * Reports which messages wait and why.
 */
@Order(80)
final class OutboxSection implements ReportSection {

	private final Outbox outbox;

	OutboxSection(Outbox outbox) {
		this.outbox = outbox;
	}

	@Override
	public void write(Report report) {
		boolean deletes = report.hasStep("sweepVolumes");
		if (!this.outbox.isConfigured() && (deletes || report.sendsNotifications())) {
			report.warn("no robot is configured, so no notifications are sent"
					+ (deletes ? " before a dump expires" : " (dumpkeeper.wecom.webhook-url)"));
		}
		if (!report.sendsNotifications()) {
			return;
		}
		OutboxState state = this.outbox.state();
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("waitingPages", state.pages());
		state.waitingSince().map(Instant::toString).ifPresent((since) -> json.put("waitingSince", since));
		state.problem().ifPresent((problem) -> json.put("problem", problem));
		json.put("needsPerson", state.permanent());
		report.put("messages", json);
		if (this.outbox.isConfigured() && state.pages() > 0 && !report.run().dryRun()) {
			report.cause(ExitCode.NOT_DELIVERED);
			report.warn(state.pages() + " pages for the robot are not delivered and are kept"
					+ state.waitingSince().map((since) -> " since " + since).orElse("") + ": "
					+ state.problem().orElse("they were not tried yet")
					+ (state.permanent() ? ". Manual action required" : ""));
		}
	}

}
