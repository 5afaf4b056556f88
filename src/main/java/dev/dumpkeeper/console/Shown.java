package dev.dumpkeeper.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.capacity.CapacityLevel;
import dev.dumpkeeper.ledger.DumpSearch.DumpRow;
import dev.dumpkeeper.runs.Jobs.RunOverview;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.Messages;
import dev.dumpkeeper.text.SafeText;

/**
 * Formats values for pages. Foreign texts go through {@link #safe}: a template escapes
 * markup, and this removes characters that are invisible or change the direction.
 */
final class Shown {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

	private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);

	private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx", Locale.ROOT);

	private static final Pattern DAY = Pattern.compile("[12]\\d{3}-\\d{2}-\\d{2}");

	// File times are arbitrary; some have no four-digit year.
	private static final Instant EARLIEST = Instant.parse("0001-01-02T00:00:00Z");

	private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

	private final ZoneId zone;

	private final double threshold;

	private final Clock clock;

	Shown(ZoneId zone, double threshold, Clock clock) {
		this.zone = zone;
		this.threshold = threshold;
		this.clock = clock;
	}

	/** To the second, with the offset; a dash without one. */
	public String time(@Nullable Instant time) {
		return (time != null) ? TIME.format(local(time)) : "–";
	}

	/** Without year and offset, for tables that say these once. */
	public String minute(@Nullable Instant time) {
		return (time != null) ? SHORT.format(local(time)) : "–";
	}

	/** In ISO format, for the attribute datetime. */
	public String machine(@Nullable Instant time) {
		return (time != null) ? local(time).toInstant().toString() : "";
	}

	/** Times of steps are in the process's zone. */
	public String step(@Nullable LocalDateTime time) {
		return (time != null) ? time(time.atZone(ZoneId.systemDefault()).toInstant()) : "–";
	}

	/** The zone's name and its offset now. */
	public String zone() {
		return this.zone.getId() + " " + OFFSET.format(this.clock.instant().atZone(this.zone));
	}

	ZoneId zoneId() {
		return this.zone;
	}

	LocalDate today() {
		return LocalDate.ofInstant(now(), this.zone);
	}

	public Instant now() {
		return this.clock.instant();
	}

	private ZonedDateTime local(Instant time) {
		return (time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time).atZone(this.zone);
	}

	/**
	 * When a day of a form begins, some days later.
	 * @param day as browsers send it
	 * @return {@code null} for what is no day, and for none
	 */
	@Nullable Instant day(@Nullable String day, int later) {
		if (day == null || !DAY.matcher(day).matches()) {
			return null;
		}
		try {
			return LocalDate.parse(day).plusDays(later).atStartOfDay(this.zone).toInstant();
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	/** As a form takes it; empty without one. */
	public String firstDay(@Nullable Instant from) {
		return (from != null) ? local(from).toLocalDate().toString() : "";
	}

	/** The day that ends at an instant. */
	public String lastDay(@Nullable Instant to) {
		return (to != null) ? firstDay(to.minusMillis(1)) : "";
	}

	/** Between two instants, such as 4m 10s. */
	public String span(@Nullable Instant from, @Nullable Instant to) {
		if (from == null || to == null) {
			return "–";
		}
		return span(Duration.between(from, to));
	}

	/** In its two largest units. */
	public String span(Duration span) {
		long seconds = Math.max(0, span.toSeconds());
		if (seconds < 60) {
			return seconds + "s";
		}
		if (seconds < 3600) {
			return seconds / 60 + "m " + seconds % 60 + "s";
		}
		if (seconds < 86_400) {
			return seconds / 3600 + "h " + seconds % 3600 / 60 + "m";
		}
		return seconds / 86_400 + "d " + seconds % 86_400 / 3600 + "h";
	}

	public String bytes(@Nullable Long bytes) {
		return (bytes != null) ? ByteSizeFormat.format(Math.max(0, bytes)) : "–";
	}

	public String number(@Nullable Long number) {
		return (number != null) ? Messages.number(number) : "–";
	}

	/** With its sign. */
	public String more(long number) {
		return ((number > 0) ? "+" : (number < 0) ? "−" : "") + Messages.number(Math.abs(number));
	}

	/**
	 * A share in percent, rounded down so that 100 means full; 0 where there is no whole.
	 */
	public long percent(long part, @Nullable Long whole) {
		return (whole != null && whole > 0) ? (long) Math.floor(100.0 * part / whole) : 0;
	}

	/** A share in percent, rounded. */
	public long share(double share) {
		return Math.round(share * 100);
	}

	/** Where the threshold stands in a bar of 100. */
	public long threshold() {
		return share(this.threshold);
	}

	/** How bad a state of a dump is, as a class of the style sheet. */
	public String tone(DumpRow dump) {
		if (!dump.isThere()) {
			return "calm";
		}
		return switch (dump.state()) {
			case COMPLETE -> "good";
			case NEW, WRITING, ORPHANED_RECEIPT -> "calm";
			case UNKNOWN -> "warn";
			case TRUNCATED, EMPTY, NOT_A_DUMP, FAILED -> "bad";
		};
	}

	/** How bad a level is. */
	public String tone(CapacityLevel level) {
		return switch (level) {
			case CALM -> "good";
			case EARLY -> "calm";
			case HIGH -> "warn";
			case CRITICAL -> "bad";
		};
	}

	/** How bad an outcome is. */
	public String tone(RunOverview run) {
		Integer code = run.exitCode();
		if (code == null) {
			return "calm";
		}
		return (code == 0) ? "good" : (code == 143 || code == 130 || code == 5 || code == 3) ? "warn" : "bad";
	}

	/** An exit code that the bundles have words for. */
	public int exit(@Nullable Integer code) {
		return (code != null && (code >= 0 && code <= 8 || code == 130 || code == 143)) ? code : 1;
	}

	/** On one line. */
	public String safe(@Nullable String text) {
		return (text != null) ? SafeText.oneLine(text) : "";
	}

	/** On its own lines. */
	public String lines(@Nullable String text) {
		return (text != null) ? SafeText.lines(text) : "";
	}

	/** Both ends of a long text, on one line. */
	public String middle(@Nullable String text, int length) {
		String safe = safe(text);
		if (safe.length() <= length) {
			return safe;
		}
		int tail = length / 2;
		int from = safe.length() - tail;
		if (Character.isLowSurrogate(safe.charAt(from))) {
			from++;
		}
		return SafeText.cut(safe, length - tail) + "…" + safe.substring(from);
	}

}
