package dev.dumpkeeper.digest;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where people reach the service.
 *
 * @param publicUrl the address that links in messages begin with; without one messages
 * carry presigned links
 */
@ConfigurationProperties("dumpkeeper")
record PublicUrlProperties(@Nullable URI publicUrl) {

	PublicUrlProperties {
		if (publicUrl != null && (!"http".equals(publicUrl.getScheme()) && !"https".equals(publicUrl.getScheme())
				|| publicUrl.getHost() == null || publicUrl.getRawUserInfo() != null || publicUrl.getRawQuery() != null
				|| publicUrl.getRawFragment() != null)) {
			// Not even a part of the value: there may be a password in it.
			throw new IllegalArgumentException("dumpkeeper.public-url wants an address such as"
					+ " https://dumpkeeper.example.com, without a user, a query or a fragment");
		}
	}

}
