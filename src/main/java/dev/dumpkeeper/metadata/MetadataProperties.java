package dev.dumpkeeper.metadata;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Read-only access to JuiceFS's metadata database, below {@code dumpkeeper.metadata} or
 * {@code dumpkeeper.gateways.NAME.metadata}.
 *
 * @param url a JDBC address; without one the database is not used
 * @param username a user that may read the tables named in docs/capacity.md
 * @param password its password, a secret
 */
@ConfigurationProperties("dumpkeeper.metadata")
record MetadataProperties(@Nullable String url, @Nullable String username, @Nullable String password) {

	private static final List<String> DRIVERS = List.of("jdbc:mysql:", "jdbc:postgresql:", "jdbc:h2:");

	MetadataProperties {
		check(url);
	}

	/** Messages omit the value entirely, since it may contain a password. */
	private static void check(@Nullable String url) {
		if (url != null && !url.isBlank() && DRIVERS.stream().noneMatch(url::startsWith)) {
			throw new IllegalArgumentException(
					".url is invalid; expected an address such as jdbc:mysql://HOST:3306/juicefs or "
							+ "jdbc:postgresql://HOST:5432/juicefs");
		}
	}

	@Override
	public String toString() {
		return "MetadataProperties[" + ((this.url != null) ? "configured" : "not configured") + "]";
	}

	/**
	 * Alternative names of the same properties.
	 *
	 * @param url see {@code dumpkeeper.metadata.url}
	 * @param username see {@code dumpkeeper.metadata.username}
	 * @param password see {@code dumpkeeper.metadata.password}
	 */
	@ConfigurationProperties("dumpkeeper.capacity.metadata")
	record OfCapacity(@Nullable String url, @Nullable String username, @Nullable String password) {

		OfCapacity {
			check(url);
		}

		@Override
		public String toString() {
			return "MetadataProperties[" + ((this.url != null) ? "configured" : "not configured") + "]";
		}

	}

}
