package dev.dumpkeeper.retention;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.InMemoryBucket.Manners;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.scan.TestScans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ExpirySweep}: volumes beside each other, batches beside each other,
 * and what happens when one ends in the midst. Batches are of twenty keys.
 */
class ExpirySweepTests {

	private static final Duration OLD = Duration.ofDays(20);

	private final RetentionLab lab = new RetentionLab(PathTrust.CHECKED, "dumpfiles");

	private final Run run = this.lab.run(1);

	private final LateWorkers workers = new LateWorkers();

	ExpirySweepTests() {
		this.lab.bucket.manners(Manners.JUICEFS_1_3);
	}

	@AfterEach
	void close() {
		this.lab.close();
	}

	/** Of a gateway with its metadata and one without. */
	@Test
	void whatNeedsNoProofInOneVolumeStaysInAnother() {
		try (RetentionLab lab = new RetentionLab(PathTrust.UNKNOWN, "dumpfiles")) {
			lab.gateway.pathTrust("w", PathTrust.CHECKED);
			for (InMemoryBucket bucket : List.of(lab.bucket, lab.gateway.bucket("w"))) {
				bucket.manners(Manners.JUICEFS_1_3)
					.with("dumpfiles/dir/core", 10, RetentionLab.NOW.minus(OLD))
					.with("dumpfiles/a.hprof", 10, RetentionLab.NOW.minus(OLD))
					.withDirectory("dumpfiles/empty");
			}
			Run run = lab.run(1);
			lab.plan(run, () -> {
			}, RetentionLab.VOLUME, "w");
			lab.secondKeys.keep(run);
			lab.sweep(run);
			assertThat(lab.bucket.files()).containsExactly("dumpfiles/a.hprof", "dumpfiles/dir/core");
			assertThat(lab.gateway.bucket("w").files()).isEmpty();
			assertThat(lab.outcomes(run, "w")).containsEntry("dumpfiles/dir/core", "DELETED");
		}
	}

	@Test
	void eachVolumeLosesWhatItsOwnPartOfThePlanNames() {
		this.lab.old("dumpfiles/a.hprof").file("dumpfiles/b.hprof", Duration.ZERO);
		this.lab.gateway.bucket("w")
			.with("dumpfiles/a.hprof", 10, RetentionLab.NOW)
			.with("dumpfiles/b.hprof", 10, RetentionLab.NOW.minus(OLD));
		plan(RetentionLab.VOLUME, "w");
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/b.hprof");
		assertThat(this.lab.gateway.bucket("w").files()).containsExactly("dumpfiles/a.hprof");
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of("dumpfiles/a.hprof", "DELETED"));
		assertThat(this.lab.outcomes(this.run, "w")).isEqualTo(Map.of("dumpfiles/b.hprof", "DELETED"));
	}

	@Test
	void aGatewayThatFailsEndsTheSweepOfOneVolumeAndNotOfTheOthers() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.gateway.bucket("before").with("dumpfiles/a.hprof", 10, RetentionLab.NOW.minus(OLD));
		this.lab.gateway.bucket("xlast").with("dumpfiles/a.hprof", 10, RetentionLab.NOW.minus(OLD));
		plan("before", RetentionLab.VOLUME, "xlast");
		this.lab.bucket.outage(Kind.UNAVAILABLE);
		this.lab.sweep(this.run);
		assertThat(this.lab.gateway.bucket("before").files()).isEmpty();
		assertThat(this.lab.gateway.bucket("xlast").files()).isEmpty();
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/a.hprof");
		assertThat(this.lab.volumePlan(this.run).failure()).contains("fails as planned");
		assertThat(this.lab.volumePlan(this.run).deleted()).isZero();
		assertThat(this.lab.volumePlan(this.run, "before").failure()).isNull();
		assertThat(this.lab.volumePlan(this.run, "xlast").failure()).isNull();
		assertThat(this.lab.volumePlan(this.run, "xlast").deleted()).isOne();
		assertThat(this.lab.plans.volumesToSweep(this.run)).as("an end that is recorded").isEmpty();
	}

	@Test
	void aListingThatIsNotToBeTrustedDeletesNothing() {
		many(30);
		this.lab.plan(this.run);
		this.lab.sweep(this.run, TestScans.walk(this.lab.stop, 29), this.workers, 1);
		assertThat(this.lab.bucket.files()).hasSize(30);
		assertThat(this.lab.volumePlan(this.run).failure()).contains("scan.max-objects (29)");
		assertThat(this.lab.outcomes(this.run).values()).containsOnly("-");
	}

	@Test
	void aSweepThatIsKilledGoesOnWithWhatHasNoOutcome() {
		many(50);
		this.lab.bucket.undeletable(name(1));
		this.lab.plan(this.run);
		killAfterDelete(2);
		assertThatIllegalStateException().isThrownBy(this::sweepOneByOne);
		assertThat(this.lab.outcomes(this.run).values().stream().filter("DELETED"::equals)).hasSize(19);
		assertThat(this.lab.outcomes(this.run).values().stream().filter("DELETE_SENT"::equals)).hasSize(20);
		assertThat(this.lab.outcomes(this.run)).containsEntry(name(1), "FAILED").containsEntry(name(49), "-");
		assertThat(this.lab.plans.volumesToSweep(this.run)).containsExactly(RetentionLab.VOLUME);
		// Somebody brings one back that is done, and what failed could go by now.
		this.lab.old(name(0));
		this.lab.bucket.deletable(name(1));
		survive();
		sweepOneByOne();
		assertThat(this.lab.bucket.files()).containsExactly(name(0), name(1));
		assertThat(this.lab.outcomes(this.run)).containsEntry(name(0), "DELETED")
			.containsEntry(name(1), "FAILED")
			.containsEntry(name(49), "DELETED")
			.doesNotContainValue("DELETE_SENT");
		assertThat(this.lab.volumePlan(this.run).deleted()).isEqualTo(49);
	}

	@Test
	void whatWasSentBeforeAKillIsCheckedBeforeItIsSentAgain() {
		many(20);
		this.lab.plan(this.run);
		killAfterDelete(1);
		assertThatIllegalStateException().isThrownBy(this::sweepOneByOne);
		// One is written anew, and for one the delete did nothing.
		this.lab.file(name(3), Duration.ZERO).old(name(4));
		survive();
		int before = this.lab.bucket.calls().size();
		sweepOneByOne();
		List<String> calls = this.lab.bucket.calls().subList(before, this.lab.bucket.calls().size());
		List<String> ahead = calls.stream().takeWhile((call) -> !call.startsWith("delete")).toList();
		IntStream.range(0, 20).forEach((i) -> assertThat(ahead).contains("stat " + name(i)));
		assertThat(this.lab.bucket.files()).containsExactly(name(3));
		assertThat(this.lab.outcomes(this.run)).containsEntry(name(2), "DELETED")
			.containsEntry(name(3), "CHANGED")
			.containsEntry(name(4), "DELETED");
	}

	@Test
	void whatWasSentIsCheckedByItselfHoweverFreshTheListing() {
		many(30);
		this.lab.plan(this.run);
		this.lab.bucket.beforeDelete(() -> {
			throw new IllegalStateException("killed");
		});
		assertThatIllegalStateException().isThrownBy(this::sweepOneByOne);
		survive();
		// Behind the second listing.
		this.lab.bucket.beforeStat(() -> this.lab.file(name(7), Duration.ZERO));
		sweepOneByOne();
		assertThat(this.lab.bucket.calls("deleteAll")).isNotEmpty().noneMatch((call) -> call.contains(name(7)));
		assertThat(this.lab.bucket.files()).containsExactly(name(7));
	}

	@Test
	void aStopInTheMidstIsNoFailureAndTheSweepGoesOnLater() {
		many(50);
		this.lab.plan(this.run);
		// The loss of the connection comes of the stop.
		this.lab.bucket.beforeDelete(() -> {
			if (!this.lab.bucket.calls("deleteAll").isEmpty()) {
				this.lab.stop.raiseForWork();
				throw new GatewayException(Kind.UNAVAILABLE, "cut off", null);
			}
		});
		assertThatExceptionOfType(StoppedException.class).isThrownBy(this::sweepOneByOne);
		assertThat(this.lab.bucket.files()).hasSize(30);
		assertThat(this.lab.volumePlan(this.run).failure()).isNull();
		assertThat(this.lab.volumePlan(this.run).sweptAt()).isNull();
		survive();
		this.lab.stop.lower();
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).isEmpty();
		assertThat(this.lab.volumePlan(this.run).sweptAt()).isNotNull();
	}

	/** Whoever was thought dead must not delete what the next one has checked by then. */
	@Test
	void aSweepThatAnotherProcessGoesOnWithSendsNoFurtherBatch() {
		many(50);
		this.lab.plan(this.run);
		this.lab.bucket.beforeDelete(() -> {
			if (this.lab.bucket.calls("deleteAll").isEmpty()) {
				this.lab.jdbc.update("UPDATE volume_plan SET fence = fence + 1");
			}
		});
		assertThatExceptionOfType(StoppedException.class).isThrownBy(this::sweepOneByOne);
		assertThat(this.lab.bucket.files()).hasSize(30);
		survive();
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).isEmpty();
	}

	@Test
	void whoeverSweepsNextKeepsOutWhoSweptBefore() {
		many(1);
		this.lab.plan(this.run);
		int before = this.lab.volumePlan(this.run).fence();
		this.lab.sweep(this.run);
		assertThat(this.lab.volumePlan(this.run).fence()).isGreaterThan(before + 1);
	}

	@Test
	void aStopBeforeTheFirstBatchDeletesNothing() {
		many(5);
		this.lab.plan(this.run);
		this.lab.stop.raise();
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> this.lab.sweep(this.run));
		assertThat(this.lab.bucket.files()).hasSize(5);
		assertThat(this.lab.bucket.calls("deleteAll")).isEmpty();
	}

	@Test
	void aStopBetweenTheChecksOfABatchDeletesNothingOfIt() {
		many(5);
		this.lab.plan(this.run);
		this.lab.bucket.beforeStat(this.lab.stop::raise);
		assertThatExceptionOfType(StoppedException.class).isThrownBy(this::sweepOneByOne);
		assertThat(this.lab.bucket.calls("stat")).hasSize(1);
		assertThat(this.lab.bucket.files()).hasSize(5);
	}

	@Test
	void asManyBatchesAreUnderWayAsAreAllowedAndNoMore() {
		many(200);
		this.lab.plan(this.run);
		this.lab.sweep(this.run, TestScans.walk(this.lab.stop), this.workers, 3);
		assertThat(this.workers.most()).isEqualTo(3);
		assertThat(this.workers.underWay()).isZero();
		assertThat(this.lab.bucket.files()).isEmpty();
		assertThat(this.lab.bucket.calls("deleteAll")).hasSize(10);
	}

	@Test
	void afterABatchThatFailsNoneIsBegunAndThoseUnderWayAreWaitedFor() {
		many(200);
		this.lab.plan(this.run);
		AtomicBoolean failed = new AtomicBoolean();
		this.lab.bucket.beforeDelete(() -> {
			if (!failed.getAndSet(true)) {
				throw new GatewayException(Kind.UNAVAILABLE, "cut off", null);
			}
		});
		this.lab.sweep(this.run, TestScans.walk(this.lab.stop), this.workers, 3);
		assertThat(this.workers.underWay()).isZero();
		assertThat(this.lab.bucket.calls("deleteAll")).hasSize(2);
		assertThat(this.lab.outcomes(this.run)).containsEntry(name(0), "DELETE_SENT")
			.containsEntry(name(20), "DELETED")
			.containsEntry(name(59), "DELETED")
			.containsEntry(name(60), "-");
		assertThat(this.lab.volumePlan(this.run).failure()).isEqualTo("cut off");
		assertThat(this.lab.volumePlan(this.run).deleted()).as("the answer that was lost included").isEqualTo(60);
	}

	@Test
	void theLedgerLearnsWhatWentByOurHandAndNothingElse() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof", "dumpfiles/c.hprof");
		this.lab.bucket.undeletable("dumpfiles/c.hprof");
		this.lab.dumps.list(RetentionLab.VOLUME);
		this.lab.plan(this.run);
		this.lab.bucket.without("dumpfiles/a.hprof");
		this.lab.sweep(this.run);
		assertThat(expired()).containsExactly("dumpfiles/b.hprof");
		assertThat(this.lab.jdbc.queryForList("SELECT DISTINCT plan_id FROM dump WHERE fate = 'EXPIRED'", Long.class))
			.containsExactly(this.lab.plans.findByRun(this.run).orElseThrow().number());
	}

	@Test
	void theLedgerLearnsOfMoreThanAThousandExpiries() {
		many(1001);
		for (int i = 2000; i < 2300; i++) {
			this.lab.file("dumpfiles/%04d.hprof".formatted(i), Duration.ZERO);
		}
		this.lab.dumps.list(RetentionLab.VOLUME);
		this.lab.pass(this.run);
		assertThat(expired()).hasSize(1001).contains(name(0), name(999), name(1000));
		assertThat(this.lab.volumePlan(this.run).deleted()).isEqualTo(1001);
	}

	private List<String> expired() {
		return this.lab.jdbc.query("SELECT object_key FROM dump WHERE fate = 'EXPIRED' ORDER BY object_key",
				(row, number) -> new String(row.getBytes(1), java.nio.charset.StandardCharsets.UTF_8));
	}

	private void plan(String... volumes) {
		this.lab.plan(this.run, () -> {
		}, volumes);
	}

	private void sweepOneByOne() {
		this.lab.sweep(this.run, TestScans.walk(this.lab.stop), this.workers, 1);
	}

	/** The process ends behind so many bulk deletes, before it can record the last. */
	private void killAfterDelete(int deletes) {
		this.lab.bucket.afterDelete(() -> {
			if (this.lab.bucket.calls("deleteAll").size() == deletes) {
				throw new IllegalStateException("killed");
			}
		});
	}

	private void survive() {
		this.lab.bucket.afterDelete(() -> {
		}).beforeDelete(() -> {
		});
	}

	private void many(int count) {
		this.lab.old(IntStream.range(0, count).mapToObj(ExpirySweepTests::name).toArray(String[]::new));
	}

	private static String name(int number) {
		return "dumpfiles/%04d.hprof".formatted(number);
	}

}
