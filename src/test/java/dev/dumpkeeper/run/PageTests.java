package dev.dumpkeeper.run;

import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Page}.
 */
class PageTests {

	@Test
	void aNextPageBeginsBehindTheLastEntryIfThereIsOne() {
		assertThat(Page.cut(List.of("a", "b", "c"), 2, Function.identity()))
			.isEqualTo(new Page<>(List.of("a", "b"), "b"));
		assertThat(Page.cut(List.of("a", "b"), 2, Function.identity())).isEqualTo(new Page<>(List.of("a", "b"), null));
		assertThat(Page.cut(List.<String>of(), 2, Function.identity())).isEqualTo(new Page<>(List.of(), null));
	}

	@Test
	void aWholeListIsCutAnywhere() {
		List<Integer> all = List.of(0, 1, 2, 3, 4);
		assertThat(Page.from(all, 0, 2)).isEqualTo(new Page<>(List.of(0, 1), 2));
		assertThat(Page.from(all, 3, 2)).isEqualTo(new Page<>(List.of(3, 4), null));
		assertThat(Page.from(all, -7, 5)).isEqualTo(new Page<>(all, null));
		assertThat(Page.from(all, Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(new Page<>(List.of(), null));
		assertThat(Page.from(all, 4, Integer.MAX_VALUE)).isEqualTo(new Page<>(List.of(4), null));
	}

}
