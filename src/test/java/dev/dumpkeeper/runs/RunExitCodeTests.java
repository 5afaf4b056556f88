package dev.dumpkeeper.runs;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;

import dev.dumpkeeper.cli.CommandLineEntry;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.Progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * With which exit code a command ends, in an application that has nothing but the runs.
 */
class RunExitCodeTests {

	private static RunsLab lab;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@BeforeEach
	void open() {
		lab = new RunsLab();
	}

	@AfterEach
	void close() {
		lab.close();
	}

	private int run(String... arguments) {
		return new CommandLineEntry(Application.class, new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8))
			.run(arguments);
	}

	@Test
	void aRunThatIsDoneEndsWithZeroAndPrintsItsReport() {
		assertThat(run("run", "measure-usage")).isZero();
		assertThat(this.out.toString(StandardCharsets.UTF_8)).startsWith("measure-usage, run 1, 0.0 s\n")
			.endsWith(lab.row(1).report() + "\n");
		assertThat(this.err.toString(StandardCharsets.UTF_8)).isEmpty();
		assertThat(lab.row(1).startedBy()).isEqualTo("command line");
	}

	@Test
	void theSecondOfTwoStartersEndsWithFive() {
		try (Lease.Held held = lab.lease.take().orElseThrow()) {
			assertThat(run("run", "measure-usage")).isEqualTo(5);
			assertThat(held.isLost()).isFalse();
		}
		assertThat(this.err.toString(StandardCharsets.UTF_8)).startsWith("dumpkeeper: another run holds the lock (")
			.endsWith("); nothing was done\n");
		assertThat(this.out.toString(StandardCharsets.UTF_8)).isEmpty();
		assertThat(lab.events).isEmpty();
	}

	@ParameterizedTest
	@MethodSource
	void aRunEndsWith(int exitCode, Consumer<RunsLab> because) {
		because.accept(lab);
		assertThat(run("run", "measure-usage")).isEqualTo(exitCode);
	}

	static Stream<Arguments> aRunEndsWith() {
		return Stream.of(ends("an unforeseen failure", 1, (lab) -> lab.once("first", (run) -> {
			throw new IllegalStateException("as planned");
		})), ends("objects that failed", 3, (lab) -> lab.causes.put(1L, ExitCode.OBJECTS_FAILED)),
				ends("a brake", 4, (lab) -> lab.causes.put(1L, ExitCode.BRAKE_REFUSED)),
				ends("a gateway that is away", 6, (lab) -> lab.gateway.outage(Kind.UNAVAILABLE)),
				ends("a database that is away", 7, (lab) -> lab.database.away(true)),
				ends("a database that goes away", 7, (lab) -> lab.once("first", (run) -> lab.database.away(true))),
				ends("messages that wait", 8, (lab) -> lab.causes.put(1L, ExitCode.NOT_DELIVERED)),
				ends("a stop of the run", 143, (lab) -> lab.once("first", (run) -> {
					lab.stop.raiseForWork();
					lab.stop.check();
				})), ends("a stop of the process", 143, (lab) -> lab.stop.raise()));
	}

	private static Arguments ends(String because, int exitCode, Consumer<RunsLab> cause) {
		return argumentSet(because, exitCode, cause);
	}

	@Test
	void aWrongVolumeEndsWithTwo() {
		assertThat(run("run", "measure-usage", "--volume", "nowhere")).isEqualTo(2);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("--volume nowhere: no such volume");
	}

	// No @Configuration: tests that start the application in this JVM would find it.
	static class Application {

		@Bean
		RunLauncher runs() {
			return lab.runs;
		}

		@Bean
		ProgressDisplay progress() {
			return new ProgressDisplay(false, Progress.NONE);
		}

	}

}
