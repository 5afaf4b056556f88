package dev.dumpkeeper.hprof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.dumpkeeper.hprof.DumpFacts.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link DumpCheck} on dumps that JVMs made.
 */
class RealDumpIntegrationTests {

	@TempDir
	Path directory;

	static List<Jvm> jvms() {
		return Jvm.all();
	}

	static Stream<Arguments> jvmsAndLevels() {
		return jvms().stream().flatMap((jvm) -> Stream.of(0, 1, 9).map((level) -> Arguments.of(jvm, level)));
	}

	@ParameterizedTest
	@MethodSource("jvmsAndLevels")
	void aDumpOnOutOfMemoryIsCompleteAndEveryFrontOfItIsNot(Jvm jvm, int level) throws Exception {
		Instant before = Instant.now().minusSeconds(1);
		Path dump = dumpOnOutOfMemory(jvm, (level == 0) ? List.of() : List.of("-XX:HeapDumpGzipLevel=" + level));
		DumpFacts facts = check(dump);
		assertThat(facts.reason()).isEmpty();
		assertThat(facts.verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(facts.gzip()).isEqualTo(level > 0);
		assertThat(facts.startedAt()).get().satisfies((at) -> assertThat(at).isBetween(before, Instant.now()));
		long size = Files.size(dump);
		for (long length : new long[] { size - 1, size - 8, size - 9, size - 20, size - 30, size / 2, size / 3, 100_000,
				5_000, 200 }) {
			assertThat(check(dump, length).verdict()).as("%d of %d bytes", length, size).isEqualTo(Verdict.TRUNCATED);
		}
	}

	@ParameterizedTest
	@MethodSource("jvmsAndLevels")
	void aDumpOnOutOfMemoryShowsWhichThreadDiedAndWhere(Jvm jvm, int level) throws Exception {
		Path dump = dumpOnOutOfMemory(jvm, (level == 0) ? List.of() : List.of("-XX:HeapDumpGzipLevel=" + level));
		Death death = triage(dump).death().orElseThrow();
		assertThat(death.kind()).isEqualTo(Death.Kind.HEAP_SPACE);
		assertThat(death.topFrame()).get().asString().startsWith("dev.dumpkeeper.hprof.Hungry.main(Hungry.java:");
		assertThat(death.fingerprint()).get().asString().matches("[0-9a-f]{12}");
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void aDumpThatSomebodyAskedForIsComplete(Jvm jvm) throws Exception {
		Assumptions.assumeTrue(Files.isExecutable(jvm.jcmd()), "no jcmd in " + jvm);
		Path plain = this.directory.resolve("asked.hprof");
		Path packed = this.directory.resolve("asked.hprof.gz");
		Process process = jvm.hungry(List.of("-Xmx64m"), "8").start();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			assertThat(output.readLine()).isEqualTo("ready");
			jcmd(jvm, process, plain.toString());
			jcmd(jvm, process, "-gz=1", packed.toString());
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(check(plain).verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(check(plain).reason()).isEmpty();
		assertThat(check(packed).verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(check(packed).gzip()).isTrue();
		assertThat(triage(plain).death()).get().extracting(Death::kind).isEqualTo(Death.Kind.ASKED_FOR);
		assertThat(triage(packed).death()).get().extracting(Death::kind).isEqualTo(Death.Kind.ASKED_FOR);
	}

	@ParameterizedTest
	@MethodSource("jvmsAndLevels")
	void aDumpToWhichAToolAppendedRecordsIsComplete(Jvm jvm, int level) throws Exception {
		Path dump = dumpOnOutOfMemory(jvm, (level == 0) ? List.of() : List.of("-XX:HeapDumpGzipLevel=" + level));
		byte[] records = { 0x01, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, 'o', 'k' };
		Files.write(dump, (level == 0) ? records : HprofFile.gzip(records), StandardOpenOption.APPEND);
		assertThat(check(dump).reason()).isEmpty();
		assertThat(check(dump).verdict()).isEqualTo(Verdict.COMPLETE);
		if (level == 0) {
			assertThat(check(dump, Files.size(dump) - 1).verdict()).isEqualTo(Verdict.TRUNCATED);
		}
		try (InputStream in = Files.newInputStream(dump)) {
			assertThat(HeapReading.read(in, Files.size(dump), HeapReading.Budget.of(1L << 30, Duration.ofMinutes(1)))
				.state()).isEqualTo(HeapContents.State.WHOLE);
		}
	}

	/** Only with one JVM, since it takes jhsdb many seconds. */
	@Test
	void aDumpByJhsdbIsCompleteAlthoughItHasNoEndRecord() throws Exception {
		Jvm jvm = jvms().get(0);
		Path dump = this.directory.resolve("attached.hprof");
		Process process = jvm.hungry(List.of("-Xmx64m", "-XX:+UseSerialGC"), "8").start();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			assertThat(output.readLine()).isEqualTo("ready");
			jhsdb(jvm, process, "--dumpfile", dump.toString());
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(check(dump).reason()).isEmpty();
		assertThat(check(dump).verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(check(dump, Files.size(dump) - 1).reason()).isEqualTo("the heap lacks its last 1 bytes");
		assertThat(triage(dump).death()).get().extracting(Death::kind).isEqualTo(Death.Kind.ASKED_FOR);
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void aDumpWhoseWriterWasKilledIsCutOff(Jvm jvm) throws Exception {
		Path dump = this.directory.resolve("killed.hprof");
		Process process = jvm.hungry(List.of("-Xmx400m", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=" + dump))
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.pollInterval(Duration.ofMillis(1))
				.pollDelay(Duration.ZERO)
				.until(() -> Files.exists(dump) && Files.size(dump) > 1_000_000 || !process.isAlive());
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		Assumptions.assumeTrue(process.exitValue() == 137, "the dump was done before the kill");
		assertThat(check(dump).verdict()).isEqualTo(Verdict.TRUNCATED);
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void aDumpOntoAFullVolumeIsNotComplete(Jvm jvm) throws Exception {
		Path dump = this.directory.resolve("full.hprof");
		List<String> command = jvm
			.hungry(List.of("-Xmx16m", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=" + dump))
			.command();
		// A limit on the size of files acts on the writer as a quota does. Unit: 512
		// bytes.
		Process process = new ProcessBuilder(
				Stream.concat(Stream.of("/bin/sh", "-c", "ulimit -f 8192; exec \"$@\"", "sh"), command.stream())
					.toList())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		process.getOutputStream().close();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(check(dump).verdict()).isIn(Verdict.TRUNCATED, Verdict.EMPTY);
	}

	private Path dumpOnOutOfMemory(Jvm jvm, List<String> flags) throws Exception {
		Path dump = this.directory.resolve("died.hprof");
		List<String> all = Stream
			.concat(Stream.of("-Xmx16m", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=" + dump), flags.stream())
			.toList();
		Process process = jvm.hungry(all).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
		process.getOutputStream().close();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return dump;
	}

	private static void jcmd(Jvm jvm, Process process, String... arguments) throws Exception {
		List<String> command = Stream
			.concat(Stream.of(jvm.jcmd().toString(), Long.toString(process.pid()), "GC.heap_dump"),
					Stream.of(arguments))
			.toList();
		Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(jcmd.waitFor()).as(output).isZero();
	}

	/** Attaching to a process is not allowed everywhere. */
	private static void jhsdb(Jvm jvm, Process process, String... arguments) throws Exception {
		Path program = jvm.home().resolve("bin/jhsdb");
		Assumptions.assumeTrue(Files.isExecutable(program), "no jhsdb in " + jvm);
		List<String> command = Stream
			.concat(Stream.of(program.toString(), "jmap", "--binaryheap", "--pid", Long.toString(process.pid())),
					Stream.of(arguments))
			.toList();
		Process jhsdb = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(jhsdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		jhsdb.waitFor();
		Assumptions.assumeTrue(output.contains("heap written to"), output);
	}

	private static TriageResult triage(Path dump) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(dump.toFile(), "r")) {
			return TriageResult.of((offset, length) -> read(file, offset, length), file.length());
		}
	}

	private static byte[] read(RandomAccessFile file, long offset, int length) throws IOException {
		byte[] bytes = new byte[length];
		file.seek(offset);
		file.readFully(bytes);
		return bytes;
	}

	private static DumpFacts check(Path dump) throws IOException {
		return check(dump, Files.size(dump));
	}

	/** Triages a file as if it ended earlier. */
	private static DumpFacts check(Path dump, long size) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(dump.toFile(), "r")) {
			return DumpCheck.check((offset, length) -> read(file, offset, length), size);
		}
	}

}
