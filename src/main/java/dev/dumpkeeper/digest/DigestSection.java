package dev.dumpkeeper.digest;

import org.springframework.core.annotation.Order;

import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.ReportSection;

/**
 * Shows in a dry run which digest would be sent.
 */
@Order(70)
final class DigestSection implements ReportSection {

	private final Digests digests;

	DigestSection(Digests digests) {
		this.digests = digests;
	}

	@Override
	public void write(Report report) {
		if (report.run().dryRun() && report.hasStep("notifyPeople") && !report.hasStep("composeDailyReport")) {
			this.digests.preview(report.run()).forEach(report::wouldSend);
		}
	}

}
