package dev.dumpkeeper.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.core.env.Environment;

/**
 * Masks possible secrets in messages of libraries: a driver's error repeats an address
 * that it cannot parse.
 */
public final class SensitiveValues {

	private static final String MASK = "******";

	/** Shorter values occur in any text. */
	private static final int SHORTEST = 4;

	private static final List<String> SECRETS = List.of("spring.datasource.password", "dumpkeeper.gateway.secret-key",
			"dumpkeeper.gateway.presign.secret-key", "dumpkeeper.metadata.password",
			"dumpkeeper.capacity.metadata.password", "dumpkeeper.wecom.webhook-url", "dumpkeeper.heartbeat.url",
			"dumpkeeper.hook.token", "dumpkeeper.console.oidc.client-secret");

	private static final List<String> ADDRESSES = List.of("spring.datasource.url", "dumpkeeper.metadata.url",
			"dumpkeeper.capacity.metadata.url");

	/** Values of parameters, and the user information before the host. */
	private static final Pattern PARTS = Pattern.compile("=([^&;,()=]+)|//([^/?]+)@");

	private static final Set<String> HARMLESS = Set.of("true", "false", "FALSE", "TRUE");

	private final List<String> values;

	/**
	 * Collects the sensitive values.
	 * @param environment the environment before anything is bound from it
	 */
	public SensitiveValues(Environment environment) {
		Set<String> found = new TreeSet<>(
				Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
		SECRETS.stream().map(environment::getProperty).filter(Objects::nonNull).forEach(found::add);
		ADDRESSES.stream()
			.map(environment::getProperty)
			.filter(Objects::nonNull)
			.flatMap(SensitiveValues::parts)
			.forEach(found::add);
		GatewayKeys.of(environment).forEach((name, value) -> {
			if (GatewayKeys.isLike(name, SECRETS)) {
				found.add(value);
			}
			if (GatewayKeys.isLike(name, ADDRESSES)) {
				parts(value).forEach(found::add);
			}
		});
		found.removeIf((value) -> value.length() < SHORTEST || HARMLESS.contains(value));
		this.values = List.copyOf(found);
	}

	private static Stream<String> parts(String address) {
		Stream.Builder<String> parts = Stream.builder();
		Matcher matcher = PARTS.matcher(address);
		while (matcher.find()) {
			String part = Stream.of(1, 2).map(matcher::group).filter(Objects::nonNull).findFirst().orElse("");
			parts.add(part);
			Stream.of(part.split("[:@]")).forEach(parts::add);
		}
		return parts.build();
	}

	/**
	 * Masks sensitive values.
	 * @param text a text for people or a log
	 * @return the text with asterisks in place of sensitive values
	 */
	public String mask(String text) {
		String masked = text;
		for (String value : this.values) {
			masked = masked.replace(value, MASK);
		}
		return masked;
	}

}
