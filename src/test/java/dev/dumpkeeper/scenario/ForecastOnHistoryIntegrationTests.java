package dev.dumpkeeper.scenario;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Forecasts that are made from a recorded history, and what the daily report says of
 * those that were recorded. None of it needs a gateway.
 */
class ForecastOnHistoryIntegrationTests {

	private static final long GIB = 1L << 30;

	private static final int PASSES = 160;

	/** Higher than the numbers of the runs that a test makes. */
	private static final int FIRST_RUN = 1000;

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(this.url, "sa", ""));

	private final Instant last = Instant.now().truncatedTo(ChronoUnit.HOURS);

	private final Dumpkeeper dumpkeeper = Dumpkeeper.on(URI.create("http://127.0.0.1:1"))
		.database(this.url, "sa", "")
		.with("dumpkeeper.capacity.limits.steady", "40GB")
		.with("dumpkeeper.capacity.limits.growing", "80GB");

	@BeforeEach
	void migrate() {
		Result nothing = this.dumpkeeper.run("daily-report");
		assertThat(nothing.exitCode()).as(nothing.out() + nothing.err()).isZero();
		assertThat(nothing.out()).doesNotContain("forecast accuracy");
	}

	@Test
	void aSteadyVolumeStaysAndAGrowingOneIsWarnedOf() {
		steadyVolume();
		for (int pass = 0; pass < PASSES; pass++) {
			measured(this.jdbc, "growing", pass, Math.max(0, pass - 100) * GIB, 0);
		}
		Result result = this.dumpkeeper.run("check-capacity");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		assertSteady(capacity(result, "steady"));
		JsonNode growing = capacity(result, "growing");
		assertThat(growing.path("level").asString()).isEqualTo("EARLY");
		assertThat(Instant.parse(growing.path("p50CrossesAt").asString())).isBetween(this.last.plusSeconds(6 * 3600),
				this.last.plusSeconds(60 * 3600));
	}

	@Test
	void aCheckOfSomeVolumesLeavesTheOthersOut() {
		for (String volume : List.of("a", "b", "c")) {
			measured(this.jdbc, volume, PASSES - 1, GIB, 0);
		}
		Result result = this.dumpkeeper.run("check-capacity", "--volume", "c", "--volume", "a");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		assertThat(result.json().path("capacity").findValuesAsString("volume")).containsExactly("a", "c");
		assertThat(this.dumpkeeper.run("check-capacity").json().path("capacity").findValuesAsString("volume"))
			.containsExactly("a", "b", "c");
	}

	@Test
	void theNewestDumpsAreReplacedByThoseThatCome() {
		// Four workloads take turns, so that the newest dump of each is always younger
		// than two days.
		steadyVolume();
		this.jdbc.update("UPDATE dump SET workload = CONCAT('shop-', MOD(id, 4))");
		Result result = this.dumpkeeper.with("dumpkeeper.retention.keep-newest", "1").run("check-capacity");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		assertSteady(capacity(result, "steady"));
	}

	@Test
	void theDailyReportSaysHowFarOffTheForecastsWere() {
		for (int pass = 0; pass < PASSES; pass++) {
			measured(this.jdbc, "right", pass, 9 * GIB, 0);
			forecast("right", pass, 9 * GIB, 9 * GIB, 10 * GIB, 40 * GIB);
			measured(this.jdbc, "too-low", pass, 30 * GIB, 0);
			forecast("too-low", pass, 30 * GIB, 26 * GIB, 29 * GIB, 40 * GIB);
			measured(this.jdbc, "unlimited", pass, 30 * GIB, 0);
			forecast("unlimited", pass, 30 * GIB, 0, 0, null);
		}
		Result daily = this.dumpkeeper.run("daily-report");
		assertThat(daily.exitCode()).as(daily.out() + daily.err()).isZero();
		// Passes of 14 days, up to those whose 72 hours are over.
		assertThat(daily.out())
			.contains("\nforecast accuracy, last 14 days (112 forecasts of the 2 fullest volumes): P50"
					+ " was off by 5.0 % of the capacity on average; use stayed within P90 in 50.0 % (90 % is right)\n");
		JsonNode accuracy = daily.json().path("forecastAccuracy");
		assertThat(accuracy.path("volumes").asInt()).isEqualTo(2);
		assertThat(accuracy.path("forecasts").asInt()).isEqualTo(112);
		assertThat(accuracy.path("meanErrorShare").asDouble()).isCloseTo(0.05, within(1e-9));
		assertThat(accuracy.path("p90HeldShare").asDouble()).isEqualTo(0.5);
		Result check = this.dumpkeeper.run("check-capacity");
		assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
		assertThat(check.out()).doesNotContain("forecast accuracy");
	}

	@Test
	void ofFiveThousandVolumesOnAServerTheFullestAreComparedByTheirIndex() {
		DatabaseServer database = DatabaseServer.shared();
		String name = database.newDatabase("history");
		Dumpkeeper dumpkeeper = Dumpkeeper.on(URI.create("http://127.0.0.1:1")).database(database, name);
		assertThat(dumpkeeper.run("daily-report").exitCode()).isZero();
		JdbcTemplate server = new JdbcTemplate(
				new DriverManagerDataSource(database.jdbcUrl(name), database.username(), database.password()));
		manyVolumes(server, 5000, 16);
		Result daily = dumpkeeper.run("daily-report");
		assertThat(daily.exitCode()).as(daily.out() + daily.err()).isZero();
		assertThat(daily.json().at("/forecastAccuracy/volumes").asInt()).isEqualTo(5);
		assertThat(daily.json().at("/forecastAccuracy/forecasts").asInt()).isEqualTo(20);
		assertThat(daily.json().at("/forecastAccuracy/meanErrorShare").asDouble()).isZero();
		assertThat(server.queryForList(
				"EXPLAIN FORMAT=TRADITIONAL SELECT * FROM directory_usage WHERE volume = 'volume-7'"
						+ " AND directory = '' AND measured_at > 1 AND measured_at <= ? ORDER BY measured_at",
				this.last.toEpochMilli()))
			.singleElement()
			.satisfies((plan) -> assertThat(plan.get("key")).isEqualTo("directory_usage_by_volume"));
	}

	/** Of the fullest five the forecasts are right, of all others twice too high. */
	private void manyVolumes(JdbcTemplate server, int volumes, int passes) {
		server.update(
				"""
						INSERT INTO directory_usage (run_id, volume, directory, measured_at, objects, object_bytes, dumps,
						dump_bytes) SELECT p.seq, CONCAT('volume-', v.seq), '', ? - p.seq * ?, 5, v.seq * 1000, 4, v.seq * 900
						FROM %s v CROSS JOIN %s p"""
					.formatted(DatabaseServer.numbers(1, volumes), DatabaseServer.numbers(0, passes - 1)),
				this.last.toEpochMilli(), Duration.ofHours(6).toMillis());
		server.update("""
				INSERT INTO capacity_reading (run_id, volume, read_at, used_bytes, used_source, listed_bytes,
				capacity_bytes, capacity_source, p50_bytes, p90_bytes, short_history, level) SELECT run_id, volume,
				measured_at, object_bytes, 'LISTING', object_bytes, 10000000, 'LIMIT',
				CASE WHEN object_bytes > ? THEN object_bytes ELSE 2 * object_bytes END, object_bytes, FALSE, 'CALM'
				FROM directory_usage""", (volumes - 5) * 1000L);
	}

	private static JsonNode capacity(Result result, String volume) {
		for (JsonNode capacity : result.json().path("capacity")) {
			if (capacity.path("volume").asString().equals(volume)) {
				return capacity;
			}
		}
		throw new AssertionError("no " + volume + " in " + result.out());
	}

	/** 8 GiB after each pass, and 9 GiB before the next one. */
	private static void assertSteady(JsonNode capacity) {
		assertThat(capacity.path("level").asString()).isEqualTo("CALM");
		assertThat(capacity.path("p50Bytes").asLong()).isBetween(17 * GIB / 2, 19 * GIB / 2);
	}

	private Instant at(int pass) {
		return this.last.minus(Duration.ofHours(6L * (PASSES - 1 - pass)));
	}

	private void measured(JdbcTemplate jdbc, String volume, int pass, long listed, long dumps) {
		jdbc.update("""
				INSERT INTO directory_usage (run_id, volume, directory, measured_at, objects, object_bytes, dumps,
				dump_bytes) VALUES (?, ?, '', ?, 1, ?, 1, ?)""", FIRST_RUN + pass, volume, at(pass).toEpochMilli(),
				listed, dumps);
	}

	private void forecast(String volume, int pass, long listed, long p50, long p90, Long capacity) {
		boolean known = capacity != null;
		this.jdbc.update("""
				INSERT INTO capacity_reading (run_id, volume, read_at, used_bytes, used_source, listed_bytes,
				capacity_bytes, capacity_source, p50_bytes, p90_bytes, short_history, level)
				VALUES (?, ?, ?, ?, 'LISTING', ?, ?, ?, ?, ?, FALSE, 'CALM')""", FIRST_RUN + pass, volume,
				at(pass).toEpochMilli(), listed, listed, capacity, known ? "LIMIT" : null, known ? p50 : null,
				known ? p90 : null);
	}

	/**
	 * A dump comes three hours before each pass and goes at the first pass after two
	 * days.
	 */
	private void steadyVolume() {
		for (int pass = 0; pass < PASSES; pass++) {
			// The last measurement is of what its own pass left.
			long bytes = ((pass < PASSES - 1) ? 9 : 8) * GIB;
			measured(this.jdbc, "steady", pass, bytes, bytes);
			Instant came = at(pass).minus(Duration.ofHours(3));
			Instant gone = came.plus(Duration.ofHours(51)).plusSeconds(60);
			boolean present = gone.isAfter(this.last.plusSeconds(60));
			this.jdbc.update(
					"""
							INSERT INTO dump (volume, present, object_key, size, last_modified, state, environment, workload,
							pod, project, first_seen, notified_at, gone_at, fate) VALUES ('steady', ?, ?, ?, ?, 'COMPLETE', 'dev',
							'shop', 'p', '', ?, ?, ?, ?)""",
					present ? Boolean.TRUE : null, ("dumpfiles/" + pass + ".hprof").getBytes(UTF_8), GIB,
					came.toEpochMilli(), at(pass).toEpochMilli(), at(pass).toEpochMilli(),
					present ? null : gone.toEpochMilli(), present ? null : "EXPIRED");
		}
	}

}
