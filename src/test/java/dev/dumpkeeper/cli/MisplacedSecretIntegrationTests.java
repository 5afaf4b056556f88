package dev.dumpkeeper.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.SpringProperties;
import org.springframework.core.type.filter.AnnotationTypeFilter;

import dev.dumpkeeper.DumpkeeperApplication;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.settings.KnownProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A secret that got into a place that is not made for it, of properties of the framework
 * that the documents name, in the key of a map and in a name; for our own properties
 * {@link EveryPropertyIntegrationTests} does the same. Whatever is refused is refused in
 * one line, and the secret is nowhere.
 */
@ExtendWith(OutputCaptureExtension.class)
class MisplacedSecretIntegrationTests {

	private static final String SECRET = "hunter2x7";

	/** Such as people paste: as a value, in an address, behind a key's place. */
	private static final List<String> VALUES = List.of(SECRET, "https://ann:" + SECRET + "@127.0.0.1:9/",
			"true " + SECRET);

	@TempDir
	static Path directory;

	@BeforeAll
	static void withoutTheEnvironment() {
		SpringProperties.setFlag("spring.getenv.ignore");
	}

	/** The generated metadata is what is checked against; it must not miss a record. */
	@Test
	void everyComponentOfEveryRecordOfPropertiesIsKnown() {
		Set<String> known = new KnownProperties().types().keySet();
		assertThat(components()).isNotEmpty();
		assertThat(known).containsAll(components());
	}

	@ParameterizedTest
	@MethodSource("settings")
	void aSecretInTheWrongPlaceIsNotWritten(String name, CapturedOutput output) {
		for (String value : VALUES) {
			Ended ended = run(Map.of(name, value));
			String all = ended.out() + ended.err() + output.getAll();
			assertThat(ended.code()).as("%s=%s: %s", name, value, all).isNotEqualTo(ExitCode.UNEXPECTED.number());
			if (ended.code() == ExitCode.USAGE.number()) {
				assertThat(ended.err()).as("%s=%s", name, value).startsWith("dumpkeeper: ").hasLineCount(1);
				assertThat(all).as("%s=%s", name, value).doesNotContain(SECRET);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "dumpkeeper.gateway.endpoint", "dumpkeeper.gateway.public-endpoint", "dumpkeeper.public-url" })
	void aPasswordInAnAddressThatIsOneIsRefusedByName(String name) {
		for (String value : List.of("http://ann:" + SECRET + "@127.0.0.1:9", "http://" + SECRET + "@127.0.0.1:9")) {
			Ended ended = run(Map.of(name, value));
			assertThat(ended.code()).isEqualTo(ExitCode.USAGE.number());
			assertThat(ended.err()).startsWith("dumpkeeper: " + name).doesNotContain(SECRET);
		}
	}

	/** A key is a name, so it is refused where it is no name of anything. */
	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.capacity.limits.some=" + SECRET,
			"dumpkeeper.capacity.limits.a/" + SECRET + "=x", "dumpkeeper.capacity.limits[ann:" + SECRET + "@x]=5",
			"dumpkeeper.capacity.limits.some=5 " + SECRET, "dumpkeeper.wecom.webhook-url.key=" + SECRET,
			"dumpkeeper.hook.token." + SECRET + "=x", "dumpkeeper." + SECRET + "=x",
			"dumpkeeper.gateway.secret-key=" + SECRET + "\n" + SECRET, "dumpkeeper.volumes.include[" + SECRET + "]=x" })
	void aSecretInTheKeyOfAMapIsNotWritten(String setting, CapturedOutput output) {
		int equals = setting.indexOf('=');
		Ended ended = run(Map.of(setting.substring(0, equals), setting.substring(equals + 1)));
		String all = ended.out() + ended.err() + output.getAll();
		assertThat(ended.code()).as(all).isEqualTo(ExitCode.USAGE.number());
		assertThat(ended.err()).startsWith("dumpkeeper: ").hasLineCount(1);
		assertThat(all).doesNotContain(SECRET);
	}

	static Stream<String> settings() {
		return Stream.of("spring.datasource.url", "spring.datasource.username", "spring.datasource.password",
				"spring.datasource.driver-class-name", "spring.datasource.hikari.maximum-pool-size",
				"spring.datasource.hikari.connection-timeout", "spring.batch.jdbc.isolation-level-for-create",
				"spring.quartz.job-store-type", "spring.main.banner-mode",
				"spring.lifecycle.timeout-per-shutdown-phase", "server.port", "management.server.port",
				"management.tracing.sampling.probability", "management.opentelemetry.tracing.export.otlp.timeout",
				"logging.level.root", "logging.structured.format.console");
	}

	private static Set<String> components() {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
		Set<String> names = new TreeSet<>();
		scanner.findCandidateComponents("dev.dumpkeeper").forEach((bean) -> {
			try {
				Class<?> type = Class.forName(bean.getBeanClassName());
				add(names, type.getAnnotation(ConfigurationProperties.class).value(), type);
			}
			catch (ClassNotFoundException ex) {
				throw new IllegalStateException(ex);
			}
		});
		names.removeIf((name) -> name.startsWith("dumpkeeper.sample."));
		return names;
	}

	private static void add(Set<String> names, String prefix, Class<?> type) {
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + "."
					+ component.getName().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
			boolean nested = component.getType().isRecord() && component.getType().getEnclosingClass() == type;
			if (nested) {
				add(names, name, component.getType());
			}
			else {
				names.add(name);
			}
		}
	}

	private static Ended run(Map<String, String> properties) {
		Map<String, String> all = new LinkedHashMap<>(
				Map.of("dumpkeeper.gateway.endpoint", "http://127.0.0.1:9", "dumpkeeper.gateway.access-key", "key",
						"dumpkeeper.gateway.secret-key", "secret", "dumpkeeper.gateway.retries", "0",
						"dumpkeeper.run.await-database", "0s", "spring.datasource.url", "jdbc:h2:mem:misplaced"));
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
