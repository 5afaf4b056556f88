package dev.dumpkeeper.notify;

import java.nio.charset.StandardCharsets;

/**
 * How a channel writes texts: its markup, and how much of it a page may have.
 */
public interface Dialect {

	/**
	 * Returns the maximum size of a stored page.
	 * @return bytes of UTF-8, 1000 to {@value OutboundMessage#MAX_PAGE_BYTES}; less than
	 * what is sent, so that an address may be longer than expected
	 */
	int pageBytes();

	/**
	 * Writes the heading of a page.
	 * @param text one line of markup
	 * @return one line
	 */
	String heading(String text);

	/**
	 * Writes an important text.
	 * @param text markup without line breaks
	 * @return markup
	 */
	String bold(String text);

	/**
	 * Writes a line that belongs to the line above.
	 * @param text one line of markup
	 * @return one line
	 */
	String quote(String text);

	/**
	 * Writes a text that says that all is well.
	 * @param text markup without line breaks
	 * @return markup
	 */
	String good(String text);

	/**
	 * Writes a text of less importance.
	 * @param text markup without line breaks
	 * @return markup
	 */
	String muted(String text);

	/**
	 * Writes a text that warns.
	 * @param text markup without line breaks
	 * @return markup
	 */
	String warning(String text);

	/**
	 * Writes a link.
	 * @param text a text of the application's own, which is no markup
	 * @param address where it leads
	 * @return markup
	 */
	String link(String text, String address);

	/**
	 * Quotes a name that others chose. The result has no effect: it mentions nobody,
	 * contains no link, ends no markup and has no braces, which would fill in a link.
	 * @param text untrusted text
	 * @param codePoints the maximum number of code points; a longer text is truncated in
	 * the middle
	 * @param otherwise the replacement for a text that shows nothing
	 * @return markup
	 */
	String code(String text, int codePoints, String otherwise);

	/**
	 * Writes a text that others chose as plain words, as harmless as {@link #code}.
	 * @param text untrusted text
	 * @param codePoints the maximum number of code points; a longer text is truncated in
	 * the middle
	 * @return markup, empty for a text that shows nothing
	 */
	String plain(String text, int codePoints);

	/**
	 * Returns the size of a text.
	 * @param text any text
	 * @return bytes of UTF-8
	 */
	static int bytes(CharSequence text) {
		return text.toString().getBytes(StandardCharsets.UTF_8).length;
	}

}
