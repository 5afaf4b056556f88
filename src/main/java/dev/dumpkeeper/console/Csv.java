package dev.dumpkeeper.console;

import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.dumpkeeper.text.SafeText;

/**
 * Lines of a file that people open in a spreadsheet, which takes what begins like a
 * formula for one. Such a value gets an apostrophe before it, and every value is quoted,
 * so that none ends its cell.
 */
final class Csv {

	/**
	 * Spreadsheets of East Asia also take the wide forms. Where semicolons end cells,
	 * what follows one within a text may begin a cell.
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

	/** Numbers of ours stay numbers. */
	static String cell(Object value) {
		if (value instanceof Long || value instanceof Integer) {
			return value.toString();
		}
		String text = SafeText.oneLine(value.toString());
		return "\"" + FORMULA.matcher(text).replaceAll("$1'$2").replace("\"", "\"\"") + "\"";
	}

}
