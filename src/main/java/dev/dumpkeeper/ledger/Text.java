package dev.dumpkeeper.ledger;

/**
 * Foreign text that has to fit into a column.
 */
final class Text {

	private Text() {
	}

	/** The first characters, never half of a pair. */
	static String cut(String text, int length) {
		if (text.length() <= length) {
			return text;
		}
		return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
	}

}
