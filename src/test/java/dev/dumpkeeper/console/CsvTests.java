package dev.dumpkeeper.console;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A name is a name in a spreadsheet, too.
 */
class CsvTests {

	@ParameterizedTest
	@ValueSource(strings = { "=HYPERLINK(\"https://evil.example\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", " =1",
			"|calc", "%0A=1", "\uff1d1", "\u3000=1", "\u00a0=1", "\"=1" })
	void noNameIsAFormula(String name) {
		assertThat(Csv.cell(name)).startsWith("\"'").endsWith("\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a;=1", "a; =1", "a;\"=1", "a;;+1", "a;b;@x" })
	void noPartOfANameIsAFormulaWhereSemicolonsEndCells(String name) {
		assertThat(Csv.cell(name).replace("\"", "").split(";")).noneMatch((part) -> part.strip().matches("[=+@].*"))
			.anyMatch((part) -> part.startsWith("'"));
	}

	@Test
	void noNameEndsItsCellOrItsLine() {
		assertThat(Csv.cell("a\",=1\r\n=2,\"\u202eb")).isEqualTo("\"a\"\",=1\\u000d\\u000a=2,\"\"\\u202eb\"");
		assertThat(Csv.cell("")).isEqualTo("\"\"");
	}

	@Test
	void aLineHasNumbersAndTexts() throws IOException {
		StringBuilder out = new StringBuilder();
		new Csv(out).line("dumpfiles/a.hprof", 12L, -3, "");
		assertThat(out).hasToString("\"dumpfiles/a.hprof\",12,-3,\"\"\r\n");
	}

}
