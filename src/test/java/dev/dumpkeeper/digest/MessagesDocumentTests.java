package dev.dumpkeeper.digest;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.notify.Language;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps {@code docs/messages.md} in step with the messages.
 */
public class MessagesDocumentTests {

	/** Where people read what is sent. */
	public static final Path DOCUMENT = Path.of("docs/messages.md");

	@Test
	void theDocumentShowsWhatIsSent() {
		String document = Golden.read(DOCUMENT);
		String updated = document;
		for (Language language : Language.values()) {
			updated = replace(updated, "report", language, DailyReportTextTests.ordinaryText(language));
		}
		updated = replace(updated, "digest", Language.ZH, DigestLayoutTests.ordinaryText(Language.ZH));
		updated = replace(updated, "quiet", Language.ZH, DailyReportTextTests.quietText(Language.ZH));
		Golden.check(DOCUMENT, document, updated);
	}

	/**
	 * Shows a message in the document.
	 * @param document the document
	 * @param name the message's name in it
	 * @param language the message's language
	 * @param text the message
	 * @return the document with that message
	 */
	public static String replace(String document, String name, Language language, String text) {
		String marker = "<!-- " + name + "-" + language.name().toLowerCase(Locale.ROOT) + " -->\n";
		int from = document.indexOf(marker);
		assertThat(from).as("place of " + marker).isNotNegative();
		int to = document.indexOf("<!-- end -->", from);
		return document.substring(0, from + marker.length()) + asSeen(text) + document.substring(to);
	}

	/**
	 * As a reader of the document sees it: line breaks kept, links filled, one level
	 * deeper.
	 */
	private static String asSeen(String text) {
		return text.replaceAll("\\{\\{dump:([0-9]+)}}", "https://dumpkeeper.example/d/$1")
			.lines()
			.map((line) -> line.startsWith("#") ? "> #" + line + "\n>" : ("> " + line).stripTrailing())
			.map((line) -> line.equals(">") || line.startsWith("> #") ? line : line + "<br>")
			.collect(Collectors.joining("\n", "", "\n\n"));
	}

}
