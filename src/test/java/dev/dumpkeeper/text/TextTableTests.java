package dev.dumpkeeper.text;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TextTable}.
 */
class TextTableTests {

	@Test
	void numbersAreFlushRightAndNamesFlushLeft() {
		TextTable table = new TextTable("VOLUME", "OBJECTS", "<MARKER", "BYTES");
		table.row("jfsdata", "1,000", "intact", "1.0 GiB");
		table.row("b", "7", "written x2", "0 B");
		assertThat(table).hasToString("""
				VOLUME   OBJECTS  MARKER        BYTES
				jfsdata    1,000  intact      1.0 GiB
				b              7  written x2      0 B
				""");
	}

	@Test
	void aTableWithoutRowsIsItsHeadings() {
		assertThat(new TextTable("A", "B")).hasToString("A  B\n");
	}

	@Test
	void noLineEndsWithBlanks() {
		TextTable table = new TextTable("A", "<LONG HEADING");
		table.row("1", "x");
		assertThat(table).hasToString("""
				A  LONG HEADING
				1  x
				""");
	}

	@Test
	void eastAsianCharactersTakeTwoColumns() {
		TextTable table = new TextTable("A", "B");
		table.row("\u6570\u636e", "1");
		table.row("abcd", "2");
		table.row("\uD83D\uDE00", "3");
		assertThat(table).hasToString("A     B\n\u6570\u636e  1\nabcd  2\n\uD83D\uDE00    3\n");
	}

	@Test
	void lettersWithAccentsTakeOneColumn() {
		TextTable table = new TextTable("A", "B");
		table.row("\u00fc\u00e9", "1");
		assertThat(table).hasToString("A   B\n\u00fc\u00e9  1\n");
	}

}
