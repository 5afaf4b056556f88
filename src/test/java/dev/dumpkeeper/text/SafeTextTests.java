package dev.dumpkeeper.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SafeText}.
 */
class SafeTextTests {

	@ParameterizedTest
	@ValueSource(ints = { 0, '\n', '\r', '\t', 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x200B, 0x200E, 0x2028, 0x2029, 0x202E,
			0x2066, 0xFEFF, 0xD800, 0xDFFF, 0xE0041 })
	void whatIsUnsafeIsShownByItsNumber(int codePoint) {
		String text = "a" + Character.toString(codePoint) + "b";
		String line = SafeText.oneLine(text);
		assertThat(line).matches("a(\\\\u[0-9a-f]{4}){1,2}b");
		assertThat(SafeText.oneLine(line)).as("a second time changes nothing").isEqualTo(line);
		assertThat(SafeText.lines(text)).isEqualTo((codePoint == '\n') ? text : line);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "dumpfiles/a b.hprof", "堆转储", "😀", "é", "\\u000a" })
	void whatIsSafeStays(String text) {
		assertThat(SafeText.oneLine(text)).isSameAs(text);
	}

	@Test
	void jsonMeansTheSame() {
		String value = "a\n\u009B\u202E\uDB40\uDC41 \"quoted\" 堆";
		String json = SafeText.oneLine(JsonMapper.shared().writeValueAsString(value));
		assertThat(json.codePoints().anyMatch(SafeText::isUnsafe)).isFalse();
		assertThat(JsonMapper.shared().readValue(json, String.class)).isEqualTo(value);
	}

	@ParameterizedTest
	@CsvSource({ "abc, 3, abc", "abcd, 3, abc...", "a😀b, 2, a..." })
	void aBeginningHasNoHalfOfACharacter(String text, int length, String abridged) {
		assertThat(SafeText.abridged(text, length)).isEqualTo(abridged);
	}

}
