package dev.dumpkeeper.usage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;

import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.TextTable;

/**
 * Reports usage: by directory for a job that ends with the scan, and for every job what
 * may have been counted twice.
 */
@Order(20)
final class UsageSection implements ReportSection {

	private static final int ROWS = 500;

	private final DirectoryUsageRepository repository;

	UsageSection(DirectoryUsageRepository repository) {
		this.repository = repository;
	}

	@Override
	public void write(Report report) {
		this.repository.findWithDuplicates(report.run().id()).forEach((volume) -> {
			report.volume(volume.volume()).put("maybeTwiceBytes", volume.duplicateBytes());
			report.warn(volume.volume() + ": up to " + ByteSizeFormat.format(volume.duplicateBytes()) + " of "
					+ ByteSizeFormat.format(volume.objectBytes())
					+ " may be counted twice: other keys show files of the same size and time, as links do;"
					+ " with dumpkeeper.metadata.url links are left out");
		});
		if (report.endsWith("scanVolumes")) {
			report.text("\n" + directories(this.repository.findOf(report.run().id(), ROWS)));
		}
	}

	private static String directories(List<DirectoryUsage> rows) {
		TextTable table = new TextTable("VOLUME", "<DIRECTORY", "OBJECTS", "BYTES", "DUMPS", "DUMP BYTES", "<OLDEST",
				"<NEWEST");
		for (DirectoryUsage usage : rows) {
			table.row(usage.volume(), usage.isWholeVolume() ? "(all)" : usage.directory(),
					Report.count(usage.objects()), ByteSizeFormat.format(usage.objectBytes()),
					Report.count(usage.dumps()), ByteSizeFormat.format(usage.dumpBytes()), time(usage.oldest()),
					time(usage.newest()));
		}
		return table + ((rows.size() < ROWS) ? ""
				: "only the first " + ROWS + " rows are shown; the table directory_usage has all\n");
	}

	private static String time(@Nullable Instant instant) {
		return (instant == null) ? "-" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
	}

}
