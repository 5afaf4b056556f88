package dev.dumpkeeper.web;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BoundedPasswordEncoder}.
 */
class BoundedPasswordEncoderTests {

	@Test
	void fewPasswordsAreCheckedAtATimeAndAllInTheEnd() throws Exception {
		Slow slow = new Slow();
		BoundedPasswordEncoder encoder = new BoundedPasswordEncoder(slow);
		ExecutorService many = Executors.newFixedThreadPool(10);
		try {
			List<Future<Boolean>> checks = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				checks.add(many.submit(() -> encoder.matches("right", "right")));
			}
			assertThat(slow.full.await(10, TimeUnit.SECONDS)).isTrue();
			slow.go.countDown();
			for (Future<Boolean> check : checks) {
				assertThat(check.get(10, TimeUnit.SECONDS)).isTrue();
			}
			assertThat(slow.most.get()).isEqualTo(BoundedPasswordEncoder.AT_ONCE);
		}
		finally {
			many.shutdownNow();
		}
	}

	@Test
	void itSaysWhatTheOtherSays() {
		Slow slow = new Slow();
		slow.go.countDown();
		assertThat(new BoundedPasswordEncoder(slow).matches("wrong", "right")).isFalse();
	}

	private static final class Slow implements PasswordEncoder {

		final CountDownLatch full = new CountDownLatch(BoundedPasswordEncoder.AT_ONCE);

		final CountDownLatch go = new CountDownLatch(1);

		final AtomicInteger most = new AtomicInteger();

		private final AtomicInteger now = new AtomicInteger();

		@Override
		public @Nullable String encode(@Nullable CharSequence password) {
			return String.valueOf(password);
		}

		@Override
		public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
			this.most.accumulateAndGet(this.now.incrementAndGet(), Math::max);
			this.full.countDown();
			try {
				this.go.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.now.decrementAndGet();
			return String.valueOf(password).equals(encoded);
		}

	}

}
