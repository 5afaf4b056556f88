package dev.dumpkeeper.digest;

import java.nio.charset.StandardCharsets;

/**
 * The group robot's dialect of markdown: headings, bold, links, inline code, quotes and
 * three colours, but no lists or tables. Source: the vendor's document 91770.
 */
final class Markdown {

	/**
	 * The maximum size of a message in bytes of UTF-8. The robot accepts 4096; the
	 * difference allows for an address that is longer than expected.
	 */
	static final int PAGE_BYTES = 3800;

	private Markdown() {
	}

	static String heading(String text) {
		return "## " + text;
	}

	static String bold(String text) {
		return "**" + text + "**";
	}

	static String quote(String text) {
		return "> " + text;
	}

	static String good(String text) {
		return coloured("info", text);
	}

	static String muted(String text) {
		return coloured("comment", text);
	}

	static String warning(String text) {
		return coloured("warning", text);
	}

	private static String coloured(String colour, String text) {
		return "<font color=\"" + colour + "\">" + text + "</font>";
	}

	static String link(String text, String target) {
		return "[" + text + "](" + target + ")";
	}

	static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

}
