package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.InMemoryBucket.Manners;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.TestScans;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the checks of {@link VolumeSweep} before each batch: what became another's,
 * somebody's or another object since it was planned stays.
 */
class VolumeSweepCheckTests {

	private static final String A = "dumpfiles/a.hprof";

	private static final String B = "dumpfiles/b.hprof";

	private static final String C = "dumpfiles/c.hprof";

	private RetentionLab lab = new RetentionLab(PathTrust.CHECKED, "dumpfiles");

	private final Run run = this.lab.run(1);

	@AfterEach
	void close() {
		this.lab.close();
	}

	private void lab(PathTrust paths, boolean notificationsEnabled, int keepNewest) {
		this.lab.close();
		this.lab = new RetentionLab(paths, notificationsEnabled, keepNewest, "dumpfiles");
	}

	@Test
	void aDumpStaysThatNobodyWasNotifiedOfByNow() {
		lab(PathTrust.TRUSTED, true, 0);
		whole(A, B);
		this.lab.jdbc.update("UPDATE dump SET notified_at = ?",
				RetentionLab.NOW.minus(Duration.ofDays(2)).toEpochMilli());
		this.lab.plan(this.run);
		this.lab.jdbc.update("UPDATE dump SET notified_at = NULL WHERE object_key = ?", new ObjectKey(A).bytes());
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly(A);
		assertKept(A, KeepReason.UNNOTIFIED);
	}

	@Test
	void aDumpStaysThatPeopleWereNotifiedOfTooShortAgoByNow() {
		lab(PathTrust.TRUSTED, true, 0);
		whole(A, B);
		Instant reported = RetentionLab.NOW.minus(RetentionLab.NOTICE);
		this.lab.jdbc.update("UPDATE dump SET notified_at = ?", reported.toEpochMilli());
		this.lab.plan(this.run);
		this.lab.jdbc.update("UPDATE dump SET notified_at = ? WHERE object_key = ?",
				reported.plusMillis(1).toEpochMilli(), new ObjectKey(A).bytes());
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly(A);
		assertKept(A, KeepReason.NOTICE);
	}

	@Test
	void aDumpStaysThatIsTheNewestByNow() {
		lab(PathTrust.TRUSTED, false, 1);
		this.lab.file("dumpfiles/young.hprof", Duration.ofDays(1));
		whole(A, B);
		this.lab.jdbc.update("UPDATE dump SET workload = 'shop'");
		this.lab.plan(this.run);
		assertThat(this.lab.planned(this.run)).containsExactly(A, B);
		// What took their place is gone.
		this.lab.bucket.without("dumpfiles/young.hprof");
		this.lab.jdbc.update("UPDATE dump SET present = NULL WHERE object_key = ?",
				new ObjectKey("dumpfiles/young.hprof").bytes());
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly(B);
		assertKept(B, KeepReason.NEWEST);
	}

	@Test
	void theHoldsOfAnotherVolumeKeepNothingHere() {
		whole(A);
		this.lab.gateway.bucket("w").with(A, 10, RetentionLab.NOW.minus(Duration.ofDays(20)));
		this.lab.dumps.list("w");
		this.lab.plan(this.run);
		this.lab.dumps.ledger()
			.hold("w", new ObjectKey(A), RetentionLab.NOW.plus(Duration.ofDays(7)), "why", "ann", RetentionLab.NOW);
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).isEmpty();
	}

	@Test
	void aFileThatBecomesALinkIsNotTouched() {
		this.lab.old(A, B, C);
		this.lab.plan(this.run);
		this.lab.gateway.linked(RetentionLab.VOLUME, B);
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly(B);
		assertThat(this.lab.bucket.calls("deleteAll")).containsExactly(A + " " + C);
		assertKept(B, KeepReason.LINKED);
	}

	@Test
	void aDirectoryThatBecomesALinkBetweenTwoBatchesIsNotFollowed() {
		String[] names = IntStream.range(0, 30).mapToObj("dumpfiles/pod/%02d.hprof"::formatted).toArray(String[]::new);
		this.lab.bucket.manners(Manners.JUICEFS_1_3);
		this.lab.old(names);
		this.lab.plan(this.run);
		this.lab.bucket.afterDelete(() -> this.lab.gateway.linked(RetentionLab.VOLUME, "dumpfiles/pod"));
		sweepOneByOne();
		assertThat(this.lab.bucket.files()).hasSize(10).contains("dumpfiles/pod/20.hprof", "dumpfiles/pod/29.hprof");
		assertKept("dumpfiles/pod/20.hprof", KeepReason.LINKED);
		assertThat(this.lab.bucket.calls("delete")).isEmpty();
	}

	@Test
	void aFileThatBecomesALinkAfterItsCheckIsNotTouchedAndTheOthersOfItsBatchGo() {
		this.lab.old(A, B, C);
		this.lab.plan(this.run);
		AtomicInteger checks = new AtomicInteger();
		this.lab.bucket.beforeStat(() -> {
			if (checks.incrementAndGet() == 3) {
				this.lab.gateway.linked(RetentionLab.VOLUME, A);
			}
		});
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly(A);
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of(A, "KEPT", B, "DELETED", C, "DELETED"));
		assertThat(this.lab.bucket.calls("deleteAll")).isEmpty();
	}

	@Test
	void whereThePlanIsAFractionOfTheVolumeEachObjectIsCheckedByItself() {
		many(21);
		for (int i = 0; i < 399; i++) {
			this.lab.file("dumpfiles/young%03d".formatted(i), Duration.ZERO);
		}
		this.lab.plan(this.run);
		int before = this.lab.bucket.calls("list").size();
		this.lab.bucket.beforeDelete(() -> assertThat(this.lab.bucket.calls("stat")).hasSizeGreaterThanOrEqualTo(20));
		sweepOneByOne();
		assertThat(this.lab.bucket.calls("list").subList(before, this.lab.bucket.calls("list").size()))
			.doesNotContain("dumpfiles/");
		assertThat(this.lab.outcomes(this.run).values()).containsOnly("DELETED");
	}

	@Test
	void wherePathsAreNotKnownEachObjectIsCheckedByItselfHoweverMany() {
		lab(PathTrust.UNKNOWN, false, 0);
		many(30);
		this.lab.dumps.list(RetentionLab.VOLUME);
		this.lab.jdbc.update("UPDATE dump SET state = 'COMPLETE'");
		this.lab.plan(this.run);
		int before = this.lab.bucket.calls().size();
		sweepOneByOne();
		List<String> calls = this.lab.bucket.calls().subList(before, this.lab.bucket.calls().size());
		assertThat(calls).noneMatch((call) -> call.startsWith("list "));
		assertThat(calls.subList(0, 20 + 1)).filteredOn((call) -> call.startsWith("stat ")).hasSize(20);
		assertThat(this.lab.bucket.files()).isEmpty();
	}

	private void sweepOneByOne() {
		this.lab.sweep(this.run, TestScans.walk(this.lab.stop), new LateWorkers(), 1);
	}

	private void many(int count) {
		this.lab.old(IntStream.range(0, count).mapToObj("dumpfiles/%02d.hprof"::formatted).toArray(String[]::new));
	}

	/** Old dumps that the ledger has seen to be whole. */
	private void whole(String... names) {
		this.lab.old(names);
		this.lab.dumps.list(RetentionLab.VOLUME);
		this.lab.jdbc.update("UPDATE dump SET state = 'COMPLETE'");
	}

	private void assertKept(String name, KeepReason reason) {
		assertThat(this.lab.items.details(this.lab.volumePlan(this.run).key(), Outcome.KEPT, 100))
			.contains(Map.entry(name, reason.name()));
	}

}
