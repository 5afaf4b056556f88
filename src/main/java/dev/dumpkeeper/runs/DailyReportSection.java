package dev.dumpkeeper.runs;

import org.springframework.core.annotation.Order;

import dev.dumpkeeper.digest.DailyReports;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.ReportSection;

/**
 * Shows in a dry run which daily report would be sent.
 */
@Order(75)
final class DailyReportSection implements ReportSection {

	private final DailyReports reports;

	private final DailyStatusCollector states;

	DailyReportSection(DailyReports reports, DailyStatusCollector states) {
		this.reports = reports;
		this.states = states;
	}

	@Override
	public void write(Report report) {
		if (report.run().dryRun() && report.hasStep("composeDailyReport")) {
			report.wouldSend(this.reports.preview(report.run(),
					this.states.at(report.run(), this.reports.yesterday(report.run()))));
		}
	}

}
