package dev.dumpkeeper.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.SpringProperties;

import dev.dumpkeeper.DumpkeeperApplication;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.settings.KnownProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every property is given a secret that got into the wrong place: whatever is refused is
 * refused in one line with its name, nothing ends in a stack trace, and the secret is
 * nowhere in what is written.
 */
@ExtendWith(OutputCaptureExtension.class)
class EveryPropertyIntegrationTests {

	/** Names that a report has to show: what is selected by them, or that nothing is. */
	private static final Set<String> SHOWN = Set.of("dumpkeeper.volumes.include", "dumpkeeper.volumes.exclude",
			"dumpkeeper.marker.directories", "dumpkeeper.marker.name", "dumpkeeper.retention.directories",
			"dumpkeeper.retention.dump-patterns");

	@TempDir
	static Path directory;

	@BeforeAll
	static void withoutTheEnvironment() {
		SpringProperties.setFlag("spring.getenv.ignore");
	}

	static Set<String> properties() {
		Set<String> names = new java.util.TreeSet<>();
		new KnownProperties().types().forEach((name, type) -> {
			String inside = name.equals("dumpkeeper.gateways") ? ".some.endpoint" : ".some";
			names.add(type.contains("Map<") ? name + inside : name);
		});
		return names;
	}

	@ParameterizedTest
	@MethodSource("properties")
	void aSecretInTheWrongPlaceIsNeverShown(String name, CapturedOutput output) {
		for (String value : List.of("hunter2", "http://ann:hunter2@127.0.0.1:9/hunter2?hunter2", "hunter2\nhunter2",
				"${hunter2", "jdbc:mysql://ann:hunter2@127.0.0.1:9x/hunter2?password=hunter2")) {
			Ended ended = run(Map.of(name, value));
			String all = ended.out() + ended.err() + output.getAll();
			assertThat(ended.code()).as("%s: %s", value, all).isNotEqualTo(ExitCode.UNEXPECTED.number());
			if (ended.code() == ExitCode.USAGE.number()) {
				assertThat(ended.err()).as(value).startsWith("dumpkeeper: " + name).hasLineCount(1);
				assertThat(all).as(value).doesNotContain("hunter2");
			}
			else if (!SHOWN.contains(name)) {
				assertThat(all).as(value).doesNotContain("hunter2");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://ann:hunter2@127.0.0.1:9/x", "jdbc:mysql://ann:hun/ter2@127.0.0.1:9/x",
			"jdbc:mysql://127.0.0.1:hunter2/x", "jdbc:mysql://127.0.0.1:9/x?connectTimeout=hunter2",
			"jdbc:mysql://127.0.0.1:9/x?user=ann&password=hunter2", "jdbc:mysql:hunter2", "jdbc:other://hunter2/x",
			"hunter2", "jdbc:h2:/dev/null/x;PASSWORD=hunter2", "jdbc:h2:/dev/null/x;TRACE_LEVEL_SYSTEM_OUT=3",
			"jdbc:h2:file:/dev/null/x;TRACE_LEVEL_FILE=3", "jdbc:h2:/proc/x/y;NO_SUCH=hunter2", "" })
	void anAddressOfADatabaseThatCannotBeOpenedIsOneLine(String url, CapturedOutput output) {
		Ended ended = run(Map.of("spring.datasource.url", url));
		String all = ended.out() + ended.err() + output.getAll();
		assertThat(ended.code()).as(all).isIn(ExitCode.USAGE.number(), ExitCode.DATABASE.number());
		assertThat(all).startsWith("dumpkeeper: ").hasLineCount(1).doesNotContain("hunter2", "hun/", "ter2");
	}

	private static Ended run(Map<String, String> properties) {
		Map<String, String> all = new LinkedHashMap<>(Map.of("dumpkeeper.gateway.endpoint", "http://127.0.0.1:9",
				"dumpkeeper.gateway.access-key", "key", "dumpkeeper.gateway.secret-key", "secret",
				"dumpkeeper.gateway.retries", "0", "dumpkeeper.run.await-database", "0s", "spring.datasource.url",
				"jdbc:h2:file:" + directory.resolve("state")));
		all.putAll(properties);
		List<String> arguments = new ArrayList<>(List.of("run", "keep-marker"));
		all.forEach((name, value) -> arguments.add("--" + name + "=" + value));
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		int code = new CommandLineEntry(DumpkeeperApplication.class, stream(out), stream(err))
			.run(arguments.toArray(String[]::new));
		return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

	/** How a run ended. */
	private record Ended(int code, String out, String err) {
	}

}
