package dev.dumpkeeper.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SensitiveValues}.
 */
class SensitiveValuesTests {

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://ann:hunter2@db:3306/dumpkeeper",
			"jdbc:mysql://db/x?password=hunter2&useSSL=true", "jdbc:mysql://db/x?connectTimeout=hunter2",
			"jdbc:mysql://(host=db,password=hunter2)/x", "jdbc:h2:file:./x;PASSWORD=hunter2;CIPHER=AES" })
	void whatSignsInWithinAnAddressIsTakenOutOfTheDriversWords(String address) {
		MockEnvironment environment = new MockEnvironment().withProperty("spring.datasource.url", address);
		assertThat(new SensitiveValues(environment).mask("cannot read 'hunter2' of " + address + " at db"))
			.doesNotContain("hunter2")
			.contains("cannot read '******'", "at db");
	}

	@Test
	void secretsAreTakenOutAndTheRestStays() {
		MockEnvironment environment = new MockEnvironment().withProperty("spring.datasource.password", "hunter2")
			.withProperty("dumpkeeper.gateway.secret-key", "hunter3")
			.withProperty("dumpkeeper.gateways.east.secret-key", "hunter4")
			.withProperty("dumpkeeper.gateways.east.metadata.url", "jdbc:mysql://ann:hunter5@db/jfs")
			.withProperty("spring.datasource.url", "jdbc:h2:./data/x;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
		assertThat(new SensitiveValues(environment).mask("FALSE 0 hunter2 hunter3 hunter4 hunter5 ./data/x"))
			.isEqualTo("FALSE 0 ****** ****** ****** ****** ./data/x");
	}

}
