package dev.dumpkeeper.gateway;

import java.util.Map;
import java.util.regex.Pattern;

import jakarta.validation.Valid;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Gateways beside the one under {@code dumpkeeper.gateway}.
 *
 * @param gateways further gateways by name, each with the properties of
 * {@code dumpkeeper.gateway} and {@code metadata} of its own. Their volumes are called
 * NAME/VOLUME.
 */
@Validated
@ConfigurationProperties("dumpkeeper")
record FurtherGateways(@DefaultValue Map<String, @Valid GatewayProperties> gateways) {

	/** Short, since it becomes a part of each name of a volume. */
	private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");

	FurtherGateways {
		// The name is not repeated: it may be a secret that was entered in its place.
		if (!gateways.keySet().stream().allMatch((name) -> NAME.matcher(name).matches())) {
			throw new IllegalArgumentException(".gateways: a gateway's name must be 1 to 32 small letters, digits and "
					+ "dashes, as in dumpkeeper.gateways.east.endpoint");
		}
	}

}
