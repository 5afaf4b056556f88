package dev.dumpkeeper.retention;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.Versioning;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.scan.VolumeScans;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.SafeText;

/**
 * Reports markers, the plan and its outcomes.
 */
@Order(30)
final class RetentionSection implements ReportSection {

	private static final Logger logger = LoggerFactory.getLogger(RetentionSection.class);

	/** How many objects are listed for each volume; the database has all of them. */
	private static final int NAMED = 20;

	private final RetentionSummary retention;

	private final UnmatchedSelectors selectors;

	private final VolumeScans scans;

	private final DumpGateway gateway;

	RetentionSection(RetentionSummary retention, UnmatchedSelectors selectors, VolumeScans scans, DumpGateway gateway) {
		this.retention = retention;
		this.selectors = selectors;
		this.scans = scans;
		this.gateway = gateway;
	}

	@Override
	public void write(Report report) {
		// The report of a run that exits with 0 is seldom read, so it is logged too.
		this.selectors.of(report.run(), this.scans.findByRun(report.run())).forEach((sentence) -> {
			logger.warn(sentence);
			report.warn(sentence);
		});
		List<RetentionSummary.VolumeSummary> volumes = this.retention.volumes(report.run(), NAMED);
		this.retention.plan(report.run()).ifPresent((plan) -> write(report, plan, volumes));
		volumes.forEach((summary) -> write(report, summary));
		this.retention.markers(report.run())
			.stream()
			.collect(Collectors.groupingBy(Marker::volume))
			.forEach((volume, markers) -> write(report, volume, markers));
	}

	private void write(Report report, ExpiryPlan plan, List<RetentionSummary.VolumeSummary> volumes) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("id", plan.id());
		json.put("state", plan.state().name());
		json.put("cutoff", plan.cutoff().toString());
		json.put("policy", plan.policy());
		if (plan.refusal() != null) {
			json.put("refusal", plan.refusal());
		}
		report.put("plan", json);
		report.text("\nplan " + plan.id() + ": " + words(plan) + "\n");
		if (plan.state() == ExpiryPlan.State.SWEPT) {
			report.text(freed(volumes));
		}
		if (plan.state() == ExpiryPlan.State.REFUSED) {
			report.cause(ExitCode.BRAKE_REFUSED);
			report.warn("plan " + plan.id() + " is refused, nothing was deleted: " + plan.refusal()
					+ ". To delete anyway: run expire-dumps --approve " + plan.id());
		}
	}

	private static String words(ExpiryPlan plan) {
		return switch (plan.state()) {
			case OPEN -> "not complete";
			case DRY_RUN -> "dry run; to sweep it: run expire-dumps --approve " + plan.id();
			case REFUSED -> "refused";
			case SEALED -> "not yet swept";
			case SWEPT -> "swept";
		} + "; expires what was written before " + plan.cutoff();
	}

	private String freed(List<RetentionSummary.VolumeSummary> volumes) {
		long bytes = volumes.stream().mapToLong(RetentionSummary.VolumeSummary::freedBytes).sum();
		if (bytes == 0) {
			return "";
		}
		// What knows of versions is not JuiceFS and has neither quotas nor trash.
		boolean plain = volumes.stream()
			.filter((volume) -> volume.freedBytes() > 0)
			.allMatch((volume) -> volume.versioning() == Versioning.OFF);
		if (plain) {
			return "freed " + ByteSizeFormat.format(bytes) + "\n";
		}
		List<OptionalInt> trash = volumes.stream()
			.filter((volume) -> volume.freedBytes() > 0)
			.map((volume) -> this.gateway.trashDays(volume.volume()))
			.toList();
		OptionalInt days = trash.stream().anyMatch(OptionalInt::isEmpty) ? OptionalInt.empty()
				: trash.stream().flatMapToInt(OptionalInt::stream).max();
		String when = days.isEmpty()
				? "in the quotas of the PVCs now; on the volume's disk when the trash is emptied, if JuiceFS keeps one (gateway.trash-days is not set)"
				: (days.getAsInt() == 0) ? "now, on the volume and in the quotas of the PVCs"
						: "in the quotas of the PVCs now; on the volume's disk when the trash is emptied, after "
								+ ((trash.stream().distinct().count() > 1) ? "at most " : "") + days.getAsInt()
								+ ((days.getAsInt() == 1) ? " day" : " days");
		return "freed " + ByteSizeFormat.format(bytes) + ": " + when + "\n";
	}

	private static void write(Report report, RetentionSummary.VolumeSummary summary) {
		report.volume(summary.volume())
			.put("planned", summary.candidates())
			.put("plannedBytes", summary.candidateBytes())
			.put("expired", expired(summary))
			.put("verified", summary.count(Outcome.DELETED))
			.put("asked", summary.count(Outcome.DELETE_ACCEPTED))
			.put("answerLost", summary.count(Outcome.DELETE_SENT))
			.put("changed", summary.count(Outcome.CHANGED))
			.put("vanished", summary.count(Outcome.ALREADY_GONE))
			.put("quarantined", summary.count(Outcome.QUARANTINED))
			.put("kept", summary.count(Outcome.KEPT))
			.put("waitingForNotice", summary.waiting())
			.put("waitingBytes", summary.waitingBytes())
			.put("held", summary.held())
			.put("newest", summary.newest())
			.put("unproven", summary.unproven())
			.put("unprovenBytes", summary.unprovenBytes())
			.put("fromTheFuture", summary.future())
			.put("failed", summary.count(Outcome.FAILED))
			.put("freedBytes", summary.freedBytes())
			.put("versionBytes", summary.versionBytes())
			.put("sweepFailure", summary.failure())
			.put("failures", summary.failures().stream().map(RetentionSection::json).toList())
			.cell("PLANNED", Report.count(summary.candidates()))
			.cell("EXPIRED", Report.count(expired(summary)))
			.cell("VERIFIED", Report.count(summary.count(Outcome.DELETED)))
			.cell("KEPT",
					Report.count(summary.count(Outcome.CHANGED) + summary.count(Outcome.QUARANTINED)
							+ summary.count(Outcome.KEPT)))
			.cell("FAILED", Report.count(summary.count(Outcome.FAILED)))
			.cell("FREED", ByteSizeFormat.format(summary.freedBytes()));
		if (summary.count(Outcome.FAILED) > 0) {
			report.cause(ExitCode.OBJECTS_FAILED);
		}
		if (summary.failure() != null) {
			report.cause(ExitCode.GATEWAY);
		}
		stays(report, summary);
		warn(report, summary);
	}

	private static long expired(RetentionSummary.VolumeSummary summary) {
		return summary.count(Outcome.DELETED) + summary.count(Outcome.DELETE_ACCEPTED);
	}

	private static Map<String, Object> json(RetentionSummary.Failure failure) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("key", failure.key());
		json.put("outcome", failure.outcome().name());
		json.put("reason", failure.reason());
		json.put("attempts", failure.attempts());
		if (failure.notBefore() != null) {
			json.put("notBefore", failure.notBefore().toString());
		}
		return json;
	}

	private static void stays(Report report, RetentionSummary.VolumeSummary summary) {
		String volume = SafeText.oneLine(summary.volume());
		if (summary.waiting() > 0) {
			report.text(volume + ": " + Report.count(summary.waiting())
					+ " dumps are old enough to expire and wait until people were notified ("
					+ ByteSizeFormat.format(summary.waitingBytes()) + ")\n");
		}
		if (summary.held() + summary.newest() > 0) {
			report.text(volume + ": " + Report.count(summary.held()) + " old dumps stay because they are held, "
					+ Report.count(summary.newest()) + " because they are the newest of their workload\n");
		}
	}

	private static void warn(Report report, RetentionSummary.VolumeSummary summary) {
		if (summary.unproven() > 0) {
			report.warn(summary.volume() + ": " + Report.count(summary.unproven()) + " objects ("
					+ ByteSizeFormat.format(summary.unprovenBytes())
					+ ") are old enough to expire and stay: the gateway does "
					+ "not show symbolic links, so they may belong to another file. Only heap dumps with one key are deleted. Set "
					+ "dumpkeeper.metadata.url, so that links are detected, or, if everybody who mounts the volume "
					+ "is trusted, dumpkeeper.gateway.trusted-mounts=true");
		}
		if (summary.future() > 0) {
			report.warn(summary.volume() + ": " + Report.count(summary.future())
					+ " files that are no dumps have a time more than "
					+ "a day in the future, so they never get old enough to expire; touch or remove them");
		}
		if (summary.versionBytes() > 0) {
			report.warn(summary.volume() + ": the bucket keeps the versions of what was deleted, so "
					+ ByteSizeFormat.format(summary.versionBytes()) + " are not free. "
					+ ((summary.versioning() == Versioning.LOCKED)
							? "It has object lock: nobody can remove what is locked before its lock ends. " : "")
					+ "Add a lifecycle rule that removes noncurrent versions");
		}
		if (summary.versioning() == Versioning.UNKNOWN && summary.freedBytes() > 0) {
			report.text(SafeText.oneLine(summary.volume())
					+ ": whether the bucket keeps versions of what was deleted is not known; if this is not JuiceFS, allow "
					+ "s3:GetBucketVersioning and s3:GetBucketObjectLockConfiguration\n");
		}
		if (summary.failure() != null) {
			report.warn(summary.volume() + ": the sweep ended early: " + summary.failure());
		}
		summary.failures()
			.forEach((failure) -> report.warn(summary.volume() + ": "
					+ ((failure.outcome() == Outcome.FAILED) ? "could not delete " : "skipped for now ")
					+ SafeText.oneLine(failure.key()) + ": " + failure.reason() + " (failed in " + failure.attempts()
					+ " runs" + ((failure.notBefore() != null) ? ", tried again from " + failure.notBefore() : "")
					+ ")"));
		long more = summary.count(Outcome.FAILED) - NAMED;
		if (more > 0) {
			report.warn(summary.volume() + ": and " + more + " more objects could not be deleted");
		}
	}

	private static void write(Report report, String volume, List<Marker> markers) {
		Map<Marker.State, Integer> states = new EnumMap<>(Marker.State.class);
		markers.forEach((marker) -> states.merge(marker.state(), 1, Integer::sum));
		report.volume(volume)
			.put("markers", markers.stream().map(RetentionSection::json).toList())
			.cell("<MARKER",
					states.entrySet()
						.stream()
						.map((entry) -> entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ')
								+ ((entry.getValue() > 1) ? " x" + entry.getValue() : ""))
						.collect(Collectors.joining(", ")));
		if (states.containsKey(Marker.State.FULL)) {
			report.cause(ExitCode.OBJECTS_FAILED);
		}
		if (states.containsKey(Marker.State.FAILED)) {
			report.cause(ExitCode.GATEWAY);
		}
		markers.stream()
			.filter((marker) -> marker.detail() != null)
			.forEach((marker) -> report.warn(volume + ": marker: " + marker.detail()));
	}

	private static Map<String, Object> json(Marker marker) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("directory", marker.directory());
		json.put("state", marker.state().name());
		if (marker.detail() != null) {
			json.put("detail", marker.detail());
		}
		return json;
	}

}
