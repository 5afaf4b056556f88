package dev.dumpkeeper.retention;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlanBook}.
 */
class PlanBookTests {

	private final RetentionLab lab = new RetentionLab();

	@AfterEach
	void close() {
		this.lab.close();
	}

	@Test
	void plansComeNewestFirstWithTheirSums() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof").file("dumpfiles/young.hprof", RetentionLab.NOTICE);
		this.lab.plan(this.lab.run(1));
		this.lab.plan(new Run(2, RetentionLab.NOW, true));
		this.lab.plans.open(this.lab.run(3));
		PlanBook book = this.lab.book();
		assertThat(book.find(null, 2)).extracting(PlanBook.PlanRow::run).containsExactly(3L, 2L);
		assertThat(book.find(3L, 9)).extracting(PlanBook.PlanRow::run).containsExactly(2L, 1L);
		PlanBook.PlanRow dry = book.find(2).orElseThrow();
		assertThat(dry.state()).isEqualTo(ExpiryPlan.State.DRY_RUN);
		assertThat(dry.isApprovable()).isTrue();
		assertThat(dry.objects()).isEqualTo(2);
		assertThat(dry.bytes()).isEqualTo(20);
		assertThat(dry.cutoff()).isEqualTo(RetentionLab.NOW.minus(RetentionLab.MAX_AGE));
		assertThat(dry.approvingRun()).isNull();
		assertThat(book.find(3).orElseThrow().objects()).as("no volume is listed yet").isZero();
		assertThat(book.find(4)).isEmpty();
	}

	@Test
	void aVolumePlanHasItsCountsAndItems() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof", "dumpfiles/c.hprof");
		this.lab.pass(this.lab.run(1));
		PlanBook book = this.lab.book();
		PlanBook.VolumeRow volume = book.volumes(1).get(0);
		assertThat(volume.candidates()).isEqualTo(3);
		assertThat(volume.deleted()).isEqualTo(3);
		assertThat(volume.sweptAt()).isNotNull();
		assertThat(book.items(1, volume.id(), 1, 1)).singleElement().satisfies((item) -> {
			assertThat(item.key()).isEqualTo("dumpfiles/b.hprof");
			assertThat(item.size()).isEqualTo(10);
			assertThat(item.outcome()).isEqualTo("DELETED");
			assertThat(item.detail()).isEmpty();
		});
		assertThat(book.items(2, volume.id(), 0, 9)).as("of another plan").isEmpty();
		assertThat(book.volume(1, volume.id())).contains(volume);
		assertThat(book.volume(2, volume.id())).as("of another plan").isEmpty();
	}

}
