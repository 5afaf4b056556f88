package dev.dumpkeeper.settings;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * What is configured, and where each value comes from, without any that may be a secret.
 */
public final class EffectiveSettings {

	/** Properties with such a name, also of later versions, may be secrets. */
	private static final Pattern SECRET = Pattern
		.compile("(password|passwd|secret|token|credential|(access|private)-?key|url|username|header)");

	private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("dumpkeeper");

	private final ConfigurableEnvironment environment;

	/**
	 * Creates it.
	 * @param environment what is set
	 */
	public EffectiveSettings(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Every property there is.
	 * @return in order of names
	 */
	public List<Setting> all() {
		Map<String, Setting> settings = new TreeMap<>();
		KnownProperties known = new KnownProperties();
		Set<String> names = new HashSet<>();
		known.types().keySet().forEach((name) -> {
			names.add(uniform(name));
			ConfigurationProperty property = find(name);
			settings.put(name, (property != null) ? setting(name, property)
					: new Setting(name, known.defaultValue(name), Origin.DEFAULT, false));
		});
		// Lists and maps have names of their own.
		set().forEach((name, property) -> {
			if (!names.contains(uniform(name))) {
				settings.put(name, setting(name, property));
			}
		});
		return List.copyOf(settings.values());
	}

	/** A variable of the process has no dashes. */
	private static String uniform(String name) {
		return name.replace("-", "").toLowerCase(Locale.ROOT);
	}

	private static Setting setting(String name, ConfigurationProperty property) {
		return isSecret(name) ? new Setting(name, "", origin(property), true)
				: new Setting(name, String.valueOf(property.getValue()), origin(property), false);
	}

	private @Nullable ConfigurationProperty find(String name) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(ConfigurationPropertyName.of(name));
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	/** The first source that has a property decides. */
	private Map<String, ConfigurationProperty> set() {
		Map<String, ConfigurationProperty> set = new LinkedHashMap<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream().filter(OURS::isAncestorOf).forEach((name) -> {
					ConfigurationProperty property = source.getConfigurationProperty(name);
					if (property != null) {
						set.putIfAbsent(name.toString(), property);
					}
				});
			}
		}
		return set;
	}

	/** Whether a value is never shown. */
	static boolean isSecret(String name) {
		return SECRET.matcher(name).find();
	}

	private static Origin origin(ConfigurationProperty property) {
		Object source = (property.getSource() != null) ? property.getSource().getUnderlyingSource() : null;
		String name = (source instanceof PropertySource<?> properties) ? properties.getName() : "";
		if (name.startsWith("commandLineArgs")) {
			return Origin.COMMAND_LINE;
		}
		if (name.contains("systemEnvironment")) {
			return Origin.ENVIRONMENT;
		}
		if (name.contains("systemProperties")) {
			return Origin.JVM;
		}
		return Origin.FILE;
	}

	/** Where a value comes from. */
	public enum Origin {

		/** The default. */
		DEFAULT,

		/** A file, which may be a mounted secret. */
		FILE,

		/** A variable of the process. */
		ENVIRONMENT,

		/** A property of the JVM. */
		JVM,

		/** An argument of the process. */
		COMMAND_LINE

	}

	/**
	 * A property.
	 *
	 * @param name its name
	 * @param value what it is; empty where it is not set or not shown
	 * @param origin where that comes from
	 * @param isHidden whether it is set and not shown
	 */
	public record Setting(String name, String value, Origin origin, boolean isHidden) {

	}

}
