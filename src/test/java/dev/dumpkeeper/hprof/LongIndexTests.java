package dev.dumpkeeper.hprof;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LongIndex}.
 */
class LongIndexTests {

	@Test
	void identifiersAreNumberedAsTheyCome() {
		LongIndex index = new LongIndex(2, 100_000);
		for (int i = 0; i < 50_000; i++) {
			assertThat(index.add(i * 24L)).isEqualTo(i);
		}
		for (int i = 0; i < 50_000; i++) {
			assertThat(index.find(i * 24L)).isEqualTo(i);
			assertThat(index.add(i * 24L)).isEqualTo(i);
			assertThat(index.find(i * 24L + 8)).isEqualTo(LongIndex.NONE);
		}
		assertThat(index.size()).isEqualTo(50_000);
	}

	@Test
	void noIdentifierBeyondTheBoundGetsANumber() {
		LongIndex index = new LongIndex(2, 3);
		assertThat(index.add(0)).isZero();
		assertThat(index.add(-1)).isEqualTo(1);
		assertThat(index.add(Long.MIN_VALUE)).isEqualTo(2);
		assertThat(index.add(7)).isEqualTo(LongIndex.NONE);
		assertThat(index.add(-1)).isEqualTo(1);
		index.clear();
		assertThat(index.find(0)).isEqualTo(LongIndex.NONE);
		assertThat(index.add(7)).isZero();
	}

}
