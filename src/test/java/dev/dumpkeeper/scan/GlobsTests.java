package dev.dumpkeeper.scan;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Globs}.
 */
class GlobsTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			*.hprof,    java_pid1.hprof
			*.hprof,    .hprof
			*.hprof,    a.b.hprof
			pvc-?,      pvc-1
			pvc-?,      pvc-😀
			pvc-*,      pvc-
			*,          anything
			a.b,        a.b
			a[b]{2}|\\d, a[b]{2}|\\d
			(a+)$^,     (a+)$^
			\\Qa\\E,    \\Qa\\E
			""")
	void aGlobMatchesTheWholeName(String glob, String name) {
		assertThat(new Globs(List.of(glob)).match(name)).isTrue();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			*.hprof, java_pid1.hprof.gz
			*.hprof, java_pid1_hprof
			*.hprof, java_pid1.HPROF
			pvc-?,   pvc-
			pvc-?,   pvc-10
			pvc,     pvc-1
			pvc,     my-pvc
			a.b,     aXb
			""")
	void aGlobMatchesNothingElse(String glob, String name) {
		assertThat(new Globs(List.of(glob)).match(name)).isFalse();
	}

	@Test
	void anyCharacterIsAlsoALineBreak() {
		assertThat(new Globs(List.of("*.hprof")).match("a\nb.hprof")).isTrue();
		assertThat(new Globs(List.of("a?b")).match("a\nb")).isTrue();
	}

	@Test
	void oneOfManyIsEnough() {
		Globs globs = new Globs(List.of("a", "b*"));
		assertThat(globs.match("a")).isTrue();
		assertThat(globs.match("bcd")).isTrue();
		assertThat(globs.match("ab")).isFalse();
	}

	@Test
	void aSuffixAmongOthersIsEnough() {
		Globs globs = new Globs(List.of("*.hprof", "c?re", "*.hprof.gz"));
		assertThat(globs.match("a.hprof.gz")).isTrue();
		assertThat(globs.match("core")).isTrue();
		assertThat(globs.match("a.hprof")).isTrue();
		assertThat(globs.match("cre")).isFalse();
		assertThat(new Globs(List.of("*.hprof")).match("")).isFalse();
	}

	@Test
	void noGlobMatchesNothing() {
		assertThat(new Globs(List.of()).match("")).isFalse();
		assertThat(new Globs(List.of()).match("a")).isFalse();
	}

	@Test
	void plainNamesHaveNoWildcard() {
		assertThat(new Globs(List.of("b", "a*", "c?", "a.b")).plainNames()).containsExactly("b", "a.b");
	}

}
