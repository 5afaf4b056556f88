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
				|| publicUrl.getHost() == null || publicUrl.getQuery() != null)) {
			throw new IllegalArgumentException("dumpkeeper.public-url is '" + publicUrl
					+ "' but wants an address such as https://dumpkeeper.example.com");
		}
	}

}
