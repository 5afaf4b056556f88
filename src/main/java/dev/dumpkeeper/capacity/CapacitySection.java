package dev.dumpkeeper.capacity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;

import dev.dumpkeeper.capacity.CapacityReading.Outlook;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.SafeText;
import dev.dumpkeeper.text.TextTable;

/**
 * Reports how full volumes are and will be.
 */
@Order(50)
final class CapacitySection implements ReportSection {

	private final CapacityChecks capacity;

	CapacitySection(CapacityChecks capacity) {
		this.capacity = capacity;
	}

	@Override
	public void write(Report report) {
		Run run = report.run();
		List<CapacityReading> readings = this.capacity.of(run);
		Map<String, GrowthContributors> contributors = this.capacity.contributors(run);
		FileSystemSpace space = this.capacity.space(run).orElse(null);
		if (!readings.isEmpty()) {
			report.put("capacity", readings.stream().map((reading) -> json(reading, contributors)).toList());
		}
		report.put("fileSystem", (space != null) ? json(space) : null);
		report.text(text(readings, contributors, space));
		if (report.hasStep("composeDailyReport")) {
			this.capacity.accuracy(run.now()).ifPresent((accuracy) -> {
				report.put("forecastAccuracy", json(accuracy));
				report.text("\n" + text(accuracy));
			});
		}
		this.capacity.problems(run).forEach(report::warn);
		warnings(readings, space, this.capacity.isAdviceDue(run)).forEach(report::warn);
		if (run.dryRun() && report.endsWith("checkCapacity")) {
			this.capacity.preview(run).forEach(report::wouldSend);
		}
	}

	private static String words(GrowthContributors contributors) {
		List<String> lines = new ArrayList<>();
		if (!contributors.workloads().isEmpty()) {
			lines.add("added in the last " + contributors.since().toDays() + " days: "
					+ contributors.workloads()
						.stream()
						.map((sum) -> SafeText.oneLine(sum.environment()) + "/" + SafeText.oneLine(sum.workload()) + " "
								+ sum.dumps() + " dumps " + ByteSizeFormat.format(sum.bytes()))
						.collect(Collectors.joining(", ")));
		}
		lines.add(contributors.expiries().isEmpty() ? "no dump expires within the forecast"
				: "expires: " + contributors.expiries()
					.stream()
					.map((expiry) -> expiry.at() + " " + ByteSizeFormat.format(expiry.bytes()))
					.collect(Collectors.joining(", ")));
		if (contributors.shorterBytes() > 0) {
			lines.add("half the retention would free " + ByteSizeFormat.format(contributors.shorterBytes()));
		}
		if (contributors.unnotifiedBytes() > 0) {
			lines.add(ByteSizeFormat.format(contributors.unnotifiedBytes())
					+ " expire once people are notified and their notice has ended");
		}
		return SafeText.oneLine(contributors.volume()) + ": " + String.join("; ", lines) + "\n";
	}

	private static String text(List<CapacityReading> readings, Map<String, GrowthContributors> contributors,
			@Nullable FileSystemSpace space) {
		TextTable table = new TextTable("VOLUME", "USED", "<FROM", "CAPACITY", "<FROM", "SHARE", "P50", "P90",
				"<P50 CROSSES", "<P90 CROSSES", "<LEVEL");
		boolean rows = false;
		for (CapacityReading reading : readings) {
			VolumeCapacity capacity = reading.capacity();
			Outlook outlook = reading.outlook();
			Long bytes = capacity.capacityBytes();
			if (bytes == null || outlook == null) {
				continue;
			}
			rows = true;
			table.row(SafeText.oneLine(capacity.volume()), ByteSizeFormat.format(capacity.usedBytes()),
					word(capacity.usedSource()), ByteSizeFormat.format(bytes),
					String.valueOf(capacity.capacitySource()).toLowerCase(Locale.ROOT),
					String.format(Locale.ROOT, "%.1f %%", 100.0 * capacity.usedBytes() / bytes),
					ByteSizeFormat.format(outlook.p50Bytes()), ByteSizeFormat.format(outlook.p90Bytes()),
					(outlook.p50CrossesAt() != null) ? outlook.p50CrossesAt().toString() : "-",
					(outlook.p90CrossesAt() != null) ? outlook.p90CrossesAt().toString() : "-",
					reading.level().name().toLowerCase(Locale.ROOT)
							+ (outlook.shortHistory() ? " (short history)" : ""));
		}
		return (rows ? "\n" + table
				+ contributors.values().stream().map(CapacitySection::words).collect(Collectors.joining()) : "")
				+ ((space != null) ? "\n" + words(space) + "\n" : "");
	}

	private static String words(FileSystemSpace space) {
		String text = "the whole file system (" + word(space.source()) + "): "
				+ ByteSizeFormat.format(space.usedBytes()) + " used"
				+ ((space.capacityBytes() != null) ? " of " + ByteSizeFormat.format(space.capacityBytes()) : "");
		if (space.trashBytes() == null) {
			return text + "; how much of it is in the trash is not known";
		}
		String trash = ByteSizeFormat.format(space.trashBytes());
		return text + ", "
				+ ((space.source() == CapacitySource.METADATA)
						? "about " + trash + " of it only in the trash"
								+ ((space.trashDays() != null) ? " (emptied after " + space.trashDays() + " days)" : "")
						: "about " + trash + " of it in no listed volume: in the trash, or not managed");
	}

	private static String text(ForecastAccuracy accuracy) {
		return String.format(Locale.ROOT,
				"forecast accuracy, last 14 days (%,d forecasts of the %d fullest volumes): P50 was off by %.1f %% of the"
						+ " capacity on average; use stayed within P90 in %.1f %% (90 %% is right)\n",
				accuracy.forecasts(), accuracy.volumes(), 100 * accuracy.meanError(), 100 * accuracy.p90Held());
	}

	private static Map<String, Object> json(ForecastAccuracy accuracy) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("volumes", accuracy.volumes());
		json.put("forecasts", accuracy.forecasts());
		json.put("meanErrorShare", accuracy.meanError());
		json.put("p90HeldShare", accuracy.p90Held());
		return json;
	}

	private static Map<String, Object> json(FileSystemSpace space) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("source", space.source().name());
		json.put("usedBytes", space.usedBytes());
		if (space.capacityBytes() != null) {
			json.put("capacityBytes", space.capacityBytes());
		}
		if (space.trashBytes() != null) {
			json.put((space.source() == CapacitySource.METADATA) ? "trashBytes" : "inNoListedVolumeBytes",
					space.trashBytes());
		}
		if (space.trashDays() != null) {
			json.put("trashDays", space.trashDays());
		}
		if (space.otherUsedBytes() != null) {
			json.put("usedBytesByMetricsPage", space.otherUsedBytes());
		}
		return json;
	}

	private static Map<String, Object> json(GrowthContributors contributors) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("sinceHours", contributors.since().toHours());
		json.put("workloads",
				contributors.workloads()
					.stream()
					.map((sum) -> Map.of("environment", sum.environment(), "workload", sum.workload(), "dumps",
							sum.dumps(), "bytes", sum.bytes()))
					.toList());
		json.put("expiries",
				contributors.expiries()
					.stream()
					.map((expiry) -> Map.of("at", expiry.at().toString(), "bytes", expiry.bytes()))
					.toList());
		json.put("shorterHours", contributors.shorterAge().toHours());
		json.put("shorterFreesBytes", contributors.shorterBytes());
		json.put("waitingForPeopleBytes", contributors.unnotifiedBytes());
		return json;
	}

	private static Map<String, Object> json(CapacityReading reading, Map<String, GrowthContributors> contributors) {
		VolumeCapacity capacity = reading.capacity();
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("volume", capacity.volume());
		json.put("usedBytes", capacity.usedBytes());
		json.put("usedSource", capacity.usedSource().name());
		json.put("listedBytes", capacity.listedBytes());
		json.put("level", reading.level().name());
		if (capacity.capacityBytes() != null) {
			json.put("capacityBytes", capacity.capacityBytes());
			json.put("capacitySource", String.valueOf(capacity.capacitySource()));
		}
		Outlook outlook = reading.outlook();
		if (outlook != null) {
			json.put("p50Bytes", outlook.p50Bytes());
			json.put("p90Bytes", outlook.p90Bytes());
			json.put("shortHistory", outlook.shortHistory());
			if (outlook.p50CrossesAt() != null) {
				json.put("p50CrossesAt", outlook.p50CrossesAt().toString());
			}
			if (outlook.p90CrossesAt() != null) {
				json.put("p90CrossesAt", outlook.p90CrossesAt().toString());
			}
		}
		GrowthContributors of = contributors.get(capacity.volume());
		if (of != null) {
			json.put("drivers", json(of));
		}
		return json;
	}

	private static List<String> warnings(List<CapacityReading> readings, @Nullable FileSystemSpace space,
			boolean advise) {
		List<String> warnings = new ArrayList<>();
		long unknown = readings.stream().filter((reading) -> reading.capacity().capacityBytes() == null).count();
		if (unknown > 0 && advise) {
			warnings.add("no capacity is known of " + unknown
					+ " volumes, so they may fill up without a warning: set dumpkeeper.capacity.metadata.url,"
					+ " or dumpkeeper.capacity.limits.NAME");
		}
		if (space != null && space.isDisputed() && space.otherUsedBytes() != null) {
			warnings
				.add("of the whole file system the metadata database counts " + ByteSizeFormat.format(space.usedBytes())
						+ " and the metrics page " + ByteSizeFormat.format(space.otherUsedBytes()) + ", "
						+ ByteSizeFormat.format(Math.abs(space.usedBytes() - space.otherUsedBytes())) + " apart");
		}
		readings.stream()
			.map(CapacityReading::capacity)
			.filter(VolumeCapacity::isDisputed)
			.forEach((capacity) -> warnings.add(SafeText.oneLine(capacity.volume()) + ": the quota counts "
					+ ByteSizeFormat.format(capacity.usedBytes()) + " and the listing "
					+ ByteSizeFormat.format(capacity.listedBytes()) + ", "
					+ ByteSizeFormat.format(Math.abs(capacity.usedBytes() - capacity.listedBytes())) + " apart"));
		return warnings;
	}

	private static String word(CapacitySource source) {
		return source.name().toLowerCase(Locale.ROOT);
	}

}
