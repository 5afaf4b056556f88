package dev.dumpkeeper.usage;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.ScanVisitor;
import dev.dumpkeeper.scan.ScannedObject;
import dev.dumpkeeper.scan.ScannedObject.Kind;
import dev.dumpkeeper.scan.VolumeScan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link UsageMeter}.
 */
class UsageMeterTests {

	private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

	private static final Instant OLD = Instant.parse("2026-11-01T10:11:12Z");

	private static final Run RUN = new Run(7, NOW, false);

	private final Rows rows = new Rows();

	@Test
	void objectsAndDumpsAreAddedUpByDirectory() {
		UsageMeter meter = meter();
		meter.visit(other("a/x", 1, OLD));
		meter.visit(dump("a/y.hprof", 10, OLD));
		meter.visit(dump("a/z/y.hprof", 100, OLD));
		meter.visit(dump("b/y.hprof", 1000, OLD));
		complete(meter);
		assertThat(this.rows.saved).containsExactly(usage("a", 3, 111, 2, 110, OLD, OLD),
				usage("b", 1, 1000, 1, 1000, OLD, OLD), usage("", 4, 1111, 3, 1110, OLD, OLD));
	}

	@Test
	void objectsAtTheTopCountForTheVolumeAlone() {
		UsageMeter meter = meter();
		meter.visit(other("0", 1, OLD));
		meter.visit(other("a/x", 10, OLD));
		meter.visit(other("a0", 100, OLD));
		meter.visit(other("b/x", 1000, OLD));
		complete(meter);
		assertThat(this.rows.saved).containsExactly(usage("a", 1, 10, 0, 0, OLD, OLD),
				usage("b", 1, 1000, 0, 0, OLD, OLD), usage("", 4, 1111, 0, 0, OLD, OLD));
	}

	@Test
	void anEmptyDirectoryIsNoObject() {
		UsageMeter meter = meter();
		meter.visit(directory("a/"));
		meter.visit(directory("b/c/"));
		meter.visit(other("b/x", 5, OLD));
		complete(meter);
		assertThat(this.rows.saved).containsExactly(usage("a", 0, 0, 0, 0, null, null),
				usage("b", 1, 5, 0, 0, OLD, OLD), usage("", 1, 5, 0, 0, OLD, OLD));
	}

	@Test
	void anEmptyVolumeHasARowToo() {
		complete(meter());
		assertThat(this.rows.saved).containsExactly(usage("", 0, 0, 0, 0, null, null));
	}

	@Test
	void oldestAndNewestAreThoseOfTheDirectory() {
		UsageMeter meter = meter();
		meter.visit(other("a/1", 0, OLD.plusSeconds(5)));
		meter.visit(other("a/2", 0, OLD));
		meter.visit(other("a/3", 0, OLD.plusSeconds(9)));
		meter.visit(other("a/4", 0, OLD.plusSeconds(2)));
		meter.visit(other("b/1", 0, OLD.plusSeconds(20)));
		complete(meter);
		assertThat(this.rows.saved).containsExactly(usage("a", 4, 0, 0, 0, OLD, OLD.plusSeconds(9)),
				usage("b", 1, 0, 0, 0, OLD.plusSeconds(20), OLD.plusSeconds(20)),
				usage("", 5, 0, 0, 0, OLD, OLD.plusSeconds(20)));
	}

	@Test
	void manyDirectoriesAreStoredInBatchesWhileTheWalkGoesOn() {
		UsageMeter meter = meter();
		for (int i = 0; i < 1700; i++) {
			meter.visit(other("d%05d/x".formatted(i), 1, OLD));
		}
		assertThat(this.rows.batches).containsExactly(500, 500, 500);
		complete(meter);
		assertThat(this.rows.batches).containsExactly(500, 500, 500, 201);
		assertThat(this.rows.saved).hasSize(1701).doesNotHaveDuplicates();
	}

	@Test
	void whatAnEarlierVisitorLeftIsDroppedAtTheStart() {
		this.rows.saved.add(usage("left-over", 1, 1, 1, 1, OLD, OLD));
		complete(meter());
		assertThat(this.rows.saved).extracting(DirectoryUsage::directory).containsExactly("");
	}

	@Test
	void anAbandonedWalkLeavesNothing() {
		UsageMeter meter = meter();
		for (int i = 0; i < 600; i++) {
			meter.visit(other("d%05d/x".formatted(i), 1, OLD));
		}
		assertThat(this.rows.saved).isNotEmpty();
		meter.abandon();
		assertThat(this.rows.saved).isEmpty();
	}

	@Test
	void otherVolumesAndRunsAreLeftAlone() {
		DirectoryUsage otherVolume = new DirectoryUsage(null, 7, "other", "a", NOW, 1, 1, 0, 0, OLD, OLD, 0);
		DirectoryUsage otherRun = new DirectoryUsage(null, 6, "jfsdata", "a", NOW, 1, 1, 0, 0, OLD, OLD, 0);
		this.rows.saved.addAll(List.of(otherVolume, otherRun));
		meter().abandon();
		assertThat(this.rows.saved).containsExactly(otherVolume, otherRun);
	}

	@Test
	void whatASecondKeyShowsIsDistinguished() {
		SeenFiles seen = new SeenFiles();
		UsageMeter meter = meter("a", seen);
		meter.visit(other("x/big", 2 << 20, OLD));
		meter.visit(other("x/link", 2 << 20, OLD));
		meter.visit(other("y/later", 2 << 20, OLD.plusMillis(1)));
		meter.visit(other("y/small", 1000, OLD));
		meter.visit(other("y/small-too", 1000, OLD));
		complete(meter);
		UsageMeter another = meter("b", seen);
		another.visit(other("z/big", 2 << 20, OLD));
		complete(another);
		assertThat(this.rows.saved)
			.extracting(DirectoryUsage::volume, DirectoryUsage::directory, DirectoryUsage::duplicateBytes)
			.containsExactly(tuple("a", "x", 2L << 20), tuple("a", "y", 0L), tuple("a", "", 2L << 20),
					tuple("b", "z", 2L << 20), tuple("b", "", 2L << 20));
		assertThat(this.rows.saved).extracting(DirectoryUsage::objectBytes).contains((6L << 20) + 2000);
	}

	@Test
	void whereLinksAreKnownNothingIsCountedTwice() {
		UsageMeter meter = meter("a", null);
		meter.visit(other("x/big", 2 << 20, OLD));
		meter.visit(other("x/equal", 2 << 20, OLD));
		complete(meter);
		assertThat(this.rows.saved).extracting(DirectoryUsage::duplicateBytes).containsOnly(0L);
	}

	@Test
	void aRunBeginsWithNothingSeenAndKeepsItOverItsVolumes() {
		VolumeUsage usage = new VolumeUsage(this.rows.repository(), new InMemoryGateway().pathTrust(PathTrust.UNKNOWN));
		for (Run run : List.of(RUN, new Run(8, NOW, false))) {
			for (String volume : List.of("a", "b")) {
				ScanVisitor visitor = usage.join(run, volume).orElseThrow();
				visitor.visit(other("big", 2 << 20, OLD));
				visitor.complete(trusted());
			}
		}
		assertThat(this.rows.saved)
			.extracting(DirectoryUsage::runId, DirectoryUsage::volume, DirectoryUsage::duplicateBytes)
			.containsExactly(tuple(7L, "a", 0L), tuple(7L, "b", 2L << 20), tuple(8L, "a", 0L),
					tuple(8L, "b", 2L << 20));
	}

	private UsageMeter meter() {
		return meter("jfsdata", null);
	}

	private UsageMeter meter(String volume, @Nullable SeenFiles seen) {
		return new UsageMeter(this.rows.repository(), RUN, volume, seen);
	}

	private static void complete(UsageMeter meter) {
		meter.complete(trusted());
	}

	private static VolumeScan trusted() {
		return new VolumeScan(1L, 7, "jfsdata", VolumeScan.State.TRUSTED, null, NOW, NOW, 0, 0, 0, 0, 0, 0, null, null,
				null);
	}

	private static ScannedObject dump(String name, long size, Instant lastModified) {
		return new ScannedObject(new ObjectEntry(name, size, lastModified), Kind.DUMP);
	}

	private static ScannedObject other(String name, long size, Instant lastModified) {
		return new ScannedObject(new ObjectEntry(name, size, lastModified), Kind.OTHER);
	}

	private static ScannedObject directory(String name) {
		return new ScannedObject(new ObjectEntry(name, 0, OLD), Kind.DIRECTORY);
	}

	private static DirectoryUsage usage(String directory, long objects, long bytes, long dumps, long dumpBytes,
			@Nullable Instant oldest, @Nullable Instant newest) {
		return new DirectoryUsage(null, 7, "jfsdata", directory, NOW, objects, bytes, dumps, dumpBytes, oldest, newest,
				0);
	}

	/** The table, and the two ways the meter has to change it. */
	private static final class Rows {

		private final List<DirectoryUsage> saved = new ArrayList<>();

		private final List<Integer> batches = new ArrayList<>();

		DirectoryUsageRepository repository() {
			return (DirectoryUsageRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { DirectoryUsageRepository.class },
					(proxy, method, arguments) -> switch (method.getName()) {
						case "saveAll" -> save((Iterable<?>) arguments[0]);
						case "deleteByRunIdAndVolume" -> delete((long) arguments[0], (String) arguments[1]);
						default -> throw new UnsupportedOperationException(method.getName());
					});
		}

		private @Nullable Object delete(long runId, String volume) {
			this.saved.removeIf((usage) -> usage.runId() == runId && usage.volume().equals(volume));
			return null;
		}

		private List<DirectoryUsage> save(Iterable<?> usages) {
			int before = this.saved.size();
			usages.forEach((usage) -> this.saved.add((DirectoryUsage) usage));
			this.batches.add(this.saved.size() - before);
			return List.copyOf(this.saved.subList(before, this.saved.size()));
		}

	}

}
