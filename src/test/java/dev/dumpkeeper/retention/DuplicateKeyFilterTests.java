package dev.dumpkeeper.retention;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DuplicateKeyFilter}: what has a second key anywhere stays where links
 * cannot be identified.
 */
class DuplicateKeyFilterTests {

	private final RetentionLab lab = new RetentionLab(PathTrust.UNKNOWN, "dumpfiles");

	private final Run run = this.lab.run(1);

	@AfterEach
	void close() {
		this.lab.close();
	}

	@Test
	void aDumpWithOneKeyGoesAndOneWithTwoStays() {
		dump("dumpfiles/one.hprof", 1);
		dump("dumpfiles/two.hprof", 2);
		dump("elsewhere/two", 2);
		sweep();
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/two.hprof", "elsewhere/two");
		assertThat(this.lab.volumePlan(this.run).kept().unprovenObjects()).isOne();
	}

	@Test
	void aSecondKeyInAnotherVolumeCountsToo() {
		dump("dumpfiles/a.hprof", 1);
		this.lab.gateway.bucket("not-managed").with("b", 1000 + 1, RetentionLab.NOW.minus(Duration.ofDays(9)));
		sweep();
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/a.hprof");
	}

	@Test
	void aKeyThatIsAwayWhileAllIsListedHidesNoOther() {
		dump("dumpfiles/a.hprof", 1);
		dump("elsewhere/a", 1);
		know();
		this.lab.plan(this.run, () -> {
			this.lab.bucket.beforeList(() -> this.lab.bucket.without("dumpfiles/a.hprof"));
			this.lab.keepSecondKeys(this.run);
			this.lab.bucket.beforeList(() -> {
			});
			dump("dumpfiles/a.hprof", 1);
		});
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/a.hprof", "elsewhere/a");
		assertThat(this.lab.volumePlan(this.run).kept().unprovenObjects()).isOne();
	}

	@Test
	void twoPlannedDumpsOfWhichOneIsAwayWhileAllIsListedStay() {
		dump("dumpfiles/a.hprof", 1);
		dump("dumpfiles/b.hprof", 1);
		know();
		this.lab.plan(this.run, () -> {
			this.lab.bucket.beforeList(() -> this.lab.bucket.without("dumpfiles/a.hprof"));
			this.lab.keepSecondKeys(this.run);
		});
		assertThat(this.lab.planned(this.run)).isEmpty();
	}

	@Test
	void withADumpItsCompanionsStay() {
		dump("dumpfiles/a.hprof", 1);
		this.lab.old("dumpfiles/a.hprof.event");
		dump("elsewhere/a", 1);
		sweep();
		assertThat(this.lab.bucket.files()).contains("dumpfiles/a.hprof", "dumpfiles/a.hprof.event");
	}

	@Test
	void whereAVolumeCannotBeListedNothingGoes() {
		dump("dumpfiles/a.hprof", 1);
		this.lab.gateway.bucket("ill").outage(Kind.UNAVAILABLE);
		sweep();
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/a.hprof");
	}

	@Test
	void aVolumeThatIsRefusedToEverybodyHidesNothing() {
		dump("dumpfiles/a.hprof", 1);
		this.lab.gateway.bucket("minio").outage(Kind.DENIED);
		sweep();
		assertThat(this.lab.bucket.files()).isEmpty();
	}

	@Test
	void anApprovedPlanIsCheckedAgain() {
		dump("dumpfiles/a.hprof", 1);
		Run dry = new Run(1, RetentionLab.NOW, true);
		know();
		this.lab.plan(dry);
		dump("elsewhere/a", 1);
		Run approved = this.lab.run(2);
		this.lab.plans.approve(approved, this.lab.plans.findByRun(dry).orElseThrow().number());
		this.lab.keepSecondKeys(approved);
		this.lab.sweep(approved);
		assertThat(this.lab.bucket.files()).contains("dumpfiles/a.hprof");
		assertThat(this.lab.outcomes(dry)).containsEntry("dumpfiles/a.hprof", "KEPT");
	}

	@ParameterizedTest
	@EnumSource(names = { "CHECKED", "TRUSTED" })
	void wherePathsAreKnownOrTrustedNothingIsSearchedFor(PathTrust paths) {
		dump("dumpfiles/a.hprof", 1);
		dump("elsewhere/a", 1);
		this.lab.gateway.pathTrust(paths);
		sweep();
		assertThat(this.lab.bucket.files()).containsExactly("elsewhere/a");
		assertThat(this.lab.volumePlan(this.run).kept().unprovenObjects()).isZero();
	}

	@Test
	void thePlanIsCountedWithoutWhatStays() {
		dump("dumpfiles/a.hprof", 1);
		dump("dumpfiles/b.hprof", 2);
		this.lab.old("dumpfiles/b.hprof.event", "dumpfiles/b.hprof.p0");
		dump("dumpfiles/c.hprof", 3);
		this.lab.old("dumpfiles/c.hprof.event");
		dump("elsewhere/b", 2);
		know();
		this.lab.plan(this.run, () -> {
			this.lab.keepSecondKeys(this.run);
			assertThat(this.lab.planned(this.run)).containsExactly("dumpfiles/a.hprof", "dumpfiles/c.hprof",
					"dumpfiles/c.hprof.event");
		});
		VolumePlan volumePlan = this.lab.volumePlan(this.run);
		assertThat(volumePlan.candidates()).isEqualTo(3);
		assertThat(volumePlan.candidateObjects()).isEqualTo(3);
		assertThat(volumePlan.candidateBytes()).isEqualTo(1001 + 1003 + 10);
		assertThat(volumePlan.kept().unprovenObjects()).isEqualTo(3);
		assertThat(volumePlan.kept().unprovenBytes()).isEqualTo(1002 + 10 + 10);
	}

	@Test
	void moreThanAThousandStayToo() {
		this.lab.old(IntStream.range(0, 1001).mapToObj("dumpfiles/%04d.hprof"::formatted).toArray(String[]::new));
		dump("dumpfiles/z.hprof", 1);
		know();
		this.lab.plan(this.run, () -> this.lab.keepSecondKeys(this.run));
		assertThat(this.lab.planned(this.run)).containsExactly("dumpfiles/z.hprof");
		assertThat(this.lab.volumePlan(this.run).candidates()).isOne();
		assertThat(this.lab.volumePlan(this.run).kept().unprovenObjects()).isEqualTo(1001);
	}

	@Test
	void twoDumpsOfOneSizeAndSecondInTwoPlannedVolumesStay() {
		dump("dumpfiles/a.hprof", 1);
		this.lab.gateway.bucket("w").with("dumpfiles/b.hprof", 1001, RetentionLab.NOW.minus(Duration.ofDays(9)));
		this.lab.dumps.list("w");
		know();
		this.lab.plan(this.run, () -> this.lab.keepSecondKeys(this.run), RetentionLab.VOLUME, "w");
		assertThat(this.lab.outcomes(this.run)).isEmpty();
		assertThat(this.lab.outcomes(this.run, "w")).isEmpty();
	}

	@Test
	void aPlanThatWasJudgedKeepsItsNumbers() {
		dump("dumpfiles/a.hprof", 1);
		know();
		this.lab.plan(this.run);
		dump("elsewhere/a", 1);
		this.lab.keepSecondKeys(this.run);
		assertThat(this.lab.volumePlan(this.run).candidates()).isOne();
		assertThat(this.lab.items.details(this.lab.volumePlan(this.run).key(), Outcome.KEPT, 9))
			.containsExactly(Map.entry("dumpfiles/a.hprof", "UNPROVEN"));
	}

	@Test
	void aRunWithoutAPlanSearchesForNothing() {
		dump("dumpfiles/a.hprof", 1);
		this.lab.keepSecondKeys(this.run);
		assertThat(this.lab.bucket.calls("list")).isEmpty();
	}

	private void sweep() {
		know();
		this.lab.plan(this.run, () -> this.lab.keepSecondKeys(this.run));
		this.lab.sweep(this.run);
	}

	/** The ledger has seen that they are heap dumps. */
	private void know() {
		this.lab.dumps.list(RetentionLab.VOLUME);
		this.lab.jdbc.update("UPDATE dump SET state = 'COMPLETE'");
	}

	private void dump(String name, int number) {
		this.lab.bucket.with(name, 1000 + number, RetentionLab.NOW.minus(Duration.ofDays(9)));
	}

}
