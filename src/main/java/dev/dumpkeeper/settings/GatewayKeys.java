package dev.dumpkeeper.settings;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The properties below {@code dumpkeeper.gateways}: NAME.X is to the gateway NAME what
 * {@code dumpkeeper.gateway.X} is to the first one, and NAME.metadata.X what
 * {@code dumpkeeper.metadata.X} is.
 */
final class GatewayKeys {

	static final String PREFIX = "dumpkeeper.gateways.";

	private GatewayKeys() {
	}

	/** Returns the configured properties with their values. */
	static Map<String, String> of(Environment environment) {
		Map<String, String> found = new TreeMap<>();
		Binder.get(environment)
			.bind("dumpkeeper.gateways", Bindable.mapOf(String.class, String.class))
			.orElse(Map.of())
			.forEach((key, value) -> found.put(PREFIX + key, value));
		return found;
	}

	/** Whether a property, in any spelling, is like one of the first gateway's. */
	static boolean isLike(String name, Collection<String> properties) {
		String model = uniform(model(name));
		return properties.stream().map(GatewayKeys::uniform).anyMatch(model::equals);
	}

	/** A variable of the process has neither dashes nor a difference between dots. */
	private static String uniform(String name) {
		return name.replaceAll("[.-]", "");
	}

	/** Returns the property of the first gateway that a property is like. */
	static String model(String name) {
		String key = name.substring(name.indexOf('.', PREFIX.length()) + 1);
		return key.startsWith("metadata.") ? "dumpkeeper." + key : "dumpkeeper.gateway." + key;
	}

}
