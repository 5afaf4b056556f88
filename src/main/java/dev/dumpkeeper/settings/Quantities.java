package dev.dumpkeeper.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Parses durations and sizes in the documented formats only, since values that control
 * deletion must not be guessed. Spring takes a number without a unit for milliseconds or
 * bytes and {@code M} for minutes.
 */
public final class Quantities {

	/** A longer duration is a typing error, and would exceed the range of instants. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	private static final String DURATION_WANTED = "a duration such as 90s, 36h or 2d";

	private static final String SIZE_WANTED = "a size such as 512Mi or 50Gi";

	private static final Pattern DURATION = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");

	private static final Pattern ISO_DURATION = Pattern.compile("P(?=.)(\\d{1,15}D)?(T(?=.)[\\dHMS.]+)?");

	private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(B|([KMGT])(i|B|iB))");

	/** Short, so that only a quantity is ever shown. */
	private static final Pattern NUMBER_AND_WORD = Pattern.compile("(\\d{1,15})\\s?([a-zA-Z]{0,7})");

	private static final Map<String, String> TIME_WORDS = Map.ofEntries(Map.entry("millis", "ms"), Map.entry("s", "s"),
			Map.entry("sec", "s"), Map.entry("secs", "s"), Map.entry("second", "s"), Map.entry("seconds", "s"),
			Map.entry("m", "m"), Map.entry("min", "m"), Map.entry("mins", "m"), Map.entry("minute", "m"),
			Map.entry("minutes", "m"), Map.entry("h", "h"), Map.entry("hr", "h"), Map.entry("hrs", "h"),
			Map.entry("hour", "h"), Map.entry("hours", "h"), Map.entry("d", "d"), Map.entry("day", "d"),
			Map.entry("days", "d"));

	private static final Map<String, Integer> DAYS = Map.ofEntries(Map.entry("w", 7), Map.entry("wk", 7),
			Map.entry("week", 7), Map.entry("weeks", 7), Map.entry("mo", 30), Map.entry("mon", 30),
			Map.entry("month", 30), Map.entry("months", 30), Map.entry("y", 365), Map.entry("yr", 365),
			Map.entry("year", 365), Map.entry("years", 365));

	private Quantities() {
	}

	/**
	 * Parses a duration.
	 * @param text a whole number with {@code ms}, {@code s}, {@code m} (minutes),
	 * {@code h} or {@code d}, or ISO 8601 such as {@code PT36H}
	 * @param usual the unit that is probably meant for a small number without one
	 * @return zero to a hundred years
	 * @throws IllegalArgumentException in any other format; the message continues a
	 * sentence that begins with the name
	 */
	public static Duration duration(String text, String usual) {
		Duration duration;
		Matcher simple = DURATION.matcher(text);
		try {
			if (simple.matches()) {
				duration = simple(Long.parseLong(simple.group(1)), simple.group(2));
			}
			else if (ISO_DURATION.matcher(text).matches()) {
				duration = Duration.parse(text);
			}
			else {
				throw new IllegalArgumentException(durationHint(text, usual));
			}
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new IllegalArgumentException("is invalid; expected " + DURATION_WANTED, ex);
		}
		if (duration.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException("is longer than a hundred years; expected " + DURATION_WANTED);
		}
		return duration;
	}

	private static Duration simple(long number, String unit) {
		return switch (unit) {
			case "ms" -> Duration.ofMillis(number);
			case "s" -> Duration.ofSeconds(number);
			case "m" -> Duration.ofMinutes(number);
			case "h" -> Duration.ofHours(number);
			default -> Duration.ofDays(number);
		};
	}

	private static String durationHint(String text, String usual) {
		Matcher matcher = NUMBER_AND_WORD.matcher(text);
		String meant = matcher.matches() ? meantDuration(Long.parseLong(matcher.group(1)), matcher.group(2), usual)
				: null;
		return (meant != null) ? "is '" + text + "'" + meant + "; expected " + DURATION_WANTED
				: "is invalid; expected " + DURATION_WANTED;
	}

	private static @Nullable String meantDuration(long number, String word, String usual) {
		if (word.isEmpty()) {
			return ", without a unit: probably " + withUnit(number, usual) + " is meant";
		}
		if (word.equals("M")) {
			return ", which could be minutes or months: write " + number + "m for minutes or " + 30 * number
					+ "d for months";
		}
		String lower = word.toLowerCase(Locale.ROOT);
		if (TIME_WORDS.containsKey(lower)) {
			return ": probably " + number + TIME_WORDS.get(lower) + " is meant";
		}
		if (DAYS.containsKey(lower)) {
			return ": probably " + number * DAYS.get(lower) + "d is meant";
		}
		return null;
	}

	/** 172800 is probably in seconds, 14 in the unit of the default. */
	private static String withUnit(long number, String usual) {
		if (number < 1000) {
			return number + ((number == 0) ? "s" : usual);
		}
		if (number % 86_400 == 0) {
			return number + "s (" + number / 86_400 + "d)";
		}
		return number + "s" + ((number % 3600 == 0) ? " (" + number / 3600 + "h)" : "");
	}

	/**
	 * Parses a size.
	 * @param text a whole number with {@code B}, {@code Ki}, {@code Mi}, {@code Gi} or
	 * {@code Ti}; {@code KiB} and {@code KB} and so on are the same powers of 1024
	 * @return not negative
	 * @throws IllegalArgumentException in any other format; the message continues a
	 * sentence that begins with the name
	 */
	public static DataSize size(String text) {
		Matcher size = SIZE.matcher(text);
		if (!size.matches()) {
			throw new IllegalArgumentException(sizeHint(text));
		}
		try {
			String prefix = (size.group(3) != null) ? size.group(3) : "";
			return DataSize.parse(size.group(1) + prefix + "B");
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("is more than there can be; expected " + SIZE_WANTED, ex);
		}
	}

	private static String sizeHint(String text) {
		Matcher matcher = NUMBER_AND_WORD.matcher(text);
		if (!matcher.matches()) {
			return "is invalid; expected " + SIZE_WANTED;
		}
		long number = Long.parseLong(matcher.group(1));
		String word = matcher.group(2);
		if (word.isEmpty()) {
			String meant = number + ((number == 0 || number >= 1024 * 1024) ? "B" : "Gi");
			return "is '" + text + "', without a unit: probably " + meant + " is meant; expected " + SIZE_WANTED;
		}
		String prefix = word.substring(0, 1).toUpperCase(Locale.ROOT);
		if (!word.matches("(?i)[KMGT](i|b|ib)?")) {
			return "is invalid; expected " + SIZE_WANTED;
		}
		return "is '" + text + "', which others read as powers of 1000" + (word.equals("m") ? " or as thousandths" : "")
				+ ": probably " + number + prefix + "i is meant; expected " + SIZE_WANTED;
	}

}
