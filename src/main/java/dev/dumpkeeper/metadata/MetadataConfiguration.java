package dev.dumpkeeper.metadata;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

import dev.dumpkeeper.gateway.DirectoryTimes;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.gateway.PathResolver;

/**
 * Publishes the metadata database, and the listings and paths in it if one is configured.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ MetadataProperties.class, MetadataProperties.OfCapacity.class })
class MetadataConfiguration {

	@Bean
	MetadataDatabase metadataDatabase(MetadataProperties own, MetadataProperties.OfCapacity other) {
		return StringUtils.hasText(own.url()) ? new MetadataDatabase(own.url(), own.username(), own.password())
				: new MetadataDatabase(other.url(), other.username(), other.password());
	}

	@Bean
	@Nullable ListingSource juicefsListings(MetadataDatabase database) {
		return database.isConfigured() ? new JuicefsListings(database, new JuicefsPaths(database)) : null;
	}

	@Bean
	@Nullable PathResolver juicefsPaths(MetadataDatabase database) {
		return database.isConfigured() ? new JuicefsPaths(database) : null;
	}

	@Bean
	@Nullable DirectoryTimes juicefsDirectories(MetadataDatabase database) {
		return database.isConfigured() ? new JuicefsDirectories(new JuicefsPaths(database)) : null;
	}

}
