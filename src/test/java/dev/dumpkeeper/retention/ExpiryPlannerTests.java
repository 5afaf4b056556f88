package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryBucket.Manners;
import dev.dumpkeeper.gateway.ObjectKey;
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
		PlanVolume part = this.lab.plan(this.run);
		assertThat(this.lab.planned(this.run)).isEmpty();
		assertThat(part.retainedObjects()).isEqualTo(2);
		assertThat(part.objects()).isEqualTo(5);
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
	void aDumpFromTheFutureAgesFromItsFirstSight() {
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
		PlanVolume part = this.lab.plan(this.run);
		assertThat(this.lab.planned(this.run)).containsExactly("dumpfiles/b.hprof");
		assertThat(part.kept().heldObjects()).isEqualTo(2);
		assertThat(part.candidates()).isOne();
		assertThat(part.candidateBytes()).isEqualTo(10);
	}

	@Test
	void aListingThatIsNotBelievedLeavesNoPlan() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.planInVain(this.run);
		assertThat(this.lab.plans.partsOf(this.lab.plans.of(this.run).orElseThrow())).isEmpty();
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
		assertThat(this.lab.outcomes(this.run).values()).containsOnly("SENT");
		this.lab.bucket.beforeDelete(() -> {
		});
		this.lab.plan(this.lab.run(2));
		assertThat(this.lab.outcomes(this.run).values()).containsOnly("FAILED");
		assertThat(this.lab.quarantine.of(RetentionLab.VOLUME, 9)).as("the gateway was ill, not the object").isEmpty();
	}

	@Test
	void directoriesThatAreEmptyAndOldArePlannedAndNotCounted() {
		this.lab.bucket.with("dumpfiles/empty/x", 1, RetentionLab.NOW.minus(Duration.ofDays(9)))
			.without("dumpfiles/empty/x");
		PlanVolume part = this.lab.plan(this.run);
		assertThat(this.lab.planned(this.run)).containsExactly("dumpfiles/empty/");
		assertThat(part.candidates()).isOne();
		assertThat(part.candidateObjects()).isZero();
	}

}
