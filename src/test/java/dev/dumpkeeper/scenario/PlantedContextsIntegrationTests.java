package dev.dumpkeeper.scenario;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.dumpkeeper.lab.PlantedObject;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ClassPathXmlApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever can write to the database has no code run by what is stored of an unfinished
 * run, which is given up and followed by a fresh one.
 */
class PlantedContextsIntegrationTests {

	private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(this.url, "sa", ""));

	@BeforeEach
	void anUnfinishedRun() {
		Result result = report();
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		assertThat(this.jdbc.update("UPDATE maintenance_run SET outcome = 'FAILED', exit_code = 1")).isOne();
		assertThat(this.jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'FAILED'")).isOne();
		assertThat(this.jdbc.update("UPDATE BATCH_STEP_EXECUTION SET STATUS = 'FAILED'")).isPositive();
		PlantedObject.sleep();
	}

	@Test
	void aRunWhoseContextsAreAsTheyWereIsContinued() {
		Result next = report();
		assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
		assertThat(outcomes()).containsExactly(Map.entry(1L, "COMPLETED"));
	}

	/** Earlier versions stored contexts in the first of these forms. */
	@ParameterizedTest
	@MethodSource("contexts")
	void nothingOfAContextIsRun(String table, String context) {
		assertThat(this.jdbc.update("UPDATE " + table + " SET SHORT_CONTEXT = ?, SERIALIZED_CONTEXT = ?",
				context.substring(0, Math.min(context.length(), 2000)), context))
			.isPositive();
		assertGivenUp();
	}

	static Stream<Arguments> contexts() {
		String planted = PlantedObject.class.getName();
		return Stream.of("BATCH_JOB_EXECUTION_CONTEXT", "BATCH_STEP_EXECUTION_CONTEXT")
			.flatMap((table) -> Stream
				.of(PlantedObject.context(), "{\"volume\":{\"@class\":\"" + planted + "\",\"command\":\"id\"}}")
				.map((context) -> Arguments.of(table, context)));
	}

	/** Spring Batch would make an object of the class that the database names. */
	@ParameterizedTest
	@ValueSource(classes = { PlantedObject.class, ClassPathXmlApplicationContext.class })
	void nothingOfAJobParameterIsRun(Class<?> type) {
		assertThat(this.jdbc.update("UPDATE BATCH_JOB_EXECUTION_PARAMS SET PARAMETER_TYPE = ?, PARAMETER_VALUE = ?"
				+ " WHERE PARAMETER_NAME = 'dryRun'", type.getName(), "http://127.0.0.1:9/planted.xml"))
			.isOne();
		Result next = assertGivenUp();
		assertThat(next.err()).doesNotContain("planted.xml");
	}

	@Test
	void aJobParameterOfAClassThatDoesNotExistIsNoFailure() {
		this.jdbc.update("UPDATE BATCH_JOB_EXECUTION_PARAMS SET PARAMETER_TYPE = 'gone.Away'");
		assertGivenUp();
	}

	private Result assertGivenUp() {
		Result next = report();
		assertThat(PlantedObject.isAwake()).as("code was run").isFalse();
		assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
		assertThat(next.json().path("run").asLong()).isEqualTo(2);
		assertThat(outcomes()).containsExactly(Map.entry(1L, "ABANDONED"), Map.entry(2L, "COMPLETED"));
		return next;
	}

	private List<Map.Entry<Long, String>> outcomes() {
		return this.jdbc.query("SELECT id, outcome FROM maintenance_run ORDER BY id",
				(row, number) -> Map.entry(row.getLong(1), row.getString(2)));
	}

	/** Needs no gateway, but steps and contexts like any. */
	private Result report() {
		return Dumpkeeper.on(URI.create("http://127.0.0.1:9")).database(this.url, "sa", "").run("daily-report");
	}

}
