package dev.dumpkeeper.scan;

import java.util.List;
import java.util.Locale;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;

import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.text.ByteSizeFormat;

/**
 * Reports which volumes a run looked after and how their listings ended.
 */
@Order(10)
final class ScanSection implements ReportSection {

	private static final Logger logger = LoggerFactory.getLogger(ScanSection.class);

	private final VolumeScans scans;

	private final VolumeSelector selector;

	ScanSection(VolumeScans scans, VolumeSelector selector) {
		this.scans = scans;
		this.selector = selector;
	}

	@Override
	public void write(Report report) {
		boolean lists = report.hasStep("scanVolumes");
		if (lists || report.endsWith("keepMarkers")) {
			// Nobody reads the report of a run that ends with 0: the log has it too.
			this.selector.unmatched().forEach((sentence) -> {
				logger.warn(sentence);
				report.warn(sentence);
			});
		}
		List<VolumeScan> volumes = this.scans.findByRun(report.run());
		if (volumes.isEmpty() && (lists || report.hasStep("keepMarkers"))) {
			report.text("there are no volumes to look after\n");
		}
		volumes.forEach((scan) -> write(report, scan));
	}

	private static void write(Report report, VolumeScan scan) {
		boolean listed = scan.state() == VolumeScan.State.TRUSTED;
		Report.Volume volume = report.volume(scan.volume())
			.put("state", scan.state().name())
			.put("reason", scan.reason())
			.cell("OBJECTS", listed ? Report.count(scan.objects()) : scan.state().name().toLowerCase(Locale.ROOT))
			.cell("BYTES", listed ? ByteSizeFormat.format(scan.bytes()) : "-")
			.cell("DUMPS", listed ? Report.count(scan.dumps()) : "-");
		if (listed) {
			volume.put("objects", scan.objects())
				.put("bytes", scan.bytes())
				.put("dumps", scan.dumps())
				.put("unusableNames", scan.unusable())
				.put("linkedNames", scan.linked());
		}
		if (scan.state() == VolumeScan.State.FAILED || scan.state() == VolumeScan.State.UNTRUSTED) {
			report.cause(ExitCode.GATEWAY);
			report.warn(scan.volume() + ": nothing was deleted here: " + scan.reason());
		}
		if (scan.unusable() > 0) {
			report.warn(scan.volume() + ": " + scan.unusable()
					+ " objects have names that cannot be sent to the gateway (not UTF-8, too long, or with a . or .. segment); they stay");
		}
		if (scan.linked() > 0) {
			report.warn(scan.volume() + ": symbolic links lead to " + Report.count(scan.linked()) + " names, such as "
					+ scan.linkedExample() + "; they are not counted, told, given out or deleted");
		}
	}

}
