package dev.dumpkeeper.retention;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryBucket.Manners;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StoppedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link VolumeSweep}: what a plan names goes, unless there is a reason by then
 * for it to stay, and nothing else goes.
 */
class VolumeSweepTests {

	private static final Duration OLD = Duration.ofDays(20);

	/** More than a batch. */
	private static final int MANY = 900;

	private final RetentionLab lab = new RetentionLab();

	private final Run run = this.lab.run(1);

	@AfterEach
	void close() {
		this.lab.close();
	}

	@ParameterizedTest
	@EnumSource
	void whatIsPlannedGoesAndNothingElse(Manners manners) {
		this.lab.bucket.manners(manners);
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/pod/b.txt", "dumpfiles/.keep", "logs/old.log", "dumpfiles-2/x")
			.file("dumpfiles/young.hprof", Duration.ofDays(1));
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles-2/x", "dumpfiles/.keep", "dumpfiles/young.hprof",
				"logs/old.log");
		assertThat(this.lab.outcomes(this.run))
			.isEqualTo(Map.of("dumpfiles/a.hprof", "DELETED", "dumpfiles/pod/b.txt", "DELETED"));
		assertThat(this.lab.volumePlan(this.run).deleted()).isEqualTo(2);
		assertThat(this.lab.volumePlan(this.run).failure()).isNull();
	}

	@Test
	void whatIsWrittenAgainAfterThePlanStays() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof");
		this.lab.plan(this.run);
		this.lab.file("dumpfiles/a.hprof", Duration.ZERO);
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/a.hprof");
		assertThat(this.lab.outcomes(this.run))
			.isEqualTo(Map.of("dumpfiles/a.hprof", "CHANGED", "dumpfiles/b.hprof", "DELETED"));
	}

	@Test
	void whatHasAnotherSizeInTheSameSecondStays() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.plan(this.run);
		this.lab.bucket.with("dumpfiles/a.hprof", 11, RetentionLab.NOW.minus(OLD));
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/a.hprof");
	}

	@Test
	void ofManyOneThatIsWrittenAgainStays() {
		many(MANY);
		this.lab.plan(this.run);
		this.lab.file("dumpfiles/017.hprof", Duration.ZERO);
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/017.hprof");
		assertThat(this.lab.bucket.calls("stat")).as("checked by a listing").hasSizeLessThan(MANY);
	}

	@Test
	void ofManyOneThatIsWrittenAgainWhileTheSweepIsLateStays() {
		many(MANY);
		this.lab.plan(this.run);
		AtomicInteger listings = new AtomicInteger();
		// The second listing is a minute old when its batch comes.
		this.lab.bucket.beforeList(listings::incrementAndGet);
		this.lab.bucket.beforeDelete(() -> {
			if (this.lab.bucket.calls("deleteAll").isEmpty()) {
				this.lab.later(Duration.ofSeconds(61));
				this.lab.file("dumpfiles/899.hprof", Duration.ZERO);
			}
		});
		this.lab.sweep(this.run);
		assertThat(listings).hasPositiveValue();
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/899.hprof");
	}

	@Test
	void whatTheSecondListingLeavesOutIsCheckedByItself() {
		many(MANY);
		this.lab.plan(this.run);
		this.lab.bucket.omitting((name) -> name.endsWith("/030.hprof"));
		this.lab.file("dumpfiles/030.hprof", Duration.ZERO);
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/030.hprof");
	}

	@Test
	void whatIsGoneBeforeIsNotOurs() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof");
		this.lab.plan(this.run);
		this.lab.bucket.without("dumpfiles/a.hprof");
		this.lab.sweep(this.run);
		assertThat(this.lab.outcomes(this.run))
			.isEqualTo(Map.of("dumpfiles/a.hprof", "ALREADY_GONE", "dumpfiles/b.hprof", "DELETED"));
		assertThat(this.lab.volumePlan(this.run).deleted()).isOne();
	}

	@Test
	void whatIsHeldAfterThePlanStaysWithWhatBelongsToIt() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/a.hprof.event", "dumpfiles/b.hprof");
		this.lab.dumps.list(RetentionLab.VOLUME);
		this.lab.plan(this.run);
		hold("dumpfiles/a.hprof");
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/a.hprof", "dumpfiles/a.hprof.event");
		assertThat(this.lab.outcomes(this.run)).isEqualTo(
				Map.of("dumpfiles/a.hprof", "KEPT", "dumpfiles/a.hprof.event", "KEPT", "dumpfiles/b.hprof", "DELETED"));
	}

	@Test
	void whatIsHeldInTheMidstOfASweepStays() {
		many(MANY);
		this.lab.dumps.list(RetentionLab.VOLUME);
		this.lab.plan(this.run);
		this.lab.bucket.beforeDelete(() -> {
			if (this.lab.bucket.calls("deleteAll").isEmpty()) {
				hold("dumpfiles/899.hprof");
			}
		});
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/899.hprof");
	}

	@ParameterizedTest
	@EnumSource
	void whatCannotBeDeletedIsNamedAndLeftAloneForAWhile(Manners manners) {
		this.lab.bucket.manners(manners).undeletable("dumpfiles/b.hprof");
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof", "dumpfiles/c.hprof");
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/b.hprof");
		assertThat(this.lab.outcomes(this.run)).isEqualTo(
				Map.of("dumpfiles/a.hprof", "DELETED", "dumpfiles/b.hprof", "FAILED", "dumpfiles/c.hprof", "DELETED"));
		assertThat(this.lab.quarantine.of(RetentionLab.VOLUME, 9)).extracting(Quarantine.Entry::key)
			.containsExactly("dumpfiles/b.hprof");
		Run next = this.lab.run(2);
		this.lab.pass(next);
		assertThat(this.lab.outcomes(next)).isEqualTo(Map.of("dumpfiles/b.hprof", "QUARANTINED"));
		this.lab.bucket.deletable("dumpfiles/b.hprof");
		Run later = this.lab.later(Duration.ofHours(2)).run(3);
		this.lab.pass(later);
		assertThat(this.lab.bucket.files()).isEmpty();
		assertThat(this.lab.quarantine.of(RetentionLab.VOLUME, 9)).isEmpty();
	}

	@Test
	void afterTwentyRefusalsInADirectoryTheRestOfItIsNotTried() {
		for (int i = 0; i < 30; i++) {
			String name = "dumpfiles/bad/%02d.hprof".formatted(i);
			this.lab.old(name);
			this.lab.bucket.undeletable(name);
		}
		this.lab.old("dumpfiles/good/a.hprof");
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.calls("delete").stream().filter((call) -> call.contains("dumpfiles/bad/")))
			.hasSize(20);
		assertThat(this.lab.outcomes(this.run)).containsEntry("dumpfiles/good/a.hprof", "DELETED")
			.hasSize(31)
			.containsEntry("dumpfiles/bad/29.hprof", "FAILED");
		assertThat(this.lab.items.details(this.lab.volumePlan(this.run).key(), Outcome.FAILED, 30))
			.filteredOn((detail) -> detail.getValue().startsWith("not tried: 20 others"))
			.hasSize(10);
	}

	@Test
	void aDirectoryWithoutItsMarkerIsNeverEmptiedInOneGo() {
		many(MANY);
		this.lab.bucket.full(true);
		this.lab.markers.keep(this.run, RetentionLab.VOLUME);
		this.lab.plan(this.run);
		// What goes makes room.
		this.lab.bucket.afterDelete(() -> this.lab.bucket.full(false));
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.calls("deleteAll").get(0).split(" ")).hasSizeLessThanOrEqualTo(MANY / 2 + 1);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/.keep");
		assertThat(this.lab.bucket.directories()).contains("dumpfiles/");
	}

	@Test
	void aGatewayThatFailsEndsTheSweepAndTheNextPassGoesOn() {
		many(MANY);
		this.lab.plan(this.run);
		this.lab.bucket.beforeDelete(() -> {
			if (!this.lab.bucket.calls("deleteAll").isEmpty()) {
				this.lab.bucket.outage(Kind.UNAVAILABLE);
			}
		});
		this.lab.sweep(this.run);
		assertThat(this.lab.volumePlan(this.run).failure()).contains("fails as planned");
		assertThat(this.lab.bucket.files()).isNotEmpty().hasSizeLessThan(MANY);
		this.lab.bucket.beforeDelete(() -> {
		}).outage(null);
		Run next = this.lab.run(2);
		this.lab.pass(next);
		assertThat(this.lab.bucket.files()).isEmpty();
		assertThat(this.lab.outcomes(this.run).values()).isSubsetOf("DELETED", "FAILED", "-");
		assertThat(this.lab.quarantine.of(RetentionLab.VOLUME, 9)).as("the gateway was ill, not the object").isEmpty();
	}

	@Test
	void anAnswerThatIsLostIsSettledByTheNextScan() {
		this.lab.old("dumpfiles/a.hprof", "dumpfiles/b.hprof");
		this.lab.plan(this.run);
		this.lab.bucket.afterDelete(() -> {
			throw new GatewayException(Kind.UNAVAILABLE, "cut off", null);
		});
		this.lab.sweep(this.run);
		assertThat(this.lab.outcomes(this.run).values()).containsOnly("DELETE_SENT");
		assertThat(this.lab.volumePlan(this.run).deleted()).isEqualTo(2);
		this.lab.bucket.afterDelete(() -> {
		});
		this.lab.pass(this.lab.run(2));
		assertThat(this.lab.outcomes(this.run).values()).containsOnly("DELETED");
	}

	@Test
	void aStopEndsItBeforeTheNextBatch() {
		many(MANY);
		this.lab.plan(this.run);
		this.lab.bucket.afterDelete(this.lab.stop::raise);
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> this.lab.sweep(this.run));
		assertThat(this.lab.bucket.files()).isNotEmpty();
	}

	@Test
	void directoriesThatAreEmptyGoAndOthersStay() {
		this.lab.old("dumpfiles/gone/deep/a.hprof", "dumpfiles/kept/b.hprof", "dumpfiles/.keep")
			.file("dumpfiles/kept/young.hprof", Duration.ZERO);
		this.lab.bucket.with("dumpfiles/empty/x", 1, RetentionLab.NOW.minus(OLD)).without("dumpfiles/empty/x");
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.directories()).containsExactly("dumpfiles/", "dumpfiles/kept/");
	}

	@Test
	void aDirectoryThatIsFilledAfterThePlanStays() {
		this.lab.old("dumpfiles/.keep");
		this.lab.bucket.with("dumpfiles/empty/x", 1, RetentionLab.NOW.minus(OLD)).without("dumpfiles/empty/x");
		this.lab.plan(this.run);
		this.lab.file("dumpfiles/empty/new.hprof", Duration.ZERO);
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).contains("dumpfiles/empty/new.hprof");
		assertThat(this.lab.outcomes(this.run)).containsEntry("dumpfiles/empty/", "CHANGED");
	}

	@Test
	void theLedgerLearnsWhatExpired() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.dumps.list(RetentionLab.VOLUME);
		this.lab.pass(this.run);
		assertThat(this.lab.jdbc.queryForList("SELECT fate FROM dump", String.class)).containsExactly("EXPIRED");
	}

	@Test
	void aNameThatXmlCannotCarryGoesByItself() {
		this.lab.old("dumpfiles/a\nb.hprof", "dumpfiles/c.hprof", "dumpfiles/d.hprof");
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.files()).isEmpty();
		assertThat(this.lab.bucket.calls("deleteAll")).allSatisfy((call) -> assertThat(call).doesNotContain("\n"));
	}

	@Test
	void aPlanIsSweptOnce() {
		this.lab.old("dumpfiles/a.hprof");
		this.lab.pass(this.run);
		this.lab.old("dumpfiles/a.hprof");
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/a.hprof");
	}

	private void many(int count) {
		this.lab.old(IntStream.range(0, count).mapToObj("dumpfiles/%03d.hprof"::formatted).toArray(String[]::new));
	}

	private void hold(String key) {
		this.lab.dumps.ledger()
			.hold(RetentionLab.VOLUME, new ObjectKey(key), RetentionLab.NOW.plus(Duration.ofDays(7)), "why", "ann",
					RetentionLab.NOW);
	}

}
