package dev.dumpkeeper.scenario;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import dev.dumpkeeper.DumpkeeperApplication;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code run check-capacity} while the clock jumps or the capacity changes between two
 * passes: no false alarm, clear words, and the pass goes on.
 */
class CapacityClockIntegrationTests {

	private static final long GIB = 1L << 30;

	private static final int PASSES = 80;

	private static final Duration INTERVAL = Duration.ofHours(6);

	private static final String SET_BACK = "was it set back?";

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(this.url, "sa", ""));

	private final Instant start = Instant.parse("2026-11-25T00:00:00Z");

	private final FakeRobot robot = FakeRobot.start();

	private Dumpkeeper dumpkeeper = Dumpkeeper.on(URI.create("http://127.0.0.1:1"))
		.database(this.url, "sa", "")
		.with("dumpkeeper.wecom.webhook-url", this.robot.url())
		.with("dumpkeeper.wecom.language", "en")
		.with("dumpkeeper.wecom.retry-for", "0s")
		.with("dumpkeeper.capacity.limits.shop", "20GB");

	@BeforeEach
	void eightyPassesOfTwoDumpsADay() {
		at(this.start.minus(Duration.ofDays(30)));
		check();
		for (int pass = -PASSES; pass <= 0; pass++) {
			Instant at = this.start.plus(INTERVAL.multipliedBy(pass));
			measured(at);
			if (pass % 2 == 0) {
				came(at.minus(Duration.ofHours(3)));
			}
		}
	}

	@AfterEach
	void stop() {
		this.robot.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1H", "PT240H" })
	void aClockThatJumpsAheadAndBackRaisesNoAlarm(Duration jump) {
		at(this.start);
		assertCalm(check());
		at(this.start.plus(jump));
		JsonNode ahead = check();
		if (jump.compareTo(Duration.ofDays(7)) > 0) {
			// Nothing that was measured is young enough.
			assertThat(ahead.path("capacity").size()).isZero();
			assertThat(ahead.path("warnings").toString())
				.contains("no volume was measured in the 7 days before 2026-12-05T00:00:00Z");
		}
		// A pass at the new time measures, and is judged with a gap in its history.
		measured(this.start.plus(jump));
		ahead = check();
		assertCalm(ahead);
		assertThat(ahead.path("warnings").toString()).doesNotContain(SET_BACK);
		at(this.start.plus(Duration.ofMinutes(10)));
		JsonNode back = check();
		assertCalm(back);
		assertThat(back.path("warnings").toString()).contains(SET_BACK, "2026-11-25T00:10:00Z",
				this.start.plus(jump).toString());
		measured(this.start.plus(Duration.ofMinutes(10)));
		assertCalm(check());
		assertThat(this.robot.requests()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1H", "PT240H" })
	void aClockThatIsSetBackAndRightAgainRaisesNoAlarm(Duration jump) {
		at(this.start);
		assertCalm(check());
		at(this.start.minus(jump));
		JsonNode back = check();
		assertCalm(back);
		assertThat(back.path("warnings").toString()).contains(SET_BACK);
		measured(this.start.minus(jump).plusSeconds(1));
		at(this.start.minus(jump).plusSeconds(2));
		assertCalm(check());
		at(this.start.plus(INTERVAL));
		measured(this.start.plus(INTERVAL));
		JsonNode right = check();
		assertCalm(right);
		assertThat(right.path("warnings").toString()).doesNotContain(SET_BACK);
		assertThat(this.robot.requests()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1H", "PT240H" })
	void aWarningIsNotReportedAgainNorEndedByAClockThatIsSetBack(Duration jump) {
		this.dumpkeeper = this.dumpkeeper.with("dumpkeeper.capacity.limits.shop", "5GB");
		at(this.start);
		assertThat(check().at("/capacity/0/level").asString()).isEqualTo("HIGH");
		assertThat(this.robot.delivered()).hasSize(1);
		at(this.start.minus(jump));
		assertThat(check().at("/capacity/0/level").asString()).isEqualTo("HIGH");
		// After ten days, by this clock, a reminder is due; after an hour it is not.
		assertThat(this.robot.delivered()).hasSize((jump.compareTo(Duration.ofDays(1)) < 0) ? 1 : 2);
	}

	@Test
	void aCapacityThatIsRemovedLeavesTheLevelAndOneThatIsRaisedEndsIt() {
		this.dumpkeeper = this.dumpkeeper.with("dumpkeeper.capacity.limits.shop", "5GB");
		at(this.start);
		assertThat(check().at("/capacity/0/level").asString()).isEqualTo("HIGH");
		Dumpkeeper limited = this.dumpkeeper;
		this.dumpkeeper = limited.without("dumpkeeper.capacity.limits.shop");
		JsonNode removed = check();
		assertThat(removed.at("/capacity/0/level").asString()).isEqualTo("HIGH");
		assertThat(removed.path("warnings").toString()).contains("no capacity is known of 1 volumes");
		check();
		assertThat(this.robot.delivered()).hasSize(1);
		this.dumpkeeper = limited.with("dumpkeeper.capacity.limits.shop", "40GB");
		check();
		assertThat(this.robot.delivered()).hasSize(1);
		assertCalm(check());
		assertThat(this.robot.delivered()).hasSize(2).last().asString().contains("resolved", "`shop`");
	}

	private JsonNode check() {
		Result result = this.dumpkeeper.run(AtAnotherTime.class, "check-capacity");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		return result.json();
	}

	private void assertCalm(JsonNode report) {
		assertThat(report.at("/capacity/0/volume").asString()).isEqualTo("shop");
		assertThat(report.at("/capacity/0/level").asString()).as(report.toString()).isEqualTo("CALM");
	}

	private static void at(Instant instant) {
		AtAnotherTime.now = instant;
	}

	/** Four dumps of a GiB are there at any time, and nothing else. */
	private void measured(Instant at) {
		this.jdbc.update("""
				INSERT INTO directory_usage (run_id, volume, directory, measured_at, objects, object_bytes, dumps,
				dump_bytes) VALUES (0, 'shop', '', ?, 4, ?, 4, ?)""", at.toEpochMilli(), 4 * GIB, 4 * GIB);
	}

	private void came(Instant at) {
		boolean present = at.isAfter(this.start.minus(Duration.ofHours(51)));
		Long gone = present ? null : at.plus(Duration.ofHours(51)).toEpochMilli();
		this.jdbc.update(
				"""
						INSERT INTO dump (volume, present, object_key, size, last_modified, state, environment, workload,
						pod, project, first_seen, notified_at, gone_at, fate) VALUES ('shop', ?, ?, ?, ?, 'COMPLETE', 'dev', 'shop',
						'p', '', ?, ?, ?, ?)""",
				present ? Boolean.TRUE : null, ("dumpfiles/" + at + ".hprof").getBytes(UTF_8), GIB, at.toEpochMilli(),
				at.plus(Duration.ofHours(3)).toEpochMilli(), at.plus(Duration.ofHours(3)).toEpochMilli(), gone,
				present ? null : "EXPIRED");
	}

	/** The application, at an instant that the test chooses. */
	@Import(DumpkeeperApplication.class)
	static class AtAnotherTime {

		private static volatile Instant now = Instant.EPOCH.truncatedTo(ChronoUnit.MILLIS);

		@Bean
		@Primary
		Clock chosenClock() {
			return Clock.fixed(now, ZoneOffset.UTC);
		}

	}

}
