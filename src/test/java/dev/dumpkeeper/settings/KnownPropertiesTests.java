package dev.dumpkeeper.settings;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import dev.dumpkeeper.run.InvalidRequestException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link KnownProperties}.
 */
class KnownPropertiesTests {

	private final KnownProperties properties = new KnownProperties();

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.gateway.endpoint", "dumpkeeper.gateway.public-endpoint",
			"dumpkeeper.gateway.access-key", "dumpkeeper.gateway.secret-key", "dumpkeeper.gateway.region",
			"dumpkeeper.gateway.layout", "dumpkeeper.gateway.bucket", "dumpkeeper.volumes.include",
			"dumpkeeper.volumes.exclude", "dumpkeeper.marker.directories", "dumpkeeper.marker.name",
			"dumpkeeper.marker.content", "dumpkeeper.retention.directories", "dumpkeeper.retention.max-age",
			"dumpkeeper.retention.notice", "dumpkeeper.retention.keep-newest", "dumpkeeper.retention.keep-newest-for",
			"dumpkeeper.retention.dump-patterns", "dumpkeeper.brake.max-share", "dumpkeeper.brake.min-objects",
			"dumpkeeper.brake.max-objects", "dumpkeeper.brake.max-bytes", "dumpkeeper.brake.max-shrink",
			"dumpkeeper.wecom.webhook-url", "dumpkeeper.wecom.language", "dumpkeeper.wecom.link-validity",
			"dumpkeeper.capacity.threshold", "dumpkeeper.capacity.horizon", "dumpkeeper.capacity.early-margin",
			"dumpkeeper.gateway.trusted-mounts", "dumpkeeper.scan.source", "dumpkeeper.metadata.url",
			"dumpkeeper.metadata.username", "dumpkeeper.metadata.password", "dumpkeeper.capacity.metadata.url",
			"dumpkeeper.capacity.metadata.username", "dumpkeeper.capacity.metadata.password",
			"dumpkeeper.capacity.metrics-url", "dumpkeeper.capacity.limits.jfsdata", "dumpkeeper.schedule.maintenance",
			"dumpkeeper.schedule.daily-report", "dumpkeeper.schedule.zone", "dumpkeeper.schedule.reconcile",
			"dumpkeeper.hook.token", "dumpkeeper.security.users-file", "dumpkeeper.heartbeat.url" })
	void everyNameOfTheContractIsKnown(String name) {
		assertThatNoException().isThrownBy(() -> check(name));
		String variable = name.replace('.', '_').replace("-", "").toUpperCase();
		assertThatNoException().isThrownBy(() -> checkVariable(variable));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.retention.maxAge", "dumpkeeper.retention.max_age",
			"dumpkeeper.retention.maxage", "dumpkeeper.gateways.east.endpoint", "dumpkeeper.gateways.e-1.secretKey",
			"dumpkeeper.gateways.east.presign.access-key", "dumpkeeper.gateways.east.metadata.url",
			"dumpkeeper.gateways.east.endpoint[1]", "dumpkeeper.capacity.limits.[east/shop]",
			"dumpkeeper.volumes.include[0]", "dumpkeeper.volumes.include[12]" })
	void relaxedSpellingsAreKnown(String name) {
		assertThatNoException().isThrownBy(() -> check(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "DUMPKEEPER_RETENTION_MAX_AGE", "DUMPKEEPER_RETENTION_MAXAGE",
			"DUMPKEEPER_VOLUMES_INCLUDE", "DUMPKEEPER_VOLUMES_INCLUDE_0", "DUMPKEEPER_VOLUMES_INCLUDE_0_",
			"DUMPKEEPER_GATEWAYS_EAST_SECRETKEY", "DUMPKEEPER_GATEWAYS_EAST_SECRET_KEY",
			"DUMPKEEPER_GATEWAYS_EAST_METADATA_URL", "DUMPKEEPER_GATEWAY_SECRETKEY", "DUMPKEEPER_GATEWAY_SECRET_KEY",
			"DUMPKEEPER_CAPACITY_LIMITS_JFSDATA" })
	void variablesMayBeSpeltBothWays(String name) {
		assertThatNoException().isThrownBy(() -> checkVariable(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "DUMPKEEPER_SERVICE_HOST", "DUMPKEEPER_SERVICE_PORT", "DUMPKEEPER_SERVICE_PORT_HTTP",
			"DUMPKEEPER_PORT" })
	void whatKubernetesPutsIntoAPodIsPassedOver(String name) {
		assertThatNoException().isThrownBy(() -> checkVariable(name));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "DUMPKEEPER_PORT_8080_TCP", "DUMPKEEPER_PORT_8080_TCP_ADDR", "DUMPKEEPER_PORT_8080_TCP_PROTO" })
	void thePortsThatKubernetesPutsIntoAPodArePassedOver(String name) {
		assertThatNoException().isThrownBy(() -> checkVariable(name));
	}

	@Test
	void aServiceLinkIsNoPropertyElsewhere() {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> check("dumpkeeper.service.host"));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			dumpkeeper.retention.max-ages,   dumpkeeper.retention.max-ages
			dumpkeeper.retention.max.age,    dumpkeeper.retention.max.age
			dumpkeeper.retention,            dumpkeeper.retention
			dumpkeeper.retension.max-age,    dumpkeeper.retension.max-age
			dumpkeeper.volume,               dumpkeeper.volume
			""")
	void anUnknownPropertyIsNamed(String name, String named) {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> check(name))
			.withMessageStartingWith("unknown property " + named + ";");
	}

	@Test
	void anUnknownVariableIsNamed() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> checkVariable("DUMPKEEPER_RETENTION_MAX_AGES"))
			.withMessageStartingWith("unknown property dumpkeeper.retention.max.ages");
	}

	@Test
	void theChoiceInTheGroupIsReported() {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> check("dumpkeeper.retention.age"))
			.withMessageContaining("known below dumpkeeper.retention: ")
			.withMessageContaining("max-age");
	}

	@Test
	void theGroupsAreReportedWhereTheGroupIsUnknown() {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> check("dumpkeeper.retension.max-age"))
			.withMessageContaining("known below dumpkeeper: ")
			.withMessageContaining("brake, ")
			.withMessageContaining("retention");
	}

	@Test
	void otherPropertiesDoNotMatter() {
		assertThatNoException().isThrownBy(() -> check("spring.datasource.url"));
		assertThatNoException().isThrownBy(() -> check("dumpkeepers.retention.age"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.gateways.east.endpiont", "dumpkeeper.gateways.east.metadata.urls",
			"dumpkeeper.gateways.east", "dumpkeeper.gateways.east.volumes.include" })
	void whatAFurtherGatewayDoesNotHaveIsRefusedWithWhatItHas(String name) {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> check(name))
			.withMessageStartingWith("unknown property dumpkeeper.gateways")
			.withMessageContaining("known below dumpkeeper.gateways.NAME: access-key, bucket, endpoint")
			.withMessageContaining("metadata.url");
	}

	@Test
	void aMisspeltNameOfAFurtherGatewayIsShownWithoutTheGateways() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> check("dumpkeeper.gateways.east.endpiont"))
			.withMessageStartingWith("unknown property dumpkeeper.gateways.NAME.endpiont; known");
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> check("dumpkeeper.gateways.east.metadata.urls"))
			.withMessageStartingWith("unknown property dumpkeeper.gateways.NAME.metadata.urls; known");
	}

	@Test
	void theValueIsNotShown() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> check("dumpkeeper.gateway.secretkeys"))
			.withMessageNotContaining("the-value");
	}

	private void check(String name) {
		StandardEnvironment environment = emptyEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("test", new HashMap<>(Map.of(name, "the-value"))));
		ConfigurationPropertySources.attach(environment);
		this.properties.check(environment);
	}

	private void checkVariable(String name) {
		StandardEnvironment environment = emptyEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new HashMap<>(Map.of(name, "the-value"))));
		ConfigurationPropertySources.attach(environment);
		this.properties.check(environment);
	}

	private static StandardEnvironment emptyEnvironment() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
		return environment;
	}

}
