package dev.dumpkeeper.runs;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The dead-man switch, which raises an alert when calls stop.
 *
 * @param url called with the suffix {@code /start} when a pass begins, without a suffix
 * when it succeeded, and with {@code /fail} when it failed; a secret
 */
@ConfigurationProperties("dumpkeeper.heartbeat")
record HeartbeatProperties(@Nullable URI url) {

	HeartbeatProperties {
		if (url != null && (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme()) || url.getHost() == null
				|| url.getRawUserInfo() != null)) {
			// Omits the value entirely: whoever knows it can suppress the alert.
			throw new IllegalArgumentException("dumpkeeper.heartbeat.url is invalid; expected an address such as"
					+ " https://hc.example.com/ping/ID, without a user");
		}
	}

	/** The address is a secret. */
	@Override
	public String toString() {
		return "HeartbeatProperties[]";
	}

}
