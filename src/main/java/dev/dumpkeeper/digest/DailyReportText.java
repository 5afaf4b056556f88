package dev.dumpkeeper.digest;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;
import dev.dumpkeeper.notify.Dialect;
import dev.dumpkeeper.notify.Language;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.Messages;

/**
 * Writes the daily report: one page of at most {@link Dialect#pageBytes()} bytes. A quiet
 * day has a report of a few lines too, so that its absence indicates a failure. The same
 * facts always produce the same text.
 */
final class DailyReportText {

	/** The default of dumpkeeper.capacity.threshold. */
	static final double THRESHOLD = 0.8;

	private static final int NAME = 63;

	private static final int SENTENCE = 200;

	/** More lines of one kind never fit on the page. */
	private static final int MAX_LINES = 150;

	private final Dialect dialect;

	private final Messages messages;

	private final ZoneId zone;

	private final Times times;

	private final double threshold;

	private final ConsoleLinks console;

	/**
	 * Creates an instance for the default threshold.
	 * @param dialect how the channel writes texts
	 * @param language the language of the report
	 * @param zone the zone of its days and times
	 */
	DailyReportText(Dialect dialect, Language language, ZoneId zone) {
		this(dialect, language, zone, THRESHOLD, new ConsoleLinks(null));
	}

	/**
	 * Creates an instance.
	 * @param dialect how the channel writes texts
	 * @param language the language of the report
	 * @param zone the zone of its days and times
	 * @param threshold the used share (0 to 1) from which a volume counts as nearly full
	 * @param console the address of the page that shows the present state
	 */
	DailyReportText(Dialect dialect, Language language, ZoneId zone, double threshold, ConsoleLinks console) {
		this.dialect = dialect;
		this.messages = new Messages(DailyReportText.class, language.locale());
		this.zone = zone;
		this.times = new Times(zone);
		this.threshold = threshold;
		this.console = console;
	}

	/**
	 * Returns the report of a day. If it would be too long, the list with the most lines
	 * is shortened first and states how many lines are missing; of equally long lists,
	 * the required actions are shortened last.
	 * @param facts the facts of the day
	 * @return the text, without any link to a dump
	 */
	String text(DailyFacts facts) {
		return isQuiet(facts) ? quiet(facts) : full(facts);
	}

	private boolean isQuiet(DailyFacts facts) {
		return facts.newDumps() == 0 && facts.notified() == 0 && facts.expired() == 0 && facts.failed() == 0
				&& facts.waitingDumps() == 0 && facts.workloads().isEmpty() && facts.actionsRequired().isEmpty()
				&& isFresh(facts) && facts.volumes().stream().noneMatch(this::isNearlyFull);
	}

	/** Whether a run has succeeded since the day began. */
	private boolean isFresh(DailyFacts facts) {
		return facts.lastSuccess() != null
				&& !facts.lastSuccess().isBefore(facts.day().atStartOfDay(this.zone).toInstant());
	}

	private boolean isNearlyFull(VolumeDay volume) {
		return volume.share().orElse(0) >= this.threshold;
	}

	private String quiet(DailyFacts facts) {
		List<String> lines = new ArrayList<>();
		lines.add(title(facts));
		lines.add(this.dialect.good(this.messages.text("report.quiet")));
		if (!facts.volumes().isEmpty()) {
			lines.add(this.dialect.quote(volumes(facts.volumes())));
		}
		if (facts.held() > 0) {
			lines.add(this.dialect.quote(held(facts)));
		}
		lines.add("");
		lines.add(lastSuccess(facts));
		page().ifPresent(lines::add);
		return String.join("\n", lines);
	}

	private Optional<String> page() {
		return this.console.overview().map((page) -> this.dialect.link(this.messages.text("report.page"), page));
	}

	private String volumes(List<VolumeDay> volumes) {
		List<String> parts = new ArrayList<>();
		parts.add(this.messages.count("volumes", volumes.size()));
		parts.add(ByteSizeFormat.format(volumes.stream().mapToLong(VolumeDay::bytes).sum()));
		if (volumes.stream().map(VolumeDay::bytesBefore).allMatch(Objects::nonNull)) {
			parts.add(change(volumes.stream().mapToLong(DailyReportText::change).sum()));
		}
		VolumeDay fullest = byFullness(volumes).get(0);
		fullest.share()
			.ifPresent((share) -> parts.add(this.messages.text("report.fullest", name(fullest), percent(share))));
		return String.join(" · ", parts);
	}

	private String full(DailyFacts facts) {
		Lines workloads = new Lines(byDumps(facts.workloads()).stream().limit(MAX_LINES).map(this::line).toList(),
				facts.workloads().size());
		Lines volumes = new Lines(byFullness(facts.volumes()).stream().limit(MAX_LINES).map(this::line).toList(),
				facts.volumes().size());
		Lines actionsRequired = new Lines(facts.actionsRequired()
			.stream()
			.limit(MAX_LINES)
			.map((sentence) -> this.dialect.plain(sentence, SENTENCE))
			.toList(), facts.actionsRequired().size());
		String text = full(facts, workloads, volumes, actionsRequired);
		while (Dialect.bytes(text) > this.dialect.pageBytes()) {
			// Of equally long lists the first is shortened.
			Lines longest = Stream.of(workloads, volumes, actionsRequired)
				.max(Comparator.comparingInt(Lines::shown))
				.orElseThrow();
			longest.shorten();
			text = full(facts, workloads, volumes, actionsRequired);
		}
		return text;
	}

	private String full(DailyFacts facts, Lines workloads, Lines volumes, Lines actionsRequired) {
		List<String> lines = new ArrayList<>();
		lines.add(title(facts));
		if (actionsRequired.isEmpty()) {
			lines.add(this.dialect.good(this.messages.text("report.actions.none")));
		}
		else {
			lines.add(this.dialect.warning(this.messages.text("report.actions")));
			actionsRequired.addTo(lines);
		}
		lines.add("");
		lines.add(labelled(this.messages.text("report.new"), dumps(facts.newDumps())) + " · "
				+ ByteSizeFormat.format(facts.newBytes()));
		workloads.addTo(lines);
		lines.add("");
		lines.add(notified(facts));
		lines.add(expired(facts));
		if (!volumes.isEmpty()) {
			lines.add("");
			lines.add(this.dialect.bold(this.messages.text("report.usage")));
			volumes.addTo(lines);
		}
		lines.add("");
		lines.add(lastSuccess(facts));
		page().ifPresent(lines::add);
		return String.join("\n", lines);
	}

	private String title(DailyFacts facts) {
		return this.dialect.heading(this.messages.text("report.title", facts.day().toString()));
	}

	private String notified(DailyFacts facts) {
		String notified = labelled(this.messages.text("report.notified"), dumps(facts.notified()));
		if (facts.waitingDumps() == 0) {
			return notified;
		}
		return notified + " · "
				+ labelled(this.messages.text("report.waiting"), this.dialect.warning(dumps(facts.waitingDumps())))
				+ " · " + ByteSizeFormat.format(facts.waitingBytes());
	}

	private String expired(DailyFacts facts) {
		String failed = objects(facts.failed());
		return labelled(this.messages.text("report.expired"), objects(facts.expired())) + " · "
				+ this.messages.text("report.expired.size", ByteSizeFormat.format(facts.freedBytes())) + " · "
				+ labelled(this.messages.text("report.failed"),
						(facts.failed() > 0) ? this.dialect.warning(failed) : failed)
				+ " · " + held(facts);
	}

	private String dumps(long dumps) {
		return this.messages.count("dumps", dumps);
	}

	private String objects(long objects) {
		return this.messages.text("objects", Messages.number(objects));
	}

	private String held(DailyFacts facts) {
		return labelled(this.messages.text("report.held"), dumps(facts.held()));
	}

	private String labelled(String label, String text) {
		return this.dialect.bold(label) + " " + text;
	}

	private String lastSuccess(DailyFacts facts) {
		Instant success = facts.lastSuccess();
		if (success == null) {
			return this.dialect.warning(this.messages.text("report.success.none"));
		}
		String time = this.times.text(success, facts.day().atStartOfDay(this.zone).toInstant());
		return isFresh(facts) ? this.dialect.muted(this.messages.text("report.success", time))
				: this.dialect.warning(this.messages.text("report.success.old", time));
	}

	private String line(UnnotifiedGroup workload) {
		return this.dialect.code(workload.environment(), NAME, this.messages.text("environment.unknown")) + " / "
				+ this.dialect.code(workload.workload(), NAME, this.messages.text("workload.unknown")) + " "
				+ dumps(workload.dumps()) + " · " + ByteSizeFormat.format(workload.bytes());
	}

	private String line(VolumeDay volume) {
		List<String> parts = new ArrayList<>();
		OptionalDouble share = volume.share();
		Long capacity = volume.capacityBytes();
		if (share.isPresent() && capacity != null) {
			parts.add(name(volume) + " " + this.messages.text("report.used", ByteSizeFormat.format(volume.bytes()),
					ByteSizeFormat.format(capacity), percent(share.getAsDouble())));
			parts.add(isNearlyFull(volume) ? this.dialect.warning(this.messages.text("report.above"))
					: this.dialect.good(this.messages.text("report.below")));
		}
		else {
			parts.add(name(volume) + " " + ByteSizeFormat.format(volume.bytes()));
			parts.add(this.dialect.muted(this.messages.text("report.capacity.unknown")));
		}
		parts.add((volume.bytesBefore() != null) ? change(change(volume)) : this.messages.text("report.first"));
		return String.join(" · ", parts);
	}

	private String name(VolumeDay volume) {
		return this.dialect.code(volume.volume(), NAME, this.messages.text("name.none"));
	}

	private String change(long bytes) {
		return (bytes == 0) ? this.messages.text("report.unchanged") : ByteSizeFormat.formatChange(bytes);
	}

	private static long change(VolumeDay volume) {
		@Nullable Long before = volume.bytesBefore();
		return (before != null) ? volume.bytes() - before : 0;
	}

	/** Rounded down, so that a share below a threshold never reads as equal to it. */
	private static String percent(double share) {
		return Long.toString((long) Math.floor(100 * share));
	}

	private static List<UnnotifiedGroup> byDumps(List<UnnotifiedGroup> workloads) {
		return workloads.stream()
			.sorted(Comparator.comparingLong(UnnotifiedGroup::dumps)
				.reversed()
				.thenComparing(Comparator.comparingLong(UnnotifiedGroup::bytes).reversed())
				.thenComparing(UnnotifiedGroup::environment)
				.thenComparing(UnnotifiedGroup::workload))
			.toList();
	}

	private static List<VolumeDay> byFullness(List<VolumeDay> volumes) {
		return volumes.stream()
			.sorted(Comparator.comparingDouble((VolumeDay volume) -> volume.share().orElse(-1))
				.reversed()
				.thenComparing(Comparator.comparingLong(VolumeDay::bytes).reversed())
				.thenComparing(VolumeDay::volume))
			.toList();
	}

	/** A list that can be shortened and then states how many lines are missing. */
	private final class Lines {

		private final List<String> lines;

		private final int of;

		private int shown;

		Lines(List<String> lines, int of) {
			this.lines = lines;
			this.of = of;
			this.shown = lines.size();
		}

		boolean isEmpty() {
			return this.of == 0;
		}

		int shown() {
			return this.shown;
		}

		void shorten() {
			this.shown--;
		}

		void addTo(List<String> page) {
			this.lines.subList(0, this.shown).forEach((line) -> page.add(DailyReportText.this.dialect.quote(line)));
			if (this.shown < this.of) {
				page.add(DailyReportText.this.dialect
					.quote(DailyReportText.this.messages.text("more", Messages.number(this.of - this.shown))));
			}
		}

	}

}
