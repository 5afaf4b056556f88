package dev.dumpkeeper.capacity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.capacity.CapacityReading.Outlook;
import dev.dumpkeeper.digest.Foreign;
import dev.dumpkeeper.digest.Sizes;
import dev.dumpkeeper.wecom.Language;
import dev.dumpkeeper.wecom.OutboundMessage;

/**
 * The words of a warning, in the robot's markdown.
 */
final class CapacityText {

	private static final int NAME = 60;

	private static final long GIB = 1L << 30;

	/** Left for the heading of a page. */
	private static final int HEADING = 200;

	private final boolean zh;

	private final DateTimeFormatter time;

	CapacityText(Language language, ZoneId zone) {
		this.zh = language == Language.ZH;
		this.time = DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(zone);
	}

	/** The pages about these volumes; none when there are none. */
	List<String> pages(List<CapacityReading> readings, double threshold) {
		List<String> bodies = new ArrayList<>();
		StringBuilder body = new StringBuilder();
		for (CapacityReading reading : readings) {
			String part = volume(reading, threshold);
			if (bytes(body) + bytes(part) > OutboundMessage.MAX_PAGE_BYTES - HEADING) {
				bodies.add(body.toString());
				body.setLength(0);
			}
			body.append(part);
		}
		if (!body.isEmpty()) {
			bodies.add(body.toString());
		}
		List<String> pages = new ArrayList<>();
		for (int i = 0; i < bodies.size(); i++) {
			String page = (bodies.size() > 1) ? " (" + (i + 1) + "/" + bodies.size() + ")" : "";
			pages.add("## " + (this.zh ? "存储容量" : "Capacity") + page + "\n" + bodies.get(i).stripTrailing());
		}
		return pages;
	}

	private String volume(CapacityReading reading, double threshold) {
		VolumeCapacity capacity = reading.capacity();
		Outlook outlook = reading.outlook();
		Long bytes = capacity.capacityBytes();
		if (bytes == null || outlook == null) {
			return "";
		}
		StringBuilder text = new StringBuilder("\n");
		text.append(heading(reading.level()))
			.append(' ')
			.append(Foreign.code(capacity.volume(), NAME, this.zh ? "(无名)" : "(no name)"))
			.append('\n')
			.append(this.zh ? "已用 " : "used ")
			.append(Sizes.text(capacity.usedBytes()))
			.append(" / ")
			.append(Sizes.text(bytes))
			.append(percent(capacity.usedBytes(), bytes))
			.append('\n');
		if (reading.level() == CapacityLevel.CALM) {
			return text.toString();
		}
		text.append(this.zh ? "预测峰值:一般 " : "forecast peak: likely ")
			.append(Sizes.text(outlook.p50Bytes()))
			.append(percent(outlook.p50Bytes(), bytes))
			.append(this.zh ? ",不利 " : ", at worst (9 of 10) ")
			.append(Sizes.text(outlook.p90Bytes()))
			.append(percent(outlook.p90Bytes(), bytes))
			.append('\n');
		if (capacity.usedBytes() < threshold * bytes) {
			text.append(
					String.format(Locale.ROOT, this.zh ? "达到 %.0f%%:一般 " : "reaches %.0f %%: likely ", threshold * 100))
				.append(time(outlook.p50CrossesAt()))
				.append(this.zh ? ",最早 " : ", earliest ")
				.append(time(outlook.p90CrossesAt()))
				.append('\n');
		}
		if (outlook.shortHistory()) {
			text.append(this.zh ? "历史数据不足 3 天,预测较粗略\n" : "less than 3 days of history: a rough forecast\n");
		}
		long needed = (long) Math.ceil(Math.max(outlook.p90Bytes(), capacity.usedBytes()) / threshold / GIB);
		if (needed * GIB > bytes) {
			text.append(this.zh ? "建议:缩短保留期,或将 PVC 扩容到 " : "what helps: a shorter retention, or a PVC of ")
				.append(needed)
				.append("Gi\n");
		}
		return text.toString();
	}

	private String heading(CapacityLevel level) {
		return switch (level) {
			case CALM -> this.zh ? "<font color=\"info\">已恢复</font>" : "<font color=\"info\">over</font>";
			case EARLY -> this.zh ? "<font color=\"comment\">即将超限</font>" : "<font color=\"comment\">soon</font>";
			case HIGH -> this.zh ? "<font color=\"warning\">已超限</font>" : "<font color=\"warning\">high</font>";
			case CRITICAL ->
				this.zh ? "<font color=\"warning\">**即将写满**</font>" : "<font color=\"warning\">**critical**</font>";
		};
	}

	private String time(@Nullable Instant instant) {
		return (instant != null) ? this.time.format(instant) : this.zh ? "预测期内不会" : "not within the forecast";
	}

	private static String percent(long used, long bytes) {
		return String.format(Locale.ROOT, " (%.0f%%)", 100.0 * used / bytes);
	}

	private static int bytes(CharSequence text) {
		return text.toString().getBytes(StandardCharsets.UTF_8).length;
	}

}
