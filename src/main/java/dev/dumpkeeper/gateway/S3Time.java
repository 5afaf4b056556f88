package dev.dumpkeeper.gateway;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * Parses the times of S3. Those after the year 9999 become {@link ObjectEntry#LATEST}.
 */
final class S3Time {

	private static final Pattern FAR_YEAR = Pattern.compile("\\+?\\d{5,9}-");

	private static final Pattern FAR_YEAR_OF_HEADER = Pattern.compile(" \\d{5,9} \\d\\d:");

	private S3Time() {
	}

	/**
	 * Parses a time in a listing. Every gateway writes {@code 2026-11-25T09:00:00.000Z},
	 * a million times; a general parser takes longer than all other parts of an entry.
	 */
	static Instant listed(String text) {
		if (text.length() != 24 || text.charAt(10) != 'T' || text.charAt(19) != '.' || text.charAt(23) != 'Z') {
			return FAR_YEAR.matcher(text).lookingAt() ? ObjectEntry.LATEST : Instant.parse(text);
		}
		long day = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)).toEpochDay();
		LocalTime time = LocalTime.of(digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19),
				digits(text, 20, 23) * 1_000_000);
		return Instant.ofEpochSecond(day * 86_400 + time.toSecondOfDay(), time.getNano());
	}

	private static int digits(String text, int from, int to) {
		int number = 0;
		for (int i = from; i < to; i++) {
			int digit = text.charAt(i) - '0';
			if (digit < 0 || digit > 9) {
				throw new DateTimeException("'" + text + "' is no time");
			}
			number = number * 10 + digit;
		}
		return number;
	}

	static Instant header(String value) throws IOException {
		if (FAR_YEAR_OF_HEADER.matcher(value).find()) {
			return ObjectEntry.LATEST;
		}
		try {
			return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
		}
		catch (DateTimeException ex) {
			throw new IOException("a HEAD without a usable Last-Modified", ex);
		}
	}

}
