package dev.dumpkeeper.notify.wecom;

import dev.dumpkeeper.notify.Dialect;
import dev.dumpkeeper.text.SafeMarkdown;

/**
 * The group robot's dialect of markdown: headings, bold, links, inline code, quotes and
 * three colours, but no lists or tables. Source: the vendor's document 91770.
 */
final class WecomMarkdown implements Dialect {

	/**
	 * The robot accepts 4096; the difference allows for an address that is longer than
	 * expected.
	 */
	private static final int PAGE_BYTES = 3800;

	@Override
	public int pageBytes() {
		return PAGE_BYTES;
	}

	@Override
	public String heading(String text) {
		return "## " + text;
	}

	@Override
	public String bold(String text) {
		return "**" + text + "**";
	}

	@Override
	public String quote(String text) {
		return "> " + text;
	}

	@Override
	public String good(String text) {
		return coloured("info", text);
	}

	@Override
	public String muted(String text) {
		return coloured("comment", text);
	}

	@Override
	public String warning(String text) {
		return coloured("warning", text);
	}

	private static String coloured(String colour, String text) {
		return "<font color=\"" + colour + "\">" + text + "</font>";
	}

	@Override
	public String link(String text, String address) {
		return "[" + text + "](" + address + ")";
	}

	@Override
	public String code(String text, int codePoints, String otherwise) {
		return SafeMarkdown.code(text, codePoints, otherwise);
	}

	@Override
	public String plain(String text, int codePoints) {
		return SafeMarkdown.plain(text, codePoints);
	}

}
