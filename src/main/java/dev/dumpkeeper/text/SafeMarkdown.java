package dev.dumpkeeper.text;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Makes untrusted text safe for markdown: names of environments, workloads, pods, volumes
 * and objects, and frames of a stack. The result is shown and has no effect, whether or
 * not a client honours inline code: it mentions nobody, contains no link, ends no markup
 * and fills no placeholder.
 */
public final class SafeMarkdown {

	/**
	 * Characters that could end inline code or escape its end, open a tag, a mention, a
	 * link, an entity or a placeholder, or start bold. Each is replaced by its full-width
	 * counterpart. The underscore stays: it could at most make letters italic, and people
	 * copy names that contain it.
	 */
	private static final String ACTIVE = "<>`[]{}\\@&*";

	private static final int TO_FULL_WIDTH = 0xFEE0;

	/** Invisible letters: a name of them alone would look empty. */
	private static final String INVISIBLE = "\u115F\u1160\u3164\uFFA0";

	/**
	 * Real names have one or two marks on a letter; a large number covers other lines.
	 */
	private static final int MAX_MARKS = 4;

	/** A character as perceived by readers: with its marks, or two letters of a flag. */
	private static final Pattern CLUSTER = Pattern.compile("\\X");

	/** Clients turn bare addresses into links, even without markup. */
	private static final Pattern SCHEME = Pattern.compile(":(?=//)");

	private static final Pattern WWW = Pattern.compile("(?i)(www)\\.");

	private static final String ELLIPSIS = "…";

	private SafeMarkdown() {
	}

	/**
	 * Formats a text as inline code.
	 * @param text untrusted text
	 * @param codePoints the maximum number of code points; a longer text is truncated in
	 * the middle
	 * @param otherwise the replacement for a text that shows nothing
	 * @return markdown that shows the text and has no effect
	 */
	public static String code(String text, int codePoints, String otherwise) {
		String shown = plain(text, codePoints);
		return shown.isEmpty() ? otherwise : "`" + shown + "`";
	}

	/**
	 * Formats a text as plain words, for sentences.
	 * @param text untrusted text
	 * @param codePoints the maximum number of code points; a longer text is truncated in
	 * the middle
	 * @return text without any effect, empty for a text that shows nothing
	 */
	public static String plain(String text, int codePoints) {
		return cut(defused(visible(text)), codePoints);
	}

	private static String visible(String text) {
		StringBuilder kept = new StringBuilder(text.length());
		int marks = 0;
		for (int i = 0; i < text.length();) {
			int c = text.codePointAt(i);
			i += Character.charCount(c);
			switch (Character.getType(c)) {
				case Character.FORMAT, Character.PRIVATE_USE, Character.UNASSIGNED, Character.SURROGATE -> {
					// Changes the direction of the following text, is invisible, or is
					// not a character.
				}
				case Character.CONTROL -> {
					if (Character.isWhitespace(c) || c == '\u0085') {
						space(kept);
					}
				}
				case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> space(kept);
				case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> {
					// A mark without a letter would combine with the opening backtick.
					if (marks < MAX_MARKS && !kept.isEmpty() && kept.charAt(kept.length() - 1) != ' ') {
						kept.appendCodePoint(c);
						marks++;
					}
				}
				default -> {
					if (c == '\u2800') {
						space(kept);
					}
					else if (INVISIBLE.indexOf(c) < 0) {
						kept.appendCodePoint(c);
						marks = 0;
					}
				}
			}
		}
		return kept.toString().stripTrailing();
	}

	private static void space(StringBuilder kept) {
		if (!kept.isEmpty() && kept.charAt(kept.length() - 1) != ' ') {
			kept.append(' ');
		}
	}

	// After invisible characters were removed, which may have separated a colon from its
	// slashes.
	private static String defused(String text) {
		StringBuilder passive = new StringBuilder(text.length());
		text.codePoints().forEach((c) -> passive.appendCodePoint((ACTIVE.indexOf(c) >= 0) ? c + TO_FULL_WIDTH : c));
		return WWW.matcher(SCHEME.matcher(passive).replaceAll("：")).replaceAll("$1·");
	}

	private static String cut(String text, int codePoints) {
		if (text.codePointCount(0, text.length()) <= codePoints) {
			return text;
		}
		List<String> clusters = CLUSTER.matcher(text).results().map(MatchResult::group).toList();
		int room = codePoints - 1;
		StringBuilder head = new StringBuilder();
		int headRoom = (room + 1) / 2;
		int used = 0;
		int next = 0;
		while (used + length(clusters.get(next)) <= headRoom) {
			used += length(clusters.get(next));
			head.append(clusters.get(next++));
		}
		int from = clusters.size();
		while (used + length(clusters.get(from - 1)) <= room) {
			used += length(clusters.get(--from));
		}
		return head + ELLIPSIS + String.join("", clusters.subList(from, clusters.size()));
	}

	private static int length(String cluster) {
		return cluster.codePointCount(0, cluster.length());
	}

}
