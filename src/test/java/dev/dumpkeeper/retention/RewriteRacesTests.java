package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.dumpkeeper.gateway.InMemoryBucket.Manners;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.TestScans;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A writer that writes planned keys again, removes them and adds others while a sweep
 * checks files in the metadata. It acts between any two steps of the sweep, by chance.
 * <p>
 * What may be lost is exactly this: a file that came to its key after the last check of
 * that key and before the key's delete. The last check is the statement that reads the
 * batch, the one that verifies it where the bulk delete left the key, or a HEAD after
 * either; a HEAD shows no other number of a file, so one of the planned size and second
 * is not seen by it. The item then says DELETED, or CHANGED where the key was written
 * once more by the time of its verification. Nothing else is lost.
 * <p>
 * {@code -Dsweep.races=N} races instead of 10,000, {@code -Dsweep.races.seed=N} others.
 */
class RewriteRacesTests {

	private static final int RACES = Integer.getInteger("sweep.races", 10_000);

	private static final long SEED = Long.getLong("sweep.races.seed", 1);

	/** Of so many keys of a batch one is written on average. */
	private static final int ONE_IN = 20;

	private static final String UNDELETABLE = "dumpfiles/050.hprof";

	private static final Instant OLD = RetentionLab.NOW.minus(Duration.ofDays(20));

	private static final long PLANNED = 7;

	private final Set<String> met = new HashSet<>();

	private final Set<Point> lostAt = EnumSet.noneOf(Point.class);

	private final Set<String> lostBy = new HashSet<>();

	private int races;

	@ParameterizedTest
	@EnumSource
	void nothingIsLostButWhatCameBetweenTheLastCheckAtItsKeyAndItsDelete(Manners manners) {
		for (int round = 0; this.races < RACES / 2; round++) {
			race(manners, round);
		}
		if (RACES >= 10_000) {
			assertThat(this.met).as("seed %d", SEED)
				.containsAll(Stream.of(Point.values())
					// Where each key goes for itself, none is left that could be deleted.
					.filter((point) -> point != Point.PROOF || manners == Manners.JUICEFS_1_4)
					.flatMap((point) -> Stream.of(Act.values()).map((act) -> act + " " + point))
					.toList());
			assertThat(this.lostBy).containsExactlyInAnyOrder("delete", "deleteAll");
			assertThat(this.lostAt).contains(Point.AFTER_CHECK, Point.BEFORE_DELETE);
		}
		assertThat(this.lostAt).doesNotContain(Point.BEFORE_CHECK, Point.BEFORE_VERIFICATION);
	}

	private void race(Manners manners, int round) {
		long seed = SEED * 1_000_003 + round;
		try (RetentionLab lab = new RetentionLab(PathTrust.CHECKED, "dumpfiles")) {
			Race race = new Race(lab, new Random(seed), "round %d, seed %d".formatted(round, SEED));
			lab.bucket.manners(manners);
			if (round % 3 == 0) {
				lab.bucket.undeletable(UNDELETABLE);
			}
			race.run(round);
		}
	}

	/** When the writer acts, seen from the batch that is under way. */
	private enum Point {

		BEFORE_CHECK, AFTER_CHECK, BEFORE_HEAD, BEFORE_DELETE, AFTER_DELETE, BEFORE_VERIFICATION, AFTER_VERIFICATION,
		PROOF, LISTING

	}

	/** What the writer does with a key. */
	private enum Act {

		/** Writes into the file, or makes one. */
		REWRITE,

		/** Gives it another time only. */
		TOUCH,

		/** Renames a new file over it, of the same size. */
		REPLACE,

		/** The same with the old file's time, as {@code cp -p} does. */
		COPY,

		REMOVE,

		/** Leaves it alone and writes another name beside it. */
		ADD

	}

	/**
	 * A file at a key.
	 *
	 * @param step when it came there, 0 for what was planned
	 */
	private record Version(Act act, Point point, int step, long size, Instant lastModified, long inode) {

		static final Version OF_PLAN = new Version(Act.ADD, Point.LISTING, 0, 10, OLD, PLANNED);

		boolean isSeenByHead() {
			return this.act != Act.COPY;
		}

	}

	/** One sweep. */
	private final class Race {

		private final RetentionLab lab;

		private final Random random;

		private final String name;

		private final List<ObjectKey> planned;

		/** What the writer and the sweep have left at each key. */
		private final Map<ObjectKey, Version> there = new HashMap<>();

		private final Set<ObjectKey> written = new HashSet<>();

		private final Set<ObjectKey> copied = new HashSet<>();

		private final Set<ObjectKey> lost = new HashSet<>();

		private final Map<ObjectKey, Integer> seenInMetadata = new HashMap<>();

		private final Map<ObjectKey, Integer> seenByHead = new HashMap<>();

		/** Points that were reached with this batch. */
		private final Set<Point> reached = EnumSet.noneOf(Point.class);

		private List<ObjectKey> batch = List.of();

		private boolean isDeleted;

		private int calls;

		private int step;

		Race(RetentionLab lab, Random random, String name) {
			this.lab = lab;
			this.random = random;
			this.name = name;
			this.planned = Stream
				.of(names(100, "dumpfiles/%03d.hprof"), names(30, "dumpfiles/sub/%02d.hprof"),
						names(20, "dumpfiles/z\u007F%02d.hprof"))
				.flatMap((keys) -> keys)
				.map(ObjectKey::new)
				.toList();
		}

		private static Stream<String> names(int count, String pattern) {
			return IntStream.range(0, count).mapToObj(pattern::formatted);
		}

		void run(int round) {
			Run run = this.lab.run(round + 1);
			this.lab.old(this.planned.stream().map(ObjectKey::value).toArray(String[]::new));
			this.planned.forEach((key) -> this.there.put(key, Version.OF_PLAN));
			this.lab.plan(run);
			this.lab.jdbc.update("UPDATE expiry_item SET inode = ?", PLANNED);
			this.calls = this.lab.bucket.calls().size();
			this.lab.metadata(this::check);
			this.lab.bucket.beforeStat(() -> write(Point.BEFORE_HEAD))
				.beforeDelete(() -> write(Point.BEFORE_DELETE))
				.afterDelete(() -> {
					catchUp();
					this.isDeleted = true;
					write(Point.AFTER_DELETE);
				})
				.beforeList(() -> write(Point.LISTING));
			this.lab.sweep(run, TestScans.walk(this.lab.stop), new LateWorkers(), 1);
			assertThat(this.lab.volumePlan(run).failure()).as(this.name).isNull();
			assertThatWhatTheWriterLeftIsThere();
			assertThatOutcomesAreTrue(this.lab.outcomes(run));
		}

		private Map<ObjectKey, ObjectEntry> check(Collection<ObjectKey> keys) {
			if (!this.batch.containsAll(keys)) {
				this.batch = List.copyOf(keys);
				this.isDeleted = false;
				this.reached.clear();
			}
			boolean ofOne = keys.size() < 2 && this.batch.size() > 1;
			write(ofOne ? Point.PROOF : this.isDeleted ? Point.BEFORE_VERIFICATION : Point.BEFORE_CHECK);
			Map<ObjectKey, ObjectEntry> found = new HashMap<>();
			this.step++;
			for (ObjectKey key : keys) {
				this.seenInMetadata.put(key, this.step);
				this.lab.bucket.peek(key)
					.ifPresent((file) -> found.put(key, new ObjectEntry(file.name(), file.size(), file.lastModified(),
							this.there.get(key).inode())));
			}
			write(ofOne ? Point.PROOF : this.isDeleted ? Point.AFTER_VERIFICATION : Point.AFTER_CHECK);
			return found;
		}

		/** Notes what the sweep did since the writer acted last. */
		private void catchUp() {
			List<String> all = this.lab.bucket.calls();
			for (; this.calls < all.size(); this.calls++) {
				String[] call = all.get(this.calls).split(" ");
				this.step++;
				for (int i = 1; i < call.length; i++) {
					ObjectKey key = new ObjectKey(call[i]);
					if (call[0].equals("stat")) {
						this.seenByHead.put(key, this.step);
					}
					else if (call[0].startsWith("delete") && this.lab.bucket.peek(key).isEmpty()) {
						gone(key, call[0]);
					}
				}
			}
		}

		private void gone(ObjectKey key, String call) {
			Version file = this.there.remove(key);
			if (file == null || file.step() == 0) {
				return;
			}
			int check = Math.max(this.seenInMetadata.getOrDefault(key, 0),
					file.isSeenByHead() ? this.seenByHead.getOrDefault(key, 0) : 0);
			assertThat(file.step())
				.as("%s: %s of %s at %s is lost to %s", this.name, file.act(), key, file.point(), call)
				.isGreaterThan(check);
			this.lost.add(key);
			RewriteRacesTests.this.lostAt.add(file.point());
			RewriteRacesTests.this.lostBy.add(call);
		}

		/**
		 * Acts on some keys of the batch, or on one now and then where a point repeats.
		 */
		private void write(Point point) {
			catchUp();
			if (this.reached.add(point)) {
				this.batch.stream()
					.filter((key) -> this.random.nextInt(ONE_IN) == 0)
					.forEach((key) -> race(point, key));
			}
			else if (!this.batch.isEmpty() && this.random.nextInt(4) == 0) {
				race(point, this.batch.get(this.random.nextInt(this.batch.size())));
			}
			// Others are not left alone meanwhile.
			if (this.random.nextInt(10) == 0) {
				write(point, this.planned.get(this.random.nextInt(this.planned.size())), Act.REWRITE);
			}
		}

		private void race(Point point, ObjectKey key) {
			Act act = Act.values()[this.random.nextInt(Act.values().length)];
			write(point, key, act);
			RewriteRacesTests.this.met.add(act + " " + point);
			RewriteRacesTests.this.races++;
		}

		private void write(Point point, ObjectKey key, Act act) {
			this.step++;
			Version before = this.there.get(key);
			long inode = (before != null && act != Act.REPLACE && act != Act.COPY) ? before.inode() : 1000 + this.step;
			Instant now = RetentionLab.NOW.plusMillis(this.step);
			switch (act) {
				case REWRITE -> put(key, new Version(act, point, this.step, 10 + this.step, now, inode));
				case TOUCH, REPLACE -> put(key, new Version(act, point, this.step, 10, now, inode));
				case COPY -> {
					put(key, new Version(act, point, this.step, 10, OLD, inode));
					this.copied.add(key);
				}
				case REMOVE -> {
					this.lab.bucket.without(key.value());
					this.there.remove(key);
				}
				case ADD -> put(new ObjectKey(key.value() + "-" + this.step),
						new Version(act, point, this.step, 10, now, inode));
			}
			if (act != Act.ADD) {
				this.written.add(key);
			}
		}

		private void put(ObjectKey key, Version version) {
			this.lab.bucket.with(key.value(), version.size(), version.lastModified());
			this.there.put(key, version);
		}

		private void assertThatWhatTheWriterLeftIsThere() {
			catchUp();
			this.there.forEach((key, version) -> assertThat(this.lab.bucket.peek(key)).as("%s: %s", this.name, key)
				.isEqualTo(Optional.of(new ObjectEntry(key.value(), version.size(), version.lastModified()))));
			assertThat(this.lab.bucket.files()).as(this.name)
				.containsExactlyInAnyOrderElementsOf(this.there.keySet().stream().map(ObjectKey::value).toList());
		}

		private void assertThatOutcomesAreTrue(Map<String, String> outcomes) {
			List<String> wrong = new ArrayList<>();
			outcomes.forEach((name, outcome) -> {
				ObjectKey key = new ObjectKey(name);
				boolean isStuck = name.equals(UNDELETABLE) || this.copied.contains(key);
				Set<String> expected = !this.written.contains(key) ? Set.of(isStuck ? "FAILED" : "", "DELETED")
						: this.lost.contains(key) ? Set.of("DELETED", "CHANGED", isStuck ? "FAILED" : "")
								: Set.of("DELETED", "CHANGED", "ALREADY_GONE", isStuck ? "FAILED" : "");
				if (!expected.contains(outcome)) {
					wrong.add(name + " is " + outcome);
				}
			});
			assertThat(wrong).as(this.name).isEmpty();
		}

	}

}
