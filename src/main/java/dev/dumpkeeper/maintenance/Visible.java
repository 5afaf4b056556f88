package dev.dumpkeeper.maintenance;

import java.util.Locale;

/**
 * Foreign text on a terminal or in a log: no control character of it gets there, and none
 * that turns the direction of what follows.
 */
public final class Visible {

	private Visible() {
	}

	/**
	 * Shows such characters by their numbers.
	 * @param text what somebody else chose
	 * @return the text, on one line
	 */
	public static String of(String text) {
		StringBuilder visible = new StringBuilder();
		text.codePoints().forEach((c) -> {
			if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
				visible.append(String.format(Locale.ROOT, "\\u%04x", c));
			}
			else {
				visible.appendCodePoint(c);
			}
		});
		return visible.toString();
	}

}
