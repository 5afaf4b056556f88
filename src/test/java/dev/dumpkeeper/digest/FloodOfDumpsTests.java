package dev.dumpkeeper.digest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.lab.MigratedDatabase;
import dev.dumpkeeper.ledger.TestLedger;
import dev.dumpkeeper.notify.DeliveryOutcome;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.notify.TestOutbox;
import dev.dumpkeeper.run.MovableClock;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of files that one pod writes and touches again and again: people hear of the
 * dumps of all others, and of the flood in a line. On the embedded database.
 */
class FloodOfDumpsTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final InMemoryGateway gateway = new InMemoryGateway();

	private final MovableClock clock = new MovableClock();

	private final List<String> pages = new ArrayList<>();

	private final TestLedger ledger;

	private final Outbox outbox;

	private final Digests digests;

	private DeliveryOutcome outcome = DeliveryOutcome.DELIVERED;

	private int runs;

	FloodOfDumpsTests() {
		DataSource dataSource = database().dataSource();
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		DataSourceTransactionManager transactions = new DataSourceTransactionManager(dataSource);
		this.ledger = new TestLedger(jdbc, transactions, this.gateway, this.clock);
		List<Digests> listeners = new ArrayList<>();
		this.outbox = TestOutbox.of(jdbc, transactions, () -> List.copyOf(listeners), this.clock, this.clock::move,
				(page) -> {
					if (this.outcome == DeliveryOutcome.DELIVERED) {
						this.pages.add(page);
					}
					return this.outcome;
				});
		this.digests = TestDigests.of(this.ledger, this.outbox, this.gateway, jdbc, transactions, this.clock);
		listeners.add(this.digests);
		this.gateway.bucket("a");
		this.gateway.bucket("b");
	}

	MigratedDatabase database() {
		return MigratedDatabase.h2();
	}

	@Test
	void theDumpOfAnotherVolumeIsNamedOnTheFirstPage() {
		for (int minute = 0; minute < 5; minute++) {
			touch(2500, "w%d-0/a.hprof");
			if (minute == 2) {
				write("b", "honest-0/a.hprof");
			}
			List<String> digest = minute();
			if (minute < 2) {
				assertThat(digest.get(0)).contains("2,492 workloads or directories", "2,492 dumps");
				assertThat(digest).hasSizeLessThanOrEqualTo(2);
			}
			else if (minute == 2) {
				assertThat(digest.get(0)).contains("`honest`", "`honest-0`");
			}
			else {
				assertThat(digest).isEmpty();
			}
		}
	}

	@Test
	void theDumpOfAnotherVolumeIsNamedOnTheFirstPageOfTheFloodItself() {
		write("b", "honest-0/a.hprof");
		this.clock.move(MINUTE);
		touch(2500, "w%d-0/a.hprof");
		assertThat(minute().get(0)).contains("`honest`", "`honest-0`");
	}

	@Test
	void theDumpOfAnotherWorkloadIsNamedOnTheFirstPage() {
		touch(2500, "flood-0/%d.hprof");
		write("a", "honest-0/a.hprof");
		assertThat(minute()).singleElement().asString().contains("`honest`", "`honest-0`", "2,500 dumps");
	}

	@Test
	void aWholeDumpIsNamedAmongThousandsOfWorkloadsAndFilesThatAreNone() {
		touch(2500, "a%d-0/a.hprof");
		touch(9, "honest-0/%d.hprof");
		write("a", "honest-0/real.hprof");
		assertThat(minute().get(0)).contains("`honest`").containsPattern("real|honest-0");
	}

	@Test
	void newNamesEachMinuteAreALineEachMinute() {
		for (int minute = 0; minute < 6; minute++) {
			touch(150, "m" + minute + "w%d-0/a.hprof");
			List<String> digest = minute();
			// The first of an hour may be news of a site that has so many.
			assertThat(digest).hasSizeLessThanOrEqualTo((minute < 3) ? 5 : 2);
			if (minute >= 3) {
				assertThat(digest.get(0)).contains("142 workloads or directories");
			}
		}
	}

	@Test
	void whatIsTouchedAllTheTimeIsReportedTwiceInFiftyMinutes() {
		int reported = 0;
		for (int minute = 0; minute < 121; minute++) {
			touch(3, "flood-0/%d.hprof");
			reported += minute().size();
		}
		assertThat(reported).isEqualTo(6);
	}

	@Test
	void aDumpThatIsWrittenAnewIsReportedAndAgainLater() {
		write("b", "honest-0/a.hprof");
		assertThat(minute()).hasSize(1);
		write("b", "honest-0/a.hprof");
		assertThat(minute()).hasSize(1);
		write("b", "honest-0/a.hprof");
		assertThat(minute()).isEmpty();
		this.clock.move(Duration.ofMinutes(50));
		assertThat(minute()).singleElement().asString().contains("`honest-0`");
	}

	@Test
	void nobodyWaitsForAVolumeThatCannotBeCheckedAndItIsReportedAsThat() {
		touch(2500, "flood-0/%d.hprof");
		write("b", "honest-0/a.hprof");
		this.ledger.list("a");
		this.gateway.bucket("a").outage(GatewayException.Kind.UNAVAILABLE);
		assertThat(minute("b")).singleElement().asString().contains("`honest-0`");
		this.clock.move(Duration.ofMinutes(13));
		assertThat(minute("b")).isEmpty();
		this.clock.move(Duration.ofMinutes(1));
		assertThat(minute("b")).singleElement().asString().contains("2,500 dumps", "not checked yet 2,500");
	}

	@Test
	void newDumpsAllTheTimeHoldUpAVolumeForFiveMinutes() {
		write("a", "honest-0/a.hprof");
		this.ledger.list("a");
		this.ledger.triage();
		IntStream.range(0, 5).forEach((minute) -> {
			touch(1, "flood-" + minute + "/%d.hprof");
			this.ledger.list("a");
			assertThat(compose()).isEmpty();
		});
		assertThat(compose()).singleElement().asString().contains("`honest-0`");
	}

	@Test
	void digestsDoNotPileUpBehindARobotThatIsAway() {
		this.outcome = DeliveryOutcome.RETRY_LATER;
		for (int minute = 0; minute < 9; minute++) {
			touch(150, "m" + minute + "w%d-0/a.hprof");
			minute();
		}
		write("b", "honest-0/a.hprof");
		minute();
		assertThat(this.outbox.state().messages()).isEqualTo(2);
		this.outcome = DeliveryOutcome.DELIVERED;
		minute();
		List<String> next = minute();
		assertThat(next).hasSizeLessThanOrEqualTo(2);
		assertThat(next.get(0)).contains("`honest-0`");
	}

	@Test
	void aDigestThatTheRobotRefusesKeepsNothingFromBeingReported() {
		this.outcome = DeliveryOutcome.REJECTED_PAGE;
		for (int dump = 0; dump < 4; dump++) {
			write("b", "shop-" + dump + "/a.hprof");
			minute();
		}
		assertThat(this.outbox.state().messages()).isEqualTo(4);
	}

	/** Old enough to be settled, and touched each time. */
	private void touch(int files, String names) {
		Instant modified = this.clock.instant().minus(Duration.ofDays(1));
		for (int i = 0; i < files; i++) {
			this.gateway.bucket("a").with("dumpfiles/" + String.format(names, i), "x", modified);
		}
	}

	private void write(String volume, String name) {
		String dump = "JAVA PROFILE 1.0.2\0" + "\0\0\0\u0008" + "\0".repeat(8) + "\u002C" + "\0".repeat(8);
		this.gateway.bucket(volume).with("dumpfiles/" + name, dump, this.clock.instant().minus(Duration.ofHours(23)));
	}

	private List<String> minute() {
		return minute("a", "b");
	}

	/** What the minute's poll does, and the pages that it sends. */
	private List<String> minute(String... volumes) {
		List.of(volumes).forEach(this.ledger::list);
		this.ledger.triage();
		return compose();
	}

	private List<String> compose() {
		Instant now = this.clock.instant();
		int before = this.pages.size();
		this.digests.compose(new Run(++this.runs, now, false), Set.copyOf(this.ledger.ledger().volumesInWork(now)));
		this.outbox.deliver();
		this.clock.move(MINUTE);
		return List.copyOf(this.pages.subList(before, this.pages.size()));
	}

}
