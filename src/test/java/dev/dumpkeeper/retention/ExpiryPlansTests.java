package dev.dumpkeeper.retention;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ExpiryPlans}: which plans may be swept, and by whom.
 */
class ExpiryPlansTests {

	private final RetentionLab lab = new RetentionLab();

	private final Run run = this.lab.run(1);

	@AfterEach
	void close() {
		this.lab.close();
	}

	@Test
	void aPlanIsSweptOnlyAfterItWasJudged() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.plan(this.run, () -> {
			assertThat(this.lab.plans.volumesToSweep(this.run)).isEmpty();
			this.lab.sweep(this.run);
		});
		assertThat(this.lab.bucket.files()).hasSize(1);
		assertThat(state()).isEqualTo(ExpiryPlan.State.SEALED);
		assertThat(this.lab.plans.volumesToSweep(this.run)).containsExactly(RetentionLab.VOLUME);
	}

	@Test
	void aDryRunIsRehearsedAndDeletesNothing() {
		this.lab.old("dumpfiles/a.hprof");
		Run dry = new Run(1, RetentionLab.NOW, true);
		this.lab.pass(dry);
		assertThat(state()).isEqualTo(ExpiryPlan.State.DRY_RUN);
		assertThat(this.lab.bucket.files()).hasSize(1);
	}

	@Test
	void aPlanThatTheBrakeRefusesDeletesNothingUntilSomebodyApproves() {
		tooMany();
		this.lab.pass(this.run);
		assertThat(state()).isEqualTo(ExpiryPlan.State.REFUSED);
		assertThat(this.lab.bucket.files()).hasSize(1001);
		long number = this.lab.plans.findByRun(this.run).orElseThrow().number();
		assertThat(this.lab.plans.approvable(number)).containsExactly(RetentionLab.VOLUME);
		Run approved = this.lab.run(2);
		this.lab.plans.approve(approved, number);
		this.lab.sweep(approved);
		assertThat(this.lab.bucket.files()).isEmpty();
	}

	@Test
	void anApprovedPlanDeletesWhatItNamesAndNothingNew() {
		tooMany();
		this.lab.pass(this.run);
		this.lab.old("dumpfiles/since.hprof");
		Run approved = this.lab.run(2);
		this.lab.plans.approve(approved, this.lab.plans.findByRun(this.run).orElseThrow().number());
		this.lab.sweep(approved);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/since.hprof");
	}

	@Test
	void onlyWhatWasRefusedOrRehearsedCanBeApproved() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.pass(this.run);
		this.lab.plans.close(this.run);
		long number = this.lab.plans.findByRun(this.run).orElseThrow().number();
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.lab.plans.approvable(number))
			.withMessageContaining("the plan is SWEPT");
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.lab.plans.approvable(number + 1))
			.withMessageContaining("there is no such plan");
	}

	@Test
	void aRunThatGoesOnKeepsItsPlanAndItsVerdict() {
		tooMany();
		this.lab.pass(this.run);
		this.lab.plans.open(this.run);
		this.lab.plans.judge(this.run);
		assertThat(state()).isEqualTo(ExpiryPlan.State.REFUSED);
		assertThat(this.lab.jdbc.queryForObject("SELECT COUNT(*) FROM expiry_plan", Integer.class)).isOne();
	}

	@Test
	void aVolumeWithNothingPlannedIsNotSwept() {
		this.lab.file("dumpfiles/a.hprof", Duration.ZERO);
		this.lab.plan(this.run);
		assertThat(state()).isEqualTo(ExpiryPlan.State.SEALED);
		assertThat(this.lab.plans.volumesToSweep(this.run)).isEmpty();
	}

	@Test
	void aRehearsedPlanIsClosedByNobodyAndCanBeApproved() {
		this.lab.old("dumpfiles/a.hprof");
		Run dry = new Run(1, RetentionLab.NOW, true);
		this.lab.plan(dry);
		this.lab.plans.close(dry);
		assertThat(state()).isEqualTo(ExpiryPlan.State.DRY_RUN);
		long number = this.lab.plans.findByRun(this.run).orElseThrow().number();
		Run approved = this.lab.run(2);
		this.lab.plans.approve(approved, number);
		this.lab.plans.approve(approved, number);
		assertThat(this.lab.plans.findByRun(approved).orElseThrow().number()).isEqualTo(number);
		this.lab.sweep(approved);
		assertThat(this.lab.bucket.files()).isEmpty();
		this.lab.plans.close(approved);
		assertThat(state()).isEqualTo(ExpiryPlan.State.SWEPT);
	}

	@Test
	void anApprovedPlanIsNotSweptByADryRun() {
		tooMany();
		this.lab.plan(this.run);
		Run dry = new Run(2, RetentionLab.NOW, true);
		this.lab.plans.approve(dry, this.lab.plans.findByRun(this.run).orElseThrow().number());
		assertThat(this.lab.plans.volumesToSweep(dry)).isEmpty();
		this.lab.plans.close(dry);
		assertThat(state()).isEqualTo(ExpiryPlan.State.SEALED);
	}

	@Test
	void aRunThatHasAPlanOfItsOwnApprovesNoOther() {
		tooMany();
		this.lab.plan(this.run);
		Run next = this.lab.run(2);
		this.lab.plan(next);
		this.lab.plans.approve(next, this.lab.plans.findByRun(this.run).orElseThrow().number());
		assertThat(state()).isEqualTo(ExpiryPlan.State.REFUSED);
	}

	@Test
	void aPlanIsRefusedForAllItsVolumes() {
		tooMany();
		this.lab.gateway.bucket("w").with("dumpfiles/a.hprof", 10, RetentionLab.NOW.minus(Duration.ofDays(9)));
		this.lab.plan(this.run, () -> {
		}, RetentionLab.VOLUME, "w");
		assertThat(this.lab.plans.volumesToSweep(this.run)).isEmpty();
		assertThat(this.lab.plans.findByRun(this.run).orElseThrow().refusal()).contains("volume v would lose 1001");
		assertThat(this.lab.plans.approvable(this.lab.plans.findByRun(this.run).orElseThrow().number()))
			.containsExactly("v", "w");
	}

	@Test
	void aRunWithoutAPlanSweepsAndClosesNothing() {
		assertThat(this.lab.plans.volumesToSweep(this.run)).isEmpty();
		this.lab.plans.close(this.run);
		assertThat(this.lab.plans.findByRun(this.run)).isEmpty();
	}

	private ExpiryPlan.State state() {
		return this.lab.plans.findByRun(this.run).orElseThrow().state();
	}

	private void tooMany() {
		this.lab.old(IntStream.range(0, 1001).mapToObj("dumpfiles/%04d.hprof"::formatted).toArray(String[]::new));
	}

}
