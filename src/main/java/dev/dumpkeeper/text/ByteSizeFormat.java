package dev.dumpkeeper.text;

import java.util.Locale;

/**
 * Numbers of bytes for people.
 */
public final class ByteSizeFormat {

	private static final String[] UNITS = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };

	private ByteSizeFormat() {
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

	/**
	 * Writes a difference of two numbers of bytes.
	 * @param bytes any number
	 * @return the number with its sign; zero has a plus
	 */
	public static String change(long bytes) {
		return ((bytes < 0) ? "−" : "+") + text(Math.abs(bytes));
	}

}
