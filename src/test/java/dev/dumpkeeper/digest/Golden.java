package dev.dumpkeeper.digest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts that people have read and found right, in {@code src/test/resources/golden}.
 * After a wanted change rewrite them and read the difference:
 *
 * <pre>
 * mvn test -Dtest='dev.dumpkeeper.digest.*Tests' -Dgolden.write=true
 * git diff src/test/resources/golden docs/messages.md
 * </pre>
 */
public final class Golden {

	private static final Path DIRECTORY = Path.of("src/test/resources/golden");

	private Golden() {
	}

	/**
	 * Compares a text with a golden file, or makes it the golden file.
	 * @param name the file's name without its ending
	 * @param text what it is to hold
	 */
	public static void check(String name, String text) {
		Path file = DIRECTORY.resolve(name + ".md");
		check(file, read(file), text);
	}

	/**
	 * Compares a whole file with what it is to hold, or writes that.
	 * @param file the file
	 * @param golden what it holds
	 * @param text what it is to hold
	 */
	public static void check(Path file, String golden, String text) {
		if (Boolean.getBoolean("golden.write")) {
			write(file, text);
		}
		else {
			assertThat(text).as("%s (rewrite it with -Dgolden.write=true)", file).isEqualTo(golden);
		}
	}

	/**
	 * Reads a file.
	 * @param file the file
	 * @return its text, empty where there is no such file
	 */
	public static String read(Path file) {
		try {
			return Files.exists(file) ? Files.readString(file) : "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void write(Path file, String text) {
		try {
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
