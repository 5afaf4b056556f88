package dev.dumpkeeper.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import dev.dumpkeeper.run.InvalidRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link ExampleSecrets}: what stands in an example of this repository protects
 * nothing where others can reach it.
 */
class ExampleSecretsTests {

	@TempDir
	Path directory;

	@ParameterizedTest
	@CsvSource({ "dumpkeeper.hook.token, CHANGE-ME", "dumpkeeper.hook.token, laptop",
			"dumpkeeper.gateway.access-key, CHANGE-ME", "dumpkeeper.gateway.secret-key, gateway-laptop",
			"dumpkeeper.gateway.secret-key, seaweedfs-laptop", "dumpkeeper.gateway.secret-key, CHANGE-ME-8-CHARS",
			"dumpkeeper.gateway.secret-key, minioadmin", "dumpkeeper.gateways.east.secret-key, gateway-laptop",
			"dumpkeeper.gateways.east.metadata.password, laptop", "dumpkeeper.metadata.password, laptop",
			"dumpkeeper.capacity.metadata.password, change_me",
			"dumpkeeper.wecom.webhook-url, https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=CHANGE-ME",
			"dumpkeeper.wecom.webhook-url, http://robot:8090/send?key=laptop",
			"dumpkeeper.heartbeat.url, https://hc.example.com/ping/CHANGE-ME", "spring.datasource.password, laptop" })
	void anExampleIsRefusedByItsPropertyWhereOthersReachIt(String name, String value) {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> check(elsewhere().withProperty(name, value)))
			.withMessageStartingWith(name + " is a secret out of the examples")
			.withMessageNotContaining(value);
		assertThatNoException().isThrownBy(() -> check(here().withProperty(name, value)));
	}

	/** The secrets that the Kubernetes examples and the compose file really have. */
	@Test
	void whatTheRepositoryShowsIsRefused() throws IOException {
		for (String line : Files.readAllLines(Path.of("k8s/base/secret.env.example"))) {
			if (line.contains("CHANGE-ME")) {
				String[] parts = line.split("=", 2);
				assertThatExceptionOfType(InvalidRequestException.class).as(line)
					.isThrownBy(() -> check(elsewhere().withProperty(parts[0], parts[1])));
			}
		}
		String compose = Files.readString(Path.of("compose.yaml"));
		for (String name : List.of("DUMPKEEPER_GATEWAY_SECRETKEY", "DUMPKEEPER_METADATA_PASSWORD",
				"DUMPKEEPER_WECOM_WEBHOOKURL", "SPRING_DATASOURCE_PASSWORD")) {
			String value = compose.replaceFirst("(?s).*" + name + ": (\\S+).*", "$1");
			String property = switch (name) {
				case "DUMPKEEPER_GATEWAY_SECRETKEY" -> "dumpkeeper.gateway.secret-key";
				case "DUMPKEEPER_METADATA_PASSWORD" -> "dumpkeeper.metadata.password";
				case "DUMPKEEPER_WECOM_WEBHOOKURL" -> "dumpkeeper.wecom.webhook-url";
				default -> "spring.datasource.password";
			};
			assertThatExceptionOfType(InvalidRequestException.class).as(name)
				.isThrownBy(() -> check(elsewhere().withProperty(property, value)));
		}
	}

	@Test
	void theUsersOfTheComposeFileAreRefused() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> check(elsewhere().withProperty("dumpkeeper.security.users-file", "compose/users")))
			.withMessageStartingWith("dumpkeeper.security.users-file has in line 1 the hash of a secret");
		assertThatNoException()
			.isThrownBy(() -> check(here().withProperty("dumpkeeper.security.users-file", "compose/users")));
	}

	@Test
	void hashesOfExamplesAreRefusedAndOthersAreNot() throws IOException {
		String bcrypt = "{bcrypt}" + new BCryptPasswordEncoder(4).encode("CHANGE-ME");
		String argon2 = "{argon2}" + Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8().encode("laptop");
		String own = "{bcrypt}" + new BCryptPasswordEncoder(4).encode("a password of one's own");
		for (String hash : List.of(bcrypt, argon2)) {
			Path users = users("# users\n\nann operator " + own + "\notto operator " + hash + "\n");
			assertThatExceptionOfType(InvalidRequestException.class)
				.isThrownBy(() -> check(elsewhere().withProperty("dumpkeeper.security.users-file", users.toString())))
				.withMessageContaining("line 4");
		}
		Path users = users("ann operator " + own + "\n");
		assertThatNoException()
			.isThrownBy(() -> check(elsewhere().withProperty("dumpkeeper.security.users-file", users.toString())));
	}

	@Test
	void aPublicAddressElsewhereMakesAnExampleOne() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> check(here().withProperty("dumpkeeper.hook.token", "CHANGE-ME")
				.withProperty("dumpkeeper.public-url", "https://dumpkeeper.example.com")));
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> check(here().withProperty("dumpkeeper.hook.token", "CHANGE-ME")
				.withProperty("dumpkeeper.gateway.public-endpoint", "https://dumps.example.com")));
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> check(here().withProperty("dumpkeeper.hook.token", "CHANGE-ME")
				.withProperty("dumpkeeper.gateways.east.endpoint", "http://east:9000")));
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> check(new MockEnvironment().withProperty("dumpkeeper.hook.token", "CHANGE-ME")
				.withProperty("dumpkeeper.gateway.endpoint", "http://127.0.0.1:9000,http://gateway:9000")));
	}

	/** As in the compose file: inside it is called by its name. */
	@Test
	void whatIsPublishedOnThisMachineAloneMayHaveExamples() {
		assertThatNoException().isThrownBy(() -> check(elsewhere().withProperty("dumpkeeper.hook.token", "laptop")
			.withProperty("dumpkeeper.gateway.public-endpoint", "http://127.0.0.1:9090")));
		assertThat(compose()).contains("DUMPKEEPER_GATEWAY_PUBLICENDPOINT: http://127.0.0.1:9090");
		assertThat(compose().lines().filter((line) -> line.strip().startsWith("ports:"))).allSatisfy(
				(line) -> assertThat(line.replaceAll("\"127\\.0\\.0\\.1:\\d+:\\d+\"", "")).doesNotContain("\""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1:9000", "http://LOCALHOST", "https://[::1]:9000", " http://127.1.2.3 " })
	void loopback(String address) {
		assertThat(ExampleSecrets.isLoopback(address)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "127.0.0.1", "http://127.0.0.1.example.com", "http://localhost.example.com",
			"http://localhost@example.com", "http://0.0.0.0:9000", "http://gateway:9000", "http://10.0.0.1",
			"http://[::" })
	void notLoopback(String address) {
		assertThat(ExampleSecrets.isLoopback(address)).isFalse();
	}

	private static String compose() {
		try {
			return Files.readString(Path.of("compose.yaml"));
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private Path users(String text) throws IOException {
		return Files.writeString(this.directory.resolve("users"), text);
	}

	private static void check(MockEnvironment environment) {
		new ExampleSecrets(environment).check();
	}

	private static MockEnvironment elsewhere() {
		return new MockEnvironment().withProperty("dumpkeeper.gateway.endpoint", "http://gateway:9000");
	}

	private static MockEnvironment here() {
		return new MockEnvironment().withProperty("dumpkeeper.gateway.endpoint", "http://127.0.0.1:9000");
	}

}
