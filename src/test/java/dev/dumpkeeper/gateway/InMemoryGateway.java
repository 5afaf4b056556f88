package dev.dumpkeeper.gateway;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.GatewayException.Kind;

/**
 * A gateway in memory, over {@link InMemoryBucket volumes}. One that was never added
 * fails as absent.
 */
public final class InMemoryGateway implements DumpGateway {

	private final Map<String, InMemoryBucket> volumes = new ConcurrentSkipListMap<>();

	/** By {@code volume/name}. */
	private final Set<String> links = ConcurrentHashMap.newKeySet();

	private final AtomicInteger cutOffs = new AtomicInteger();

	private volatile @Nullable Kind outage;

	private volatile OptionalInt trashDays = OptionalInt.empty();

	private volatile PathTrust pathTrust = PathTrust.TRUSTED;

	private final Map<String, PathTrust> pathTrusts = new ConcurrentHashMap<>();

	/**
	 * Adds a volume.
	 * @param volume the volume
	 * @return this
	 */
	public InMemoryGateway with(InMemoryBucket volume) {
		this.volumes.put(volume.volume(), volume);
		return this;
	}

	/**
	 * Takes a volume away.
	 * @param name its name
	 * @return this
	 */
	public InMemoryGateway without(String name) {
		this.volumes.remove(name);
		return this;
	}

	/**
	 * Gives a volume, adding it where it is missing.
	 * @param name its name
	 * @return the volume, to be filled
	 */
	public InMemoryBucket bucket(String name) {
		return this.volumes.computeIfAbsent(name, InMemoryBucket::new);
	}

	/**
	 * Fails the listing of volumes and every call to one opened from now on.
	 * @param kind how, or {@code null} for no more
	 * @return this
	 */
	public InMemoryGateway outage(@Nullable Kind kind) {
		this.outage = kind;
		return this;
	}

	public InMemoryGateway trashDays(int days) {
		this.trashDays = OptionalInt.of(days);
		return this;
	}

	/**
	 * How often calls were cut off.
	 * @return 0 or more
	 */
	public int cutOffs() {
		return this.cutOffs.get();
	}

	@Override
	public List<String> volumes() {
		Kind kind = this.outage;
		if (kind != null) {
			throw new GatewayException(kind, "GET : fails as planned", null);
		}
		return List.copyOf(this.volumes.keySet());
	}

	@Override
	public DumpBucket volume(String name) {
		Kind kind = this.outage;
		if (kind != null) {
			return new InMemoryBucket(name).outage(kind);
		}
		InMemoryBucket volume = this.volumes.get(name);
		if (volume == null) {
			return new InMemoryBucket(name).outage(Kind.ABSENT);
		}
		return (this.pathTrust == PathTrust.CHECKED) ? new LinkFreeBucket(volume, new Links()) : volume;
	}

	/**
	 * Puts a symbolic link in the place of a file or a directory, as anybody can who
	 * mounts the volume. It is known where paths are {@link PathTrust#CHECKED}, and only
	 * there.
	 * @param volume the volume
	 * @param name what becomes a link, without a trailing slash
	 * @return this
	 */
	public InMemoryGateway linked(String volume, String name) {
		this.links.add(volume + "/" + name);
		return this;
	}

	@Override
	public void cutOff() {
		this.cutOffs.incrementAndGet();
	}

	@Override
	public PathTrust pathTrust() {
		return this.pathTrust;
	}

	@Override
	public PathTrust pathTrust(String volume) {
		return this.pathTrusts.getOrDefault(volume, this.pathTrust);
	}

	/**
	 * Says what is known of the paths behind the keys of one volume, as of one gateway
	 * among several.
	 * @param volume the volume
	 * @param pathTrust how far its keys can be trusted
	 * @return this
	 */
	public InMemoryGateway pathTrust(String volume, PathTrust pathTrust) {
		this.pathTrusts.put(volume, pathTrust);
		return this;
	}

	/**
	 * Says what is known of the paths behind keys.
	 * @param pathTrust how far keys can be trusted, {@link PathTrust#TRUSTED} at first
	 * @return this
	 */
	public InMemoryGateway pathTrust(PathTrust pathTrust) {
		this.pathTrust = pathTrust;
		return this;
	}

	@Override
	public OptionalInt trashDays(String volume) {
		return this.trashDays;
	}

	/** Knows the links; all else is reached directly. */
	private final class Links implements PathResolver {

		@Override
		public Map<String, Reached> resolve(String volume, Collection<String> names) {
			return names.stream()
				.collect(Collectors.toMap((name) -> name,
						(name) -> isLinked(volume + "/" + name) ? Reached.BY_LINK : Reached.DIRECTLY));
		}

		private boolean isLinked(String path) {
			return InMemoryGateway.this.links.stream()
				.anyMatch((link) -> path.equals(link) || path.startsWith(link + "/"));
		}

		@Override
		public boolean haveOneOwner(String volume, ObjectKey one, ObjectKey other) {
			return true;
		}

	}

}
