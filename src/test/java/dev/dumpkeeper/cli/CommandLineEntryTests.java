package dev.dumpkeeper.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.hprof.HeldHeap;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.runs.JobName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommandLineEntry}, as far as it gets without an application.
 */
class CommandLineEntryTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@ParameterizedTest
	@ValueSource(strings = { "clean-up", "forecast-score" })
	void anUnknownJobIsRefusedWithTheJobsThereAre(String job) {
		assertThat(run("run", job)).isEqualTo(2);
		assertThat(err()).isEqualTo("dumpkeeper: unknown job '" + job + "'; known jobs: maintenance, keep-marker, "
				+ "measure-usage, reconcile-dumps, expire-dumps, check-capacity, daily-report\n");
		assertThat(out()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "run maintenance --approve 7", "run keep-marker --approve 7",
			"run expire-dumps --approve 7 --dry-run", "run expire-dumps --dry-run --approve 7",
			"run expire-dumps --approve 7 --volume jfsdata" })
	void anApprovalStandsAloneWithExpireDumps(String line) {
		assertThat(run(line.split(" "))).isEqualTo(2);
		assertThat(err()).isEqualTo("dumpkeeper: --approve is for expire-dumps, without --dry-run and --volume\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "run expire-dumps --approve soon", "run expire-dumps --approve", "run",
			"run maintenance -x", "run maintenance extra", "run maintenance --dryrun", "run maintenance --volume",
			"frobnicate", "--no-such-option", "run maintenance --dumpkeeper.retention.max-age 2d",
			"run maintenance -Ddumpkeeper.retention.max-age=2d" })
	void wrongUsageIsOneLine(String line) {
		assertThat(run(line.split(" "))).isEqualTo(2);
		assertThat(err()).startsWith("dumpkeeper: ").hasLineCount(1).contains("--help").doesNotContain("Exception");
		assertThat(out()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--volume v", "--key k", "--file f --volume v", "--file f --key k" })
	void inspectWantsAFileOrAVolumeAndAKey(String line) {
		assertThat(run(("run inspect " + line).strip().split(" "))).isEqualTo(2);
		assertThat(err())
			.isEqualTo("dumpkeeper: inspect needs --file, or --volume and --key (see run inspect --help)\n");
	}

	@Test
	void inspectReportsAnyFile(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("a\u001B[2J.hprof"), "no dump");
		assertThat(run("run", "inspect", "--file", file.toString())).isZero();
		assertThat(out()).contains("not a heap dump", "7 B", "\"verdict\":\"NOT_A_DUMP\"").doesNotContain("\u001B");
		assertThat(err()).isEmpty();
	}

	@Test
	void inspectShowsWhoHoldsTheHeapWhereThereIsScratch(@TempDir Path directory) throws IOException {
		Path file = Files.write(directory.resolve("app.hprof"), HeldHeap.cache(100));
		Path scratch = Files.createDirectory(directory.resolve("scratch"));
		Path left = Files.createFile(scratch.resolve("dumpkeeper-holders-1.tmp"));
		assertThat(run("run", "inspect", "--file", file.toString(), "--scratch", scratch.toString())).isZero();
		assertThat(err()).isEmpty();
		assertThat(out().lines().dropWhile((line) -> !line.startsWith("HELD BY")).limit(3).toList()).containsExactly(
				"HELD BY    BYTES",
				"99.3 %   9.8 KiB  the static field com.acme.OrderCache.INSTANCE holds 99.3 % of the heap, through"
						+ " com.acme.Order (100)",
				"");
		assertThat(out()).contains("\"kind\":\"STATIC_FIELD\"", "\"name\":\"com.acme.OrderCache.INSTANCE\"",
				"\"permille\":993", "\"bytes\":10016");
		assertThat(left).doesNotExist();
		assertThat(scratch).isEmptyDirectory();
	}

	@Test
	void inspectSearchesForHoldersOnlyWhereThereIsScratch(@TempDir Path directory) throws IOException {
		Path file = Files.write(directory.resolve("app.hprof"), HeldHeap.cache(100));
		assertThat(run("run", "inspect", "--file", file.toString())).isZero();
		assertThat(out()).contains("com.acme.Order").doesNotContain("HELD BY", "OrderCache.INSTANCE");
	}

	@Test
	void inspectSaysWhyItIsNotKnownWhoHoldsTheHeap(@TempDir Path directory) throws IOException {
		byte[] held = HeldHeap.cache(100);
		Path file = Files.write(directory.resolve("app.hprof"), Arrays.copyOf(held, held.length - 100));
		assertThat(run("run", "inspect", "--file", file.toString(), "--scratch", directory.toString())).isZero();
		assertThat(out()).contains("who holds it is not known: the dump was not read to its end\n");
	}

	@Test
	void inspectSaysWhatItsScratchHasToBe(@TempDir Path directory) throws IOException {
		Path file = Files.write(directory.resolve("app.hprof"), HeldHeap.cache(1));
		String none = directory.resolve("none").toString();
		assertThat(run("run", "inspect", "--file", file.toString(), "--scratch", none)).isEqualTo(2);
		assertThat(err()).isEqualTo("dumpkeeper: --scratch '" + none + "' is not a directory that can be written to\n");
		this.err.reset();
		assertThat(run("run", "inspect", "--volume", "v", "--key", "k", "--scratch", directory.toString()))
			.isEqualTo(2);
		assertThat(err()).isEqualTo(
				"dumpkeeper: --scratch is for --file; for --volume and --key, set" + " dumpkeeper.contents.scratch\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { ".", "missing" })
	void inspectSaysWhichFileCannotBeRead(String file) {
		assertThat(run("run", "inspect", "--file", file)).isEqualTo(2);
		assertThat(err()).isEqualTo("dumpkeeper: --file '" + file + "' is not a file that can be read\n");
	}

	@Test
	void inspectOfAFileTakesNoProperties() {
		assertThat(run("run", "inspect", "--file", "f", "--dumpkeeper.x=1")).isEqualTo(2);
		assertThat(err()).contains("unknown argument '--dumpkeeper.x=1'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-dumpkeeper.wecom.webhook-url=hunter2", "--Dumpkeeper.wecom.webhook-url=hunter2",
			"--dumpkeeper.wecom.webhook url=hunter2" })
	void aSettingThatIsNoneIsReportedWithoutItsValue(String setting) {
		assertThat(run("run", "maintenance", setting)).isEqualTo(2);
		assertThat(err()).contains("unknown argument '").contains("=...'").doesNotContain("hunter2").hasLineCount(1);
	}

	@Test
	void aWordThatIsNoCommandIsRefused() {
		assertThat(run("maintenance")).isEqualTo(2);
		assertThat(err()).contains("unknown argument 'maintenance'", "--help");
	}

	@Test
	void theHelpListsTheExitCodes() {
		assertThat(run("--help")).isZero();
		for (ExitCode code : ExitCode.values()) {
			assertThat(out()).containsPattern("(?m)^  " + code.number() + " +\\S");
		}
		assertThat(err()).isEmpty();
	}

	@Test
	void theHelpOfRunNamesTheJobs() {
		assertThat(run("run", "--help")).isZero();
		for (JobName job : JobName.values()) {
			assertThat(out().replaceAll("\\s+", " ")).contains(job.text());
		}
		assertThat(out()).contains("--dry-run", "--volume", "--approve");
	}

	@Test
	void theVersionIsPrinted() {
		assertThat(run("--version")).isZero();
		assertThat(out()).matches("dumpkeeper \\S.*\\R");
	}

	private int run(String... args) {
		return new CommandLineEntry(NoApplication.class, new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8))
			.run(args);
	}

	private String out() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

	private String err() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

	/** Nothing that is tested here may get as far as starting it. */
	private static final class NoApplication {

	}

}
