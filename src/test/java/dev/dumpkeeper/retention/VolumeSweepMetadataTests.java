package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryBucket.Manners;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.TestScans;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a {@link VolumeSweep} that checks files in the metadata: each batch as a
 * whole, right before and right after it is deleted.
 */
class VolumeSweepMetadataTests {

	private static final String A = "dumpfiles/a.hprof";

	private static final String B = "dumpfiles/b.hprof";

	private static final String C = "dumpfiles/c.hprof";

	private final RetentionLab lab = new RetentionLab(PathTrust.CHECKED, "dumpfiles");

	private final Run run = this.lab.run(1);

	/** Files that the metadata describes otherwise than they are in the bucket. */
	private final Map<String, ObjectEntry> other = new HashMap<>();

	private final List<Integer> checks = new ArrayList<>();

	@BeforeEach
	void checkInTheMetadata() {
		this.lab.metadata(this::stat);
	}

	@AfterEach
	void close() {
		this.lab.close();
	}

	@ParameterizedTest
	@EnumSource(Manners.class)
	void eachBatchIsCheckedOnceBeforeAndOnceAfterItAndOnlyTheFirstIsAskedForAsWell(Manners manners) {
		this.lab.bucket.manners(manners);
		this.lab.old(names(50));
		this.lab.plan(this.run);
		int before = this.lab.bucket.calls("list").size();
		int stats = this.lab.bucket.calls("stat").size();
		sweepOneByOne();
		assertThat(this.lab.outcomes(this.run)).hasSize(50)
			.allSatisfy((key, outcome) -> assertThat(outcome).isEqualTo("DELETED"));
		assertThat(this.lab.bucket.calls("stat")
			.subList(stats, this.lab.bucket.calls("stat").size())
			.stream()
			.filter((call) -> call.contains(".hprof"))).containsExactly(names(20));
		assertThat(this.lab.bucket.calls("list").subList(before, this.lab.bucket.calls("list").size()))
			.allMatch((call) -> call.isEmpty() || call.endsWith("/"));
		assertThat(this.checks).startsWith(20, 20);
		assertThat(this.checks.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2 * 50);
	}

	@Test
	void aFileOfAnotherNumberSizeOrTimeStays() {
		this.lab.old(A, B, C, "dumpfiles/d.hprof");
		this.lab.plan(this.run);
		this.lab.jdbc.update("UPDATE expiry_item SET inode = 7");
		Instant old = RetentionLab.NOW.minus(Duration.ofDays(20));
		this.other.put(A, new ObjectEntry(A, 10, old, 8));
		this.other.put(B, new ObjectEntry(B, 11, old, 7));
		this.other.put(C, new ObjectEntry(C, 10, old.plusMillis(1), 7));
		this.other.put("dumpfiles/d.hprof", new ObjectEntry("dumpfiles/d.hprof", 10, old, 7));
		this.lab.bucket.beforeDelete(() -> this.other.remove("dumpfiles/d.hprof"));
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly(A, B, C);
		assertThat(this.lab.outcomes(this.run))
			.isEqualTo(Map.of(A, "CHANGED", B, "CHANGED", C, "CHANGED", "dumpfiles/d.hprof", "DELETED"));
	}

	@Test
	void whatIsGoneBeforeItsTurnIsNotDeleted() {
		this.lab.old(A, B, C);
		this.lab.plan(this.run);
		this.lab.bucket.without(B);
		this.lab.sweep(this.run);
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of(A, "DELETED", B, "ALREADY_GONE", C, "DELETED"));
		assertThat(this.lab.bucket.calls("deleteAll")).containsExactly(A + " " + C);
	}

	@Test
	void whatTheMetadataDoesNotFindSinceALinkLeadsToItIsKept() {
		this.lab.old(A, B, C);
		this.lab.plan(this.run);
		this.lab.gateway.linked(RetentionLab.VOLUME, B);
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly(B);
		assertThat(this.lab.outcomes(this.run)).containsEntry(B, "KEPT");
	}

	@ParameterizedTest
	@EnumSource(Manners.class)
	void whateverTheGatewaySaysWhatIsStillThereIsTriedSinglyAndNamed(Manners manners) {
		this.lab.bucket.manners(manners);
		this.lab.bucket.undeletable(B);
		this.lab.old(A, B, C);
		this.lab.plan(this.run);
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly(B);
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of(A, "DELETED", B, "FAILED", C, "DELETED"));
	}

	@Test
	void nothingIsDeletedWhereTheMetadataIsAway() {
		this.lab.old(A, B, C);
		this.lab.plan(this.run);
		this.lab.metadata((keys) -> {
			throw new GatewayException(Kind.UNAVAILABLE, "the metadata database is away", null);
		});
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly(A, B, C);
		assertThat(this.lab.volumePlan(this.run).failure()).isEqualTo("the metadata database is away");
		assertThat(this.lab.bucket.calls("deleteAll")).isEmpty();
	}

	@Test
	void whatWasDeletedBeforeTheMetadataWentAwayIsNotCalledGone() {
		this.lab.old(A, B, C);
		this.lab.plan(this.run);
		this.lab.metadata((keys) -> {
			if (this.lab.bucket.calls("deleteAll").isEmpty()) {
				return stat(keys);
			}
			throw new GatewayException(Kind.UNAVAILABLE, "the metadata database is away", null);
		});
		this.lab.sweep(this.run);
		assertThat(this.lab.outcomes(this.run).values()).containsOnly("DELETE_SENT");
	}

	@Test
	void aReplicaThatLagsFromTheStartDecidesNothing() {
		this.lab.old(A, B, C);
		this.lab.plan(this.run);
		freeze(A, B, C);
		this.lab.bucket.with(B, 10, RetentionLab.NOW);
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly(B);
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of(A, "DELETED", B, "CHANGED", C, "DELETED"));
	}

	@Test
	void theMetadataOfACopyIsNotAskedAgainOnceItShowsWhatIsDeleted() {
		String[] names = names(50);
		this.lab.old(names);
		this.lab.plan(this.run);
		freeze(names);
		this.lab.bucket.with(names[45], 10, RetentionLab.NOW);
		sweepOneByOne();
		assertThat(this.lab.bucket.files()).containsExactly(names[45]);
		assertThat(this.lab.outcomes(this.run)).containsEntry(names[45], "CHANGED");
		assertThat(this.checks).containsExactly(20, 20, 1);
	}

	@Test
	void aReplicaThatFallsBehindIsNotAskedAgain() {
		String[] names = names(60);
		this.lab.old(names);
		this.lab.plan(this.run);
		this.lab.metadata((keys) -> {
			// The second batch, after its delete.
			if (this.checks.size() == 3) {
				keys.forEach((key) -> this.other.put(key.value(),
						new ObjectEntry(key.value(), 10, RetentionLab.NOW.minus(Duration.ofDays(20)))));
				freeze(names[59]);
				this.lab.bucket.with(names[59], 10, RetentionLab.NOW);
			}
			return stat(keys);
		});
		sweepOneByOne();
		assertThat(this.lab.bucket.files()).containsExactly(names[59]);
		assertThat(this.lab.outcomes(this.run)).containsEntry(names[59], "CHANGED");
		assertThat(this.checks).containsExactly(20, 20, 20, 20, 1);
	}

	@Test
	void whatABulkDeleteLeftIsAskedForAgainBeforeItGoesSingly() {
		this.lab.bucket.manners(Manners.JUICEFS_1_4).undeletable(B);
		this.lab.old(A, B, C);
		this.lab.plan(this.run);
		this.lab.metadata((keys) -> {
			Map<ObjectKey, ObjectEntry> found = stat(keys);
			if (this.checks.size() == 2) {
				this.lab.bucket.with(C, 10, RetentionLab.NOW);
			}
			return found;
		});
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly(B, C);
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of(A, "DELETED", B, "FAILED", C, "CHANGED"));
	}

	@Test
	void whatGoesSinglyIsCheckedAFewAtATime() {
		this.lab.old(names(40));
		this.lab.old(IntStream.range(0, 50).mapToObj("dumpfiles/z\u007F%02d.hprof"::formatted).toArray(String[]::new));
		this.lab.plan(this.run);
		sweepOneByOne();
		assertThat(this.lab.bucket.files()).isEmpty();
		assertThat(this.checks).containsExactly(20, 20, 20, 20, 20, 20, 10);
	}

	@Test
	void aMetadataThatIsAwayInTheMidstEndsTheSweepWithItsBatch() {
		String[] names = names(60);
		this.lab.old(names);
		this.lab.plan(this.run);
		this.lab.metadata((keys) -> {
			if (this.checks.size() == 2) {
				throw new GatewayException(Kind.UNAVAILABLE, "the metadata database is away", null);
			}
			return stat(keys);
		});
		sweepOneByOne();
		assertThat(this.lab.bucket.files()).hasSize(40).contains(names[20], names[59]);
		assertThat(this.lab.volumePlan(this.run).failure()).isEqualTo("the metadata database is away");
	}

	@Test
	void whatIsWrittenAgainRightAfterItsSingleDeleteDidNotFail() {
		String name = "dumpfiles/a\u007F.hprof";
		this.lab.old(name);
		this.lab.plan(this.run);
		this.lab.bucket.afterDelete(() -> this.lab.bucket.with(name, 20, RetentionLab.NOW));
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly(name);
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of(name, "CHANGED"));
		assertThat(this.lab.quarantine.of(RetentionLab.VOLUME, 9)).isEmpty();
	}

	private static String[] names(int count) {
		return IntStream.range(0, count).mapToObj("dumpfiles/%02d.hprof"::formatted).toArray(String[]::new);
	}

	/** Has the metadata show files as they are now, whatever becomes of them. */
	private void freeze(String... names) {
		for (String name : names) {
			this.other.put(name, this.lab.bucket.peek(new ObjectKey(name)).orElseThrow());
		}
	}

	private Map<ObjectKey, ObjectEntry> stat(Collection<ObjectKey> keys) {
		this.checks.add(keys.size());
		Map<ObjectKey, ObjectEntry> found = new HashMap<>();
		for (ObjectKey key : keys) {
			ObjectEntry otherwise = this.other.get(key.value());
			if (otherwise != null) {
				found.put(key, otherwise);
			}
			else if (!this.lab.gateway.volume(RetentionLab.VOLUME).reachedByLink(List.of(key)).contains(key)) {
				this.lab.bucket.peek(key).ifPresent((entry) -> found.put(key, entry));
			}
		}
		return found;
	}

	private void sweepOneByOne() {
		this.lab.sweep(this.run, TestScans.walk(this.lab.stop), new LateWorkers(), 1);
	}

}
