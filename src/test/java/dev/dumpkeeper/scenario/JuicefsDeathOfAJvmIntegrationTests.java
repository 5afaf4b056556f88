package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.dumpkeeper.hprof.Hungry;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.lab.JuicefsTest;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole chain: a JVM dies of OutOfMemoryError with its heap dump on a JuiceFS volume
 * and the notifier script as its hook, and the group hears of it.
 */
class JuicefsDeathOfAJvmIntegrationTests {

	private static final Pattern LINK = Pattern.compile("\\]\\((http[^)]+)\\)");

	@TempDir
	private Path directory;

	@JuicefsTest
	void aJvmThatDiesTwiceUnderOneNameIsReportedTwiceWithALinkToEachDump(Path binary) throws Exception {
		String database = DatabaseServer.shared().newDatabase("death");
		try (Site site = Site.juicefs(binary, false).start((volumes) -> volumes.young("jfsdata/dumpfiles/.keep"));
				FakeRobot robot = FakeRobot.start()) {
			Dumpkeeper dumpkeeper = Dumpkeeper.on(site.endpoint())
				.database(DatabaseServer.shared(), database)
				.with("dumpkeeper.wecom.webhook-url", robot.url())
				.with("dumpkeeper.wecom.language", "en");
			for (int death = 1; death <= 2; death++) {
				die(site);
				Result result = dumpkeeper.run("reconcile-dumps");
				assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
				assertThat(robot.delivered()).as(result.out()).hasSize(death);
				String message = robot.delivered().get(death - 1);
				assertThat(message).contains("dev", "shop", "shop-7d4b9c6f5-x2x7k", "out of heap space",
						"dev.dumpkeeper.hprof.Hungry.main(Hungry.java:");
				assertThat(message.contains("seen 2 times since")).as(message).isEqualTo(death == 2);
				Matcher link = LINK.matcher(message);
				assertThat(link.find()).as(message).isTrue();
				assertThat(front(URI.create(link.group(1)))).startsWith("JAVA PROFILE 1.0.2");
			}
			Result pass = dumpkeeper.run("maintenance");
			assertThat(pass.exitCode()).as(pass.out() + pass.err()).isZero();
			assertThat(robot.delivered()).hasSize(2);
			assertThat(pass.out()).contains("WHAT STANDS OUT", "% of the heap is byte[]", "\"heapsNotRead\":0");
			String key = site.files("jfsdata")
				.stream()
				.filter((file) -> file.endsWith(".hprof"))
				.sorted()
				.toList()
				.get(1);
			Result inspected = dumpkeeper.run("inspect", "--volume", "jfsdata", "--key", key);
			assertThat(inspected.exitCode()).as(inspected.out() + inspected.err()).isZero();
			assertThat(inspected.out()).contains("a whole heap dump", "seen 2 times since",
					"at dev.dumpkeeper.hprof.Hungry.main(Hungry.java:", "which is of the same workload",
					"opens the file: Eclipse MAT", "\"cause\":\"HEAP_SPACE\"");
			assertThat(site.files("jfsdata")).filteredOn((file) -> file.endsWith(".hprof")).hasSize(2);
			assertThat(site.files("jfsdata")).filteredOn((file) -> file.endsWith(".hprof.event")).hasSize(2);
		}
	}

	/** On a mount; where there is no FUSE, in a directory that is copied. */
	private void die(Site site) throws Exception {
		Path volume = Files.createDirectories(this.directory.resolve("volume"));
		if (JuicefsGateway.canMount()) {
			try (AutoCloseable mount = site.juicefs().mount(volume)) {
				dieIn(volume.resolve("jfsdata"));
			}
			return;
		}
		dieIn(Files.createDirectories(volume.resolve("jfsdata/dumpfiles")).getParent());
		try (Stream<Path> files = Files.list(volume.resolve("jfsdata/dumpfiles"))) {
			for (Path file : files.toList()) {
				site.write(volume.relativize(file).toString(), Files.readAllBytes(file), Duration.ZERO);
			}
		}
	}

	private void dieIn(Path mount) throws IOException, InterruptedException {
		Path script = Path.of("k8s/app/dump-notify.sh").toAbsolutePath();
		Path dump = mount.resolve("dumpfiles/dev_shop-7d4b9c6f5-x2x7k_heapDump.hprof");
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"-Xmx16m", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=" + dump,
				"-XX:OnOutOfMemoryError=/bin/sh " + script + " %p", "-XX:+ExitOnOutOfMemoryError", "-cp", classes(),
				Hungry.class.getName()));
		Path output = this.directory.resolve("jvm.log");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
		builder.environment().put("project_env", "dev");
		builder.environment().put("pod_name", "shop-7d4b9c6f5-x2x7k");
		builder.environment().put("pkg", "com.example.shop");
		builder.environment().put("DUMPKEEPER_DUMP", dump.toString());
		builder.environment().put("DUMPKEEPER_MOUNT", mount.toString());
		Process jvm = builder.start();
		assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(Files.readString(output)).contains("Heap dump file created");
	}

	private static String classes() {
		return Path.of(URI.create(Hungry.class.getProtectionDomain().getCodeSource().getLocation().toString()))
			.toString();
	}

	private static String front(URI link) throws IOException, InterruptedException {
		HttpResponse<byte[]> answer = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(link).header("Range", "bytes=0-99").build(),
					HttpResponse.BodyHandlers.ofByteArray());
		return new String(answer.body(), StandardCharsets.ISO_8859_1);
	}

}
