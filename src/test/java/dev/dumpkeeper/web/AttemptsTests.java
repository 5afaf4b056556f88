package dev.dumpkeeper.web;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptsTests {

	@Test
	void anAddressHasItsShareAndNoMore() {
		Attempts attempts = new Attempts(3, 100);
		for (int i = 0; i < 3; i++) {
			assertThat(attempts.take("a")).isTrue();
		}
		assertThat(attempts.take("a")).isFalse();
		assertThat(attempts.take("b")).isTrue();
	}

	@Test
	void manyAddressesTogetherHaveALimitToo() {
		Attempts attempts = new Attempts(3, 5);
		for (int i = 0; i < 5; i++) {
			assertThat(attempts.take("address " + i)).isTrue();
		}
		assertThat(attempts.take("another")).isFalse();
	}

	@Test
	void whatIsGivenBackDoesNotCount() {
		Attempts attempts = new Attempts(3, 100);
		for (int i = 0; i < 50; i++) {
			assertThat(attempts.take("a")).isTrue();
			attempts.giveBack("a");
		}
		for (int i = 0; i < 3; i++) {
			assertThat(attempts.take("a")).isTrue();
		}
		assertThat(attempts.take("a")).isFalse();
	}

}
