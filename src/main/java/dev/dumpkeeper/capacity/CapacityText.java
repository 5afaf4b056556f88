package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.capacity.CapacityReading.Outlook;
import dev.dumpkeeper.digest.ConsoleLinks;
import dev.dumpkeeper.notify.Dialect;
import dev.dumpkeeper.notify.Language;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.Messages;

/**
 * Writes capacity warnings for a channel: how full a volume is, when it crosses the
 * threshold, what makes it grow and what would help. The most urgent volumes come first.
 * Volumes beyond what people would read are only counted.
 */
final class CapacityText {

	/** The highest level first, then the most likely to cross, then the fullest. */
	static final Comparator<CapacityReading> URGENT_FIRST = Comparator.comparing(CapacityReading::level)
		.thenComparing(CapacityText::prospect)
		.thenComparingDouble((CapacityReading reading) -> share(reading.capacity().usedBytes(), capacity(reading)))
		.reversed()
		.thenComparing((reading) -> reading.capacity().volume());

	private static final int NAME = 60;

	private static final int WORKLOAD = 40;

	private static final long GIB = 1L << 30;

	/** Bytes reserved for the heading of a page. */
	private static final int HEADING = 200;

	/** How many volumes are described in full; further ones get one line. */
	private static final int IN_FULL = 10;

	/** How many volumes are named; further ones are counted. */
	private static final int NAMED = 60;

	private final Dialect dialect;

	private final Messages messages;

	private final DateTimeFormatter time;

	private final ConsoleLinks console;

	CapacityText(Dialect dialect, Language language, ZoneId zone, ConsoleLinks console) {
		this.dialect = dialect;
		this.console = console;
		this.messages = new Messages(CapacityText.class, language.locale());
		this.time = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(zone);
	}

	/**
	 * Writes the pages about some volumes.
	 * @param readings the results to report, in any order
	 * @param contributors by volume; a volume without any is described in fewer lines
	 * @param space the file system as a whole, {@code null} if it is not known
	 * @param threshold the used share of the capacity that is warned of
	 * @return empty without volumes
	 */
	List<String> pages(List<CapacityReading> readings, Map<String, GrowthContributors> contributors,
			@Nullable FileSystemSpace space, double threshold) {
		List<CapacityReading> sorted = readings.stream()
			.filter((reading) -> reading.capacity().capacityBytes() != null)
			.sorted(URGENT_FIRST)
			.toList();
		List<String> sections = new ArrayList<>();
		for (int i = 0; i < Math.min(sorted.size(), NAMED); i++) {
			CapacityReading reading = sorted.get(i);
			sections.add("\n" + ((i < IN_FULL)
					? volume(reading, contributors.get(reading.capacity().volume()), threshold) : headline(reading)));
		}
		if (sorted.size() > NAMED) {
			sections.add("\n" + this.messages.count("more", sorted.size() - NAMED) + "\n");
		}
		boolean pressing = sorted.stream().anyMatch((reading) -> reading.level() != CapacityLevel.CALM);
		if (space != null && pressing && space.isTrashNotable()) {
			sections.add("\n" + this.messages.text("trash", ByteSizeFormat.format(space.usedBytes()),
					ByteSizeFormat.format((space.trashBytes() != null) ? space.trashBytes() : 0)) + "\n");
		}
		return numbered(bodies(sections));
	}

	private List<String> bodies(List<String> sections) {
		List<String> bodies = new ArrayList<>();
		StringBuilder body = new StringBuilder();
		for (String section : sections) {
			if (Dialect.bytes(body) + Dialect.bytes(section) > this.dialect.pageBytes() - HEADING) {
				bodies.add(body.toString());
				body.setLength(0);
			}
			body.append(section);
		}
		if (!body.isEmpty()) {
			bodies.add(body.toString());
		}
		return bodies;
	}

	private List<String> numbered(List<String> bodies) {
		List<String> pages = new ArrayList<>();
		for (String body : bodies) {
			String title = (bodies.size() == 1) ? this.messages.text("title") : this.messages.text("title.page",
					Integer.toString(pages.size() + 1), Integer.toString(bodies.size()));
			pages.add(this.dialect.heading(title) + "\n" + body.strip());
		}
		return pages;
	}

	private String volume(CapacityReading reading, @Nullable GrowthContributors contributors, double threshold) {
		Outlook outlook = reading.outlook();
		if (outlook == null || reading.level() == CapacityLevel.CALM) {
			return headline(reading);
		}
		List<String> lines = new ArrayList<>();
		lines.add(crossing(reading, outlook, threshold) + this.messages.text("separator")
				+ peak(outlook, capacity(reading)));
		if (outlook.shortHistory()) {
			lines.add(this.messages.text("rough"));
		}
		if (contributors != null) {
			arrivals(contributors).ifPresent(lines::add);
			lines.add(expiries(contributors));
		}
		help(reading, outlook, contributors, threshold).ifPresent(lines::add);
		return headline(reading) + String.join("\n", lines) + "\n";
	}

	private String headline(CapacityReading reading) {
		VolumeCapacity capacity = reading.capacity();
		return level(reading) + " " + name(capacity.volume(), NAME) + "\n"
				+ this.messages.text("used", this.dialect.bold(ByteSizeFormat.format(capacity.usedBytes())),
						ByteSizeFormat.format(capacity(reading)),
						percent(share(capacity.usedBytes(), capacity(reading))))
				+ this.console.volume(capacity.volume())
					.map((page) -> " · " + this.dialect.link(this.messages.text("details"), page))
					.orElse("")
				+ "\n";
	}

	private String crossing(CapacityReading reading, Outlook outlook, double threshold) {
		if (reading.capacity().usedBytes() >= threshold * capacity(reading)) {
			return this.messages.text("exceeded", percent(threshold));
		}
		if (outlook.p90CrossesAt() == null) {
			return this.messages.text("crosses.not", percent(threshold));
		}
		String worst = this.time.format(outlook.p90CrossesAt());
		return (outlook.p50CrossesAt() != null)
				? this.messages.text("crosses", percent(threshold), this.time.format(outlook.p50CrossesAt()), worst)
				: this.messages.text("crosses.worst", percent(threshold), worst);
	}

	private String peak(Outlook outlook, long bytes) {
		return this.messages.text("peak", ByteSizeFormat.format(outlook.p50Bytes()),
				percent(share(outlook.p50Bytes(), bytes)), ByteSizeFormat.format(outlook.p90Bytes()),
				percent(share(outlook.p90Bytes(), bytes)));
	}

	private Optional<String> arrivals(GrowthContributors contributors) {
		return joined(contributors.workloads()
			.stream()
			.map((sum) -> name(sum.environment(), WORKLOAD) + " / " + name(sum.workload(), WORKLOAD) + " "
					+ this.messages.count("dumps", sum.dumps()) + " " + ByteSizeFormat.format(sum.bytes())))
			.map((workloads) -> this.messages.text("added", span(contributors.since()), workloads));
	}

	private String expiries(GrowthContributors contributors) {
		return joined(contributors.expiries()
			.stream()
			.map((expiry) -> this.time.format(expiry.at()) + " −" + ByteSizeFormat.format(expiry.bytes())))
			.map((expiries) -> this.messages.text("expires", expiries))
			.orElseGet(() -> this.messages.text("expires.none"));
	}

	private Optional<String> help(CapacityReading reading, Outlook outlook, @Nullable GrowthContributors contributors,
			double threshold) {
		List<String> ways = new ArrayList<>();
		if (contributors != null && contributors.shorterBytes() > 0) {
			ways.add(this.messages.text("help.retention", span(contributors.shorterAge()),
					ByteSizeFormat.format(contributors.shorterBytes())));
		}
		if (contributors != null && contributors.unnotifiedBytes() > 0) {
			ways.add(this.messages.text("help.notice", ByteSizeFormat.format(contributors.unnotifiedBytes())));
		}
		// A rough forecast, such as of a day's crash loop, is no reason for a larger PVC.
		long peak = Math.max(outlook.shortHistory() ? 0 : outlook.p90Bytes(), reading.capacity().usedBytes());
		long needed = (long) Math.ceil(peak / threshold / GIB);
		if (needed * GIB > capacity(reading)) {
			ways.add(this.messages.text("help.expand", Long.toString(needed)));
		}
		return joined(ways.stream()).map((help) -> this.messages.text("help", help));
	}

	private static Optional<String> joined(Stream<String> texts) {
		return texts.reduce((first, second) -> first + " · " + second);
	}

	private String level(CapacityReading reading) {
		CapacityLevel level = reading.level();
		if (level == CapacityLevel.EARLY) {
			return this.dialect.muted(this.messages.text("prospect." + prospect(reading)));
		}
		String text = this.messages.text("level." + level);
		return (level == CapacityLevel.CALM) ? this.dialect.good(text)
				: this.dialect.warning((level == CapacityLevel.CRITICAL) ? this.dialect.bold(text) : text);
	}

	private String name(String foreign, int length) {
		return this.dialect.code(foreign, length, this.messages.text("unknown"));
	}

	private String span(Duration duration) {
		long hours = duration.toHours();
		if (hours >= 24 && hours % 24 == 0) {
			return this.messages.count("days", hours / 24);
		}
		return (hours > 0) ? this.messages.text("hours", Long.toString(hours))
				: this.messages.text("minutes", Long.toString(duration.toMinutes()));
	}

	private static Prospect prospect(CapacityReading reading) {
		Outlook outlook = reading.outlook();
		if (outlook == null || outlook.p90CrossesAt() == null) {
			return Prospect.NONE;
		}
		return (outlook.p50CrossesAt() != null) ? Prospect.LIKELY : Prospect.POSSIBLE;
	}

	private static long capacity(CapacityReading reading) {
		Long bytes = reading.capacity().capacityBytes();
		return (bytes != null) ? bytes : 0;
	}

	private static double share(long used, long bytes) {
		return (bytes > 0) ? (double) used / bytes : 0;
	}

	private static String percent(double share) {
		return String.format(Locale.ROOT, "%.0f", 100 * share);
	}

	private enum Prospect {

		/** P90 does not reach it. */
		NONE,

		/** P90 reaches it and P50 does not. */
		POSSIBLE,

		/** P50 reaches it. */
		LIKELY

	}

}
