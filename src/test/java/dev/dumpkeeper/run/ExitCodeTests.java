package dev.dumpkeeper.run;

import java.util.EnumSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExitCode}.
 */
class ExitCodeTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			OK,             0
			UNEXPECTED,     1
			USAGE,          2
			OBJECTS_FAILED, 3
			BRAKE_REFUSED,  4
			LOCKED,         5
			GATEWAY,        6
			DATABASE,       7
			NOT_DELIVERED,  8
			STOPPED,        143
			""")
	void theNumbersAreTheContracts(ExitCode code, int number) {
		assertThat(code.number()).isEqualTo(number);
	}

	@Test
	void withoutACauseAllIsWell() {
		assertThat(ExitCode.worst(List.of())).isEqualTo(ExitCode.OK);
		assertThat(ExitCode.worst(List.of(ExitCode.OK, ExitCode.OK))).isEqualTo(ExitCode.OK);
	}

	@ParameterizedTest
	@EnumSource
	void oneCauseIsTheWorst(ExitCode code) {
		assertThat(ExitCode.worst(List.of(ExitCode.OK, code))).isEqualTo(code);
	}

	@Test
	void theSmallestNumberWins() {
		assertThat(ExitCode.worst(List.of(ExitCode.NOT_DELIVERED, ExitCode.GATEWAY, ExitCode.OBJECTS_FAILED)))
			.isEqualTo(ExitCode.OBJECTS_FAILED);
		assertThat(ExitCode.worst(EnumSet.complementOf(EnumSet.of(ExitCode.STOPPED)))).isEqualTo(ExitCode.UNEXPECTED);
	}

	@Test
	void aStopWinsOverEverything() {
		assertThat(ExitCode.worst(EnumSet.allOf(ExitCode.class))).isEqualTo(ExitCode.STOPPED);
	}

}
