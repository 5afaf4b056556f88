package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What processes leave of their scratch that are ended by SIGTERM or SIGKILL.
 */
class ScratchIntegrationTests {

	private static final Jvm JVM = Jvm.all().get(0);

	/**
	 * Each of these ends with a file that has its name yet in about every second case.
	 */
	private static final int ATTEMPTS = 100;

	@TempDir
	Path directory;

	private Path scratch;

	@BeforeEach
	void prepare() throws IOException {
		this.scratch = Files.createDirectory(this.directory.resolve("scratch"));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aReadingThatIsEndedLeavesNothing(boolean killed) throws Exception {
		assumeThat(Path.of("/proc/self/fd")).isDirectory();
		Process process = start("read");
		try {
			byte[] dump = HeldHeap.cache(1000);
			process.getOutputStream().write(dump, 0, dump.length - 20);
			process.getOutputStream().flush();
			Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> hasScratch(process));
			assertThat(this.scratch).isEmptyDirectory();
			end(process, killed);
			assertThat(this.scratch).isEmptyDirectory();
		}
		finally {
			process.destroyForcibly();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatHasItsNameYetIsSweptByTheNextStart(boolean killed) throws Exception {
		for (int i = 0; i < ATTEMPTS && isEmpty(); i++) {
			Process process = start("open");
			try {
				assertThat(process.getInputStream().read()).isEqualTo('r');
				end(process, killed);
			}
			finally {
				process.destroyForcibly();
			}
		}
		assertThat(this.scratch).isNotEmptyDirectory();
		Path dump = Files.write(this.directory.resolve("app.hprof"), HeldHeap.cache(100));
		Path output = this.directory.resolve("output");
		Process next = new ProcessBuilder(JVM.home().resolve("bin/java").toString(), "-Xmx64m", "-jar",
				System.getProperty("application.jar"), "run", "inspect", "--file", dump.toString(), "--scratch",
				this.scratch.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(next.waitFor(1, TimeUnit.MINUTES)).isTrue();
			assertThat(output).content().contains("the static field " + HeldHeap.HOLDER + " holds");
			assertThat(next.exitValue()).isZero();
			assertThat(this.scratch).isEmptyDirectory();
		}
		finally {
			next.destroyForcibly();
		}
	}

	private boolean isEmpty() throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.scratch)) {
			return !files.iterator().hasNext();
		}
	}

	/** Whether a process has a file of scratch open that has no name any more. */
	private boolean hasScratch(Process process) throws IOException {
		try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/fd"))) {
			for (Path file : open) {
				String target = Files.isSymbolicLink(file) ? Files.readSymbolicLink(file).toString() : "";
				if (target.startsWith(this.scratch.resolve(Scratch.PREFIX).toString())
						&& target.endsWith(" (deleted)")) {
					return true;
				}
			}
		}
		return false;
	}

	private Process start(String way) throws IOException {
		return JVM.start(Scribbler.class, List.of("-Xmx64m"), this.scratch.toString(), way).start();
	}

	private static void end(Process process, boolean killed) throws InterruptedException {
		if (killed) {
			process.destroyForcibly();
		}
		else {
			process.destroy();
		}
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
	}

}
