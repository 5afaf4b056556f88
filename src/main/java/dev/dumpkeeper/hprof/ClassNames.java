package dev.dumpkeeper.hprof;

import java.util.List;
import java.util.regex.Pattern;

import dev.dumpkeeper.text.SafeText;

/**
 * Names of classes as Java writes them.
 */
final class ClassNames {

	/** A class whose name is not in the dump, or was not kept. */
	static final String UNKNOWN = "(unknown class)";

	/** The types of elements that are no objects, by their number in a dump from 4 on. */
	static final List<String> PRIMITIVES = List.of("boolean", "char", "float", "double", "byte", "short", "int",
			"long");

	private static final String CODES = "ZCFDBSIJ";

	/**
	 * What differs from one JVM to the next in names that are made at run time: addresses
	 * of hidden classes, numbers of lambdas, proxies, accessors and of what Spring,
	 * CGLIB, Byte Buddy, Hibernate and Mockito make.
	 */
	private static final Pattern CHANCE = Pattern
		.compile("[/+.]0x[0-9a-fA-F]+" + "|(?<=\\$\\$Lambda)\\$\\d+(?:/(?!0x)\\d+)?"
				+ "|(?<=lambda\\$[\\w$]{1,200}\\$)\\d+$" + "|(?<=\\$Proxy)\\d+" + "|(?<=jdk\\.proxy)\\d+"
				+ "|(?<=Generated(?:Method|Constructor|SerializationConstructor)Accessor)\\d+"
				+ "|(?<=\\$\\$(?:EnhancerBy|FastClassBy)[A-Za-z]{1,40}\\$\\$)\\w+" + "|(?<=\\$\\$SpringCGLIB\\$\\$)\\d+"
				+ "|(?<=\\$(?:ByteBuddy|HibernateProxy|MockitoMock)\\$)\\w+" + "|(?<=LambdaForm\\$[A-Z]{1,10})\\.?\\d+"
				+ "|(?<=access\\$)\\d+$");

	private ClassNames() {
	}

	/**
	 * Writes a name as Java does.
	 * @param internal the name in the dump, such as {@code [Ljava/lang/String;}
	 * @return such as {@code java.lang.String[]}; characters that do not print are
	 * question marks
	 */
	static String java(String internal) {
		int dimensions = 0;
		while (dimensions < internal.length() && internal.charAt(dimensions) == '[') {
			dimensions++;
		}
		String element = internal.substring(dimensions);
		if (dimensions > 0) {
			int primitive = (element.length() == 1) ? CODES.indexOf(element.charAt(0)) : -1;
			if (primitive >= 0) {
				element = PRIMITIVES.get(primitive);
			}
			else if (element.startsWith("L")) {
				element = element.substring(1, element.length() - (element.endsWith(";") ? 1 : 0));
			}
		}
		StringBuilder name = new StringBuilder(element.length() + 2 * dimensions);
		element.codePoints().forEach((character) -> name.appendCodePoint(printable(character)));
		return name.append("[]".repeat(dimensions)).toString();
	}

	private static int printable(int character) {
		if (character == '/') {
			return '.';
		}
		if (SafeText.isUnsafe(character)) {
			return '?';
		}
		return switch (Character.getType(character)) {
			case Character.PRIVATE_USE, Character.UNASSIGNED, Character.SPACE_SEPARATOR -> '?';
			default -> character;
		};
	}

	/**
	 * Makes a name of a method or a file fit to be shown.
	 * @param name as it stands in the dump
	 * @param longest so many characters at most
	 * @return the name; characters that do not print are question marks
	 */
	static String shown(String name, int longest) {
		StringBuilder shown = new StringBuilder();
		((name.length() > longest) ? name.substring(0, longest) : name).codePoints()
			.forEach((character) -> shown.appendCodePoint((character == '/') ? character : printable(character)));
		return shown.toString();
	}

	/**
	 * A name without what is another number in each process.
	 * @param name as Java writes it
	 * @return such as {@code com.acme.Order$$Lambda}, the same for the same code in any
	 * JVM
	 */
	static String lasting(String name) {
		return CHANCE.matcher(name).replaceAll("");
	}

}
