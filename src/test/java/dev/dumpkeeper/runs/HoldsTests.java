package dev.dumpkeeper.runs;

import java.time.Clock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.InvalidRequestException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Holds}.
 */
class HoldsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			24   | for is '24', without a unit: probably 24d is meant
			1M   | for is '1M', which could be minutes or months
			2w   | for is '2w': probably 14d is meant
			soon | for is 'soon' and is invalid; expected a duration such as
			0s   | for must be a time ahead, at most ten years
			9999d | for must be a time ahead, at most ten years
			""")
	void aTimeIsReadAsInTheConfiguration(String time, String message) {
		// The time is read before anybody is asked for the dump.
		Holds holds = new Holds(null, Clock.systemUTC());
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> holds.hold("volume", new ObjectKey("dumpfiles/x.hprof"), time, "why", "ann"))
			.withMessageStartingWith(message);
	}

	@Test
	void aReasonIsShort() {
		Holds holds = new Holds(null, Clock.systemUTC());
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(
					() -> holds.hold("volume", new ObjectKey("dumpfiles/x.hprof"), "7d", "because ".repeat(30), "ann"))
			.withMessage("why may have at most 200 characters");
	}

}
