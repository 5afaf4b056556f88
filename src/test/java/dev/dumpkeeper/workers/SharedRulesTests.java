package dev.dumpkeeper.workers;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SharedRules}.
 */
class SharedRulesTests {

	@Test
	void anotherRetentionIsAnotherRule() {
		assertThat(rules(Map.of("dumpkeeper.retention.max-age", "2d")))
			.isNotEqualTo(rules(Map.of("dumpkeeper.retention.max-age", "3d")))
			.isEqualTo(rules(Map.of("dumpkeeper.retention.max-age", "2d")));
	}

	@Test
	void anElementOfAListIsARule() {
		assertThat(rules(Map.of("dumpkeeper.retention.directories[0]", "a")))
			.isNotEqualTo(rules(Map.of("dumpkeeper.retention.directories[0]", "b")));
	}

	@Test
	void thePlaceAndThePaceOfAProcessAreNone() {
		assertThat(rules(Map.of("dumpkeeper.gateway.endpoint", "http://a", "dumpkeeper.scan.parallel-volumes", "2",
				"dumpkeeper.contents.scratch", "/a", "dumpkeeper.contents.scratch-limit", "1GB")))
			.isEqualTo(rules(Map.of("dumpkeeper.gateway.endpoint", "http://b", "dumpkeeper.scan.parallel-volumes", "4",
					"dumpkeeper.contents.scratch", "/b")));
	}

	@Test
	void whetherHoldersAreSearchedForIsOne() {
		assertThat(rules(Map.of("dumpkeeper.contents.scratch", "/a"))).isNotEqualTo(rules(Map.of()));
	}

	@Test
	void aVariableAndAPropertySayTheSame() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
					Map.of("DUMPKEEPER_RETENTION_MAXAGE", "2d")));
		assertThat(SharedRules.of(environment)).isEqualTo(rules(Map.of("dumpkeeper.retention.max-age", "2d")));
	}

	/** A process without the gateway could not find its volumes. */
	@Test
	void whichGatewaysThereAreIsARuleAndWhereTheyAreIsNone() {
		String one = rules(Map.of("dumpkeeper.gateways.east.endpoint", "http://east:9000"));
		assertThat(one).isNotEqualTo(rules(Map.of()))
			.isNotEqualTo(rules(Map.of("dumpkeeper.gateways.west.endpoint", "http://east:9000")))
			.isEqualTo(rules(Map.of("dumpkeeper.gateways.east.endpoint", "http://10.0.0.1:9000",
					"dumpkeeper.gateways.east.secret-key", "other")));
	}

	private static String rules(Map<String, Object> properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		return SharedRules.of(environment);
	}

}
