package dev.dumpkeeper.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

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
						+ " 1, seq, seq, IF(seq % 10 = 0, 'TRUNCATED', 'COMPLETE'), 'dev', CONCAT('w', seq % 200), 'p', '',"
						+ " IF(seq % 4 = 0, CONCAT('f', seq % 1000), NULL) FROM " + DatabaseServer.numbers(1, MANY)
						+ " numbers");
		jdbc.execute("ANALYZE TABLE dump");
	}

	@AfterAll
	static void close() {
		connection.destroy();
	}

	static List<DumpFilter> filters() {
		return List.of(new DumpFilter(false, "", "", "", null, "", ""), new DumpFilter(true, "", "", "", null, "", ""),
				new DumpFilter(false, "v7", "", "", null, "", ""), new DumpFilter(true, "v7", "dev", "", null, "", "x"),
				new DumpFilter(false, "", "", "w9", null, "", ""),
				new DumpFilter(false, "v7", "", "w7", DumpState.TRUNCATED, "", "x"),
				new DumpFilter(false, "", "", "", DumpState.TRUNCATED, "", ""),
				new DumpFilter(false, "", "", "", null, "f4", ""));
	}

	@ParameterizedTest
	@MethodSource("filters")
	void eachPageIsReadAlongAnIndexWithoutSorting(DumpFilter filter) {
		List<Object> arguments = new ArrayList<>();
		String sql = DumpSearch.query(filter, arguments);
		arguments.add(MANY / 2);
		arguments.add(200);
		assertThat(plan(sql, arguments)).allSatisfy((step) -> {
			assertThat(step.get("key")).as("%s", step).isNotNull();
			assertThat(String.valueOf(step.get("Extra"))).doesNotContain("filesort", "temporary");
		});
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
