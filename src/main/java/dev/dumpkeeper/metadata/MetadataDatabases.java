package dev.dumpkeeper.metadata;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.dumpkeeper.gateway.ByGateway;

/**
 * The metadata databases of all gateways that have one.
 */
public final class MetadataDatabases implements AutoCloseable {

	private final Collection<MetadataDatabase> databases;

	/**
	 * Creates the collection.
	 * @param databases one for each gateway at most
	 */
	public MetadataDatabases(Collection<MetadataDatabase> databases) {
		this.databases = databases.stream().filter(MetadataDatabase::isConfigured).toList();
	}

	/**
	 * Returns the databases.
	 * @return the configured ones, that of {@code dumpkeeper.gateway} first
	 */
	public Collection<MetadataDatabase> all() {
		return this.databases;
	}

	<T> ByGateway<T> by(Function<MetadataDatabase, T> part) {
		return new ByGateway<>(
				Map.copyOf(this.databases.stream().collect(Collectors.toMap(MetadataDatabase::gateway, part))));
	}

	/** Closes all connections. */
	@Override
	public void close() {
		this.databases.forEach(MetadataDatabase::close);
	}

}
