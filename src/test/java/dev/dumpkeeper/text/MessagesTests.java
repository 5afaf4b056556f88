package dev.dumpkeeper.text;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.NoSuchMessageException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Messages}.
 */
class MessagesTests {

	private final Messages english = new Messages(MessagesTests.class, Locale.ENGLISH);

	@Test
	void anApostropheIsWrittenTwiceWithAndWithoutArguments() {
		assertThat(this.english.text("plain", "here")).isEqualTo("it's here");
		assertThat(this.english.text("bare")).isEqualTo("it's");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{0}", "{1}", "{", "}", "'{0}'", "''", "{0,number}", "{0,choice,0#{0}}", "$1\\" })
	void whatAStrangerChoseIsNoPattern(String name) {
		assertThat(this.english.text("plain", name)).isEqualTo("it's " + name);
		assertThat(this.english.count("files", 2, name)).isEqualTo("2 files in " + name);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0       | 0 files in dev
			1       | 1 file in dev
			2       | 2 files in dev
			1234567 | 1,234,567 files in dev
			-1      | -1 files in dev
			""")
	void aNumberHasItsPlural(long number, String text) {
		assertThat(this.english.count("files", number, "dev")).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "en", "zh-CN", "ar-EG", "fa-IR", "tr-TR", "de-DE" })
	void theLocaleOfTheMachineDecidesNothing(String machine) {
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag(machine));
		try {
			assertThat(new Messages(MessagesTests.class, Locale.ENGLISH).count("files", 12_345, "i"))
				.isEqualTo("12,345 files in i");
			Messages chinese = new Messages(MessagesTests.class, Locale.CHINESE);
			assertThatExceptionOfType(NoSuchMessageException.class).isThrownBy(() -> chinese.text("bare"));
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void aKeyThatIsNotThereIsAnError() {
		assertThatExceptionOfType(NoSuchMessageException.class).isThrownBy(() -> this.english.text("missing"))
			.withMessageContaining("missing");
	}

}
