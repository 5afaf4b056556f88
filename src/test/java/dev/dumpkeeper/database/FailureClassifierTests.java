package dev.dumpkeeper.database;

import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.StoppedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureClassifier}.
 */
class FailureClassifierTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withUserConfiguration(SampleConfiguration.class)
		.withPropertyValues("dumpkeeper.sample.endpoint=http://gateway:9000");

	@Test
	void aWrongArgumentIsUsage() {
		assertThat(FailureClassifier.of(new InvalidRequestException("--volume x: no such volume")))
			.isEqualTo(new FailureClassifier(ExitCode.USAGE, "--volume x: no such volume"));
	}

	@Test
	void aStopIsNoFailure() {
		assertThat(FailureClassifier.of(new IllegalStateException(new StoppedException())).code())
			.isEqualTo(ExitCode.STOPPED);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ABSENT")
	void aFailureOfTheGatewayIsItsOwn(GatewayException.Kind kind) {
		FailureClassifier failure = FailureClassifier
			.of(new IllegalStateException("step", new GatewayException(kind, "no answer", null)));
		assertThat(failure).isEqualTo(new FailureClassifier(ExitCode.GATEWAY, "the gateway failed: no answer"));
	}

	@Test
	void anAbsentBucketIsAMatterOfConfiguration() {
		FailureClassifier failure = FailureClassifier
			.of(new GatewayException(GatewayException.Kind.ABSENT, "404 NoSuchBucket", null));
		assertThat(failure)
			.isEqualTo(new FailureClassifier(ExitCode.USAGE, "dumpkeeper.gateway.bucket: 404 NoSuchBucket"));
	}

	@Test
	void anythingElseIsUnexpectedAndNamesItsRoot() {
		assertThat(FailureClassifier.of(new IllegalStateException("outside", new NullPointerException("inside"))))
			.isEqualTo(new FailureClassifier(ExitCode.UNEXPECTED, "unexpected failure: NullPointerException: inside"));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			08S01, 0
			08001, 0
			28000, 1045
			42000, 1049
			90067, 90067
			90013, 90013
			""")
	void aLostDatabaseIsTheDatabases(String state, int code) {
		assertThat(FailureClassifier.of(new IllegalStateException(new SQLException("away", state, code))))
			.isEqualTo(new FailureClassifier(ExitCode.DATABASE, "the database is not available: away"));
	}

	@Test
	void wrappedFailuresOfTheDatabaseAreTheDatabases() {
		for (Exception cause : List.of(new DataAccessResourceFailureException("x"), new QueryTimeoutException("x"),
				new CannotCreateTransactionException("x"), new SQLTransientConnectionException("x"),
				new SQLNonTransientConnectionException("x"), new SQLException("Connection is closed"),
				new FlywayException("x", new SQLException("x", "08S01")))) {
			assertThat(FailureClassifier.of(new BeanCreationException("bean", cause)).code()).as("%s", cause)
				.isEqualTo(ExitCode.DATABASE);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1021, 1040, 1053, 1114, 1203, 1205, 1213, 1226, 1290, 1317, 1792, 1836, 3100, 3101, 3675 })
	void whatTheServerCannotDoNowIsWorthWaitingFor(int code) {
		SQLException ex = new SQLException("not now", "HY000", code);
		assertThat(FailureClassifier.of(new UncategorizedSQLException("insert", "INSERT", ex)))
			.isEqualTo(new FailureClassifier(ExitCode.DATABASE, "the database is not available: not now"));
		assertThat(DatabaseErrors.isPassing(new IllegalStateException(ex))).isTrue();
		assertThat(FailureClassifier.of(new FlywayException("x", new MigrationFailedException("V1", ex))).code())
			.isEqualTo(ExitCode.DATABASE);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			1030 | Got error 28 from storage engine
			1005 | Can't create table 'x' (errno: 28 "No space left on device")
			1026 | Error writing file './x' (Errcode: 28 - No space left on device)
			""")
	void aFullDiskIsWorthWaitingForHoweverItIsReported(int code, String message) {
		assertThat(FailureClassifier.of(new SQLException(message, "HY000", code)).code()).isEqualTo(ExitCode.DATABASE);
	}

	@Test
	void aWrongPasswordIsNotWaitedFor() {
		assertThat(DatabaseErrors.isPassing(new SQLException("denied", "28000", 1045))).isFalse();
	}

	@Test
	void aMigrationThatFailsIsAMatterForAPerson() {
		FailureClassifier failure = FailureClassifier
			.of(new BeanCreationException("flyway", new FlywayException("Error while executing callback",
					new MigrationFailedException("V0007 failed: a table dump", null))));
		assertThat(failure.code()).isEqualTo(ExitCode.USAGE);
		assertThat(failure.message()).startsWith("spring.datasource.url: ")
			.contains("docs/operations.md")
			.endsWith(": V0007 failed: a table dump");
		assertThat(FailureClassifier.of(new FlywayException("Validate failed")).message())
			.endsWith(": Validate failed");
	}

	@Test
	void anErrorInAStatementIsNoLostDatabase() {
		assertThat(FailureClassifier.of(new SQLException("syntax", "42000", 1064)).code())
			.isEqualTo(ExitCode.UNEXPECTED);
	}

	@Test
	void aDatabaseFileThatIsInUseMeansAnotherRun() {
		SQLException inUse = new SQLException("Database may be already in use", "90020", 90020);
		assertThat(FailureClassifier.of(inUse).code()).isEqualTo(ExitCode.LOCKED);
		assertThat(FailureClassifier
			.of(new CannotCreateTransactionException("x", new SQLTransientConnectionException("y", inUse))))
			.isEqualTo(new FailureClassifier(ExitCode.LOCKED,
					"another process holds the database file; nothing was done"));
	}

	@Test
	void theMessageIsOneLine() {
		assertThat(FailureClassifier.of(new InvalidRequestException(" first\r\n\t second\u0007third ")).message())
			.isEqualTo("first second third");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			jdbc:mysql://db/x?user=u&password=hunter2&useSSL=true
			PASSWORD=hunter2
			secretKey=hunter2;x
			secret-key=hunter2
			accessKey=hunter2
			""")
	void secretsInAMessageAreNotShown(String message) {
		assertThat(FailureClassifier.of(new IllegalStateException(message)).message()).doesNotContain("hunter2")
			.contains("=******");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			max-age=hunter2   | dumpkeeper.sample.max-age is invalid; expected a duration such as 90s, 36h or 2d
			max-bytes=hunter2 | dumpkeeper.sample.max-bytes is invalid; expected a size such as 512Mi or 50Gi
			days=hunter2      | dumpkeeper.sample.days is invalid; expected a whole number
			share=hunter2     | dumpkeeper.sample.share is invalid; expected a number such as 0.8
			dry=hunter2       | dumpkeeper.sample.dry is invalid; expected true or false
			layout=hunter2    | dumpkeeper.sample.layout is invalid; expected one of buckets, directories
			endpoint=hunter 2 | dumpkeeper.sample.endpoint is invalid; expected an address such as http://gateway:9000
			days=0           | dumpkeeper.sample.days must be greater than or equal to 1
			share=7          | dumpkeeper.sample.share is refused by its own words
			""")
	void aPropertyThatCannotBeReadIsNamedWithWhatItWantsAndNeverWithItsValue(String property, String message) {
		this.runner.withPropertyValues("dumpkeeper.sample." + property)
			.run((context) -> assertThat(FailureClassifier.of(context.getStartupFailure()))
				.isEqualTo(new FailureClassifier(ExitCode.USAGE, message)));
	}

	@Test
	void aSecretThatCannotBeReadIsNotShown() {
		this.runner.withPropertyValues("dumpkeeper.sample.secret-number=hunter2").run((context) -> {
			FailureClassifier failure = FailureClassifier.of(context.getStartupFailure());
			assertThat(failure.code()).isEqualTo(ExitCode.USAGE);
			assertThat(failure.message()).contains("dumpkeeper.sample.secret-number", "expected a whole number")
				.doesNotContain("hunter2");
		});
	}

	@Test
	void aPropertyThatIsMissingIsNamed() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
			.withUserConfiguration(SampleConfiguration.class)
			.run((context) -> assertThat(FailureClassifier.of(context.getStartupFailure()))
				.isEqualTo(new FailureClassifier(ExitCode.USAGE, "dumpkeeper.sample.endpoint is required")));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(SampleProperties.class)
	static class SampleConfiguration {

	}

	/** One property of each type that Dumpkeeper's own have. */
	@Validated
	@ConfigurationProperties("dumpkeeper.sample")
	record SampleProperties(@NotNull(message = "is required") @Nullable URI endpoint, @Nullable Duration maxAge,
			@Nullable DataSize maxBytes, @Nullable @Min(1) Integer days, @Nullable Double share, @Nullable Boolean dry,
			@Nullable Layout layout, @Nullable Integer secretNumber) {

		SampleProperties {
			if (share != null && share > 1) {
				throw new IllegalArgumentException("dumpkeeper.sample.share is refused by its own words");
			}
		}

		enum Layout {

			BUCKETS, DIRECTORIES

		}

	}

}
