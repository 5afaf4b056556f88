package dev.dumpkeeper.maintenance;

import java.time.Instant;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.capacity.CapacityReading;
import dev.dumpkeeper.capacity.Drivers;
import dev.dumpkeeper.capacity.FileSystemSpace;
import dev.dumpkeeper.capacity.ForecastScore;
import dev.dumpkeeper.capacity.ForecastScores;
import dev.dumpkeeper.digest.DailyReports;
import dev.dumpkeeper.digest.Digests;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.ledger.DumpContents;
import dev.dumpkeeper.ledger.DumpContents.ReadDump;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.DumpLedger.LedgerSpan;
import dev.dumpkeeper.ledger.DumpLedger.LedgerTotals;
import dev.dumpkeeper.ledger.DumpLedger.UntoldGroup;
import dev.dumpkeeper.retention.ExpiryPlan;
import dev.dumpkeeper.retention.Marker;
import dev.dumpkeeper.retention.Outcome;
import dev.dumpkeeper.retention.RetentionReport;
import dev.dumpkeeper.retention.UnmatchedSelectors;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.Scans;
import dev.dumpkeeper.scan.VolumeCatalogue;
import dev.dumpkeeper.scan.VolumeScan;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.SafeText;

/**
 * Has the rooms write the report on a run.
 */
final class RunReports {

	private final List<ReportSection> sections;

	RunReports(List<ReportSection> sections) {
		this.sections = List.copyOf(sections);
	}

	/** Reports a run that has come to its end. */
	RunReport of(Run run, RunRequest request, Instant end) {
		Facts facts = new Facts(run, request, end);
		Map<String, Object> json = facts.json();
		return new RunReport(facts.exitCode(), facts.text(),
				SafeText.oneLine(JsonMapper.shared().writeValueAsString(json)));
	}

	/** Everything that is known about one run. */
	private final class Facts {

		private final Run run;

		private final RunRequest request;

		private final Duration duration;

		private final List<VolumeScan> scans;

		private final Optional<ExpiryPlan> plan;

		private final Map<String, RetentionReport.Part> parts = new HashMap<>();

		private final Map<String, List<Marker>> markers = new HashMap<>();

		private final List<DirectoryUsage> usage;

		private final LedgerTotals dumps;

		private final LedgerSpan span;

		private final List<ReadDump> heaps;

		private final List<ForecastScore> scored;

		private final OutboxState messages;

		private final List<CapacityReading> readings;

		private final Map<String, Drivers> drivers;

		private final @Nullable FileSystemSpace space;

		private final List<String> unmatched;

		Facts(Run run, RunRequest request, Instant end) {
			this.run = run;
			this.request = request;
			this.duration = Duration.between(run.now(), end);
			this.scans = RunReports.this.scans.of(run);
			this.plan = RunReports.this.retention.plan(run);
			RunReports.this.retention.parts(run, NAMED).forEach((part) -> this.parts.put(part.volume(), part));
			RunReports.this.retention.markers(run)
				.forEach((marker) -> this.markers.computeIfAbsent(marker.volume(), (volume) -> new ArrayList<>())
					.add(marker));
			this.usage = RunReports.this.usage.of(run, USAGE_ROWS);
			this.dumps = RunReports.this.ledger.totals(end);
			this.span = RunReports.this.ledger.span(run.now(), end.plusMillis(1));
			this.heaps = (request.job() == JobName.MAINTENANCE)
					? RunReports.this.contents.readBetween(run.now(), end, NAMED) : List.of();
			this.scored = (request.job() == JobName.DAILY_REPORT) ? scored(run.now()) : List.of();
			this.messages = RunReports.this.outbox.state();
			this.readings = RunReports.this.capacity.of(run);
			this.drivers = RunReports.this.capacity.drivers(run);
			this.space = RunReports.this.capacity.space(run).orElse(null);
			this.unmatched = unmatched();
		}

		/** Nobody reads the report of a run that ends with 0: the log has it too. */
		private List<String> unmatched() {
			List<String> unmatched = new ArrayList<>();
			if (isSelecting()) {
				unmatched.addAll(RunReports.this.catalogue.unmatched());
				unmatched.addAll(RunReports.this.selectors.of(this.run, this.scans));
			}
			unmatched.forEach(logger::warn);
			return unmatched;
		}

		/** Whether this job asks which volumes there are. */
		private boolean isSelecting() {
			return switch (this.request.job()) {
				case MAINTENANCE, KEEP_MARKER, MEASURE_USAGE, RECONCILE_DUMPS -> true;
				case EXPIRE_DUMPS -> this.request.approve() == null;
				case CHECK_CAPACITY, DAILY_REPORT -> false;
			};
		}

		private List<ForecastScore> scored(Instant now) {
			return RunReports.this.scores.score(List.of(), SCORED, now.minus(SCORED_FOR), now).scores();
		}

		/** Whether this job tells people anything. */
		private boolean isTelling() {
			return switch (this.request.job()) {
				case MAINTENANCE, RECONCILE_DUMPS, CHECK_CAPACITY, DAILY_REPORT -> true;
				case KEEP_MARKER, MEASURE_USAGE, EXPIRE_DUMPS -> false;
			};
		}

		ExitCode exitCode() {
			List<ExitCode> causes = new ArrayList<>();
			if (this.parts.values().stream().anyMatch((part) -> part.count(Outcome.FAILED) > 0)
					|| markers(Marker.State.FULL)) {
				causes.add(ExitCode.OBJECTS_FAILED);
			}
			if (this.plan.filter((plan) -> plan.state() == ExpiryPlan.State.REFUSED).isPresent()) {
				causes.add(ExitCode.BRAKE_REFUSED);
			}
			if (this.scans.stream().anyMatch((scan) -> isBad(scan.state())) || markers(Marker.State.FAILED)
					|| this.parts.values().stream().anyMatch((part) -> part.failure() != null)) {
				causes.add(ExitCode.GATEWAY);
			}
			if (isTelling() && !this.run.dryRun() && RunReports.this.outbox.isConfigured()
					&& this.messages.pages() > 0) {
				causes.add(ExitCode.NOT_DELIVERED);
			}
			return ExitCode.worst(causes);
		}

		private boolean markers(Marker.State state) {
			return this.markers.values().stream().flatMap(List::stream).anyMatch((marker) -> marker.state() == state);
		}

		private static boolean isBad(VolumeScan.State state) {
			return state == VolumeScan.State.FAILED || state == VolumeScan.State.UNTRUSTED;
		}

		Map<String, Object> json() {
			Map<String, Object> json = new LinkedHashMap<>();
			json.put("run", this.run.id());
			json.put("job", this.request.job().text());
			json.put("dryRun", this.run.dryRun());
			json.put("exitCode", exitCode().number());
			json.put("startedAt", this.run.now().toString());
			json.put("seconds", this.duration.toMillis() / 1000.0);
			this.plan.ifPresent((plan) -> json.put("plan", plan(plan)));
			json.put("volumes", this.scans.stream().map(this::volume).toList());
			json.put("dumps", dumps());
			if (this.request.job() == JobName.MAINTENANCE) {
				json.put("heaps", this.heaps.stream().map(Facts::heap).toList());
				json.put("heapsNotRead", RunReports.this.contents.countDue());
			}
			if (!this.readings.isEmpty()) {
				json.put("capacity",
						this.readings.stream().map((reading) -> CapacityTable.json(reading, this.drivers)).toList());
			}
			if (this.space != null) {
				json.put("fileSystem", CapacityTable.json(this.space));
			}
			if (!this.scored.isEmpty()) {
				json.put("forecastScore", this.scored.stream().map(ScoreTable::json).toList());
			}
			if (isTelling()) {
				json.put("messages", messages());
			}
			json.put("warnings", warnings());
			return json;
		}

		private static Map<String, Object> heap(ReadDump heap) {
			Map<String, Object> json = new LinkedHashMap<>();
			json.put("volume", heap.volume());
			json.put("key", heap.key());
			json.put("workload", heap.workload());
			json.put("bytes", heap.bytes());
			json.put("state", heap.state().name());
			json.put("suspects", heap.sentence());
			return json;
		}

		private Map<String, Object> dumps() {
			Map<String, Object> json = new LinkedHashMap<>();
			json.put("known", this.dumps.dumps());
			json.put("bytes", this.dumps.bytes());
			json.put("new", this.span.seen().stream().mapToLong(UntoldGroup::dumps).sum());
			json.put("told", this.span.told());
			json.put("untold", this.dumps.untold());
			json.put("untoldBytes", this.dumps.untoldBytes());
			json.put("beingWritten", this.dumps.writing());
			json.put("fromTheFuture", this.dumps.fromTheFuture());
			json.put("notLookedAt", this.dumps.unseen());
			json.put("held", this.dumps.held());
			json.put("heldBytes", this.dumps.heldBytes());
			json.put("vanished", this.span.vanished());
			return json;
		}

		private Map<String, Object> messages() {
			Map<String, Object> json = new LinkedHashMap<>();
			json.put("waitingPages", this.messages.pages());
			put(json, "waitingSince", this.messages.waitingSince().map(Instant::toString).orElse(null));
			put(json, "problem", this.messages.problem().orElse(null));
			json.put("needsPerson", this.messages.permanent());
			return json;
		}

		private Map<String, Object> plan(ExpiryPlan plan) {
			Map<String, Object> json = new LinkedHashMap<>();
			json.put("id", plan.id());
			json.put("state", plan.state().name());
			json.put("cutoff", plan.cutoff().toString());
			json.put("policy", plan.policy());
			if (plan.refusal() != null) {
				json.put("refusal", plan.refusal());
			}
			return json;
		}

		private Map<String, Object> volume(VolumeScan scan) {
			Map<String, Object> json = new LinkedHashMap<>();
			json.put("name", scan.volume());
			json.put("state", scan.state().name());
			put(json, "reason", scan.reason());
			if (scan.state() == VolumeScan.State.TRUSTED) {
				json.put("objects", scan.objects());
				json.put("bytes", scan.bytes());
				json.put("dumps", scan.dumps());
				json.put("unusableNames", scan.unusable());
				json.put("linkedNames", scan.linked());
			}
			RetentionReport.Part part = this.parts.get(scan.volume());
			if (part != null) {
				json.put("planned", part.candidates());
				json.put("plannedBytes", part.candidateBytes());
				json.put("expired", expired(part));
				json.put("verified", part.count(Outcome.GONE));
				json.put("asked", part.count(Outcome.ASKED));
				json.put("answerLost", part.count(Outcome.SENT));
				json.put("changed", part.count(Outcome.CHANGED));
				json.put("vanished", part.count(Outcome.VANISHED));
				json.put("quarantined", part.count(Outcome.QUARANTINED));
				json.put("kept", part.count(Outcome.KEPT));
				json.put("waitingToBeTold", part.waiting());
				json.put("waitingBytes", part.waitingBytes());
				json.put("held", part.held());
				json.put("newest", part.newest());
				json.put("unproven", part.unproven());
				json.put("unprovenBytes", part.unprovenBytes());
				json.put("fromTheFuture", part.future());
				json.put("failed", part.count(Outcome.FAILED));
				json.put("freedBytes", part.freedBytes());
				put(json, "sweepFailure", part.failure());
				json.put("failures", part.failures().stream().map(Facts::failure).toList());
			}
			json.put("markers", this.markers.getOrDefault(scan.volume(), List.of()).stream().map((marker) -> {
				Map<String, Object> found = new LinkedHashMap<>();
				found.put("directory", marker.directory());
				found.put("state", marker.state().name());
				put(found, "detail", marker.detail());
				return found;
			}).toList());
			return json;
		}

		private static Map<String, Object> failure(RetentionReport.Failure failure) {
			Map<String, Object> json = new LinkedHashMap<>();
			json.put("key", failure.key());
			json.put("outcome", failure.outcome().name());
			json.put("reason", failure.reason());
			json.put("attempts", failure.attempts());
			put(json, "notBefore", (failure.notBefore() != null) ? failure.notBefore().toString() : null);
			return json;
		}

		private static void put(Map<String, Object> json, String name, @Nullable Object value) {
			if (value != null) {
				json.put(name, value);
			}
		}

		private static long expired(RetentionReport.Part part) {
			return part.count(Outcome.GONE) + part.count(Outcome.ASKED);
		}

		private List<String> warnings() {
			List<String> warnings = new ArrayList<>(this.unmatched);
			if (this.request.job() == JobName.CHECK_CAPACITY || !this.readings.isEmpty()) {
				warnings.addAll(RunReports.this.capacity.problems(this.run));
				warnings.addAll(CapacityTable.warnings(this.readings, this.space,
						RunReports.this.capacity.isAdviceDue(this.run)));
			}
			this.plan.ifPresent((plan) -> {
				if (plan.state() == ExpiryPlan.State.REFUSED) {
					warnings.add("plan " + plan.id() + " is refused, nothing was deleted: " + plan.refusal()
							+ ". To go on all the same: run expire-dumps --approve " + plan.id());
				}
			});
			if (!RunReports.this.outbox.isConfigured() && (this.plan.isPresent() || isTelling())) {
				warnings.add("no robot is configured, so nobody is told"
						+ (this.plan.isPresent() ? " before a dump expires" : " (dumpkeeper.wecom.webhook-url)"));
			}
			if (isTelling() && RunReports.this.outbox.isConfigured() && this.messages.pages() > 0
					&& !this.run.dryRun()) {
				warnings.add(this.messages.pages() + " pages for the robot are not delivered and are kept"
						+ this.messages.waitingSince().map((since) -> " since " + since).orElse("") + ": "
						+ this.messages.problem().orElse("they were not tried yet")
						+ (this.messages.permanent() ? ". Manual action required" : ""));
			}
			this.scans.forEach((scan) -> {
				if (isBad(scan.state())) {
					warnings.add(scan.volume() + ": nothing was deleted here: " + scan.reason());
				}
				if (scan.unusable() > 0) {
					warnings.add(scan.volume() + ": " + scan.unusable()
							+ " objects have names that cannot be sent to the gateway (not UTF-8, too long, or with a . or .. segment); they stay");
				}
				if (scan.linked() > 0) {
					warnings.add(scan.volume() + ": symbolic links lead to " + count(scan.linked()) + " names, such as "
							+ SafeText.oneLine(String.valueOf(scan.linkedExample()))
							+ "; they are not counted, told, given out or deleted");
				}
			});
			this.markers.values()
				.stream()
				.flatMap(List::stream)
				.filter((marker) -> marker.detail() != null)
				.forEach((marker) -> warnings.add(marker.volume() + ": marker: " + marker.detail()));
			this.parts.values().forEach((part) -> {
				if (part.unproven() > 0) {
					warnings.add(part.volume() + ": " + count(part.unproven()) + " objects ("
							+ ByteSizeFormat.format(part.unprovenBytes())
							+ ") are old enough to expire and stay: the gateway does "
							+ "not show symbolic links, so they may be another's. Only heap dumps with one key go. Set "
							+ "dumpkeeper.metadata.url, so that links are seen, or, if everybody who mounts the volume "
							+ "is trusted, dumpkeeper.gateway.trusted-mounts=true");
				}
				if (part.future() > 0) {
					warnings.add(part.volume() + ": " + count(part.future())
							+ " files that are no dumps have a time more than "
							+ "a day in the future, so they never get old enough to expire; touch or remove them");
				}
				if (part.failure() != null) {
					warnings.add(part.volume() + ": the sweep ended early: " + part.failure());
				}
				part.failures()
					.forEach((failure) -> warnings.add(part.volume() + ": "
							+ ((failure.outcome() == Outcome.FAILED) ? "could not delete " : "left alone for now ")
							+ SafeText.oneLine(failure.key()) + ": " + failure.reason() + " (failed in "
							+ failure.attempts() + " runs"
							+ ((failure.notBefore() != null) ? ", tried again from " + failure.notBefore() : "")
							+ ")"));
				long more = part.count(Outcome.FAILED) - NAMED;
				if (more > 0) {
					warnings.add(part.volume() + ": and " + more + " more objects could not be deleted");
				}
			});
			// They name volumes and keys, and repeat what a gateway or a robot said.
			warnings.replaceAll(SafeText::oneLine);
			return warnings;
		}

		String text() {
			StringBuilder text = new StringBuilder();
			text.append(this.request.job().text())
				.append(this.run.dryRun() ? " (dry run: nothing was changed)" : "")
				.append(", run ")
				.append(this.run.id())
				.append(", ")
				.append(String.format(Locale.ROOT, "%.1f s", this.duration.toMillis() / 1000.0))
				.append("\n\n");
			if (this.request.job() != JobName.DAILY_REPORT && this.request.job() != JobName.CHECK_CAPACITY) {
				text.append(volumes());
			}
			if (this.request.job() == JobName.MEASURE_USAGE) {
				text.append('\n').append(directories());
			}
			this.plan.ifPresent(
					(plan) -> text.append("\nplan ").append(plan.id()).append(": ").append(words(plan)).append('\n'));
			this.plan.filter((plan) -> plan.state() == ExpiryPlan.State.SWEPT)
				.ifPresent((plan) -> text.append(freed()));
			text.append(ledger());
			text.append(CapacityTable.text(this.readings, this.drivers, this.space));
			text.append(heaps());
			if (!this.scored.isEmpty()) {
				text.append("\nforecasts of the last 14 days:\n").append(ScoreTable.text(this.scored));
			}
			if (this.run.dryRun() && isTelling()) {
				preview().forEach((page) -> text.append("\nwould be sent:\n").append(page.indent(4)));
			}
			List<String> warnings = warnings();
			if (!warnings.isEmpty()) {
				text.append('\n');
				warnings.forEach((warning) -> text.append("! ").append(warning).append('\n'));
			}
			return text.toString();
		}

		private List<String> preview() {
			if (this.request.job() == JobName.CHECK_CAPACITY) {
				return RunReports.this.capacity.preview(this.run);
			}
			return (this.request.job() == JobName.DAILY_REPORT)
					? List.of(RunReports.this.daily.preview(this.run,
							RunReports.this.states.at(this.run, RunReports.this.daily.yesterday(this.run))))
					: RunReports.this.digests.preview(this.run);
		}

		/** What stands out on the heaps that were read. */
		private String heaps() {
			if (this.heaps.isEmpty()) {
				return "";
			}
			TextTable table = new TextTable("HEAP", "<DUMP", "BYTES", "<WHAT STANDS OUT");
			for (ReadDump heap : this.heaps) {
				table.row(SafeText.oneLine(heap.workload().isEmpty() ? "-" : heap.workload()),
						SafeText.oneLine(heap.volume() + "/" + heap.key()), ByteSizeFormat.format(heap.bytes()),
						SafeText.oneLine(heap.sentence()));
			}
			return "\n" + table;
		}

		/** What the ledger knows, and what stands against expiries. */
		private String ledger() {
			StringBuilder text = new StringBuilder();
			if (this.request.job() == JobName.KEEP_MARKER) {
				return "";
			}
			text.append("\ndumps: ")
				.append(count(this.dumps.dumps()))
				.append(", ")
				.append(ByteSizeFormat.format(this.dumps.bytes()));
			append(text, this.span.told(), " told now");
			append(text, this.dumps.untold(),
					" not yet announced (" + ByteSizeFormat.format(this.dumps.untoldBytes()) + ")");
			append(text, this.dumps.writing(), " being written");
			append(text, this.dumps.unseen(), " not looked at yet");
			append(text, this.dumps.fromTheFuture(),
					" with a time in the future (their age counts from when they were first seen)");
			append(text, this.dumps.held(), " held (" + ByteSizeFormat.format(this.dumps.heldBytes()) + ")");
			append(text, this.span.vanished(), " vanished without us");
			text.append('\n');
			this.parts.values().stream().sorted(Comparator.comparing(RetentionReport.Part::volume)).forEach((part) -> {
				if (part.waiting() > 0) {
					text.append(SafeText.oneLine(part.volume()))
						.append(": ")
						.append(count(part.waiting()))
						.append(" dumps are old enough to expire and wait until people were told (")
						.append(ByteSizeFormat.format(part.waitingBytes()))
						.append(")\n");
				}
				if (part.held() + part.newest() > 0) {
					text.append(SafeText.oneLine(part.volume()))
						.append(": ")
						.append(count(part.held()))
						.append(" old dumps stay because they are held, ")
						.append(count(part.newest()))
						.append(" because they are the newest of their workload\n");
				}
			});
			return text.toString();
		}

		private static void append(StringBuilder text, long number, String words) {
			if (number > 0) {
				text.append("; ").append(count(number)).append(words);
			}
		}

		private static String words(ExpiryPlan plan) {
			return switch (plan.state()) {
				case OPEN -> "not complete";
				case REHEARSED -> "rehearsed; it can be swept with: run expire-dumps --approve " + plan.id();
				case REFUSED -> "refused";
				case SEALED -> "not yet swept";
				case SWEPT -> "swept";
			} + "; expires what was written before " + plan.cutoff();
		}

		private String freed() {
			long bytes = this.parts.values().stream().mapToLong(RetentionReport.Part::freedBytes).sum();
			if (bytes == 0) {
				return "";
			}
			OptionalInt days = RunReports.this.gateway.trashDays();
			String when = days.isEmpty()
					? "the quotas of the PVCs have it back now; the volume's disk when the trash is emptied, if JuiceFS keeps one (gateway.trash-days is not set)"
					: (days.getAsInt() == 0) ? "now, on the volume and in the quotas of the PVCs"
							: "in the quotas of the PVCs now; on the volume's disk when the trash is emptied, after "
									+ days.getAsInt() + ((days.getAsInt() == 1) ? " day" : " days");
			return "freed " + ByteSizeFormat.format(bytes) + ": " + when + "\n";
		}

		private String volumes() {
			TextTable table = new TextTable("VOLUME", "OBJECTS", "BYTES", "DUMPS", "PLANNED", "EXPIRED", "VERIFIED",
					"KEPT", "FAILED", "FREED", "<MARKER");
			for (VolumeScan scan : this.scans) {
				RetentionReport.Part part = this.parts.get(scan.volume());
				boolean listed = scan.state() == VolumeScan.State.TRUSTED;
				table.row(SafeText.oneLine(scan.volume()),
						listed ? count(scan.objects()) : scan.state().name().toLowerCase(Locale.ROOT),
						listed ? ByteSizeFormat.format(scan.bytes()) : "-", listed ? count(scan.dumps()) : "-",
						(part != null) ? count(part.candidates()) : "-", (part != null) ? count(expired(part)) : "-",
						(part != null) ? count(part.count(Outcome.GONE)) : "-",
						(part != null) ? count(part.count(Outcome.CHANGED) + part.count(Outcome.QUARANTINED)
								+ part.count(Outcome.KEPT)) : "-",
						(part != null) ? count(part.count(Outcome.FAILED)) : "-",
						(part != null) ? ByteSizeFormat.format(part.freedBytes()) : "-", markers(scan.volume()));
			}
			return this.scans.isEmpty() ? "there are no volumes to look after\n" : table.toString();
		}

		private String markers(String volume) {
			Map<Marker.State, Integer> states = new EnumMap<>(Marker.State.class);
			this.markers.getOrDefault(volume, List.of())
				.forEach((marker) -> states.merge(marker.state(), 1, Integer::sum));
			if (states.isEmpty()) {
				return "-";
			}
			return String.join(", ",
					states.entrySet()
						.stream()
						.map((entry) -> entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ')
								+ ((entry.getValue() > 1) ? " x" + entry.getValue() : ""))
						.toList());
		}

		private String directories() {
			TextTable table = new TextTable("VOLUME", "<DIRECTORY", "OBJECTS", "BYTES", "DUMPS", "DUMP BYTES",
					"<OLDEST", "<NEWEST");
			for (DirectoryUsage usage : this.usage) {
				table.row(SafeText.oneLine(usage.volume()),
						usage.isWholeVolume() ? "(all)" : SafeText.oneLine(usage.directory()), count(usage.objects()),
						ByteSizeFormat.format(usage.objectBytes()), count(usage.dumps()),
						ByteSizeFormat.format(usage.dumpBytes()), time(usage.oldest()), time(usage.newest()));
			}
			String more = (this.usage.size() < USAGE_ROWS) ? ""
					: "only the first " + USAGE_ROWS + " rows are shown; the table directory_usage has all\n";
			return table + more;
		}

		private static String time(@Nullable Instant instant) {
			return (instant == null) ? "-" : instant.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
		}

		private static String count(long number) {
			return String.format(Locale.ROOT, "%,d", number);
		}

	}

}
