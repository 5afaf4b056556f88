package dev.dumpkeeper.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DumpHistory} on the embedded database.
 */
class DumpHistoryTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	private static final DumpHistory.Rules RULES = new DumpHistory.Rules(Duration.ofDays(2), true, Duration.ofDays(1),
			0, Duration.ofDays(14));

	private final JdbcTemplate jdbc = LedgerDatabase.h2().jdbc();

	private final DumpHistory history = new DumpHistory(this.jdbc);

	@Test
	void aDumpGoesByItsAgeOrItsNoticeOrItsHoldWhicheverIsLast() {
		dump("dumpfiles/aged", 1, hours(-40), hours(-30), null);
		dump("dumpfiles/told", 2, hours(-90), hours(-10), null);
		dump("dumpfiles/untold", 4, hours(-90), null, null);
		dump("dumpfiles/held", 8, hours(-90), hours(-80), hours(50));
		assertThat(this.history.expiries("a", "dumpfiles/", RULES, NOW))
			.isEqualTo(Map.of(hours(8), 1L, hours(14), 2L, hours(24), 4L, hours(50), 8L));
	}

	@Test
	void theNewestOfAWorkloadStayLonger() {
		dump("dumpfiles/old", 1, hours(-40), hours(-40), null);
		dump("dumpfiles/new", 2, hours(-30), hours(-30), null);
		DumpHistory.Rules rules = new DumpHistory.Rules(Duration.ofDays(2), true, Duration.ofDays(1), 1,
				Duration.ofDays(14));
		assertThat(this.history.expiries("a", "dumpfiles/", rules, NOW))
			.isEqualTo(Map.of(hours(8), 1L, hours(14 * 24 - 30), 2L));
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

	@Test
	void whatWasToBeExpectedThenLeavesOutWhatCameOrWasToldOrWentSince() {
		dump("dumpfiles/gone", 1, hours(-90), hours(-80), null);
		this.jdbc.update("UPDATE dump SET present = NULL, gone_at = ?", hours(-42).toEpochMilli());
		dump("dumpfiles/told-since", 2, hours(-80), hours(-20), null);
		dump("dumpfiles/came-since", 4, hours(-10), null, null);
		assertThat(this.history.expiriesAsOf("a", "dumpfiles/", RULES, hours(-60)))
			.isEqualTo(Map.of(hours(-42), 1L, hours(-32), 2L));
		assertThat(this.history.expiriesAsOf("a", "dumpfiles/", RULES, hours(-42))).isEqualTo(Map.of(hours(-18), 2L));
	}

	private static Instant hours(long hours) {
		return NOW.plus(Duration.ofHours(hours));
	}

	private void dump(String key, long size, Instant modified, @Nullable Instant told, @Nullable Instant held) {
		this.jdbc.update("""
				INSERT INTO dump (volume, present, object_key, size, last_modified, state, environment, workload, pod,
				project, first_seen, told_at, held_until) VALUES ('a', TRUE, ?, ?, ?, 'COMPLETE', 'dev', 'w', 'p',
				'', ?, ?, ?)""", key.getBytes(UTF_8), size, modified.toEpochMilli(), modified.toEpochMilli(),
				(told != null) ? told.toEpochMilli() : null, (held != null) ? held.toEpochMilli() : null);
	}

}
