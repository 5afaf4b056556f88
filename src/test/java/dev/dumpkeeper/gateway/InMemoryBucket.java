package dev.dumpkeeper.gateway;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.GatewayException.Kind;

/**
 * A volume in memory, with the manners of JuiceFS's gateway, which
 * {@link JuicefsBucketContractTests} compares with the real one: a page is a snapshot, a
 * deletion is answered yes whatever happens, emptied parents go, and a bulk delete does
 * what the version does. Methods that change it return it, so that a state can be built
 * in one expression. Hooks run before the call reads anything, without a lock.
 */
public final class InMemoryBucket implements DumpBucket {

	private static final Runnable NOTHING = () -> {
	};

	private final String volume;

	/** Files by name, and empty or filled directories by name with a slash. */
	private final NavigableMap<String, Stored> nodes = new TreeMap<>(ObjectKey::compare);

	private final Map<String, List<ObjectEntry>> snapshots = new HashMap<>();

	private final Map<String, Kind> failures = new HashMap<>();

	private final Set<String> undeletable = new HashSet<>();

	private final Map<ObjectKey, Integer> owners = new HashMap<>();

	private final List<String> calls = new ArrayList<>();

	private Manners manners = Manners.JUICEFS_1_4;

	private InstantSource clock = InstantSource.system();

	private Predicate<String> omitted = (name) -> false;

	private int pageSize = 1000;

	private boolean full;

	private Versioning versioning = Versioning.NONE;

	private volatile @Nullable Kind outage;

	private volatile Runnable beforeList = NOTHING;

	private volatile Runnable beforeStat = NOTHING;

	private volatile Runnable beforePut = NOTHING;

	private volatile Runnable beforeDelete = NOTHING;

	private volatile Runnable afterDelete = NOTHING;

	/**
	 * Creates an empty volume.
	 * @param volume its name
	 */
	public InMemoryBucket(String volume) {
		this.volume = volume;
	}

	/**
	 * Adds or replaces a file of zeros, and the directories it lies in, past the gateway.
	 * @param name its name; nothing says that it is a usable key
	 * @param size bytes
	 * @param lastModified its time
	 * @return this
	 */
	public synchronized InMemoryBucket with(String name, long size, Instant lastModified) {
		return with(name, new Stored(size, new byte[0], lastModified, false));
	}

	/**
	 * Adds or replaces a file, past the gateway.
	 * @param name its name
	 * @param content what it holds, as UTF-8
	 * @param lastModified its time
	 * @return this
	 */
	public synchronized InMemoryBucket with(String name, String content, Instant lastModified) {
		byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
		return with(name, new Stored(bytes.length, bytes, lastModified, false));
	}

	private InMemoryBucket with(String name, Stored stored) {
		for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
			this.nodes.putIfAbsent(name.substring(0, slash + 1),
					new Stored(0, new byte[0], stored.lastModified(), false));
		}
		if (!name.endsWith("/") || stored.marked()) {
			this.nodes.put(name, stored);
		}
		return this;
	}

	/**
	 * Adds a directory, past the gateway, as a pod does: it is listed in its parent, but
	 * neither below its own name nor found by HEAD.
	 * @param name its name, with or without a trailing slash
	 * @return this
	 */
	public synchronized InMemoryBucket withDirectory(String name) {
		return with(name.endsWith("/") ? name : name + "/", 0, this.clock.instant());
	}

	/**
	 * Removes a file or a directory with all that is below it, past the gateway. Its
	 * parents stay.
	 * @param name its name
	 * @return this
	 */
	public synchronized InMemoryBucket without(String name) {
		this.nodes.keySet().removeIf((node) -> node.equals(name) || node.startsWith(name.replaceAll("/?$", "/")));
		return this;
	}

	/**
	 * Behaves as a version of JuiceFS does.
	 * @param manners the version
	 * @return this
	 */
	public synchronized InMemoryBucket manners(Manners manners) {
		this.manners = manners;
		return this;
	}

	/**
	 * Sets the time of what is written from now on.
	 * @param clock the clock
	 * @return this
	 */
	public synchronized InMemoryBucket clock(InstantSource clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Lists in pages of a size.
	 * @param size how many entries at most
	 * @return this
	 */
	public synchronized InMemoryBucket pageSize(int size) {
		this.pageSize = size;
		return this;
	}

	/**
	 * Says that it keeps what is deleted.
	 * @param kept what it keeps
	 * @return this
	 */
	public synchronized InMemoryBucket versioning(Versioning kept) {
		this.versioning = kept;
		return this;
	}

	@Override
	public synchronized Versioning versioning() {
		return this.versioning;
	}

	/**
	 * Says yes to a deletion and leaves the file, as an immutable one.
	 * @param name the file
	 * @return this
	 */
	public synchronized InMemoryBucket undeletable(String name) {
		this.undeletable.add(name);
		return this;
	}

	/**
	 * Deletes a file again that was undeletable.
	 * @param name the file
	 * @return this
	 */
	public synchronized InMemoryBucket deletable(String name) {
		this.undeletable.remove(name);
		return this;
	}

	/**
	 * Fails every call that names a key; a bulk delete fails as a whole.
	 * @param name the key
	 * @param kind how
	 * @return this
	 */
	public synchronized InMemoryBucket failing(String name, Kind kind) {
		this.failures.put(name, kind);
		return this;
	}

	/**
	 * Leaves names out of new listings without a word, as JuiceFS does after a lost
	 * database connection. They are still there.
	 * @param names which
	 * @return this
	 */
	public synchronized InMemoryBucket omitting(Predicate<String> names) {
		this.omitted = names;
		return this;
	}

	/**
	 * Fills the volume up or makes room: while it is full, nothing can be written.
	 * @param full whether it is
	 * @return this
	 */
	public synchronized InMemoryBucket full(boolean full) {
		this.full = full;
		return this;
	}

	/**
	 * Fails every call from now on.
	 * @param kind how, or {@code null} for no more
	 * @return this
	 */
	public InMemoryBucket outage(@Nullable Kind kind) {
		this.outage = kind;
		return this;
	}

	public InMemoryBucket beforeList(Runnable hook) {
		this.beforeList = hook;
		return this;
	}

	/**
	 * Does something before each HEAD or GET of an object.
	 * @param hook what
	 * @return this
	 */
	public InMemoryBucket beforeStat(Runnable hook) {
		this.beforeStat = hook;
		return this;
	}

	public InMemoryBucket beforePut(Runnable hook) {
		this.beforePut = hook;
		return this;
	}

	/**
	 * Does something before each delete call, single or bulk.
	 * @param hook what
	 * @return this
	 */
	public InMemoryBucket beforeDelete(Runnable hook) {
		this.beforeDelete = hook;
		return this;
	}

	/**
	 * Does something when a delete call is done but not yet answered; a hook that throws
	 * a {@link GatewayException} loses the answer.
	 * @param hook what
	 * @return this
	 */
	public InMemoryBucket afterDelete(Runnable hook) {
		this.afterDelete = hook;
		return this;
	}

	/**
	 * What is there, past the gateway.
	 * @return the names of all files, in key order
	 */
	public synchronized List<String> files() {
		return this.nodes.keySet().stream().filter((name) -> !name.endsWith("/")).toList();
	}

	/**
	 * Which directories are there, past the gateway.
	 * @return their names with a slash, in key order
	 */
	public synchronized List<String> directories() {
		return this.nodes.keySet().stream().filter((name) -> name.endsWith("/")).toList();
	}

	/**
	 * What a file holds, past the gateway.
	 * @param name its name
	 * @return its content as UTF-8
	 */
	public synchronized Optional<String> content(String name) {
		return Optional.ofNullable(this.nodes.get(name))
			.map((stored) -> new String(stored.content(), StandardCharsets.UTF_8));
	}

	/**
	 * What has been asked for so far.
	 * @return a line each, such as {@code delete a/b} or {@code deleteAll a/b a/c}
	 */
	public synchronized List<String> calls() {
		return List.copyOf(this.calls);
	}

	/**
	 * What has been asked for so far, of one sort.
	 * @param method such as {@code delete}
	 * @return the arguments of each call
	 */
	public synchronized List<String> calls(String method) {
		return this.calls.stream()
			.filter((call) -> call.startsWith(method + " "))
			.map((call) -> call.substring(method.length() + 1))
			.toList();
	}

	/**
	 * Gives a file to a user; all others belong to one.
	 * @param key the file
	 * @param user the user
	 * @return this
	 */
	public InMemoryBucket ownedBy(ObjectKey key, int user) {
		this.owners.put(key, user);
		return this;
	}

	@Override
	public boolean haveOneOwner(ObjectKey one, ObjectKey other) {
		return this.owners.getOrDefault(one, 0).equals(this.owners.getOrDefault(other, 0));
	}

	@Override
	public String volume() {
		return this.volume;
	}

	@Override
	public ListingPage list(String prefix, @Nullable String continuation) {
		this.beforeList.run();
		return listNow(prefix, continuation);
	}

	private synchronized ListingPage listNow(String prefix, @Nullable String continuation) {
		called("list", prefix);
		String snapshot = (continuation != null) ? continuation.substring(0, continuation.indexOf(':'))
				: String.valueOf(this.snapshots.size());
		int from = (continuation != null) ? Integer.parseInt(continuation.substring(snapshot.length() + 1)) : 0;
		List<ObjectEntry> entries = this.snapshots.computeIfAbsent(snapshot, (ignored) -> entries(prefix));
		int to = Math.min(from + this.pageSize, entries.size());
		return new ListingPage(List.copyOf(entries.subList(from, to)),
				(to < entries.size()) ? snapshot + ":" + to : null);
	}

	private List<ObjectEntry> entries(String prefix) {
		return this.nodes.entrySet()
			.stream()
			.filter((node) -> node.getKey().startsWith(prefix) && !this.omitted.test(node.getKey()))
			.filter((node) -> !node.getKey().endsWith("/") || isEmpty(node.getKey()))
			.filter((node) -> !node.getKey().equals(prefix) || !prefix.endsWith("/") || node.getValue().marked())
			.map((node) -> new ObjectEntry(node.getKey(), node.getValue().size(), node.getValue().lastModified()))
			.toList();
	}

	@Override
	public synchronized boolean hasDirectory(ObjectKey directory) {
		called("hasDirectory", directory.value());
		return this.nodes.containsKey(directory.value());
	}

	/**
	 * Reads one object as metadata does, which is no call.
	 * @param key the object
	 * @return what is there
	 */
	public synchronized Optional<ObjectEntry> peek(ObjectKey key) {
		return Optional.ofNullable(this.nodes.get(key.value()))
			.map((stored) -> new ObjectEntry(key.value(), stored.size(), stored.lastModified()));
	}

	@Override
	public Optional<ObjectEntry> stat(ObjectKey key) {
		this.beforeStat.run();
		synchronized (this) {
			called("stat", key.value());
			Stored stored = this.nodes.get(key.value());
			if (stored == null || key.value().endsWith("/") && !stored.marked()) {
				return Optional.empty();
			}
			return Optional.of(new ObjectEntry(key.value(), stored.size(),
					Instant.ofEpochSecond(stored.lastModified().getEpochSecond())));
		}
	}

	@Override
	public Optional<byte[]> read(ObjectKey key, long offset, int limit) {
		this.beforeStat.run();
		synchronized (this) {
			called("read", key.value(), Long.toString(offset), Integer.toString(limit));
			Stored stored = this.nodes.get(key.value());
			return Optional.ofNullable(stored)
				.map((file) -> Arrays.copyOfRange(file.content(), (int) Math.min(offset, file.size()),
						(int) Math.min(offset + limit, file.size())));
		}
	}

	@Override
	public URI presign(ObjectKey key, Duration validity) {
		return URI.create("http://gateway.test/" + this.volume + "/"
				+ URLEncoder.encode(key.value(), StandardCharsets.UTF_8) + "?validity=" + validity.toSeconds());
	}

	@Override
	public void put(ObjectKey key, byte[] content) {
		this.beforePut.run();
		synchronized (this) {
			called("put", key.value());
			if (this.full) {
				throw new GatewayException(Kind.FULL, "PUT " + this.volume + ": 500 InternalError, disk quota exceeded",
						null);
			}
			with(key.value(),
					new Stored(content.length, content.clone(), this.clock.instant(), key.value().endsWith("/")));
		}
	}

	@Override
	public void delete(ObjectKey key) {
		this.beforeDelete.run();
		synchronized (this) {
			called("delete", key.value());
			if (!isHeld(key.value()) && this.nodes.remove(key.value()) != null) {
				prune(key.directory());
			}
		}
		this.afterDelete.run();
	}

	@Override
	public synchronized boolean mayDeleteInBulk(String directory) {
		called("mayDeleteInBulk", directory);
		String shadow = this.volume + "/" + directory;
		return this.nodes.keySet()
			.stream()
			.noneMatch((name) -> name.startsWith(shadow) || name.equals(shadow.substring(0, shadow.length() - 1)));
	}

	@Override
	public BulkAnswer deleteAll(List<ObjectKey> keys) {
		this.beforeDelete.run();
		BulkAnswer answer = deleteAllNow(keys);
		this.afterDelete.run();
		return answer;
	}

	private synchronized BulkAnswer deleteAllNow(List<ObjectKey> keys) {
		if (keys.isEmpty() || keys.size() > 1000) {
			throw new IllegalArgumentException(keys.size() + " keys");
		}
		called("deleteAll", keys.stream().map(ObjectKey::value).toArray(String[]::new));
		return (this.manners == Manners.JUICEFS_1_4) ? deleteByDirectory(keys) : deleteByKey(keys);
	}

	/**
	 * 1.4: the keys of one directory go together or not at all, nothing is named, and
	 * what has the directory's name inside the bucket goes too.
	 */
	private BulkAnswer deleteByDirectory(List<ObjectKey> keys) {
		List<BulkAnswer.Refusal> refusals = new ArrayList<>();
		for (String directory : new TreeSet<>(keys.stream().map(ObjectKey::directory).toList())) {
			List<String> names = keys.stream()
				.filter((key) -> key.directory().equals(directory))
				.map(ObjectKey::value)
				.toList();
			if (names.stream().anyMatch(this::isHeld)) {
				refusals.add(new BulkAnswer.Refusal(names.get(names.size() - 1), "InternalError",
						"operation not permitted"));
				continue;
			}
			this.nodes.keySet().removeAll(names);
			String shadow = (this.volume + "/" + directory).replaceAll("/$", "");
			this.nodes.remove(shadow);
			if (isEmpty(shadow + "/")) {
				this.nodes.remove(shadow + "/");
			}
		}
		// An error is counted among those deleted, too.
		return new BulkAnswer(keys.size(), false, refusals);
	}

	/** 1.3: each key goes for itself, and is named. */
	private BulkAnswer deleteByKey(List<ObjectKey> keys) {
		List<BulkAnswer.Refusal> refusals = new ArrayList<>();
		for (ObjectKey key : keys) {
			if (isHeld(key.value())) {
				refusals.add(new BulkAnswer.Refusal(key.value(), "InternalError", "operation not permitted"));
			}
			else if (this.nodes.remove(key.value()) != null) {
				prune(key.directory());
			}
		}
		// An error has an empty entry among those deleted, too.
		return new BulkAnswer(keys.size(), keys.size() > refusals.size(), refusals);
	}

	private void prune(String emptied) {
		String directory = emptied;
		while (!directory.isEmpty() && isEmpty(directory) && !this.undeletable.contains(directory)) {
			this.nodes.remove(directory);
			directory = directory.substring(0, directory.lastIndexOf('/', directory.length() - 2) + 1);
		}
	}

	/** Whether a deletion leaves it: undeletable, or a directory that holds something. */
	private boolean isHeld(String name) {
		return this.undeletable.contains(name) || name.endsWith("/") && !isEmpty(name);
	}

	private boolean isEmpty(String directory) {
		String next = this.nodes.higherKey(directory);
		return next == null || !next.startsWith(directory);
	}

	private void called(String method, String... arguments) {
		this.calls.add(method + " " + String.join(" ", arguments));
		Kind kind = this.outage;
		for (String argument : arguments) {
			kind = (kind == null) ? this.failures.get(argument) : kind;
		}
		if (kind != null) {
			throw new GatewayException(kind, method + " " + this.volume + ": fails as planned", null);
		}
	}

	/**
	 * Whose bulk delete it has.
	 */
	public enum Manners {

		/** All or nothing in each directory, nothing named, parents left. */
		JUICEFS_1_4,

		/** Each key for itself, named, parents pruned. */
		JUICEFS_1_3

	}

	/**
	 * What is at a name.
	 *
	 * @param marked whether it is a directory that was made through the gateway: only
	 * such a one is found by HEAD, and listed below its own name
	 */
	private record Stored(long size, byte[] content, Instant lastModified, boolean marked) {

	}

}
