package dev.dumpkeeper.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.ListingPage;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.TestGateways;
import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.lab.JuicefsTest;
import dev.dumpkeeper.lab.Tree;
import dev.dumpkeeper.metadata.TestMetadata;
import dev.dumpkeeper.retention.WatchedGateway.Span;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two writers on a mount, who write planned keys again and add others while a sweep
 * checks at files in the metadata and deletes by the real gateway. Each delete waits for
 * some of its keys to be written, so that there are races at all.
 * <p>
 * What may be lost is a file whose writing ended after the last check of its key had
 * begun and started before its delete was over; all else is there afterwards. See
 * {@link RewriteRacesTests} for the same in memory, step by step.
 * <p>
 * {@code -Dmount.races=N} races instead of 300 (10,000 with the profile {@code full}),
 * the same number on each JuiceFS, {@code -Dmount.races.seed=N} others.
 */
class JuicefsRewriteRacesIntegrationTests {

	/** On each JuiceFS. */
	private static final int RACES = 1
			+ (Integer.getInteger("mount.races", 300) - 1) / Math.max(1, JuicefsGateway.binaries().size());

	private static final long SEED = Long.getLong("mount.races.seed", 1);

	private static final int WRITERS = 2;

	private static final int FILES = 400;

	/** Of each volume, at the very least. */
	private static final int RACES_OF_VOLUME = 40;

	private static final long SIZE = 10;

	private static final Instant OLD = RetentionLab.NOW.minus(Duration.ofDays(20));

	@TempDir
	private Path directory;

	private int races;

	private int lost;

	@JuicefsTest
	void nothingIsLostButWhatCameBetweenTheLastCheckAtItsKeyAndItsDelete(Path binary, TestReporter reporter)
			throws Exception {
		Assumptions.assumeTrue(JuicefsGateway.canMount(), "no FUSE here");
		reporter.publishEntry("mount.races.seed", Long.toString(SEED));
		int volumes = 1 + RACES / RACES_OF_VOLUME;
		Tree tree = Tree.create()
			.files(volumes * FILES, (i) -> new Tree.File(volume(i / FILES) + "/" + key(i % FILES).value(), SIZE, OLD))
			// JuiceFS 1.3 takes a directory away with its last file.
			.files(volumes, (i) -> new Tree.File(volume(i) + "/dumpfiles/.keep", 0, RetentionLab.NOW));
		Path mount = Files.createDirectories(this.directory.resolve("mount"));
		try (JuicefsGateway server = JuicefsGateway.start(binary, tree, JuicefsGateway.Layout.MULTI);
				AutoCloseable mounted = server.mount(mount);
				TestMetadata metadata = new TestMetadata(server.jdbcUrl(), JuicefsGateway.metadata().username(),
						JuicefsGateway.metadata().password())) {
			DumpGateway gateway = TestGateways.withoutLinks(TestGateways.open(server.endpoint()), metadata.paths());
			for (int round = 0; round < volumes && this.races < RACES; round++) {
				try (Race race = new Race(gateway, metadata.listings(), mount, round)) {
					race.run();
				}
			}
		}
		reporter.publishEntry(
				Map.of("races", Integer.toString(this.races), "lost in the window", Integer.toString(this.lost)));
		assertThat(this.races).isGreaterThanOrEqualTo(RACES);
		assertThat(this.lost).as("files that came between check and delete").isPositive();
	}

	private static String volume(int round) {
		return "races-%04d".formatted(round);
	}

	private static ObjectKey key(int number) {
		return new ObjectKey("dumpfiles/%03d.hprof".formatted(number));
	}

	/** What a writer does with a key. */
	private enum Act {

		/** Writes into the file, or makes one. */
		REWRITE,

		/** Renames a new file over it. */
		REPLACE,

		/** The same with the old file's size and time. */
		COPY,

		/** Leaves it alone and writes another name beside it. */
		ADD

	}

	/**
	 * A file that was written wholly.
	 *
	 * @param time from before it was begun until its writer knew that it is there
	 */
	private record Version(Act act, long size, long inode, Span time) {

	}

	/** A sweep of one volume. */
	private final class Race implements AutoCloseable {

		private final String name;

		private final String volume;

		private final ListingSource source;

		private final RetentionLab lab;

		private final Path pvc;

		private final Path beside;

		private final Map<ObjectKey, Version> written = new ConcurrentHashMap<>();

		private final Map<ObjectKey, Queue<Long>> checks = new ConcurrentHashMap<>();

		private final Map<ObjectKey, Queue<Span>> deletes = new ConcurrentHashMap<>();

		private volatile List<ObjectKey> batch = List.of();

		private volatile CountDownLatch awaited = new CountDownLatch(0);

		private volatile boolean isOver;

		Race(DumpGateway gateway, ListingSource source, Path mount, int round) throws IOException {
			this.name = "round %d, seed %d".formatted(round, SEED);
			this.volume = volume(round);
			this.source = source;
			this.lab = new RetentionLab(new WatchedGateway(gateway, this::awaitWriters, this::deleted));
			this.lab.metadata(this::check);
			this.pvc = mount.resolve(this.volume);
			this.beside = Files.createDirectories(this.pvc.resolve("beside"));
		}

		void run() throws Exception {
			Run run = this.lab.run(1);
			this.lab.plan(run, this.volume, list());
			assertThat(this.lab.volumePlan(run, this.volume).candidates()).isEqualTo(FILES);
			ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
			try {
				List<Future<Integer>> work = new ArrayList<>();
				for (int writer = 0; writer < WRITERS; writer++) {
					int number = writer;
					work.add(writers.submit(() -> write(number)));
				}
				this.lab.sweep(run);
				this.isOver = true;
				for (Future<Integer> each : work) {
					JuicefsRewriteRacesIntegrationTests.this.races += each.get();
				}
			}
			catch (ExecutionException ex) {
				throw new AssertionError(this.name, ex.getCause());
			}
			finally {
				this.isOver = true;
				writers.shutdownNow();
			}
			assertThat(this.lab.volumePlan(run, this.volume).failure()).as(this.name).isNull();
			assertThatOnlyTheWindowTookWhatWasWritten(this.lab.outcomes(run, this.volume));
		}

		private List<ObjectEntry> list() {
			List<ObjectEntry> entries = new ArrayList<>();
			try (ListingSource.Listing listing = this.source.open(this.volume)) {
				ListingPage page;
				do {
					page = listing.next();
					entries.addAll(page.entries());
				}
				while (page.next() != null);
			}
			return entries;
		}

		private Map<ObjectKey, ObjectEntry> check(Collection<ObjectKey> keys) {
			long start = System.nanoTime();
			keys.forEach(
					(key) -> this.checks.computeIfAbsent(key, (first) -> new ConcurrentLinkedQueue<>()).add(start));
			Map<ObjectKey, ObjectEntry> found = this.source.stat(this.volume, keys);
			this.batch = List.copyOf(keys);
			this.awaited = new CountDownLatch(Math.max(2, keys.size() / 4));
			return found;
		}

		/** The writers have keys of this batch, or of one that is under way beside it. */
		private void awaitWriters(List<ObjectKey> keys) {
			try {
				this.awaited.await(1, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private void deleted(List<ObjectKey> keys, Span time) {
			keys.forEach(
					(key) -> this.deletes.computeIfAbsent(key, (first) -> new ConcurrentLinkedQueue<>()).add(time));
		}

		/** Each key has one writer. */
		private int write(int writer) throws IOException {
			Random random = new Random(SEED * 1_000_003 + this.volume.hashCode() * 31L + writer);
			int count = 0;
			for (int step = 1; !this.isOver; step++) {
				List<ObjectKey> keys = this.batch;
				ObjectKey key = (keys.isEmpty() || random.nextInt(4) == 0) ? key(random.nextInt(FILES))
						: keys.get(random.nextInt(keys.size()));
				if (Math.floorMod(key.value().hashCode(), WRITERS) != writer || !key.value().endsWith(".hprof")) {
					continue;
				}
				Act act = Act.values()[random.nextInt(Act.values().length)];
				if (write(act, key, SIZE + step * WRITERS + writer)) {
					count += (act != Act.ADD) ? 1 : 0;
					this.awaited.countDown();
				}
			}
			return count;
		}

		/**
		 * Writes a file.
		 * @return whether its writer knew that it is there: the mount knows a name for a
		 * second after the gateway has deleted it, and then says that it is gone
		 */
		private boolean write(Act act, ObjectKey key, long size) throws IOException {
			Path path = this.pvc.resolve(key.value());
			long start = System.nanoTime();
			if (act == Act.REWRITE) {
				try {
					Files.write(path, new byte[(int) size]);
				}
				catch (IOException ex) {
					return false;
				}
				long end = System.nanoTime();
				this.written.put(key, new Version(act, size, 0, new Span(start, end)));
				return true;
			}
			ObjectKey to = (act == Act.ADD) ? new ObjectKey(key.value() + "-" + size) : key;
			Path made = Files.write(this.beside.resolve(path.getFileName() + "-" + size),
					new byte[(int) ((act == Act.COPY) ? SIZE : size)]);
			if (act == Act.COPY) {
				Files.setLastModifiedTime(made, FileTime.from(OLD));
			}
			long inode = (Long) Files.getAttribute(made, "unix:ino");
			start = System.nanoTime();
			Files.move(made, this.pvc.resolve(to.value()), StandardCopyOption.ATOMIC_MOVE);
			this.written.put(to,
					new Version(act, (act == Act.COPY) ? SIZE : size, inode, new Span(start, System.nanoTime())));
			return true;
		}

		private void assertThatOnlyTheWindowTookWhatWasWritten(Map<String, String> outcomes) {
			Map<ObjectKey, ObjectEntry> there = new HashMap<>();
			list().stream()
				.filter((entry) -> entry.name().startsWith("dumpfiles/") && !entry.isDirectory())
				.forEach((entry) -> there.put(new ObjectKey(entry.name()), entry));
			this.written.forEach((key, version) -> {
				ObjectEntry entry = there.get(key);
				if (entry == null) {
					assertThat(isInWindow(key, version))
						.as("%s: %s is lost, %s, checked at %s, deleted %s", this.name, key, version,
								this.checks.get(key), this.deletes.get(key))
						.isTrue();
					assertThat(outcomes.get(key.value())).as("%s: %s", this.name, key).isIn("DELETED", "CHANGED");
					JuicefsRewriteRacesIntegrationTests.this.lost++;
				}
				else {
					assertThat(entry.size()).as("%s: %s", this.name, key).isEqualTo(version.size());
					assertThat(entry.inode()).as("%s: %s", this.name, key)
						.isEqualTo((version.inode() != 0) ? version.inode() : entry.inode());
				}
			});
			assertThat(outcomes).hasSize(FILES);
			outcomes.forEach((name, outcome) -> {
				boolean isWritten = this.written.containsKey(new ObjectKey(name));
				assertThat(outcome).as("%s: %s", this.name, name)
					.isIn("DELETED", isWritten ? "CHANGED" : "DELETED", isWritten ? "ALREADY_GONE" : "DELETED");
			});
		}

		/** Such a loss is not reported: its item says DELETED. */
		private boolean isInWindow(ObjectKey key, Version version) {
			Queue<Long> checked = this.checks.getOrDefault(key, new ConcurrentLinkedQueue<>());
			return this.deletes.getOrDefault(key, new ConcurrentLinkedQueue<>())
				.stream()
				.filter((delete) -> version.time().start() <= delete.end())
				.anyMatch((delete) -> checked.stream()
					.filter((check) -> check < delete.start())
					.max(Long::compare)
					.filter((check) -> check <= version.time().end())
					.isPresent());
		}

		@Override
		public void close() {
			this.lab.close();
		}

	}

}
