package dev.dumpkeeper.scenario;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

/**
 * {@code run forecast-score} on a recorded history: needs no gateway, changes nothing.
 */
class ForecastScoreIntegrationTests {

	private static final long GIB = 1L << 30;

	private static final int PASSES = 160;

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(this.url, "sa", ""));

	private final Instant last = Instant.now().truncatedTo(ChronoUnit.HOURS);

	private final Dumpkeeper dumpkeeper = Dumpkeeper.on(URI.create("http://127.0.0.1:1")).database(this.url, "sa", "");

	@BeforeEach
	void migrate() {
		Result nothing = this.dumpkeeper.run("forecast-score");
		assertThat(nothing.exitCode()).as(nothing.out() + nothing.err()).isZero();
		assertThat(nothing.out()).contains("no pass has looked at a capacity in that time");
	}

	@Test
	void aSteadyAndAGrowingVolumeAreScored() {
		steadyDumps("steady");
		for (int pass = 0; pass < PASSES; pass++) {
			// A dump comes three hours before each pass and goes at the first one after
			// two
			// days.
			passed("steady", pass, 9 * GIB, 9 * GIB, 8 * GIB, 40 * GIB);
			long logs = Math.max(0, pass - 100) * GIB;
			passed("growing", pass, logs, 0, logs, 60 * GIB);
		}
		Result result = this.dumpkeeper.run("forecast-score");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		assertThat(result.out()).contains("P90 COVERS", "predict_linear", "last value", "as told");
		JsonNode steady = method(result, "steady", "dumpkeeper");
		assertThat(error(steady, 72).path("count").asInt()).isGreaterThan(100);
		assertThat(error(steady, 72).path("meanAbsoluteErrorBytes").asLong()).isLessThan(GIB / 2);
		assertThat(steady.path("warnings").asInt(-1)).isZero();
		JsonNode growing = method(result, "growing", "dumpkeeper");
		assertThat(growing.path("crossings").asInt()).isOne();
		assertThat(growing.path("missed").asInt(-1)).isZero();
		assertThat(growing.path("falseWarnings").asInt(-1)).isZero();
		assertThat(growing.path("medianLeadHours").asDouble()).isGreaterThanOrEqualTo(24);
		JsonNode line = method(result, "growing", "predict_linear");
		assertThat(error(line, 72).path("count").asInt()).isGreaterThan(100);
		assertThat(method(result, "growing", "last value").path("missed").asInt()).isOne();
		Result daily = this.dumpkeeper.run("daily-report");
		assertThat(daily.exitCode()).as(daily.out() + daily.err()).isZero();
		assertThat(daily.out()).contains("forecasts of the last 14 days:", "P90 COVERS");
		assertThat(daily.json().at("/forecastScore").size()).isEqualTo(2);
		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM capacity_reading", Long.class))
			.isEqualTo(2L * PASSES);
	}

	@Test
	void theNewestDumpsAreReplacedByThoseThatCome() {
		// Four workloads in turn, so that the newest of each is always younger than two
		// days.
		steadyDumps("steady");
		this.jdbc.update("UPDATE dump SET workload = CONCAT('shop-', MOD(id, 4))");
		for (int pass = 0; pass < PASSES; pass++) {
			passed("steady", pass, 9 * GIB, 9 * GIB, 8 * GIB, 40 * GIB);
		}
		Result result = this.dumpkeeper.with("dumpkeeper.retention.keep-newest", "1").run("forecast-score");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		JsonNode steady = method(result, "steady", "dumpkeeper");
		assertThat(error(steady, 72).path("meanAbsoluteErrorBytes").asLong()).isLessThan(GIB / 2);
	}

	@Test
	void oneVolumeAndOneFormatCanBeAskedFor() {
		for (int pass = PASSES - 30; pass < PASSES; pass++) {
			passed("a", pass, GIB, 0, GIB, null);
			passed("b", pass, GIB, 0, GIB, null);
		}
		Result result = this.dumpkeeper.run("forecast-score", "--volume", "b", "--days", "5", "--output", "json");
		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.out()).startsWith("{").hasLineCount(1);
		assertThat(result.json().path("forecastScore")).hasSize(1);
		JsonNode b = method(result, "b", "dumpkeeper");
		assertThat(b.path("errors")).hasSize(3);
		assertThat(b.has("warnings")).as("no capacity is known").isFalse();
		assertThat(this.dumpkeeper.run("forecast-score", "--output", "table").out()).doesNotContain("{");
	}

	/** The short form of what docs/performance.md measures. */
	@Test
	void fiveThousandVolumesOnAServerAreScoredAsFarAsTheLimit() {
		String name = DatabaseServer.shared().newDatabase("score");
		Dumpkeeper dumpkeeper = Dumpkeeper.on(URI.create("http://127.0.0.1:1")).database(DatabaseServer.shared(), name);
		assertThat(dumpkeeper.run("forecast-score").exitCode()).isZero();
		JdbcTemplate server = new JdbcTemplate(new DriverManagerDataSource(DatabaseServer.shared().jdbcUrl(name),
				DatabaseServer.shared().username(), DatabaseServer.shared().password()));
		manyVolumes(server, 5000, 16);
		Result result = dumpkeeper.run("forecast-score", "--days", "3", "--most", "4");
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		assertThat(result.out()).contains("4996 less full volumes were left out");
		assertThat(result.json().path("volumesLeftOut").asInt()).isEqualTo(4996);
		assertThat(result.json().path("forecastScore")).hasSize(4);
		// The fullest first.
		assertThat(result.json().at("/forecastScore/0/volume").asString()).isEqualTo("volume-5000");
		JsonNode score = method(result, "volume-5000", "dumpkeeper");
		assertThat(error(score, 6).path("count").asInt()).isPositive();
		JsonNode named = dumpkeeper.run("forecast-score", "--days", "3", "--volume", "volume-1").json();
		assertThat(named.at("/forecastScore/0/volume").asString()).isEqualTo("volume-1");
		assertThat(named.path("volumesLeftOut").asInt()).isZero();
		assertThat(server.queryForList(
				"EXPLAIN FORMAT=TRADITIONAL SELECT * FROM directory_usage WHERE volume = 'volume-7'"
						+ " AND directory = '' AND measured_at > 1 AND measured_at <= ? ORDER BY measured_at",
				this.last.toEpochMilli()))
			.singleElement()
			.satisfies((plan) -> assertThat(plan.get("key")).isEqualTo("directory_usage_by_volume"));
	}

	private void manyVolumes(JdbcTemplate server, int volumes, int passes) {
		long last = this.last.toEpochMilli();
		long interval = Duration.ofHours(6).toMillis();
		server.update(
				"""
						INSERT INTO directory_usage (run_id, volume, directory, measured_at, objects, object_bytes, dumps,
						dump_bytes) SELECT p.seq, CONCAT('volume-', v.seq), '', ? - p.seq * ?, 5, v.seq * 1000, 4, v.seq * 900
						FROM %s v CROSS JOIN %s p"""
					.formatted(DatabaseServer.numbers(1, volumes), DatabaseServer.numbers(0, passes - 1)),
				last, interval);
		server.update("""
				INSERT INTO capacity_reading (run_id, volume, read_at, used_bytes, used_source, listed_bytes,
				capacity_bytes, capacity_source, short_history, level) SELECT run_id, volume, measured_at,
				object_bytes, 'LISTING', object_bytes, 10000000, 'LIMIT', FALSE, 'CALM' FROM directory_usage""");
		server.update("""
				INSERT INTO dump (volume, present, object_key, size, last_modified, state, environment, workload,
				pod, project, first_seen, told_at, gone_at, fate) SELECT volume,
				CASE WHEN measured_at > ? THEN TRUE END, CONCAT('dumpfiles/', run_id, '.hprof'), 900,
				measured_at - 3600000, 'COMPLETE', 'dev', 'shop', 'p', '', measured_at, measured_at,
				CASE WHEN measured_at > ? THEN NULL ELSE measured_at + 180000000 END,
				CASE WHEN measured_at > ? THEN NULL ELSE 'EXPIRED' END FROM directory_usage""", last - 180000000L,
				last - 180000000L, last - 180000000L);
	}

	@Test
	void wrongUsageIsRefused() {
		assertThat(this.dumpkeeper.run("forecast-score", "--most", "0").exitCode()).isEqualTo(2);
		assertThat(this.dumpkeeper.run("forecast-score", "--days", "91").exitCode()).isEqualTo(2);
		assertThat(this.dumpkeeper.run("forecast-score", "--output", "xml").exitCode()).isEqualTo(2);
	}

	private static JsonNode method(Result result, String volume, String name) {
		for (JsonNode score : result.json().path("forecastScore")) {
			for (JsonNode method : score.path("methods")) {
				if (score.path("volume").asString().equals(volume) && method.path("method").asString().equals(name)) {
					return method;
				}
			}
		}
		throw new AssertionError("no " + name + " of " + volume + " in " + result.out());
	}

	private static JsonNode error(JsonNode method, int hours) {
		for (JsonNode error : method.path("errors")) {
			if (error.path("hours").asInt() == hours) {
				return error;
			}
		}
		throw new AssertionError("no error at " + hours + " h in " + method);
	}

	private Instant at(int pass) {
		return this.last.minus(Duration.ofHours(6L * (PASSES - 1 - pass)));
	}

	private void passed(String volume, int pass, long listed, long dumps, long left, Long capacity) {
		long at = at(pass).toEpochMilli();
		this.jdbc.update("""
				INSERT INTO directory_usage (run_id, volume, directory, measured_at, objects, object_bytes, dumps,
				dump_bytes) VALUES (?, ?, '', ?, 1, ?, 1, ?)""", pass, volume, at, listed, dumps);
		this.jdbc.update("""
				INSERT INTO capacity_reading (run_id, volume, read_at, used_bytes, used_source, listed_bytes,
				capacity_bytes, capacity_source, short_history, level) VALUES (?, ?, ?, ?, 'LISTING', ?, ?, ?, FALSE,
				'CALM')""", pass, volume, at, left, left, capacity, (capacity != null) ? "LIMIT" : null);
	}

	private void steadyDumps(String volume) {
		for (int pass = 0; pass < PASSES; pass++) {
			Instant came = at(pass).minus(Duration.ofHours(3));
			Instant gone = came.plus(Duration.ofHours(51)).plusSeconds(60);
			boolean present = gone.isAfter(this.last.plusSeconds(60));
			this.jdbc.update("""
					INSERT INTO dump (volume, present, object_key, size, last_modified, state, environment, workload,
					pod, project, first_seen, told_at, gone_at, fate) VALUES (?, ?, ?, ?, ?, 'COMPLETE', 'dev', 'shop',
					'p', '', ?, ?, ?, ?)""", volume, present ? Boolean.TRUE : null,
					("dumpfiles/" + pass + ".hprof").getBytes(UTF_8), GIB, came.toEpochMilli(), at(pass).toEpochMilli(),
					at(pass).toEpochMilli(), present ? null : gone.toEpochMilli(), present ? null : "EXPIRED");
		}
	}

}
