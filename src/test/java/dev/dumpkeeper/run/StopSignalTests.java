package dev.dumpkeeper.run;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

@Timeout(30)
class StopSignalTests {

	private final StopSignal stop = new StopSignal();

	@Test
	void aStopOfTheWorkUnderWayIsOverWithThatWork() {
		this.stop.raiseForWork();
		assertThat(this.stop.isRaised()).isTrue();
		assertThatExceptionOfType(StoppedException.class).isThrownBy(this.stop::check);
		this.stop.lower();
		assertThatNoException().isThrownBy(this.stop::check);
	}

	@Test
	void theEndOfTheProcessIsNeverTakenBack() {
		this.stop.raise();
		this.stop.lower();
		assertThat(this.stop.isRaised()).isTrue();
		assertThatExceptionOfType(StoppedException.class)
			.isThrownBy(() -> this.stop.pauseUnlessEnding(Duration.ofDays(1)));
	}

	@Test
	void aPauseEndsWithTheSignal() throws InterruptedException {
		Thread waiting = new Thread(() -> this.stop.pause(Duration.ofDays(1)));
		waiting.setUncaughtExceptionHandler((thread, ex) -> assertThat(ex).isInstanceOf(StoppedException.class));
		waiting.start();
		this.stop.raiseForWork();
		waiting.join();
	}

	@Test
	void aPauseForAnotherRunIsNotOverBecauseThatIsStopped() {
		this.stop.raiseForWork();
		assertThatNoException().isThrownBy(() -> this.stop.pauseUnlessEnding(Duration.ofMillis(5)));
	}

	@Test
	void partitionsStopWithoutTheRunTheyAreOf() {
		this.stop.raiseForPartitions();
		assertThat(this.stop.isRaised()).isTrue();
		assertThat(this.stop.isRaisedForRun()).isFalse();
		this.stop.endPartitions();
		assertThat(this.stop.isRaised()).isFalse();
	}

	@Test
	void theEndOfPartitionsDoesNotLetAStoppedRunGoOn() {
		this.stop.raiseForWork();
		this.stop.raiseForPartitions();
		this.stop.endPartitions();
		assertThat(this.stop.isRaised()).isTrue();
		assertThat(this.stop.isRaisedForRun()).isTrue();
	}

	@Test
	void theSignalIsRaisedOnceThePartitionsAreNoLongerHeld() {
		this.stop.holdPartitionsUntil(System.nanoTime() + Duration.ofHours(1).toNanos());
		assertThat(this.stop.isRaised()).isFalse();
		this.stop.holdPartitionsUntil(System.nanoTime() - 1);
		assertThat(this.stop.isRaised()).isTrue();
		assertThatExceptionOfType(StoppedException.class).isThrownBy(this.stop::check);
		this.stop.endPartitions();
		assertThat(this.stop.isRaised()).isFalse();
	}

}
