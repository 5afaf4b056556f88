package dev.dumpkeeper.retention;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class QuarantineTests {

	@ParameterizedTest
	@CsvSource({ "1, PT1H", "2, PT4H", "3, PT16H", "4, PT64H", "5, PT168H", "6, PT168H", "1000000, PT168H" })
	void theDelayGrowsWithEachFailureUpToAWeek(int attempts, Duration delay) {
		assertThat(Quarantine.delay(attempts)).isEqualTo(delay);
	}

}
