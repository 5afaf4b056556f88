package dev.dumpkeeper.retention;

import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.UsageException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Plans}: which plans may be swept, and by whom.
 */
class PlansTests {

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
		assertThat(state()).isEqualTo(ExpiryPlan.State.REHEARSED);
		assertThat(this.lab.bucket.files()).hasSize(1);
	}

	@Test
	void aPlanThatTheBrakeRefusesDeletesNothingUntilSomebodyApproves() {
		tooMany();
		this.lab.pass(this.run);
		assertThat(state()).isEqualTo(ExpiryPlan.State.REFUSED);
		assertThat(this.lab.bucket.files()).hasSize(1001);
		long number = this.lab.plans.of(this.run).orElseThrow().number();
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
		this.lab.plans.approve(approved, this.lab.plans.of(this.run).orElseThrow().number());
		this.lab.sweep(approved);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/since.hprof");
	}

	@Test
	void onlyWhatWasRefusedOrRehearsedCanBeApproved() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.pass(this.run);
		this.lab.plans.close(this.run);
		long number = this.lab.plans.of(this.run).orElseThrow().number();
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> this.lab.plans.approvable(number))
			.withMessageContaining("the plan is SWEPT");
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> this.lab.plans.approvable(number + 1))
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

	private ExpiryPlan.State state() {
		return this.lab.plans.of(this.run).orElseThrow().state();
	}

	private void tooMany() {
		this.lab.old(IntStream.range(0, 1001).mapToObj("dumpfiles/%04d.hprof"::formatted).toArray(String[]::new));
	}

}
