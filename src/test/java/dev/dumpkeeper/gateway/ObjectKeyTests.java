package dev.dumpkeeper.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ObjectKey}.
 */
class ObjectKeyTests {

	@ParameterizedTest
	@ValueSource(strings = { "a", "dumpfiles/a.hprof", "dumpfiles/", ".keep", "...", "a/.b", "a/..b", "a/b..", ".../x",
			"a b+c%d'\"&?#", "%2e%2e/a", "line\nbreak", "\u00fc", "\uD83D\uDE00", "\uFFFC", "a\\..\\b" })
	void aNameThatIsSafeToSendIsAKey(String name) {
		assertThat(ObjectKey.parse(name)).hasValueSatisfying((key) -> assertThat(key.value()).isEqualTo(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "..", "./a", "../a", "a/.", "a/..", "a/./b", "a/../b", "../other/dumpfiles/a.hprof",
			"a/../", "./" })
	void aDotSegmentIsNeverPartOfAKey(String name) {
		assertThat(ObjectKey.parse(name)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/a", "a//b", "a//", "//", "a/b//" })
	void anEmptySegmentIsNeverPartOfAKey(String name) {
		assertThat(ObjectKey.parse(name)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\uFFFDb", "\uD83D", "a\uDE00", "\uDE00\uD83D", "\uD83Da" })
	void aNameThatIsNotUtf8IsNotAKey(String name) {
		assertThat(ObjectKey.parse(name)).isEmpty();
	}

	@Test
	void aNulIsNeverPartOfAKey() {
		assertThat(ObjectKey.parse("a\0b")).isEmpty();
	}

	@Test
	void aKeyHasAtMost1024BytesOfUtf8() {
		assertThat(ObjectKey.parse("a".repeat(1024))).isPresent();
		assertThat(ObjectKey.parse("a".repeat(1025))).isEmpty();
		assertThat(ObjectKey.parse("\u00fc".repeat(512))).isPresent();
		assertThat(ObjectKey.parse("\u00fc".repeat(513))).isEmpty();
	}

	@Test
	void theConstructorRefusesWhatParseRefuses() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ObjectKey("a/../b"))
			.withMessageContaining("'.' or '..' segment");
	}

	@Test
	void theDirectoryEndsWithItsSlash() {
		assertThat(new ObjectKey("a/b/c").directory()).isEqualTo("a/b/");
		assertThat(new ObjectKey("c").directory()).isEmpty();
	}

	@Test
	void aDirectoryLiesInItsParent() {
		assertThat(new ObjectKey("a/b/").directory()).isEqualTo("a/");
		assertThat(new ObjectKey("a/").directory()).isEmpty();
		assertThat(new ObjectKey("a/b/").name()).isEqualTo("b/");
	}

	@Test
	void theNameIsTheLastSegment() {
		assertThat(new ObjectKey("a/b/c.hprof").name()).isEqualTo("c.hprof");
		assertThat(new ObjectKey("c.hprof").name()).isEqualTo("c.hprof");
	}

	@Test
	void theOrderIsThatOfTheBytesAndNotOfUtf16Units() {
		String halfwidth = "\uFF5E";
		String emoji = "\uD83D\uDE00";
		assertThat(halfwidth).isGreaterThan(emoji);
		assertThat(ObjectKey.compare(halfwidth, emoji)).isNegative();
		assertThat(new ObjectKey(emoji)).isGreaterThan(new ObjectKey(halfwidth));
	}

	@Test
	void theOrderAgreesWithTheBytesForAnyTwoNames() {
		Random random = new Random(4711);
		int[] alphabet = { 'a', '/', ' ', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFC, 0x10000, 0x1F600,
				0x10FFFF };
		List<String> names = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			StringBuilder name = new StringBuilder();
			random.ints(random.nextInt(4), 0, alphabet.length).forEach((c) -> name.appendCodePoint(alphabet[c]));
			names.add(name.toString());
		}
		for (String a : names) {
			for (String b : names) {
				int bytes = Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8),
						b.getBytes(StandardCharsets.UTF_8));
				assertThat(Integer.signum(ObjectKey.compare(a, b))).isEqualTo(Integer.signum(bytes));
			}
		}
	}

	@Test
	void keysSortAsAListingDoes() {
		List<ObjectKey> keys = new ArrayList<>(List.of(new ObjectKey("a/b"), new ObjectKey("a-b"), new ObjectKey("a"),
				new ObjectKey("a.b"), new ObjectKey("B")));
		Collections.sort(keys);
		assertThat(keys).extracting(ObjectKey::value).containsExactly("B", "a", "a-b", "a.b", "a/b");
	}

	@Test
	void theBytesAreUtf8() {
		assertThat(new ObjectKey("\uD83D\uDE00").bytes()).containsExactly(0xF0, 0x9F, 0x98, 0x80);
	}

}
