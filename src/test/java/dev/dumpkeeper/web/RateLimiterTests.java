package dev.dumpkeeper.web;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimiterTests {

	@Test
	void anAddressHasItsShareAndNoMore() {
		RateLimiter limiter = new RateLimiter(3, 100);
		for (int i = 0; i < 3; i++) {
			assertThat(limiter.take("a")).isTrue();
		}
		assertThat(limiter.take("a")).isFalse();
		assertThat(limiter.take("b")).isTrue();
	}

	@Test
	void manyAddressesTogetherHaveALimitToo() {
		RateLimiter limiter = new RateLimiter(3, 5);
		for (int i = 0; i < 5; i++) {
			assertThat(limiter.take("address " + i)).isTrue();
		}
		assertThat(limiter.take("another")).isFalse();
	}

	@Test
	void whatIsGivenBackDoesNotCount() {
		RateLimiter limiter = new RateLimiter(3, 100);
		for (int i = 0; i < 50; i++) {
			assertThat(limiter.take("a")).isTrue();
			limiter.giveBack("a");
		}
		for (int i = 0; i < 3; i++) {
			assertThat(limiter.take("a")).isTrue();
		}
		assertThat(limiter.take("a")).isFalse();
	}

}
