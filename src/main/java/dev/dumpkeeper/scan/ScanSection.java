package dev.dumpkeeper.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;

import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.SafeText;

/**
 * Reports the volumes of a run and how their listings ended.
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
			// The report of a run that exits with 0 is seldom read, so it is logged too.
			this.selector.unmatched().forEach((sentence) -> {
				logger.warn(sentence);
				report.warn(sentence);
			});
		}
		List<VolumeScan> volumes = this.scans.findByRun(report.run());
		if (volumes.isEmpty() && (lists || report.hasStep("keepMarkers"))) {
			report.text("there are no volumes\n");
		}
		volumes.forEach((scan) -> write(report, scan));
		writeSources(report, volumes);
	}

	private static void writeSources(Report report, List<VolumeScan> volumes) {
		Map<String, List<String>> byWords = new TreeMap<>();
		for (VolumeScan scan : volumes) {
			if (scan.source() == VolumeScan.Source.METADATA) {
				byWords.computeIfAbsent("listed from JuiceFS's metadata", (words) -> new ArrayList<>())
					.add(scan.volume());
			}
			else if (scan.source() == VolumeScan.Source.GATEWAY) {
				String words = "listed by the gateway"
						+ ((scan.sourceReason() != null) ? ": " + scan.sourceReason() : "");
				byWords.computeIfAbsent(words, (unused) -> new ArrayList<>()).add(scan.volume());
			}
		}
		byWords.forEach((words, names) -> {
			String which = (byWords.size() == 1) ? "all volumes "
					: SafeText.abridged(String.join(", ", names), 200) + " ";
			if (volumes.stream().anyMatch((scan) -> names.contains(scan.volume()) && isStandIn(scan))) {
				logger.warn("{}{}", which, SafeText.oneLine(words));
				report.warn(which + words);
			}
			else {
				report.text(which + words + "\n");
			}
		});
	}

	/** Whether the gateway replaced the configured source. */
	private static boolean isStandIn(VolumeScan scan) {
		return scan.source() == VolumeScan.Source.GATEWAY && scan.sourceReason() != null
				&& !ListingSources.isConfigured(scan.sourceReason());
	}

	private static void write(Report report, VolumeScan scan) {
		boolean listed = scan.state() == VolumeScan.State.TRUSTED;
		Report.Volume volume = report.volume(scan.volume())
			.put("state", scan.state().name())
			.put("reason", scan.reason())
			.put("source", (scan.source() != null) ? scan.source().name() : null)
			.put("sourceReason", scan.sourceReason())
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
					+ scan.linkedExample() + "; they are not counted, reported, offered for download or deleted");
		}
	}

}
