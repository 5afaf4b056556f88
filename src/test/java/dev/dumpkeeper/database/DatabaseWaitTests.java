package dev.dumpkeeper.database;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.run.StoppedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DatabaseWait}.
 */
class DatabaseWaitTests {

	@Test
	void whoIsAskedToEndLetsWhatIsAtWorkComeToItsEnd() {
		CountDownLatch reported = new CountDownLatch(1);
		AtomicBoolean done = new AtomicBoolean();
		DatabaseWait wait = new DatabaseWait(Duration.ofSeconds(60), () -> {
			reported.countDown();
			throw new StoppedException();
		});
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> wait.through(() -> {
			await(reported);
			done.set(true);
		}));
		assertThat(done).isTrue();
	}

	@Test
	void whatDoesNotComeToItsEndIsNotWaitedForLong() {
		CountDownLatch never = new CountDownLatch(1);
		DatabaseWait wait = new DatabaseWait(Duration.ofSeconds(60), () -> {
			throw new StoppedException();
		});
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> wait.through(() -> await(never)));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
