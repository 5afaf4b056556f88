package dev.dumpkeeper.console;

import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.dumpkeeper.text.SafeText;

/**
 * Writes files that people open in a spreadsheet, which executes formulas. A value that
 * starts like one is prefixed with an apostrophe, and every value is quoted, so that none
 * ends its cell.
 */
final class Csv {

	/**
	 * East Asian spreadsheets also accept the full-width forms. Where semicolons separate
	 * cells, the text after one may start a cell.
	 */
	private static final Pattern FORMULA = Pattern.compile("(^|;)([\\s\\h\"']*)(?=[=+\\-@|%\uff1d\uff0b\uff0d\uff20])");

	private final Appendable out;

	Csv(Appendable out) {
		this.out = out;
	}

	/** Writes a line. */
	void line(Object... values) throws IOException {
		this.out.append(Arrays.stream(values).map(Csv::cell).collect(Collectors.joining(","))).append("\r\n");
	}

	/** Our own numbers stay numbers. */
	static String cell(Object value) {
		if (value instanceof Long || value instanceof Integer) {
			return value.toString();
		}
		String text = SafeText.oneLine(value.toString());
		return "\"" + FORMULA.matcher(text).replaceAll("$1'$2").replace("\"", "\"\"") + "\"";
	}

}
