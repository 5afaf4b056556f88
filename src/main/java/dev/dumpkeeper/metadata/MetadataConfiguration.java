package dev.dumpkeeper.metadata;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import dev.dumpkeeper.gateway.ByGateway;
import dev.dumpkeeper.gateway.DirectoryTimes;
import dev.dumpkeeper.gateway.GatewayNames;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.gateway.PathResolver;

/**
 * Publishes the metadata databases, and the listings and paths in those that are
 * configured.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ MetadataProperties.class, MetadataProperties.OfCapacity.class })
class MetadataConfiguration {

	@Bean
	MetadataDatabases metadataDatabases(MetadataProperties own, MetadataProperties.OfCapacity other,
			GatewayNames gateways, Environment environment) {
		List<MetadataDatabase> databases = new ArrayList<>();
		databases.add(StringUtils.hasText(own.url()) ? new MetadataDatabase("", own)
				: new MetadataDatabase(other.url(), other.username(), other.password()));
		for (String name : gateways.further().stream().sorted().toList()) {
			Binder.get(environment)
				.bind("dumpkeeper.gateways." + name + ".metadata", MetadataProperties.class)
				.ifBound((properties) -> databases.add(new MetadataDatabase(name, properties)));
		}
		return new MetadataDatabases(databases);
	}

	@Bean
	ByGateway<ListingSource> juicefsListings(MetadataDatabases databases) {
		return databases.by((database) -> new JuicefsListings(database, new JuicefsPaths(database)));
	}

	@Bean
	ByGateway<PathResolver> juicefsPaths(MetadataDatabases databases) {
		return databases.by(JuicefsPaths::new);
	}

	@Bean
	@Nullable DirectoryTimes juicefsDirectories(MetadataDatabases databases) {
		return databases.all().isEmpty() ? null
				: new AllDirectories(databases.by((database) -> new JuicefsDirectories(new JuicefsPaths(database))));
	}

}
