package dev.dumpkeeper.database;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DatabaseConfiguration}.
 */
class DatabaseConfigurationTests {

	@ParameterizedTest
	@CsvSource({ "jdbc:h2:./x, jdbc:h2:./x;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE",
			"jdbc:h2:./x;, jdbc:h2:./x;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE",
			"jdbc:h2:./x;trace_level_system_out=3;MODE=MySQL;TRACE_LEVEL_FILE=3, jdbc:h2:./x;MODE=MySQL;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE",
			"jdbc:h2:./x;DB_CLOSE_ON_EXIT=TRUE, jdbc:h2:./x;DB_CLOSE_ON_EXIT=TRUE;TRACE_LEVEL_FILE=0" })
	void theTraceOfH2IsOffWhateverTheAddressAsksFor(String url, String quiet) {
		assertThat(DatabaseConfiguration.quiet(url)).isEqualTo(quiet);
	}

}
