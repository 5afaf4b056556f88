package dev.dumpkeeper.retention;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecondKeys}: what has a second key anywhere stays where links cannot
 * be told.
 */
class SecondKeysTests {

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
		assertThat(this.lab.part(this.run).kept().unprovenObjects()).isOne();
	}

	@Test
	void aSecondKeyInAnotherVolumeCountsToo() {
		dump("dumpfiles/a.hprof", 1);
		this.lab.gateway.bucket("not-looked-after").with("b", 1000 + 1, RetentionLab.NOW.minus(Duration.ofDays(9)));
		sweep();
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/a.hprof");
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
	void anApprovedPlanIsLookedAtAgain() {
		dump("dumpfiles/a.hprof", 1);
		Run dry = new Run(1, RetentionLab.NOW, true);
		know();
		this.lab.plan(dry);
		dump("elsewhere/a", 1);
		Run approved = this.lab.run(2);
		this.lab.plans.approve(approved, this.lab.plans.of(dry).orElseThrow().number());
		this.lab.keepSecondKeys(approved);
		this.lab.sweep(approved);
		assertThat(this.lab.bucket.files()).contains("dumpfiles/a.hprof");
		assertThat(this.lab.outcomes(dry)).containsEntry("dumpfiles/a.hprof", "KEPT");
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
