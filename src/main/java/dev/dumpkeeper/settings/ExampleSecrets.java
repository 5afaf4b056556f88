package dev.dumpkeeper.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import dev.dumpkeeper.run.InvalidRequestException;

/**
 * Refuses secrets from the examples of this repository, which are public, unless
 * everything is on this machine: both the address for which links are signed and the one
 * to which messages link are loopback. This is the case on a laptop with the compose
 * file, whose ports are published on 127.0.0.1 only.
 */
public final class ExampleSecrets {

	private static final List<String> PROPERTIES = List.of("dumpkeeper.hook.token", "dumpkeeper.gateway.access-key",
			"dumpkeeper.gateway.secret-key", "dumpkeeper.gateway.presign.access-key",
			"dumpkeeper.gateway.presign.secret-key", "dumpkeeper.metadata.password",
			"dumpkeeper.capacity.metadata.password", "dumpkeeper.wecom.webhook-url", "dumpkeeper.heartbeat.url",
			"dumpkeeper.console.oidc.client-secret", "spring.datasource.password");

	private static final String USERS = "dumpkeeper.security.users-file";

	/** The placeholder that has to be changed, in any spelling. */
	private static final String PLACEHOLDER = "changeme";

	private static final Set<String> EXAMPLES = Set.of("laptop", "minio-laptop", "seaweedfs-laptop", "gateway-laptop",
			"minioadmin");

	/** Passwords whose hashes may be in use. */
	private static final List<String> PASSWORDS = List.of("CHANGE-ME", "changeme", "laptop");

	private final Environment environment;

	/**
	 * Creates an instance.
	 * @param environment the configured properties
	 */
	public ExampleSecrets(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Checks every secret.
	 * @throws InvalidRequestException at the first example secret that others can reach;
	 * the message contains the property but not the value
	 */
	public void check() {
		if (isOnThisMachine()) {
			return;
		}
		for (String name : PROPERTIES) {
			String value = this.environment.getProperty(name);
			if (value != null && isExample(value.strip())) {
				throw refused(name, "is");
			}
		}
		GatewayKeys.of(this.environment).forEach((name, value) -> {
			if (GatewayKeys.isLike(name, PROPERTIES) && isExample(value.strip())) {
				throw refused(name, "is");
			}
		});
		String users = this.environment.getProperty(USERS);
		if (users != null) {
			checkUsers(users.strip());
		}
	}

	/** Without a configured address the service is assumed to be reachable. */
	private boolean isOnThisMachine() {
		String endpoint = this.environment.getProperty("dumpkeeper.gateway.public-endpoint",
				this.environment.getProperty("dumpkeeper.gateway.endpoint", ""));
		String address = this.environment.getProperty("dumpkeeper.public-url");
		boolean allHere = GatewayKeys.of(this.environment)
			.entrySet()
			.stream()
			.filter((property) -> GatewayKeys.model(property.getKey()).replace("-", "").endsWith("endpoint"))
			.allMatch((property) -> isLoopback(property.getValue()));
		return allHere && Arrays.stream(endpoint.split(",")).allMatch(ExampleSecrets::isLoopback)
				&& (address == null || isLoopback(address));
	}

	/**
	 * Decided by name alone: a lookup would depend on a server, and its answer may
	 * change.
	 */
	static boolean isLoopback(String address) {
		String host = host(address);
		return host != null
				&& (host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}"));
	}

	private static @Nullable String host(String address) {
		try {
			String host = URI.create(address.strip()).getHost();
			return (host != null) ? host.toLowerCase(Locale.ROOT) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static boolean isExample(String value) {
		String last = value.substring(value.lastIndexOf('=') + 1);
		return value.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "").contains(PLACEHOLDER) || EXAMPLES.contains(value)
				|| value.startsWith("http") && EXAMPLES.contains(last);
	}

	/** Other problems of the file are reported elsewhere. */
	private static void checkUsers(String file) {
		List<String> lines;
		try {
			lines = Files.readAllLines(Path.of(file));
		}
		catch (IOException | InvalidPathException ex) {
			return;
		}
		for (int i = 0; i < lines.size(); i++) {
			String[] parts = lines.get(i).strip().split("\\s+");
			if (parts.length == 3 && !parts[0].startsWith("#") && isHashOfExample(parts[2])) {
				throw refused(USERS, "has in line " + (i + 1) + " the hash of");
			}
		}
	}

	private static boolean isHashOfExample(String hash) {
		return PASSWORDS.stream().anyMatch((password) -> {
			if (hash.startsWith("{bcrypt}")) {
				return new BCryptPasswordEncoder().matches(password, hash.substring("{bcrypt}".length()));
			}
			return hash.startsWith("{argon2}") && Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8()
				.matches(password, hash.substring("{argon2}".length()));
		});
	}

	private static InvalidRequestException refused(String name, String what) {
		return new InvalidRequestException(name + " " + what
				+ " a secret out of the examples, which everybody knows; set one"
				+ " of your own. Examples are for one machine alone: dumpkeeper.gateway.public-endpoint (without it,"
				+ " .endpoint) and dumpkeeper.public-url are on 127.0.0.1 then");
	}

}
