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

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.capacity.CapacityReading.Outlook;
import dev.dumpkeeper.digest.ConsoleLinks;
import dev.dumpkeeper.notify.Dialect;
import dev.dumpkeeper.notify.Language;
import dev.dumpkeeper.text.ByteSizeFormat;

/**
 * Writes capacity warnings for a channel: how full a volume is, when it crosses the
 * threshold, what makes it grow and what would help. The most urgent volumes come first.
 * Volumes beyond what people would read are only counted.
 */
final class CapacityText {

	/** The highest level first, then the most likely to cross, then the fullest. */
	static final Comparator<CapacityReading> URGENT_FIRST = Comparator.comparing(CapacityReading::level)
		.thenComparing(CapacityText::prospect)
		.thenComparingDouble(CapacityText::share)
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

	private final boolean zh;

	private final DateTimeFormatter time;

	private final ConsoleLinks console;

	CapacityText(Dialect dialect, Language language, ZoneId zone, ConsoleLinks console) {
		this.dialect = dialect;
		this.console = console;
		this.zh = language == Language.ZH;
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
		List<String> parts = new ArrayList<>();
		for (int i = 0; i < Math.min(sorted.size(), NAMED); i++) {
			CapacityReading reading = sorted.get(i);
			parts.add((i < IN_FULL) ? volume(reading, contributors.get(reading.capacity().volume()), threshold)
					: "\n" + headline(reading));
		}
		if (sorted.size() > NAMED) {
			int more = sorted.size() - NAMED;
			parts.add("\n" + (this.zh ? "另有 " + more + " 个存储卷，见运行报告\n"
					: "+" + more + " more volumes, see the run's report\n"));
		}
		boolean pressing = sorted.stream().anyMatch((reading) -> reading.level() != CapacityLevel.CALM);
		if (space != null && pressing && space.isTrashNotable()) {
			parts.add("\n" + trash(space) + "\n");
		}
		return numbered(bodies(parts));
	}

	private String trash(FileSystemSpace space) {
		String used = ByteSizeFormat.format(space.usedBytes());
		String trash = ByteSizeFormat.format((space.trashBytes() != null) ? space.trashBytes() : 0);
		return this.zh ? "整个文件系统：已用 " + used + "，其中 " + trash + " 只在回收站中（不计入 PVC 配额，清空回收站后才释放磁盘空间）"
				: "the file system: " + used + " used, " + trash
						+ " of it only in the trash (outside every PVC's quota; emptying the trash frees the disk)";
	}

	private List<String> bodies(List<String> parts) {
		List<String> bodies = new ArrayList<>();
		StringBuilder body = new StringBuilder();
		for (String part : parts) {
			if (Dialect.bytes(body) + Dialect.bytes(part) > this.dialect.pageBytes() - HEADING) {
				bodies.add(body.toString());
				body.setLength(0);
			}
			body.append(part);
		}
		if (!body.isEmpty()) {
			bodies.add(body.toString());
		}
		return bodies;
	}

	private List<String> numbered(List<String> bodies) {
		List<String> pages = new ArrayList<>();
		for (int i = 0; i < bodies.size(); i++) {
			String of = (i + 1) + "/" + bodies.size();
			String page = (bodies.size() == 1) ? "" : this.zh ? "（第 " + of + " 页）" : " (page " + of + ")";
			pages.add(this.dialect.heading((this.zh ? "存储容量" : "Capacity") + page) + "\n" + bodies.get(i).strip());
		}
		return pages;
	}

	private String volume(CapacityReading reading, @Nullable GrowthContributors contributors, double threshold) {
		Outlook outlook = reading.outlook();
		Long bytes = reading.capacity().capacityBytes();
		StringBuilder text = new StringBuilder("\n").append(headline(reading));
		if (bytes == null || outlook == null || reading.level() == CapacityLevel.CALM) {
			return text.toString();
		}
		line(text, crossing(reading, outlook, threshold * bytes, threshold), peak(outlook, bytes));
		if (outlook.shortHistory()) {
			line(text, this.zh ? "历史数据不足 3 天，预测较粗略" : "less than 3 days of history: a rough forecast");
		}
		if (contributors != null) {
			line(text, arrivals(contributors));
			line(text, expiries(contributors));
		}
		line(text, help(reading, outlook, bytes, contributors, threshold));
		return text.toString();
	}

	private String headline(CapacityReading reading) {
		VolumeCapacity capacity = reading.capacity();
		Long bytes = capacity.capacityBytes();
		return heading(reading) + " " + name(capacity.volume(), NAME) + "\n" + (this.zh ? "已用 " : "used ")
				+ this.dialect.bold(ByteSizeFormat.format(capacity.usedBytes())) + " / "
				+ ByteSizeFormat.format((bytes != null) ? bytes : 0)
				+ percent(capacity.usedBytes(), (bytes != null) ? bytes : 0)
				+ this.console.volume(capacity.volume())
					.map((page) -> " · " + this.dialect.link(this.zh ? "详情" : "details", page))
					.orElse("")
				+ "\n";
	}

	private String crossing(CapacityReading reading, Outlook outlook, double bytes, double threshold) {
		if (reading.capacity().usedBytes() >= bytes) {
			return this.zh ? String.format(Locale.ROOT, "已超过 %.0f%%", threshold * 100)
					: String.format(Locale.ROOT, "exceeded %.0f %%", threshold * 100);
		}
		if (outlook.p90CrossesAt() == null) {
			return this.zh ? String.format(Locale.ROOT, "预测期内不会再达到 %.0f%%", threshold * 100)
					: String.format(Locale.ROOT, "no longer reaches %.0f %% within the forecast", threshold * 100);
		}
		if (this.zh) {
			String worst = time(outlook.p90CrossesAt());
			return (outlook.p50CrossesAt() != null)
					? String.format(Locale.ROOT, "预计 %s 达到 %.0f%%，最坏（P90）%s", time(outlook.p50CrossesAt()),
							threshold * 100, worst)
					: String.format(Locale.ROOT, "预测期内预计不会达到 %.0f%%，最坏（P90）%s 达到", threshold * 100, worst);
		}
		return String.format(Locale.ROOT, "reaches %.0f %%: likely %s, at worst %s", threshold * 100,
				time(outlook.p50CrossesAt()), time(outlook.p90CrossesAt()));
	}

	private String peak(Outlook outlook, long bytes) {
		String likely = ByteSizeFormat.format(outlook.p50Bytes()) + percent(outlook.p50Bytes(), bytes);
		String worst = ByteSizeFormat.format(outlook.p90Bytes()) + percent(outlook.p90Bytes(), bytes);
		return this.zh ? "预测峰值：预计 " + likely + "，最坏（P90）" + worst
				: "peak: likely " + likely + ", at worst (9 of 10) " + worst;
	}

	private String arrivals(GrowthContributors contributors) {
		List<String> parts = contributors.workloads()
			.stream()
			.map((sum) -> name(sum.environment(), WORKLOAD) + " / " + name(sum.workload(), WORKLOAD) + " "
					+ dumps(sum.dumps()) + " " + ByteSizeFormat.format(sum.bytes()))
			.toList();
		if (parts.isEmpty()) {
			return "";
		}
		return (this.zh ? "近 " + span(contributors.since()) + "新增："
				: "added in the last " + span(contributors.since()) + ": ") + String.join(" · ", parts);
	}

	private String expiries(GrowthContributors contributors) {
		List<String> parts = contributors.expiries()
			.stream()
			.map((expiry) -> time(expiry.at()) + " −" + ByteSizeFormat.format(expiry.bytes()))
			.toList();
		if (parts.isEmpty()) {
			return this.zh ? "预测期内没有转储到期" : "no dump expires within the forecast";
		}
		return (this.zh ? "将到期：" : "will expire: ") + String.join(" · ", parts);
	}

	private String help(CapacityReading reading, Outlook outlook, long bytes, @Nullable GrowthContributors contributors,
			double threshold) {
		List<String> parts = new ArrayList<>();
		if (contributors != null && contributors.shorterBytes() > 0) {
			String age = span(contributors.shorterAge());
			String freed = ByteSizeFormat.format(contributors.shorterBytes());
			parts.add(this.zh ? "保留期缩短到 " + age + "可释放 " + freed : "a retention of " + age + " frees " + freed);
		}
		if (contributors != null && contributors.unnotifiedBytes() > 0) {
			String waiting = ByteSizeFormat.format(contributors.unnotifiedBytes());
			parts.add(this.zh ? waiting + " 待通知期结束后即可删除" : waiting + " expire once people are notified");
		}
		// A rough forecast, such as of a day's crash loop, is no reason to ask for a
		// larger
		// PVC.
		long peak = Math.max(outlook.shortHistory() ? 0 : outlook.p90Bytes(), reading.capacity().usedBytes());
		long needed = (long) Math.ceil(peak / threshold / GIB);
		if (needed * GIB > bytes) {
			parts.add(this.zh ? "PVC 扩容到 " + needed + "Gi" : "a PVC of " + needed + "Gi");
		}
		return parts.isEmpty() ? "" : (this.zh ? "如何缓解：" : "what helps: ") + String.join(" · ", parts);
	}

	private void line(StringBuilder text, String... parts) {
		List<String> said = List.of(parts).stream().filter((part) -> !part.isEmpty()).toList();
		if (!said.isEmpty()) {
			text.append(String.join(this.zh ? "；" : "; ", said)).append('\n');
		}
	}

	private String heading(CapacityReading reading) {
		return switch (reading.level()) {
			case CALM -> this.dialect.good(this.zh ? "已恢复" : "resolved");
			case EARLY -> this.dialect.muted(switch (prospect(reading)) {
				case LIKELY -> this.zh ? "即将超限" : "soon";
				case POSSIBLE -> this.zh ? "可能超限" : "possible";
				case NONE -> this.zh ? "正在缓解" : "easing";
			});
			case HIGH -> this.dialect.warning(this.zh ? "已超限" : "high");
			case CRITICAL -> this.dialect.warning(this.dialect.bold(this.zh ? "即将写满" : "critical"));
		};
	}

	private String name(String foreign, int length) {
		return this.dialect.code(foreign, length, this.zh ? "未知" : "unknown");
	}

	private String dumps(long number) {
		return this.zh ? number + " 个" : number + ((number == 1) ? " dump" : " dumps");
	}

	private String span(Duration duration) {
		long hours = duration.toHours();
		if (hours >= 24 && hours % 24 == 0) {
			long days = hours / 24;
			return this.zh ? days + " 天" : days + ((days == 1) ? " day" : " days");
		}
		if (hours > 0) {
			return this.zh ? hours + " 小时" : hours + " h";
		}
		return duration.toMinutes() + (this.zh ? " 分钟" : " min");
	}

	private String time(@Nullable Instant instant) {
		return (instant != null) ? this.time.format(instant) : this.zh ? "预测期内不会" : "not within the forecast";
	}

	private static Prospect prospect(CapacityReading reading) {
		Outlook outlook = reading.outlook();
		if (outlook == null || outlook.p90CrossesAt() == null) {
			return Prospect.NONE;
		}
		return (outlook.p50CrossesAt() != null) ? Prospect.LIKELY : Prospect.POSSIBLE;
	}

	private static double share(CapacityReading reading) {
		Long bytes = reading.capacity().capacityBytes();
		return (bytes != null) ? (double) reading.capacity().usedBytes() / bytes : 0;
	}

	private String percent(long used, long bytes) {
		return (bytes > 0) ? String.format(Locale.ROOT, this.zh ? "（%.0f%%）" : " (%.0f%%)", 100.0 * used / bytes) : "";
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
