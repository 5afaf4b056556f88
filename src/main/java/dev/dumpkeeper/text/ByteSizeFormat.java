package dev.dumpkeeper.text;

import java.util.Locale;

/**
 * Formats sizes in bytes.
 */
public final class ByteSizeFormat {

	private static final String[] UNITS = { "B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };

	private ByteSizeFormat() {
	}

	/**
	 * Formats a size.
	 * @param bytes 0 or more
	 * @return the number with a binary unit and, from KiB on, one decimal
	 */
	public static String format(long bytes) {
		double value = bytes;
		int unit = 0;
		// A value that rounds to 1024.0 belongs to the next unit.
		while (value >= ((unit == 0) ? 1024 : 1023.95) && unit < UNITS.length - 1) {
			value /= 1024;
			unit++;
		}
		return String.format(Locale.ROOT, (unit == 0) ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
	}

	/**
	 * Formats the change of a size.
	 * @param bytes the difference, not 0
	 * @return the size with a sign
	 */
	public static String formatChange(long bytes) {
		return ((bytes < 0) ? "−" : "+") + format(Math.abs(bytes));
	}

}
