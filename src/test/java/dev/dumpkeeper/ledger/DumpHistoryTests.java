package dev.dumpkeeper.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DumpHistory}, here on the embedded database.
 */
class DumpHistoryTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	private static final DumpHistory.Rules RULES = new DumpHistory.Rules(Duration.ofDays(2), true, Duration.ofDays(1),
			0, Duration.ofDays(14));

	private static final DumpHistory.Rules KEEP_NEWEST = new DumpHistory.Rules(Duration.ofDays(2), true,
			Duration.ofDays(1), 1, Duration.ofDays(14));

	private static final DumpHistory.Workload W = new DumpHistory.Workload("dev", "w");

	private final JdbcTemplate jdbc = database().jdbc();

	private final DumpHistory history = new DumpHistory(this.jdbc);

	LedgerDatabase database() {
		return LedgerDatabase.h2();
	}

	@Test
	void aDumpGoesByItsAgeOrItsNoticeOrItsHoldWhicheverIsLast() {
		dump("dumpfiles/aged", 1, hours(-40), hours(-30), null);
		dump("dumpfiles/notified", 2, hours(-90), hours(-10), null);
		dump("dumpfiles/unnotified", 4, hours(-90), null, null);
		dump("dumpfiles/held", 8, hours(-90), hours(-80), hours(50));
		assertThat(this.history.expiries("a", "dumpfiles/", RULES, NOW))
			.isEqualTo(Map.of(hours(8), 1L, hours(14), 2L, hours(24), 4L, hours(50), 8L));
	}

	@Test
	void theNewestOfAWorkloadStayLonger() {
		dump("dumpfiles/old", 1, hours(-40), hours(-40), null);
		dump("dumpfiles/new", 2, hours(-30), hours(-30), null);
		assertThat(this.history.expiries("a", "dumpfiles/", KEEP_NEWEST, NOW))
			.isEqualTo(Map.of(hours(8), 1L, hours(14 * 24 - 30), 2L));
	}

	@Test
	void aDumpFromTheFutureAgesFromWhenItWasFirstSeen() {
		dump("dumpfiles/future", 1, hours(9000), hours(-80), null);
		this.jdbc.update("UPDATE dump SET first_seen = ?", hours(-40).toEpochMilli());
		dump("dumpfiles/new", 2, hours(-30), hours(-30), null);
		assertThat(this.history.expiries("a", "dumpfiles/", RULES, NOW)).isEqualTo(Map.of(hours(8), 1L, hours(18), 2L));
		assertThat(this.history.expiries("a", "dumpfiles/", KEEP_NEWEST, NOW))
			.isEqualTo(Map.of(hours(8), 1L, hours(14 * 24 - 30), 2L));
		assertThat(this.history.newest("a", "dumpfiles/", KEEP_NEWEST, NOW, 9)).singleElement()
			.extracting(DumpHistory.NewestDump::bytes)
			.isEqualTo(2L);
	}

	@Test
	void whatFailedIsNobodysNewest() {
		dump("dumpfiles/old", 1, hours(-40), hours(-40), null);
		dump("dumpfiles/failed", 2, hours(-30), hours(-30), null);
		this.jdbc.update("UPDATE dump SET state = 'FAILED' WHERE size = 2");
		Map<Instant, Long> expected = Map.of(hours(18), 2L, hours(14 * 24 - 40), 1L);
		assertThat(this.history.expiries("a", "dumpfiles/", KEEP_NEWEST, NOW)).isEqualTo(expected);
		assertThat(this.history.newest("a", "dumpfiles/", KEEP_NEWEST, NOW, 9))
			.containsExactly(new DumpHistory.NewestDump(W, 1, hours(8), hours(14 * 24 - 40), 1));
		assertThat(this.history.arrivals("a", hours(-100), NOW, List.of(W))).containsExactlyInAnyOrder(
				new DumpHistory.HourlySum(hours(-40), W, 1, 1), new DumpHistory.HourlySum(hours(-30), null, 1, 2));
	}

	@Test
	void theNewestAreNamedWithWhenTheyMayGoReplacedOrNot() {
		dump("dumpfiles/old", 1, hours(-40), hours(-40), null);
		dump("dumpfiles/new", 2, hours(-30), hours(-3), null);
		dump("dumpfiles/other", 4, hours(-80), null, null);
		dump("logs/elsewhere", 8, hours(-1), null, null);
		this.jdbc.update("UPDATE dump SET workload = 'other' WHERE size = 4");
		this.jdbc.update("UPDATE dump SET workload = 'elsewhere' WHERE size = 8");
		DumpHistory.NewestDump first = new DumpHistory.NewestDump(W, 1, hours(21), hours(14 * 24 - 30), 2);
		DumpHistory.NewestDump other = new DumpHistory.NewestDump(new DumpHistory.Workload("dev", "other"), 1,
				hours(24), hours(14 * 24 - 80), 4);
		assertThat(this.history.newest("a", "dumpfiles/", KEEP_NEWEST, NOW, 9)).containsExactly(other, first);
		assertThat(this.history.newest("a", "dumpfiles/", KEEP_NEWEST, NOW, 1)).containsExactly(other);
		assertThat(this.history.newest("b", "dumpfiles/", KEEP_NEWEST, NOW, 9)).isEmpty();
		assertThat(this.history.newest("a", "dumpfiles/",
				new DumpHistory.Rules(Duration.ofDays(2), false, Duration.ofDays(1), 2, Duration.ofDays(14)), NOW, 9))
			.containsExactly(
					new DumpHistory.NewestDump(new DumpHistory.Workload("dev", "other"), 1, hours(-32),
							hours(14 * 24 - 80), 4),
					new DumpHistory.NewestDump(W, 1, hours(18), hours(14 * 24 - 30), 2),
					new DumpHistory.NewestDump(W, 2, hours(8), hours(14 * 24 - 40), 1));
	}

	@Test
	void theNewestOfAWorkloadMayLieElsewhereInTheVolume() {
		dump("dumpfiles/old", 1, hours(-40), hours(-40), null);
		dump("archive/new", 2, hours(-30), hours(-30), null);
		assertThat(this.history.expiries("a", "dumpfiles/", KEEP_NEWEST, NOW)).isEqualTo(Map.of(hours(8), 1L));
		assertThat(this.history.newest("a", "dumpfiles/", KEEP_NEWEST, NOW, 9)).isEmpty();
		assertThat(this.history.newest("a", "archive/", KEEP_NEWEST, NOW, 9)).hasSize(1);
	}

	@Test
	void whatStaysAsLongAnywayIsNotNamed() {
		dump("dumpfiles/held", 1, hours(-30), hours(-30), hours(15 * 24));
		assertThat(this.history.newest("a", "dumpfiles/", KEEP_NEWEST, NOW, 9)).isEmpty();
		this.jdbc.update("UPDATE dump SET held_until = NULL");
		assertThat(this.history.newest("a", "dumpfiles/", KEEP_NEWEST, NOW, 9)).hasSize(1);
		assertThat(this.history.newest("a", "dumpfiles/", KEEP_NEWEST, hours(14 * 24 - 31), 9)).hasSize(1);
		assertThat(this.history.newest("a", "dumpfiles/", KEEP_NEWEST, hours(14 * 24 - 30), 9)).isEmpty();
	}

	@Test
	void whatIsGoneIsNobodysNewest() {
		dump("dumpfiles/present", 1, hours(-50), hours(-49), null);
		dump("dumpfiles/gone", 2, hours(-40), hours(-39), null);
		this.jdbc.update("UPDATE dump SET present = NULL, gone_at = ? WHERE size = 2", hours(-1).toEpochMilli());
		assertThat(this.history.newest("a", "dumpfiles/", KEEP_NEWEST, NOW, 9))
			.containsExactly(new DumpHistory.NewestDump(W, 1, hours(-2), hours(14 * 24 - 50), 1));
	}

	@Test
	void arrivalsAreSummedByTheHourApartForSomeWorkloads() {
		DumpHistory.Workload unknown = new DumpHistory.Workload("", "");
		dump("dumpfiles/1", 1, hours(-40), null, null);
		dump("dumpfiles/2", 2, hours(-40).plusSeconds(5), null, null);
		dump("dumpfiles/3", 4, hours(-40), null, null);
		dump("dumpfiles/4", 8, hours(-4), null, null);
		dump("dumpfiles/5", 16, hours(4), null, null);
		this.jdbc.update("UPDATE dump SET environment = '', workload = '' WHERE size = 4");
		this.jdbc.update("UPDATE dump SET present = NULL WHERE size = 2");
		assertThat(this.history.arrivals("a", hours(-100), NOW, List.of(W, unknown))).containsExactlyInAnyOrder(
				new DumpHistory.HourlySum(hours(-40), W, 2, 3), new DumpHistory.HourlySum(hours(-40), unknown, 1, 4),
				new DumpHistory.HourlySum(hours(-4), W, 1, 8));
		assertThat(this.history.arrivals("a", hours(-100), NOW, List.of(unknown))).containsExactlyInAnyOrder(
				new DumpHistory.HourlySum(hours(-40), unknown, 1, 4), new DumpHistory.HourlySum(hours(-40), null, 2, 3),
				new DumpHistory.HourlySum(hours(-4), null, 1, 8));
	}

	@Test
	void whatLiesElsewhereNeverGoes() {
		dump("dumpfiles0/x", 1, hours(-40), null, null);
		dump("logs/x", 1, hours(-40), null, null);
		assertThat(this.history.expiries("a", "dumpfiles/", RULES, NOW)).isEmpty();
	}

	@Test
	void arrivalsAreSummedByTheHour() {
		dump("dumpfiles/1", 1, hours(-40), null, null);
		dump("dumpfiles/2", 2, hours(-40).plusSeconds(5), null, null);
		dump("dumpfiles/3", 4, hours(-4), null, null);
		dump("dumpfiles/4", 8, hours(4), null, null);
		assertThat(this.history.arrivals("a", hours(-100), NOW)).isEqualTo(Map.of(hours(-40), 3L, hours(-4), 4L));
	}

	@Test
	void whoWroteMostComesFirst() {
		dump("dumpfiles/1", 1, hours(-100), null, null);
		dump("dumpfiles/2", 2, hours(-40), null, null);
		dump("dumpfiles/3", 4, hours(-4), null, null);
		this.jdbc.update("UPDATE dump SET workload = 'other' WHERE size = 4");
		this.jdbc.update("UPDATE dump SET present = NULL WHERE size = 2");
		assertThat(this.history.byWorkload("a", hours(-72), NOW, 3)).containsExactly(
				new DumpHistory.WorkloadSum("dev", "other", 1, 4), new DumpHistory.WorkloadSum("dev", "w", 1, 2));
		assertThat(this.history.byWorkload("a", hours(-200), NOW, 1))
			.containsExactly(new DumpHistory.WorkloadSum("dev", "other", 1, 4));
	}

	private static Instant hours(long hours) {
		return NOW.plus(Duration.ofHours(hours));
	}

	private void dump(String key, long size, Instant modified, @Nullable Instant reported, @Nullable Instant held) {
		this.jdbc.update("""
				INSERT INTO dump (volume, present, object_key, size, last_modified, state, environment, workload, pod,
				project, first_seen, notified_at, held_until) VALUES ('a', TRUE, ?, ?, ?, 'COMPLETE', 'dev', 'w', 'p',
				'', ?, ?, ?)""", key.getBytes(UTF_8), size, modified.toEpochMilli(), modified.toEpochMilli(),
				(reported != null) ? reported.toEpochMilli() : null, (held != null) ? held.toEpochMilli() : null);
	}

}
