package dev.dumpkeeper.digest;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Instants as messages show them: short, in the readers' zone. The year is written only
 * where it is another one than the message's.
 */
final class Times {

	private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);

	private static final DateTimeFormatter WITH_YEAR = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

	private static final DateTimeFormatter WITHIN_DAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

	// A damaged header can claim any time, and some have no year of four digits.
	private static final Instant EARLIEST = Instant.parse("0001-01-02T00:00:00Z");

	private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

	private final ZoneId zone;

	Times(ZoneId zone) {
		this.zone = zone;
	}

	String text(Instant instant, Instant message) {
		ZonedDateTime time = local(instant);
		return time.format((time.getYear() == local(message).getYear()) ? SHORT : WITH_YEAR);
	}

	/** From the first to the last, as one time when they do not differ to the minute. */
	String range(Instant first, Instant last, Instant message) {
		String from = text(first, message);
		String to = text(last, message);
		if (from.equals(to)) {
			return to;
		}
		boolean oneDay = local(first).toLocalDate().equals(local(last).toLocalDate());
		return from + " – " + (oneDay ? local(last).format(WITHIN_DAY) : to);
	}

	private ZonedDateTime local(Instant instant) {
		Instant shown = instant.isBefore(EARLIEST) ? EARLIEST : instant.isAfter(LATEST) ? LATEST : instant;
		return shown.atZone(this.zone);
	}

}
