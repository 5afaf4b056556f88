package dev.dumpkeeper.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.PathResolver.Reached;

/**
 * A volume without the objects that are reached through symbolic links. JuiceFS's gateway
 * follows links with its own permissions, so a link in one PVC makes another's files
 * readable and deletable under a second name, and neither a listing nor a HEAD request
 * shows it.
 * <p>
 * Every call resolves its keys first. A pod can still create a link between that and the
 * gateway's own resolution of the path, which are milliseconds apart.
 */
final class LinkFreeBucket implements DumpBucket {

	private final DumpBucket bucket;

	private final PathResolver paths;

	LinkFreeBucket(DumpBucket bucket, PathResolver paths) {
		this.bucket = bucket;
		this.paths = paths;
	}

	@Override
	public String volume() {
		return this.bucket.volume();
	}

	@Override
	public ListingPage list(String prefix, @Nullable String continuation) {
		ListingPage page = this.bucket.list(prefix, continuation);
		// Names that cannot be used in a request are listed but never touched.
		Map<String, Reached> reached = resolve(page.entries()
			.stream()
			.map(ObjectEntry::name)
			.filter((name) -> ObjectKey.parse(name).isPresent())
			.toList());
		List<ObjectEntry> entries = new ArrayList<>(page.entries().size());
		List<String> linked = new ArrayList<>();
		int unknown = 0;
		for (ObjectEntry entry : page.entries()) {
			switch (reached.getOrDefault(entry.name(), Reached.DIRECTLY)) {
				case DIRECTLY -> entries.add(entry);
				case BY_LINK -> linked.add(entry.name());
				case NOT_AT_ALL -> unknown++;
			}
		}
		// A page may contain some objects that were deleted or renamed meanwhile, but
		// hardly only those.
		if (unknown > 0 && unknown == page.entries().size()) {
			checkThatItIsGone(new ObjectKey(page.entries().get(0).name()));
		}
		return new ListingPage(entries, page.next(), linked);
	}

	/**
	 * An object that exists must be in the metadata, or that belongs to another file
	 * system.
	 */
	private void checkThatItIsGone(ObjectKey key) {
		boolean there = key.value().endsWith("/") ? this.bucket.hasDirectory(key) : this.bucket.stat(key).isPresent();
		if (there && reached(key) == Reached.NOT_AT_ALL) {
			throw new GatewayException(Kind.REJECTED,
					this.paths.description() + " does not know " + key
							+ ", which the gateway shows: it belongs to another file system or is a replica that lags",
					null);
		}
	}

	@Override
	public boolean hasDirectory(ObjectKey directory) {
		return reached(directory) == Reached.DIRECTLY && this.bucket.hasDirectory(directory);
	}

	@Override
	public Optional<ObjectEntry> stat(ObjectKey key) {
		return (reached(key) != Reached.BY_LINK) ? this.bucket.stat(key) : Optional.empty();
	}

	@Override
	public Optional<byte[]> read(ObjectKey key, long offset, int limit) {
		return (reached(key) == Reached.DIRECTLY) ? this.bucket.read(key, offset, limit) : Optional.empty();
	}

	@Override
	public URI presign(ObjectKey key, Duration validity) {
		if (reached(key) != Reached.DIRECTLY) {
			throw new GatewayException(Kind.NOT_FOUND, "no file of this volume", null);
		}
		return this.bucket.presign(key, validity);
	}

	@Override
	public void put(ObjectKey key, byte[] content) {
		String directory = key.directory();
		if (!directory.isEmpty() && reached(new ObjectKey(directory)) == Reached.BY_LINK
				|| reached(key) == Reached.BY_LINK) {
			throw linked(key);
		}
		this.bucket.put(key, content);
	}

	@Override
	public void delete(ObjectKey key) {
		switch (reached(key)) {
			case DIRECTLY -> this.bucket.delete(key);
			case BY_LINK -> throw linked(key);
			case NOT_AT_ALL -> {
			}
		}
	}

	@Override
	public boolean mayDeleteInBulk(String directory) {
		return this.bucket.mayDeleteInBulk(directory);
	}

	@Override
	public BulkAnswer deleteAll(List<ObjectKey> keys) {
		Map<String, Reached> reached = resolve(keys.stream().map(ObjectKey::value).toList());
		for (ObjectKey key : keys) {
			if (reached.get(key.value()) == Reached.BY_LINK) {
				throw linked(key);
			}
		}
		return this.bucket.deleteAll(keys);
	}

	private static GatewayException linked(ObjectKey key) {
		return new GatewayException(Kind.REJECTED, key + " is reached through a symbolic link and is not touched",
				null);
	}

	@Override
	public Set<ObjectKey> reachedByLink(Collection<ObjectKey> keys) {
		Map<String, Reached> reached = resolve(keys.stream().map(ObjectKey::value).toList());
		return keys.stream()
			.filter((key) -> reached.get(key.value()) == Reached.BY_LINK)
			.collect(Collectors.toUnmodifiableSet());
	}

	@Override
	public boolean haveOneOwner(ObjectKey one, ObjectKey other) {
		return this.paths.haveOneOwner(this.bucket.volume(), one, other);
	}

	private Reached reached(ObjectKey key) {
		return resolve(List.of(key.value())).getOrDefault(key.value(), Reached.NOT_AT_ALL);
	}

	private Map<String, Reached> resolve(List<String> names) {
		return this.paths.resolve(this.bucket.volume(), names);
	}

}
