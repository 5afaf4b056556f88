package dev.dumpkeeper.console;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.capacity.CapacityLevel;
import dev.dumpkeeper.hprof.Death;
import dev.dumpkeeper.ledger.DumpSearch;
import dev.dumpkeeper.ledger.DumpState;
import dev.dumpkeeper.retention.ExpiryPlan;
import dev.dumpkeeper.retention.Outcome;
import dev.dumpkeeper.runs.JobName;
import dev.dumpkeeper.settings.EffectiveSettings;
import dev.dumpkeeper.notify.DeliveryOutcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both languages say everything, and pages have nothing inline.
 */
class ConsoleTextsTests {

	private static final Path FOLDER = Path.of("src/main/resources/dev/dumpkeeper/console");

	private static final Pattern KEY = Pattern.compile("#\\{([a-zA-Z][\\w.-]*)[(}]");

	/** A key, or the front of one, wherever it is named. */
	private static final Pattern NAMED = Pattern.compile("(?:#\\{|[\"'])([a-z][\\w.-]*)");

	private final Properties english = load("en");

	private final Properties chinese = load("zh");

	@Test
	void bothLanguagesHaveTheSameKeysAndPlaceholders() {
		assertThat(this.chinese.keySet()).isEqualTo(this.english.keySet());
		for (Object key : this.english.keySet()) {
			assertThat(placeholders(this.chinese, key)).as("%s", key).isEqualTo(placeholders(this.english, key));
		}
	}

	@Test
	void everyKeyOfATemplateHasAText() throws IOException {
		Set<String> used = new TreeSet<>();
		for (Path template : templates()) {
			Matcher keys = KEY.matcher(Files.readString(template));
			while (keys.find()) {
				used.add(keys.group(1));
			}
		}
		assertThat(used).hasSizeGreaterThan(100);
		assertThat(this.english.stringPropertyNames()).containsAll(used);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "en", "fr-FR" })
	void whereALanguageHasNoTextsTheyAreEnglish(String locale) {
		assertThat(new ConsoleConfiguration().messageSource()
			.getMessage("message.code", null, Locale.forLanguageTag(locale))).isEqualTo("Code");
	}

	@Test
	void everyTextIsUsed() throws IOException {
		Set<String> named = new TreeSet<>();
		for (Path source : sources()) {
			NAMED.matcher(Files.readString(source)).results().forEach((found) -> named.add(found.group(1)));
		}
		assertThat(this.english.stringPropertyNames()).allMatch((key) -> named.contains(key)
				|| named.stream().anyMatch((name) -> name.endsWith(".") && key.startsWith(name)));
	}

	@Test
	void everyWordOfTheOtherRoomsHasAText() {
		List<String> keys = new ArrayList<>();
		words(keys, "state.", DumpState.values());
		words(keys, "cause.", Death.Kind.values());
		words(keys, "level.", CapacityLevel.values());
		words(keys, "plan.", ExpiryPlan.State.values());
		words(keys, "item.", Outcome.values());
		words(keys, "order.", DumpSearch.Order.values());
		words(keys, "delivery.", DeliveryOutcome.values());
		words(keys, "origin.", EffectiveSettings.Origin.values());
		for (String column : List.of("expiry.", "rule.")) {
			words(keys, column, new Object[] { "OUTSIDE", "MARKER", "UNNOTIFIED", "YOUNG", "NOTICE", "HELD",
					"BEING_WRITTEN", "UNUSABLE_NAME", "UNPROVEN" });
		}
		words(keys, "fate.", new Object[] { "EXPIRED", "VANISHED", "REPLACED" });
		words(keys, "life.", new Object[] { "EXPIRED", "VANISHED", "REPLACED" });
		words(keys, "outcome.",
				new Object[] { "RUNNING", "COMPLETED", "STOPPED", "FAILED", "UNREACHABLE", "ABANDONED" });
		words(keys, "exit.", new Object[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 130, 143 });
		words(keys, "failure.", new Object[] { 400, 403, 404, 409, 500, 503 });
		Arrays.stream(JobName.values()).forEach((job) -> keys.add("job." + job.text()));
		words(keys, "sign-in.", SignInController.REASONS.toArray());
		for (String need : List.of("plan-refused", "pass-failed", "volume-unreadable", "marker-missing",
				"objects-stuck", "gateway-away", "run-failed", "volume-HIGH", "volume-CRITICAL", "message-refused",
				"success-late")) {
			keys.add("need." + need);
			keys.add("need." + need + ".do");
		}
		assertThat(this.english.stringPropertyNames()).containsAll(keys);
	}

	@Test
	void noPageHasAnythingInlineOrUnescaped() throws IOException {
		for (Path template : templates()) {
			assertThat(Files.readString(template)).as("%s", template)
				.doesNotContain("th:utext", "[(", "style=", "hx-on", "hx-vals=\"js", "hx-headers", "__${",
						"javascript:", "<style", "th:inline", "th:onclick")
				.doesNotContainPattern("\\son[a-z]+=")
				.doesNotContainPattern("<script(?! th:src=\"\\$\\{htmx}\" defer></script>)");
		}
	}

	@Test
	void chinesePunctuationIsFullWidth() {
		this.chinese.forEach((key, text) -> assertThat(text.toString()).as("%s", key)
			.doesNotContainPattern("[\\u4e00-\\u9fff][,;!?:]")
			.doesNotContainPattern("[\\u4e00-\\u9fff]\\.($|\\s)"));
	}

	private static void words(List<String> keys, String prefix, Object[] words) {
		Arrays.stream(words).forEach((word) -> keys.add(prefix + word));
	}

	private static List<String> placeholders(Properties texts, Object key) {
		String text = texts.getProperty(key.toString());
		// Fails at an apostrophe that is not doubled before a placeholder.
		String shown = new MessageFormat(text, Locale.ROOT).format(new Object[] { "<0>", "<1>", "<2>", "<3>" });
		return Pattern.compile("<\\d>").matcher(shown).results().map((found) -> found.group()).sorted().toList();
	}

	private static Set<Path> templates() throws IOException {
		try (Stream<Path> files = Files.list(FOLDER.resolve("templates"))) {
			return files.collect(Collectors.toSet());
		}
	}

	private static Set<Path> sources() throws IOException {
		Set<Path> sources = new HashSet<>(templates());
		try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/dumpkeeper/console"))) {
			sources.addAll(files.toList());
		}
		return sources;
	}

	private static Properties load(String language) {
		Properties texts = new Properties();
		try (Reader in = Files.newBufferedReader(FOLDER.resolve("messages_" + language + ".properties"))) {
			texts.load(in);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return texts;
	}

}
