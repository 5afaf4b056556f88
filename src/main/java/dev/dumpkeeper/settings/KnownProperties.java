package dev.dumpkeeper.settings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.run.InvalidRequestException;

/**
 * Refuses unknown properties: a misspelt retention must not silently become the default.
 * The known ones are read from the metadata that the build generates from the code.
 */
public final class KnownProperties {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final String PREFIX = "dumpkeeper.";

	/** Kubernetes adds these to every pod beside a Service called dumpkeeper. */
	private static final Pattern SERVICE_LINK = Pattern.compile("dumpkeeper\\.(service\\..*|port([.\\[].*)?)");

	private static final Pattern NAME_PART = Pattern.compile("\\.?[a-zA-Z_-]{1,40}|\\[\\d{1,4}]");

	/** A volume with a slash in its name is in brackets. */
	private static final Pattern LIMITS = Pattern.compile("dumpkeeper\\.capacity\\.limits[.\\[].+", Pattern.DOTALL);

	private final Set<String> known = new HashSet<>();

	private final Map<String, String> types = new TreeMap<>();

	private final Map<String, String> defaults = new HashMap<>();

	/** Reads the names and types that the build has collected. */
	public KnownProperties() {
		try {
			for (URL url : Collections.list(KnownProperties.class.getClassLoader().getResources(METADATA))) {
				read(url);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("the metadata of the properties cannot be read", ex);
		}
	}

	private void read(URL url) throws IOException {
		try (InputStream in = url.openStream()) {
			for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
				String name = property.path("name").asString();
				if (name.startsWith(PREFIX)) {
					this.types.put(name, property.path("type").asString(""));
					this.known.add(uniform(name));
					JsonNode value = property.path("defaultValue");
					if (value.isString()) {
						this.defaults.put(name, value.asString());
					}
				}
			}
		}
	}

	/**
	 * Returns the properties and the types of their values.
	 * @return names such as {@code dumpkeeper.retention.max-age}, in order, with the
	 * types' full names
	 */
	public Map<String, String> types() {
		return Collections.unmodifiableMap(this.types);
	}

	/**
	 * Returns a property by any of its spellings.
	 * @param name a name in any relaxed form
	 * @return its documented name, or the one given
	 */
	String documented(String name) {
		return this.types.keySet()
			.stream()
			.filter((known) -> uniform(known).replace(".", "").equals(uniform(name).replace(".", "")))
			.findFirst()
			.orElse(name);
	}

	/**
	 * Returns the default of a property.
	 * @param name its name
	 * @return the default, or the empty string if there is none or it is not a text
	 */
	String defaultValue(String name) {
		return this.defaults.getOrDefault(name, "");
	}

	/** Relaxed binding ignores dashes, underscores and case. */
	private static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replaceAll("\\[\\d+]$", "");
	}

	/**
	 * Checks every configured property.
	 * @param environment the environment before anything is bound from it
	 * @throws InvalidRequestException at the first unknown one
	 */
	public void check(ConfigurableEnvironment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable && source.containsDescendantOf(
					ConfigurationPropertyName.of("dumpkeeper")) != ConfigurationPropertyState.ABSENT) {
				iterable.stream().forEach((name) -> check(name, source));
			}
		}
	}

	private void check(ConfigurationPropertyName name, ConfigurationPropertySource source) {
		String text = name.toString();
		boolean variable = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
		if (!text.startsWith(PREFIX) || isKnown(text, variable)) {
			return;
		}
		if (variable && SERVICE_LINK.matcher(text).matches()) {
			return;
		}
		throw new InvalidRequestException("unknown property " + shown(text) + suggestion(text));
	}

	/**
	 * A misspelt name must be shown, but not a secret that was entered in its place:
	 * known properties have no digits, and none is nested below another one.
	 */
	private String shown(String text) {
		if (text.startsWith(GatewayKeys.PREFIX) && text.indexOf('.', GatewayKeys.PREFIX.length()) > 0) {
			return GatewayKeys.PREFIX + "NAME"
					+ shown(GatewayKeys.model(text)).replaceFirst("dumpkeeper(\\.gateway)?", "");
		}
		StringBuilder shown = new StringBuilder();
		for (String part : text.split("(?=[.\\[])")) {
			if (!NAME_PART.matcher(part).matches() || this.known.contains(uniform(shown.toString()))) {
				return shown.append("...").toString();
			}
			shown.append(part);
		}
		return shown.toString();
	}

	private boolean isKnown(String text, boolean variable) {
		if (LIMITS.matcher(text).matches()) {
			return true;
		}
		if (text.startsWith(GatewayKeys.PREFIX)) {
			return text.indexOf('.', GatewayKeys.PREFIX.length()) > 0 && isKnown(GatewayKeys.model(text), variable);
		}
		if (!variable) {
			return this.known.contains(uniform(text));
		}
		// DUMPKEEPER_RETENTION_MAX_AGE and DUMPKEEPER_RETENTION_MAXAGE are the same
		// variable.
		String flat = uniform(text).replace(".", "");
		return this.known.stream().anyMatch((name) -> name.replace(".", "").equals(flat));
	}

	/** Suggests the properties of the same group, or the groups. */
	private String suggestion(String text) {
		if (text.startsWith(GatewayKeys.PREFIX)) {
			return suggestion("dumpkeeper.gateway.").replace("dumpkeeper.gateway:", "dumpkeeper.gateways.NAME:")
					+ ", metadata.url, metadata.username, metadata.password";
		}
		int dot = text.indexOf('.', PREFIX.length());
		String group = (dot < 0) ? text : text.substring(0, dot + 1);
		String siblings = this.types.keySet()
			.stream()
			.filter((name) -> name.startsWith(group))
			.map((name) -> name.substring(group.length()))
			.sorted()
			.collect(Collectors.joining(", "));
		if (!siblings.isEmpty()) {
			return "; known below " + group.substring(0, group.length() - 1) + ": " + siblings;
		}
		return "; known below dumpkeeper: " + this.types.keySet()
			.stream()
			.map((name) -> name.substring(PREFIX.length()).replaceAll("\\..*", ""))
			.distinct()
			.sorted()
			.collect(Collectors.joining(", "));
	}

}
