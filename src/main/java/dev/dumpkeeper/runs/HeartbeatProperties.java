package dev.dumpkeeper.runs;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The dead-man switch: whoever listens there notices when nothing comes any more.
 *
 * @param url called with {@code /start} behind it when a pass begins, as it is when one
 * succeeded, and with {@code /fail} behind it when one failed; a secret
 */
@ConfigurationProperties("dumpkeeper.heartbeat")
record HeartbeatProperties(@Nullable URI url) {

	HeartbeatProperties {
		if (url != null && (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme()) || url.getHost() == null
				|| url.getRawUserInfo() != null)) {
			// Not even a part of the value: who knows it can keep the alarm quiet.
			throw new IllegalArgumentException("dumpkeeper.heartbeat.url cannot be read; it wants an address such as"
					+ " https://hc.example.com/ping/ID, without a user");
		}
	}

	/** The address is a secret. */
	@Override
	public String toString() {
		return "HeartbeatProperties[]";
	}

}
