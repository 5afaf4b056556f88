package dev.dumpkeeper.text;

/**
 * Text that somebody else chose, made fit for a log, a terminal, a report or a column:
 * nothing in it ends a line, commands a terminal, turns the direction of what follows or
 * is half a character. Every output goes through here, so what is unsafe is decided once.
 */
public final class SafeText {

	private static final String HEX = "0123456789abcdef";

	private SafeText() {
	}

	/**
	 * Whether a character may not be shown as it is: controls, C1 ones included; formats
	 * such as U+202E; the separators of lines and paragraphs; half a pair.
	 * @param codePoint the character
	 * @return {@code true} where it may not
	 */
	public static boolean isUnsafe(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR ->
				true;
			default -> false;
		};
	}

	/**
	 * Shows unsafe characters by their numbers, as JSON and Java write them. Within JSON
	 * they mean the same as before.
	 * @param text what somebody else chose, or JSON without line breaks
	 * @return the text, on one line
	 */
	public static String oneLine(String text) {
		return escaped(text, false);
	}

	/**
	 * The same for text that has lines of its own.
	 * @param text lines, each of them made of safe values
	 * @return the text; {@code \n} stays
	 */
	public static String lines(String text) {
		return escaped(text, true);
	}

	/**
	 * The beginning of a text, never half of a character.
	 * @param text any text
	 * @param length how many UTF-16 units at most, 1 or more
	 * @return the text, or its beginning and three dots beyond it
	 */
	public static String abridged(String text, int length) {
		return (text.length() <= length) ? text : cut(text, length) + "...";
	}

	/**
	 * The beginning of a text, never half of a character.
	 * @param text any text
	 * @param length how many UTF-16 units at most, 1 or more
	 * @return the text, or its beginning
	 */
	public static String cut(String text, int length) {
		if (text.length() <= length) {
			return text;
		}
		return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
	}

	private static String escaped(String text, boolean keepLines) {
		StringBuilder escaped = null;
		for (int i = 0; i < text.length();) {
			int c = text.codePointAt(i);
			int length = Character.charCount(c);
			boolean unsafe = isUnsafe(c) && !(keepLines && c == '\n');
			if (unsafe && escaped == null) {
				escaped = new StringBuilder(text.length() + 32).append(text, 0, i);
			}
			for (int unit = i; escaped != null && unit < i + length; unit++) {
				append(escaped, text.charAt(unit), unsafe);
			}
			i += length;
		}
		return (escaped == null) ? text : escaped.toString();
	}

	private static void append(StringBuilder escaped, char unit, boolean unsafe) {
		if (!unsafe) {
			escaped.append(unit);
			return;
		}
		escaped.append("\\u");
		for (int shift = 12; shift >= 0; shift -= 4) {
			escaped.append(HEX.charAt((unit >> shift) & 0xF));
		}
	}

}
