package dev.dumpkeeper.retention;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.BulkAnswer;
import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.ListingPage;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PathTrust;

/**
 * A gateway whose deletes are noted, with the time from before the call until after it.
 *
 * @param gateway does the work
 * @param before receives the keys of a delete that is about to be sent
 * @param deletes gets the keys and the time of each delete, whatever came of it
 */
record WatchedGateway(DumpGateway gateway, Consumer<List<ObjectKey>> before,
		BiConsumer<List<ObjectKey>, Span> deletes) implements DumpGateway {

	@Override
	public List<String> volumes() {
		return this.gateway.volumes();
	}

	@Override
	public DumpBucket volume(String name) {
		return new Bucket(this.gateway.volume(name));
	}

	@Override
	public void cutOff() {
		this.gateway.cutOff();
	}

	@Override
	public OptionalInt trashDays(String volume) {
		return this.gateway.trashDays(volume);
	}

	@Override
	public PathTrust pathTrust() {
		return this.gateway.pathTrust();
	}

	/**
	 * A stretch of time.
	 *
	 * @param start of {@link System#nanoTime()}
	 * @param end the same
	 */
	record Span(long start, long end) {

	}

	private final class Bucket implements DumpBucket {

		private final DumpBucket bucket;

		Bucket(DumpBucket bucket) {
			this.bucket = bucket;
		}

		@Override
		public String volume() {
			return this.bucket.volume();
		}

		@Override
		public ListingPage list(String prefix, @Nullable String continuation) {
			return this.bucket.list(prefix, continuation);
		}

		@Override
		public boolean hasDirectory(ObjectKey directory) {
			return this.bucket.hasDirectory(directory);
		}

		@Override
		public Optional<ObjectEntry> stat(ObjectKey key) {
			return this.bucket.stat(key);
		}

		@Override
		public Optional<byte[]> read(ObjectKey key, long offset, int limit) {
			return this.bucket.read(key, offset, limit);
		}

		@Override
		public URI presign(ObjectKey key, Duration validity) {
			return this.bucket.presign(key, validity);
		}

		@Override
		public void put(ObjectKey key, byte[] content) {
			this.bucket.put(key, content);
		}

		@Override
		public void delete(ObjectKey key) {
			watch(List.of(key), () -> {
				this.bucket.delete(key);
				return key;
			});
		}

		@Override
		public boolean mayDeleteInBulk(String directory) {
			return this.bucket.mayDeleteInBulk(directory);
		}

		@Override
		public BulkAnswer deleteAll(List<ObjectKey> keys) {
			return watch(keys, () -> this.bucket.deleteAll(keys));
		}

		@Override
		public Set<ObjectKey> reachedByLink(Collection<ObjectKey> keys) {
			return this.bucket.reachedByLink(keys);
		}

		@Override
		public boolean haveOneOwner(ObjectKey one, ObjectKey other) {
			return this.bucket.haveOneOwner(one, other);
		}

		private <T> T watch(List<ObjectKey> keys, Supplier<T> delete) {
			WatchedGateway.this.before.accept(keys);
			long start = System.nanoTime();
			try {
				return delete.get();
			}
			finally {
				WatchedGateway.this.deletes.accept(keys, new Span(start, System.nanoTime()));
			}
		}

	}

}
