package dev.dumpkeeper.ledger;

/**
 * Foreign text that has to fit into a column.
 */
final class Text {

	private Text() {
	}

	/** Keys are foreign input: no control character of theirs reaches a log. */
	static String visible(String text) {
		StringBuilder visible = new StringBuilder();
		text.codePoints()
			.forEach((c) -> visible
				.appendCodePoint((Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) ? '?' : c));
		return visible.toString();
	}

	/** The first characters, never half of a pair. */
	static String cut(String text, int length) {
		if (text.length() <= length) {
			return text;
		}
		return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
	}

}
