package dev.dumpkeeper.hprof;

import java.util.regex.Pattern;

/**
 * Names out of a dump, which anybody may have written.
 */
final class Names {

	/**
	 * What differs from one JVM to the next in names that are made at run time: addresses
	 * of hidden classes, numbers of lambdas, proxies, accessors and of what Spring,
	 * CGLIB, Byte Buddy, Hibernate and Mockito make.
	 */
	private static final Pattern CHANCE = Pattern.compile("[/+.]0x[0-9a-fA-F]+" + "|(?<=\\$\\$Lambda)\\$\\d+"
			+ "|(?<=lambda\\$[\\w$]{1,200}\\$)\\d+$" + "|(?<=\\$Proxy)\\d+" + "|(?<=jdk\\.proxy)\\d+"
			+ "|(?<=Generated(?:Method|Constructor|SerializationConstructor)Accessor)\\d+"
			+ "|(?<=\\$\\$(?:EnhancerBy|FastClassBy)[A-Za-z]{1,40}\\$\\$)\\w+" + "|(?<=\\$\\$SpringCGLIB\\$\\$)\\d+"
			+ "|(?<=\\$(?:ByteBuddy|HibernateProxy|MockitoMock)\\$)\\w+" + "|(?<=LambdaForm\\$[A-Z]{1,10})\\.?\\d+"
			+ "|(?<=access\\$)\\d+$");

	private Names() {
	}

	/**
	 * Makes a name fit to be shown and stored.
	 * @param name as it stands in the dump
	 * @param longest so many characters at most
	 * @return the name without control and format characters
	 */
	static String clean(String name, int longest) {
		String some = (name.length() > longest) ? name.substring(0, longest) : name;
		StringBuilder clean = new StringBuilder(some.length());
		some.codePoints()
			.forEach((c) -> clean.appendCodePoint((Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
					|| Character.getType(c) == Character.SURROGATE) ? '?' : c));
		return clean.toString();
	}

	/**
	 * A class's name in Java notation.
	 * @param name as the JVM writes it, such as {@code java/lang/String} or {@code [[I}
	 * @return such as {@code java.lang.String} or {@code int[][]}
	 */
	static String type(String name) {
		int dimensions = 0;
		while (dimensions < name.length() && dimensions < 255 && name.charAt(dimensions) == '[') {
			dimensions++;
		}
		String element = name.substring(dimensions);
		if (dimensions > 0) {
			element = (element.startsWith("L") && element.endsWith(";")) ? element.substring(1, element.length() - 1)
					: primitive(element);
		}
		return element.replace('/', '.') + "[]".repeat(dimensions);
	}

	private static String primitive(String letter) {
		return switch (letter) {
			case "Z" -> "boolean";
			case "C" -> "char";
			case "F" -> "float";
			case "D" -> "double";
			case "B" -> "byte";
			case "S" -> "short";
			case "I" -> "int";
			case "J" -> "long";
			default -> letter;
		};
	}

	/**
	 * A name without what chance put into it.
	 * @param name in Java notation
	 * @return the same for the same code in any JVM
	 */
	static String lasting(String name) {
		return CHANCE.matcher(name).replaceAll("");
	}

}
