package dev.dumpkeeper.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table for a terminal.
 */
public final class TextTable {

	private final List<String[]> rows = new ArrayList<>();

	private final boolean[] left;

	/**
	 * Creates an empty table.
	 * @param headings one for each column; one that begins with {@code <} makes its
	 * column left-aligned, as the first column is
	 */
	public TextTable(String... headings) {
		this.left = new boolean[headings.length];
		String[] names = new String[headings.length];
		for (int i = 0; i < headings.length; i++) {
			this.left[i] = i == 0 || headings[i].startsWith("<");
			names[i] = headings[i].startsWith("<") ? headings[i].substring(1) : headings[i];
		}
		this.rows.add(names);
	}

	/**
	 * Adds a row. Untrusted values are made safe here.
	 * @param values one for each column
	 */
	public void row(String... values) {
		this.rows.add(Stream.of(values).map(SafeText::oneLine).toArray(String[]::new));
	}

	@Override
	public String toString() {
		int columns = this.left.length;
		int[] widths = new int[columns];
		for (String[] row : this.rows) {
			for (int i = 0; i < columns; i++) {
				widths[i] = Math.max(widths[i], width(row[i]));
			}
		}
		StringBuilder text = new StringBuilder();
		for (String[] row : this.rows) {
			StringBuilder line = new StringBuilder();
			for (int i = 0; i < columns; i++) {
				String pad = " ".repeat(widths[i] - width(row[i]));
				line.append(this.left[i] ? row[i] + pad : pad + row[i]).append("  ");
			}
			text.append(line.toString().stripTrailing()).append('\n');
		}
		return text.toString();
	}

	/** East Asian characters take two columns. */
	private static int width(String value) {
		return value.codePoints().map((c) -> isWide(c) ? 2 : 1).sum();
	}

	private static boolean isWide(int c) {
		return c >= 0x1100 && (c <= 0x115F || c >= 0x2E80 && c <= 0xA4CF || c >= 0xAC00 && c <= 0xD7A3
				|| c >= 0xF900 && c <= 0xFAFF || c >= 0xFE30 && c <= 0xFE6F || c >= 0xFF00 && c <= 0xFF60
				|| c >= 0xFFE0 && c <= 0xFFE6 || c >= 0x1F300 && c <= 0x1FAFF || c >= 0x20000 && c <= 0x3FFFD);
	}

}
