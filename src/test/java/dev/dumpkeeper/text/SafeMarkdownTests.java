package dev.dumpkeeper.text;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link SafeMarkdown}.
 */
class SafeMarkdownTests {

	@ParameterizedTest
	@ValueSource(strings = { "shop-7d9f8c6b5d-x2x4a", "java_pid1.hprof.gz", "com.acme.Cart.add(Cart.java:42)",
			"dump 1 (copy)", "订单服务-0", "заказ", "名😀前", "e\u0301te\u0301", "a|b~c#d!e'f\"g=h+i%20;j:k/l$m^n" })
	void aDecentNameStaysAsItIs(String name) {
		assertThat(code(name)).isEqualTo("`" + name + "`");
	}

	// Not the names themselves: a test report cannot hold them.
	@ParameterizedTest(name = "[{index}]")
	@MethodSource("hostileNames")
	void aNameCannotAct(String name, String shown) {
		assertThat(code(name)).isEqualTo("`" + shown + "`");
	}

	static Stream<Arguments> hostileNames() {
		return Stream.of( //
				arguments("<@all>", "＜＠all＞"), //
				arguments("@all", "＠all"), //
				arguments("</font><font color=\"info\">", "＜/font＞＜font color=\"info\"＞"), //
				arguments("a`b``c", "a｀b｀｀c"), //
				arguments("a\\", "a＼"), //
				arguments("x](https://evil.example)", "x］(https：//evil.example)"), //
				arguments("![x](y)", "!［x］(y)"), //
				arguments("[dl]({{dump:1}})", "［dl］(｛｛dump:1｝｝)"), //
				arguments("HTTP://a ftp://b", "HTTP：//a ftp：//b"), //
				arguments("http:\u200B//a", "http：//a"), //
				arguments("WWW.evil.example", "WWW·evil.example"), //
				arguments("w\u2060ww.evil.example", "www·evil.example"), //
				arguments("&lt;@all&#62;", "＆lt;＠all＆#62;"), //
				arguments("**loud**", "＊＊loud＊＊"), //
				arguments("a\nb\r\n\tc\u2028d\u0085e", "a b c d e"), //
				arguments("\n# big", "# big"), //
				arguments("a\u0000\u0007\u001Bb", "ab"), //
				arguments("a\u202Egnp.exe\u202C\u2066b\u2069", "agnp.exeb"), //
				arguments("a\uFEFF\u00ADb\u200D", "ab"), //
				arguments("a\uD800b\uDC00", "ab"), //
				arguments("a\uE000b\uFFFFc" + Character.toString(0xF0000), "abc"), //
				arguments("a" + Character.toString(0xE0041), "a"), //
				arguments("\u0301a", "a"), //
				arguments("a" + "\u0335".repeat(50) + "b", "a\u0335\u0335\u0335\u0335b"), //
				arguments("\u3164a\u115F\u2800b", "a b"), //
				arguments("  a   b  ", "a b"));
	}

	@ParameterizedTest(name = "[{index}]")
	@ValueSource(strings = { "", " ", "\n", "\u200B\u200E", "\u0301", "\uD83D", "\u3164", "\u2800" })
	void aNameThatShowsNothingHasAWord(String name) {
		assertThat(code(name)).isEqualTo("unknown");
	}

	@Test
	void aLongNameIsCutInTheMiddle() {
		assertThat(SafeMarkdown.plain("abcdefghij", 10)).isEqualTo("abcdefghij");
		assertThat(SafeMarkdown.plain("abcdefghijk", 10)).isEqualTo("abcde…hijk");
		assertThat(SafeMarkdown.plain("abcdefghijk", 2)).isEqualTo("a…");
		assertThat(SafeMarkdown.plain("abcdefghijk", 1)).isEqualTo("…");
	}

	@Test
	void aCutNeverParts() {
		assertThat(SafeMarkdown.plain("😀".repeat(20), 5)).isEqualTo("😀😀…😀😀");
		assertThat(SafeMarkdown.plain("e\u0301".repeat(20), 6)).isEqualTo("e\u0301…e\u0301");
		assertThat(SafeMarkdown.plain("e\u0301".repeat(20), 7)).isEqualTo("e\u0301…e\u0301e\u0301");
		assertThat(SafeMarkdown.plain("🇨🇳".repeat(20), 6)).isEqualTo("🇨🇳…🇨🇳");
		assertThat(SafeMarkdown.plain("\u1100".repeat(50), 10)).isEqualTo("…");
	}

	@Test
	void aKeyOfMaximalLengthIsShort() {
		assertThat(SafeMarkdown.plain("k".repeat(1024), 63)).hasSize(63).contains("k…k");
	}

	private static String code(String name) {
		return SafeMarkdown.code(name, 63, "unknown");
	}

}
