package dev.dumpkeeper.retention;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryBucket.Manners;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExpiryPlanner}: what gets into a plan.
 */
class ExpiryPlannerTests {

	private final RetentionLab lab = new RetentionLab();

	private final Run run = this.lab.run(1);

	@AfterEach
	void close() {
		this.lab.close();
	}

	@Test
	void whatIsOlderThanTheCutoffToTheMillisecondIsPlanned() {
		this.lab.file("dumpfiles/at.hprof", RetentionLab.MAX_AGE)
			.file("dumpfiles/before.hprof", RetentionLab.MAX_AGE.plusMillis(1));
		this.lab.plan(this.run);
		assertThat(this.lab.planned(this.run)).containsExactly("dumpfiles/before.hprof");
	}

	@Test
	void markersAndWhatLiesElsewhereAreNotPlanned() {
		this.lab.old("dumpfiles/.keep", "dumpfiles/pod/.keep", "dumpfile/a.hprof", "a.hprof", "x/dumpfiles/a.hprof");
		VolumePlan volumePlan = this.lab.plan(this.run);
		assertThat(this.lab.planned(this.run)).isEmpty();
		assertThat(volumePlan.retainedObjects()).isEqualTo(2);
		assertThat(volumePlan.objects()).isEqualTo(5);
	}

	@Test
	void companionsGoAndStayWithTheirDump() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof.event")
			.file("dumpfiles/a.hprof.event", Duration.ZERO)
			.file("dumpfiles/b.hprof", Duration.ZERO);
		this.lab.plan(this.run);
		assertThat(this.lab.planned(this.run)).containsExactly("dumpfiles/a.hprof", "dumpfiles/a.hprof.event");
	}

	@Test
	void aReceiptWithoutADumpAgesByItself() {
		this.lab.old("dumpfiles/a.hprof.event").file("dumpfiles/b.hprof.event", Duration.ZERO);
		this.lab.plan(this.run);
		assertThat(this.lab.planned(this.run)).containsExactly("dumpfiles/a.hprof.event");
	}

	@Test
	void aDumpFromTheFutureAgesFromWhenItWasFirstSeen() {
		this.lab.bucket.with("dumpfiles/a.hprof", 1, Instant.parse("2106-02-07T06:28:15Z"))
			.with("dumpfiles/a.txt", 1, Instant.parse("2106-02-07T06:28:15Z"));
		this.lab.dumps.list(RetentionLab.VOLUME);
		assertThat(this.lab.plan(this.run).kept().futureObjects()).isOne();
		assertThat(this.lab.planned(this.run)).isEmpty();
		Run later = this.lab.later(Duration.ofDays(3)).run(2);
		this.lab.plan(later);
		assertThat(this.lab.planned(later)).containsExactly("dumpfiles/a.hprof");
	}

	@Test
	void whatIsHeldIsTakenOutAgainAndCounted() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/a.hprof.event", "dumpfiles/b.hprof");
		this.lab.dumps.list(RetentionLab.VOLUME);
		this.lab.dumps.ledger()
			.hold(RetentionLab.VOLUME, new ObjectKey("dumpfiles/a.hprof"), RetentionLab.NOW.plus(Duration.ofDays(1)),
					"why", "ann", RetentionLab.NOW);
		VolumePlan volumePlan = this.lab.plan(this.run);
		assertThat(this.lab.planned(this.run)).containsExactly("dumpfiles/b.hprof");
		assertThat(volumePlan.kept().heldObjects()).isEqualTo(2);
		assertThat(volumePlan.candidates()).isOne();
		assertThat(volumePlan.candidateBytes()).isEqualTo(10);
	}

	@Test
	void aListingThatIsNotBelievedLeavesNoPlan() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.planInVain(this.run);
		assertThat(this.lab.plans.volumePlans(this.lab.plans.findByRun(this.run).orElseThrow())).isEmpty();
		assertThat(this.lab.jdbc.queryForObject("SELECT COUNT(*) FROM expiry_item", Integer.class)).isZero();
	}

	@Test
	void aVolumeThatIsScannedAgainIsPlannedAnew() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof");
		this.lab.plans.open(this.run);
		this.lab.plan(this.run, () -> {
			this.lab.bucket.without("dumpfiles/a.hprof");
			this.lab.plan(this.run);
		});
		assertThat(this.lab.planned(this.run)).containsExactly("dumpfiles/b.hprof");
	}

	@Test
	void whatAnEarlierSweepAskedForAndIsThereAgainIsNamed() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof");
		this.lab.plan(this.run);
		this.lab.bucket.manners(Manners.JUICEFS_1_4).beforeDelete(() -> {
			throw new GatewayException(Kind.UNAVAILABLE, "cut off", null);
		});
		this.lab.sweep(this.run);
		assertThat(this.lab.outcomes(this.run).values()).containsOnly("DELETE_SENT");
		this.lab.bucket.beforeDelete(() -> {
		});
		this.lab.plan(this.lab.run(2));
		assertThat(this.lab.outcomes(this.run).values()).containsOnly("FAILED");
		assertThat(this.lab.quarantine.of(RetentionLab.VOLUME, 9)).as("the gateway was ill, not the object").isEmpty();
	}

	@Test
	void whatAnEarlierSweepAskedForAndWasWrittenAgainIsGone() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof", "dumpfiles/d.hprof");
		this.lab.plan(this.run);
		this.lab.bucket.beforeDelete(() -> {
			throw new GatewayException(Kind.UNAVAILABLE, "cut off", null);
		});
		this.lab.sweep(this.run);
		this.lab.bucket.beforeDelete(() -> {
		});
		this.lab.file("dumpfiles/a.hprof", Duration.ZERO).file("dumpfiles/c.hprof", Duration.ZERO).bucket
			.without("dumpfiles/b.hprof");
		this.lab.plan(this.lab.run(2));
		assertThat(this.lab.outcomes(this.run)).isEqualTo(
				Map.of("dumpfiles/a.hprof", "DELETED", "dumpfiles/b.hprof", "DELETED", "dumpfiles/d.hprof", "FAILED"));
		this.lab.plan(this.lab.run(3));
		assertThat(this.lab.outcomes(this.run)).as("settled once").containsEntry("dumpfiles/a.hprof", "DELETED");
	}

	@Test
	void aPlanThatIsJudgedTakesNothingMore() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.plan(this.run);
		assertThat(planner().join(this.run, RetentionLab.VOLUME)).isEmpty();
		assertThat(planner().join(this.lab.run(2), RetentionLab.VOLUME)).as("no plan").isEmpty();
	}

	@Test
	void moreThanAThousandThatNobodyWasNotifiedOfAreTakenOutAndCounted() {
		try (RetentionLab lab = new RetentionLab(PathTrust.TRUSTED, true, 0, "dumpfiles")) {
			lab.old(IntStream.range(0, 1001).mapToObj("dumpfiles/%04d.hprof"::formatted).toArray(String[]::new))
				.old("dumpfiles/0000.hprof.event", "dumpfiles/other");
			lab.dumps.list(RetentionLab.VOLUME);
			lab.jdbc.update("UPDATE dump SET notified_at = ? WHERE object_key = ?", RetentionLab.NOW.toEpochMilli(),
					"dumpfiles/0001.hprof".getBytes(StandardCharsets.UTF_8));
			VolumePlan volumePlan = lab.plan(this.run);
			assertThat(lab.planned(this.run)).containsExactly("dumpfiles/other");
			assertThat(volumePlan.kept().waitingObjects()).isEqualTo(1002);
			assertThat(volumePlan.kept().waitingBytes()).isEqualTo(10020);
			assertThat(volumePlan.candidates()).isOne();
			assertThat(volumePlan.candidateObjects()).isOne();
			assertThat(volumePlan.candidateBytes()).isEqualTo(10);
			assertThat(volumePlan.retainedObjects()).isEqualTo(1003);
		}
	}

	@Test
	void theNewestAreTakenOutAndCounted() {
		try (RetentionLab lab = new RetentionLab(PathTrust.TRUSTED, false, 1, "dumpfiles")) {
			lab.old("dumpfiles/a.hprof").file("dumpfiles/b.hprof", Duration.ofDays(3));
			lab.dumps.list(RetentionLab.VOLUME);
			lab.jdbc.update("UPDATE dump SET state = 'COMPLETE', workload = 'shop'");
			VolumePlan volumePlan = lab.plan(this.run);
			assertThat(lab.planned(this.run)).containsExactly("dumpfiles/a.hprof");
			assertThat(volumePlan.kept().newestObjects()).isOne();
			assertThat(volumePlan.kept().waitingObjects()).isZero();
			assertThat(volumePlan.kept().waitingBytes()).isZero();
		}
	}

	@Test
	void wherePathsAreNotKnownWhatDoesNotProveToBeADumpStaysAndIsCounted() {
		try (RetentionLab lab = new RetentionLab(PathTrust.UNKNOWN, "dumpfiles")) {
			lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof", "dumpfiles/core", "dumpfiles/x.hprof.event");
			lab.bucket.with("dumpfiles/empty/x", 1, RetentionLab.NOW.minus(Duration.ofDays(9)))
				.without("dumpfiles/empty/x");
			lab.dumps.list(RetentionLab.VOLUME);
			lab.jdbc.update("UPDATE dump SET state = 'COMPLETE' WHERE object_key = ?",
					"dumpfiles/a.hprof".getBytes(StandardCharsets.UTF_8));
			VolumePlan volumePlan = lab.plan(this.run);
			assertThat(lab.planned(this.run)).containsExactly("dumpfiles/a.hprof");
			assertThat(volumePlan.kept().unprovenObjects()).isEqualTo(3);
			assertThat(volumePlan.kept().unprovenBytes()).isEqualTo(30);
			assertThat(volumePlan.candidates()).isOne();
		}
	}

	@Test
	void ofSeveralDumpsFromTheFutureEachAgesFromWhenItWasFirstSeen() {
		Instant future = Instant.parse("2106-02-07T06:28:15Z");
		this.lab.bucket.with("dumpfiles/a.hprof", 1, future).with("dumpfiles/c.hprof", 1, future);
		this.lab.dumps.list(RetentionLab.VOLUME);
		this.lab.later(Duration.ofDays(1)).bucket.with("dumpfiles/b.hprof", 1, future);
		this.lab.dumps.list(RetentionLab.VOLUME);
		this.lab.bucket.without("dumpfiles/a.hprof");
		Run later = this.lab.later(Duration.ofDays(1).plusMinutes(1)).run(2);
		this.lab.plan(later);
		assertThat(this.lab.planned(later)).containsExactly("dumpfiles/c.hprof");
	}

	@Test
	void aCompanionWhoseNameCannotBeSentStays() {
		String dump = "dumpfiles/" + "x".repeat(1024 - 10 - 6 - 4) + ".hprof";
		this.lab.old(dump, dump + ".p1", dump + ".event");
		this.lab.plan(this.run);
		assertThat(this.lab.planned(this.run)).containsExactly(dump, dump + ".p1");
	}

	private ExpiryPlanner planner() {
		return new ExpiryPlanner(this.lab.plans, this.lab.volumePlans, this.lab.items, this.lab.quarantine,
				this.lab.policy, new RetentionLedger(this.lab.policy, this.lab.dumps.ledger(), this.lab.kinds),
				Clock.systemUTC());
	}

	@Test
	void directoriesThatAreEmptyAndOldArePlannedAndNotCounted() {
		this.lab.bucket.with("dumpfiles/empty/x", 1, RetentionLab.NOW.minus(Duration.ofDays(9)))
			.without("dumpfiles/empty/x");
		VolumePlan volumePlan = this.lab.plan(this.run);
		assertThat(this.lab.planned(this.run)).containsExactly("dumpfiles/empty/");
		assertThat(volumePlan.candidates()).isOne();
		assertThat(volumePlan.candidateObjects()).isZero();
	}

}
