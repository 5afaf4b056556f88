package dev.dumpkeeper.text;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.dumpkeeper.notify.Language;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the bundles that {@link Messages} reads: all languages say the same, and
 * nothing in them surprises {@link java.text.MessageFormat}.
 */
class MessageBundleTests {

	private static final Path RESOURCES = Path.of("src/main/resources");

	private static final Path SOURCES = Path.of("src/main/java");

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

	/** Keys as the code names them: whole, or the front of one for each enum constant. */
	private static final Pattern NAMED = Pattern.compile("\\bmessages\\.(text|count)\\(\\s*\"([^\"]+)\"(\\s*\\+)?");

	static List<Path> bundles() throws IOException {
		try (Stream<Path> files = Files.walk(RESOURCES)) {
			return files.filter((file) -> file.getFileName().toString().matches("messages(_.*)?\\.properties"))
				.map((file) -> RESOURCES.relativize(file).getParent())
				.distinct()
				.toList();
		}
	}

	@Test
	void thereAreBundles() throws IOException {
		assertThat(bundles()).contains(Path.of("dev/dumpkeeper/capacity"), Path.of("dev/dumpkeeper/digest"));
	}

	@ParameterizedTest
	@MethodSource("bundles")
	void everyLanguageHasABundleAndNoOtherHas(Path room) throws IOException {
		try (Stream<Path> files = Files.list(RESOURCES.resolve(room))) {
			assertThat(files.map((file) -> file.getFileName().toString()).filter((name) -> name.startsWith("messages")))
				.containsExactlyInAnyOrderElementsOf(Arrays.stream(Language.values())
					.map((language) -> "messages_" + language.locale() + ".properties")
					.toList());
		}
	}

	@ParameterizedTest
	@MethodSource("bundles")
	void allLanguagesHaveTheSameKeysAndPlaceholders(Path room) throws IOException {
		Properties english = bundle(room, Language.EN);
		for (Language language : Language.values()) {
			Properties other = bundle(room, language);
			assertThat(other.stringPropertyNames()).as("keys of %s", language)
				.containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
			for (String key : english.stringPropertyNames()) {
				assertThat(placeholders(other.getProperty(key))).as("placeholders of %s in %s", key, language)
					.isEqualTo(placeholders(english.getProperty(key)));
			}
		}
	}

	/** Templates name keys otherwise; the console has a test of its own for these. */
	static List<Path> bundlesWithoutTemplates() throws IOException {
		return bundles().stream()
			.filter((room) -> !Files.exists(RESOURCES.resolve(room).resolve("templates")))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("bundlesWithoutTemplates")
	void everyKeyIsUsedAndEveryUsedKeyIsThere(Path room) throws IOException {
		Set<String> whole = new TreeSet<>();
		Set<String> fronts = new TreeSet<>();
		for (MatchResult named : named(room)) {
			boolean counted = named.group(1).equals("count");
			if (named.group(3) != null) {
				fronts.add(named.group(2));
			}
			else {
				whole.addAll(counted ? List.of(named.group(2) + ".one", named.group(2) + ".other")
						: List.of(named.group(2)));
			}
		}
		Set<String> keys = bundle(room, Language.EN).stringPropertyNames();
		assertThat(keys).containsAll(whole);
		assertThat(keys).filteredOn((key) -> !whole.contains(key))
			.allSatisfy((key) -> assertThat(fronts)
				.anySatisfy((front) -> assertThat(key).matches(Pattern.quote(front) + "[A-Z_]+")));
		assertThat(fronts).allSatisfy((front) -> assertThat(keys).anyMatch((key) -> key.startsWith(front)));
	}

	private static List<MatchResult> named(Path room) throws IOException {
		try (Stream<Path> files = Files.list(SOURCES.resolve(room))) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.flatMap((file) -> NAMED.matcher(read(file)).results())
				.toList();
		}
	}

	@ParameterizedTest
	@MethodSource("bundles")
	void everyTextIsWhatMessageFormatMakesOfIt(Path room) throws IOException {
		for (Language language : Language.values()) {
			Properties bundle = bundle(room, language);
			for (String key : bundle.stringPropertyNames()) {
				String text = bundle.getProperty(key);
				assertThat(text).as("%s in %s", key, language).isNotBlank();
				// One alone is dropped, and takes the places behind it for words.
				assertThat(text.replace("''", "")).as("apostrophes are doubled: %s in %s", key, language)
					.doesNotContain("'");
				// {0,number} would write digits of a locale.
				assertThat(PLACEHOLDER.matcher(text).replaceAll(""))
					.as("placeholders are plain: %s in %s", key, language)
					.doesNotContain("{", "}");
			}
		}
	}

	@ParameterizedTest
	@MethodSource("bundles")
	void chineseHasFullWidthPunctuationAndSpacesAroundWhatIsNotChinese(Path room) throws IOException {
		Properties chinese = bundle(room, Language.ZH);
		for (String key : chinese.stringPropertyNames()) {
			assertThat(chinese.getProperty(key)).as(key)
				.doesNotContainPattern("[;:!?()]|,(?!\\d{3})")
				.doesNotContainPattern("[\\p{IsHan}][A-Za-z0-9{]|[A-Za-z0-9}%][\\p{IsHan}]")
				.doesNotContainPattern(" [，、；：。（）]|[，、；：。（）] ");
		}
	}

	private static Set<String> placeholders(String text) {
		return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
	}

	private static Properties bundle(Path room, Language language) throws IOException {
		Properties bundle = new Properties();
		try (Reader reader = Files
			.newBufferedReader(RESOURCES.resolve(room).resolve("messages_" + language.locale() + ".properties"))) {
			bundle.load(reader);
		}
		return bundle;
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
