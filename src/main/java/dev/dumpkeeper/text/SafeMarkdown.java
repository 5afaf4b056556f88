package dev.dumpkeeper.text;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Text that somebody else chose: names of environments, workloads, pods, volumes and
 * objects, and frames of a stack. What comes out of here is shown and cannot act, whether
 * or not a client honours inline code: it mentions nobody, links nowhere, ends no markup
 * and fills no placeholder.
 */
public final class SafeMarkdown {

	/**
	 * What could end inline code or escape its end, open a tag, a mention, a link, an
	 * entity or a placeholder, or make bold. Each is shown as its full-width twin. The
	 * underscore stays: it could at most slant letters, and people copy names that hold
	 * it.
	 */
	private static final String ACTIVE = "<>`[]{}\\@&*";

	private static final int TO_FULL_WIDTH = 0xFEE0;

	/** Letters that show nothing, so that a name of them alone would look empty. */
	private static final String INVISIBLE = "\u115F\u1160\u3164\uFFA0";

	/**
	 * Real names carry one or two marks on a letter; a pile of them runs over other
	 * lines.
	 */
	private static final int MAX_MARKS = 4;

	/**
	 * What a reader takes for one character: with its marks, or two letters of a flag.
	 */
	private static final Pattern CLUSTER = Pattern.compile("\\X");

	/** Clients make links of bare addresses, also without markup. */
	private static final Pattern SCHEME = Pattern.compile(":(?=//)");

	private static final Pattern WWW = Pattern.compile("(?i)(www)\\.");

	private static final String ELLIPSIS = "…";

	private SafeMarkdown() {
	}

	/**
	 * As inline code.
	 * @param text what somebody else chose
	 * @param codePoints how many to show; more are cut out of the middle
	 * @param otherwise own words for a text that shows nothing
	 * @return markdown that shows the text and does nothing
	 */
	public static String code(String text, int codePoints, String otherwise) {
		String shown = plain(text, codePoints);
		return shown.isEmpty() ? otherwise : "`" + shown + "`";
	}

	/**
	 * As plain words, for sentences.
	 * @param text what somebody else chose
	 * @param codePoints how many to show; more are cut out of the middle
	 * @return words that do nothing, empty for a text that shows nothing
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
					// Turns the direction of what follows, is invisible, or is no
					// character.
				}
				case Character.CONTROL -> {
					if (Character.isWhitespace(c) || c == '\u0085') {
						space(kept);
					}
				}
				case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> space(kept);
				case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> {
					// One without a letter would sit on our own backtick.
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

	// After what is invisible went: it may have stood between a colon and its slashes.
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
