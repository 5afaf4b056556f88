package dev.dumpkeeper.digest;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Formats instants for messages: short, in the readers' zone. The year is included only
 * if it differs from that of the message.
 */
final class Times {

	private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);

	private static final DateTimeFormatter WITH_YEAR = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

	private static final DateTimeFormatter WITHIN_DAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

	// A damaged header can contain any time, including years without four digits.
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

	/** Returns a range, or one time when both are in the same minute. */
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
