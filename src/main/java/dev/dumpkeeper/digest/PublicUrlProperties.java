package dev.dumpkeeper.digest;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where people reach the service.
 *
 * @param publicUrl the base address of links in messages; without one messages contain
 * presigned links
 */
@ConfigurationProperties("dumpkeeper")
record PublicUrlProperties(@Nullable URI publicUrl) {

	PublicUrlProperties {
		if (publicUrl != null && (!"http".equals(publicUrl.getScheme()) && !"https".equals(publicUrl.getScheme())
				|| publicUrl.getHost() == null || publicUrl.getRawUserInfo() != null || publicUrl.getRawQuery() != null
				|| publicUrl.getRawFragment() != null)) {
			// Omits the value entirely, since it may contain a password.
			throw new IllegalArgumentException("dumpkeeper.public-url must be an address such as"
					+ " https://dumpkeeper.example.com, without a user, a query or a fragment");
		}
	}

}
