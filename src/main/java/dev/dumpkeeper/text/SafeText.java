package dev.dumpkeeper.text;

/**
 * Makes untrusted text safe for a log, a terminal, a report or a column: the result ends
 * no line, controls no terminal, does not change the direction of the following text and
 * contains no half character. All output uses it, so that the rules exist once.
 */
public final class SafeText {

	private static final String HEX = "0123456789abcdef";

	private SafeText() {
	}

	/**
	 * Returns whether a character is unsafe: controls, C1 ones included; formats such as
	 * U+202E; line and paragraph separators; unpaired surrogates.
	 * @param codePoint the character
	 * @return {@code true} if it must be replaced
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
	 * Replaces unsafe characters by their numbers, in the notation of JSON and Java.
	 * Within JSON the meaning is unchanged.
	 * @param text untrusted text, or JSON without line breaks
	 * @return the text, on one line
	 */
	public static String oneLine(String text) {
		return escaped(text, false);
	}

	/**
	 * Replaces unsafe characters except line breaks.
	 * @param text lines, each of them made of safe values
	 * @return the text; {@code \n} stays
	 */
	public static String lines(String text) {
		return escaped(text, true);
	}

	/**
	 * Truncates a text, never in the middle of a character.
	 * @param text any text
	 * @param length the maximum number of UTF-16 units, 1 or more
	 * @return the text, or its beginning followed by three dots
	 */
	public static String abridged(String text, int length) {
		return (text.length() <= length) ? text : cut(text, length) + "...";
	}

	/**
	 * Truncates a text, never in the middle of a character.
	 * @param text any text
	 * @param length the maximum number of UTF-16 units, 1 or more
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
