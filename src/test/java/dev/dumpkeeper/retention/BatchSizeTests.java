package dev.dumpkeeper.retention;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BatchSizeTests {

	private final BatchSize size = new BatchSize();

	@Test
	void quickAnswersMakeBatchesLargerUpToTheLimitOfS3() {
		for (int i = 0; i < 100; i++) {
			this.size.recordLatency(this.size.next(), Duration.ofMillis(100));
		}
		assertThat(this.size.next()).isEqualTo(BatchSize.LARGEST);
	}

	@Test
	void slowAnswersMakeBatchesSmallerButNeverTiny() {
		int before = this.size.next();
		this.size.recordLatency(before, Duration.ofSeconds(5));
		assertThat(this.size.next()).isEqualTo(before / 2);
		for (int i = 0; i < 100; i++) {
			this.size.recordLatency(this.size.next(), Duration.ofSeconds(5));
		}
		assertThat(this.size.next()).isEqualTo(BatchSize.SMALLEST);
	}

	@Test
	void betweenQuickAndSlowNothingChanges() {
		int before = this.size.next();
		this.size.recordLatency(before, Duration.ofMillis(400));
		this.size.recordLatency(before, Duration.ofMillis(1500));
		assertThat(this.size.next()).isEqualTo(before);
		this.size.recordLatency(before, Duration.ofMillis(399));
		assertThat(this.size.next()).isEqualTo(before + before / 4 + 1);
	}

	@Test
	void theFirstMillisecondTooManyHalvesWhatWasSent() {
		this.size.recordLatency(100, Duration.ofMillis(1501));
		assertThat(this.size.next()).isEqualTo(50);
	}

	@Test
	void aQuickAnswerToALastSmallBatchTeachesNothing() {
		int before = this.size.next();
		this.size.recordLatency(3, Duration.ofMillis(5));
		assertThat(this.size.next()).isEqualTo(before);
	}

}
