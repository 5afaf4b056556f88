package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.MigratedDatabase;
import dev.dumpkeeper.ledger.DumpSearch.DumpFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Among very many dumps each page is read along an index, in its order.
 */
class DumpSearchOnServerIntegrationTests {

	private static final int MANY = 40_000;

	private static SingleConnectionDataSource connection;

	private static JdbcTemplate jdbc;

	@BeforeAll
	static void fill() {
		MigratedDatabase database = MigratedDatabase.server("dumpsearch");
		connection = new SingleConnectionDataSource(database.url(), database.username(), database.password(), true);
		jdbc = new JdbcTemplate(connection);
		jdbc.update(
				"INSERT INTO dump (volume, object_key, present, size, last_modified, first_seen, state, environment,"
						+ " workload, pod, project, fingerprint) SELECT CONCAT('v', seq % 50), CONCAT('dumpfiles/', seq), IF(seq % 3 = 0, NULL, TRUE),"
						+ " seq % 5000, seq, seq, IF(seq % 10 = 0, 'TRUNCATED', 'COMPLETE'), 'dev', CONCAT('w', seq % 200), 'p', '',"
						+ " IF(seq % 4 = 0, CONCAT('f', seq % 1000), NULL) FROM " + DatabaseServer.numbers(1, MANY)
						+ " numbers");
		jdbc.execute("ANALYZE TABLE dump");
	}

	@AfterAll
	static void close() {
		connection.destroy();
	}

	static List<DumpFilter> filters() {
		List<DumpFilter> filters = new ArrayList<>();
		for (DumpSearch.Order order : DumpSearch.Order.values()) {
			filters.addAll(List.of(filter(false, "", "", "", null, "", "", order),
					filter(true, "", "", "", null, "", "", order), filter(false, "v7", "", "", null, "", "", order),
					filter(true, "v7", "dev", "", null, "", "x", order),
					filter(false, "", "", "w9", null, "", "", order),
					filter(false, "v7", "", "w7", DumpState.TRUNCATED, "", "x", order),
					filter(false, "", "", "", DumpState.TRUNCATED, "", "", order),
					filter(false, "", "", "", null, "f4", "", order)));
		}
		return filters;
	}

	private static DumpFilter filter(boolean gone, String volume, String environment, String workload,
			@Nullable DumpState state, String failure, String text, DumpSearch.Order order) {
		return new DumpFilter(gone, volume, environment, workload, state, failure, text, null, null, order);
	}

	@ParameterizedTest
	@MethodSource("filters")
	void eachPageIsReadAlongAnIndexWithoutSorting(DumpFilter filter) {
		for (DumpQuery query : List.of(new DumpQuery(filter, 0, Long.MAX_VALUE, Long.MAX_VALUE),
				new DumpQuery(filter, MANY / 4, MANY / 2, 2500))) {
			List<Object> arguments = new ArrayList<>();
			String sql = query.sql(arguments);
			arguments.add(200);
			assertThat(plan(sql, arguments)).allSatisfy((step) -> {
				assertThat(sql).contains("USE INDEX (" + step.get("key") + ")");
				assertThat(String.valueOf(step.get("Extra"))).as("%s", step).doesNotContain("filesort", "temporary");
			});
		}
	}

	@Test
	void theFirstDumpOfATimeIsFoundAlongAnIndex() {
		assertThat(plan("SELECT id FROM dump WHERE first_seen >= ? ORDER BY first_seen, id LIMIT 1", List.of(MANY / 2)))
			.allSatisfy((step) -> {
				assertThat(step.get("key")).isEqualTo("dump_by_first_seen");
				assertThat(String.valueOf(step.get("Extra"))).doesNotContain("filesort");
			});
	}

	@Test
	void keysOfAPlanAreFoundAlongTheirIndex() {
		assertThat(plan(PlannedDumps.sql(2),
				List.of("v7", "dumpfiles/7".getBytes(StandardCharsets.UTF_8), "x".getBytes(StandardCharsets.UTF_8))))
			.singleElement()
			.satisfies((step) -> {
				assertThat(step.get("key")).isEqualTo("dump_once");
				assertThat(Long.parseLong(step.get("rows").toString())).as("%s", step).isLessThan(20);
			});
		assertThat(new PlannedDumps(jdbc, new DumpNames(List.of(), List.of("dumpfiles"))).byKey("v7",
				List.of("dumpfiles/7", "dumpfiles/57", "x")))
			.hasSize(2);
	}

	@Test
	void whatPagesSumUpIsReadOnAServerToo() {
		assertThat(new DumpHistory(jdbc).owners("v7", 10_000, 5)).hasSize(4)
			.allMatch((owner) -> owner.environment().equals("dev") && owner.bytes() > 0);
		assertThat(new DumpHistory(jdbc).owners("v7", 3, 5)).as("the largest")
			.satisfies((owners) -> assertThat(owners.stream().mapToLong(DumpHistory.WorkloadSum::bytes).sum())
				.isEqualTo(jdbc.queryForObject("SELECT SUM(size) FROM (SELECT size FROM dump WHERE volume = 'v7'"
						+ " AND present = TRUE ORDER BY size DESC LIMIT 3) largest", Long.class)));
		assertThat(new FailureRepository(jdbc).course("f4", LocalDate.ofEpochDay(0), 30, ZoneOffset.UTC).dumps())
			.isEqualTo(MANY / 1000);
		assertThat(new DumpContentsRepository(jdbc, new TransactionTemplate()).before(MANY, "dev", "w7")).isEmpty();
	}

	@Test
	void thePlansWouldBeFound() {
		assertThat(plan("SELECT id FROM dump WHERE pod = ? ORDER BY last_modified LIMIT ?", List.of("p", 5)))
			.anySatisfy((step) -> assertThat(step.get("key")).isNull());
	}

	private static List<Map<String, Object>> plan(String sql, List<Object> arguments) {
		return jdbc.queryForList("EXPLAIN " + sql, arguments.toArray());
	}

}
