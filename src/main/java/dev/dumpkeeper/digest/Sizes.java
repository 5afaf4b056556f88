package dev.dumpkeeper.digest;

import java.util.Locale;

/**
 * Numbers of bytes for people.
 */
public final class Sizes {

	private static final String[] UNITS = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };

	private Sizes() {
	}

	/**
	 * Writes a number of bytes.
	 * @param bytes 0 or more
	 * @return the number with a binary unit and, from KiB on, one decimal
	 */
	public static String text(long bytes) {
		double value = bytes;
		int unit = 0;
		// What rounds to 1024.0 is one of the next unit.
		while (value >= ((unit == 0) ? 1024 : 1023.95) && unit < UNITS.length - 1) {
			value /= 1024;
			unit++;
		}
		return String.format(Locale.ROOT, (unit == 0) ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
	}

	/** The number with its sign; nothing is said of zero. */
	static String change(long bytes) {
		return ((bytes < 0) ? "−" : "+") + text(Math.abs(bytes));
	}

}
