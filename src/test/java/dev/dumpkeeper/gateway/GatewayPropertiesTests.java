package dev.dumpkeeper.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GatewayProperties}.
 */
class GatewayPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withUserConfiguration(Properties.class);

	@Test
	void theDefaultsAreTheContracts() {
		this.runner
			.withPropertyValues("dumpkeeper.gateway.endpoint=http://gateway:9000", "dumpkeeper.gateway.access-key=key",
					"dumpkeeper.gateway.secret-key=secret")
			.run((context) -> assertThat(context.getBean(GatewayProperties.class)).isEqualTo(new GatewayProperties(
					List.of(URI.create("http://gateway:9000")), null, "key", new Secret("secret"), "us-east-1",
					GatewayProperties.Layout.BUCKETS, null, Duration.ofSeconds(90), 3, null, null, false)));
	}

	@Test
	void everyPropertyHasItsPlace() {
		this.runner
			.withPropertyValues("dumpkeeper.gateway.endpoint=https://gateway:9000",
					"dumpkeeper.gateway.public-endpoint=https://dumps.example.com", "dumpkeeper.gateway.access-key=key",
					"dumpkeeper.gateway.secret-key=secret", "dumpkeeper.gateway.region=cn-north-1",
					"dumpkeeper.gateway.layout=directories", "dumpkeeper.gateway.bucket=lab",
					"dumpkeeper.gateway.timeout=5s", "dumpkeeper.gateway.retries=1", "dumpkeeper.gateway.trash-days=7",
					"dumpkeeper.gateway.presign.access-key=link", "dumpkeeper.gateway.presign.secret-key=other",
					"dumpkeeper.gateway.trusted-mounts=true")
			.run((context) -> assertThat(context.getBean(GatewayProperties.class)).isEqualTo(new GatewayProperties(
					List.of(URI.create("https://gateway:9000")), URI.create("https://dumps.example.com"), "key",
					new Secret("secret"), "cn-north-1", GatewayProperties.Layout.DIRECTORIES, "lab",
					Duration.ofSeconds(5), 1, 7, new GatewayProperties.Presign("link", new Secret("other")), true)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "endpoint=", "endpoint=gateway:9000", "endpoint=ftp://gateway", "endpoint=http://",
			"endpoint=http://gateway:90000", "endpoint=http://gateway:9000/path", "endpoint=http://gateway:9000?query",
			"endpoint=http://gateway:9000#part", "endpoint=http://user:password@gateway:9000",
			"public-endpoint=dumps.example.com", "public-endpoint=https://dumps.example.com/s3",
			"public-endpoint=https://user@dumps.example.com", "access-key=k\u00e9y", "access-key=two words",
			"access-key=two\nlines", "access-key=a/b", "region=us east", "bucket=a/b", "bucket=x", "access-key=",
			"secret-key=", "secret-key= ", "presign.access-key=link", "presign.secret-key=other", "layout=rows",
			"layout=directories", "timeout=long", "retries=some" })
	void whatCannotWorkIsRefused(String property) {
		this.runner
			.withPropertyValues("dumpkeeper.gateway.endpoint=http://gateway:9000", "dumpkeeper.gateway.access-key=key",
					"dumpkeeper.gateway.secret-key=secret", "dumpkeeper.gateway." + property)
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void anEndpointMayEndWithASlash() {
		this.runner
			.withPropertyValues("dumpkeeper.gateway.endpoint=http://gateway:9000/", "dumpkeeper.gateway.access-key=key",
					"dumpkeeper.gateway.secret-key=secret")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "retries=-1", "timeout=-1s", "trash-days=-1" })
	void negativeNumbersAreRefused(String property) {
		this.runner
			.withPropertyValues("dumpkeeper.gateway.endpoint=http://gateway:9000", "dumpkeeper.gateway.access-key=key",
					"dumpkeeper.gateway.secret-key=secret", "dumpkeeper.gateway." + property)
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void endpointAndKeysAreRequired() {
		this.runner.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("endpoint")
			.hasMessageContaining("accessKey")
			.hasMessageContaining("secretKey"));
	}

	@Test
	void theSecretIsNeverPrinted() {
		Secret secret = new Secret("hunter2");
		GatewayProperties properties = new GatewayProperties(List.of(URI.create("http://gateway:9000")), null, "key",
				secret, "us-east-1", GatewayProperties.Layout.BUCKETS, null, Duration.ofSeconds(90), 3, null, null,
				false);
		assertThat(properties.toString()).doesNotContain("hunter2");
		assertThat(secret.value()).isEqualTo("hunter2");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(GatewayProperties.class)
	static class Properties {

	}

}
