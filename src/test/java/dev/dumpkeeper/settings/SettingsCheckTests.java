package dev.dumpkeeper.settings;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.unit.DataSize;

import dev.dumpkeeper.DumpkeeperApplication;
import dev.dumpkeeper.cli.CommandLineEntry;
import dev.dumpkeeper.run.InvalidRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link SettingsCheck}.
 */
class SettingsCheckTests {

	private static final Set<Type> QUANTITIES = Set.of(Duration.class, DataSize.class);

	/**
	 * Read out of the records, so that none is forgotten that the metadata does not name.
	 */
	static Set<String> quantities() {
		Set<String> names = new TreeSet<>();
		for (JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("dev.dumpkeeper")) {
			if (type.isAnnotatedWith(ConfigurationProperties.class)) {
				Class<?> properties = type.reflect();
				add(names, properties.getAnnotation(ConfigurationProperties.class).value(), properties);
			}
		}
		return names;
	}

	private static void add(Set<String> names, String prefix, Class<?> properties) {
		for (RecordComponent component : properties.getRecordComponents()) {
			String name = prefix + "."
					+ component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
			Type type = component.getGenericType();
			if (type instanceof ParameterizedType parameterized) {
				List<Type> arguments = List.of(parameterized.getActualTypeArguments());
				if (arguments.stream().anyMatch(QUANTITIES::contains)) {
					names.add(name + (parameterized.getRawType().equals(Map.class) ? ".some-name" : "[0]"));
				}
				if (parameterized.getRawType().equals(Map.class) && arguments.get(1) instanceof Class<?> nested
						&& nested.isRecord()) {
					add(names, name + ".some-name", nested);
					continue;
				}
				assertThat(arguments).as("records in collections are not walked")
					.noneMatch((argument) -> argument instanceof Class<?> nested && nested.isRecord()
							&& nested.getName().contains("Properties"));
			}
			else if (QUANTITIES.contains(type)) {
				names.add(name);
			}
			else if (component.getType().isRecord()) {
				add(names, name, component.getType());
			}
		}
	}

	@Test
	void theRecordsAreFound() {
		assertThat(quantities())
			.contains("dumpkeeper.retention.max-age", "dumpkeeper.brake.max-bytes",
					"dumpkeeper.capacity.limits.some-name", "dumpkeeper.wecom.link-validity")
			.hasSizeGreaterThan(20);
	}

	@ParameterizedTest
	@MethodSource("quantities")
	void aNumberWithoutAUnitEndsTheProcessWithItsName(String name) {
		for (String value : List.of("50", "172800", "0", "1M", "-1", " 7 ")) {
			Ended ended = run("--" + name + "=" + value);
			assertThat(ended.err()).as(value).startsWith("dumpkeeper: " + name + " ").hasLineCount(1);
			assertThat(ended.code()).as(value).isEqualTo(2);
		}
	}

	@Test
	void theServiceRefusesThemAsWell() {
		Ended ended = start("--dumpkeeper.retention.max-age=172800");
		assertThat(ended.err()).contains("dumpkeeper.retention.max-age is '172800'", "2d").hasLineCount(1);
		assertThat(ended.code()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "DUMPKEEPER_RETENTION_MAXAGE", "DUMPKEEPER_RETENTION_MAX_AGE" })
	void aVariableIsReadAsSpringReadsIt(String variable) {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> checkVariable(variable, "1M"))
			.withMessageStartingWith("dumpkeeper.retention.max-age is '1M', which could be minutes or months");
	}

	@Test
	void aLimitInAVariableIsReadAsSpringReadsIt() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> checkVariable("DUMPKEEPER_CAPACITY_LIMITS_JFSDATA", "50"))
			.withMessageStartingWith("dumpkeeper.capacity.limits.jfsdata is '50', without a unit: probably 50Gi");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
			dumpkeeper.retention.max-age| 2d |2d
			dumpkeeper.gateway.access-key|key\u00a0|key\u00a0
			dumpkeeper.gateway.secret-key|  key|key
			dumpkeeper.gateway.endpoint| http://gateway:9000|http://gateway:9000
			dumpkeeper.marker.content| free |free
			spring.datasource.url| jdbc:h2:mem:x|jdbc:h2:mem:x
			""")
	void whiteSpaceAroundAValueGoes(String name, String value, String expected) {
		StandardEnvironment environment = environment(name, value);
		new SettingsCheck(new KnownProperties(), environment).check();
		String left = name.endsWith("content") ? value : expected;
		assertThat(environment.getProperty(name)).isEqualTo(left);
	}

	@Test
	void theEndOfAFilesLineIsNoPartOfAPassword() {
		StandardEnvironment environment = environment("spring.datasource.password", " pass word \r\n");
		new SettingsCheck(new KnownProperties(), environment).check();
		assertThat(environment.getProperty("spring.datasource.password")).isEqualTo(" pass word ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpkeeper.gateway.access-key", "dumpkeeper.gateway.secret-key", "dumpkeeper.hook.token",
			"dumpkeeper.wecom.webhook-url", "dumpkeeper.heartbeat.url", "spring.datasource.password",
			"dumpkeeper.volumes.include", "dumpkeeper.capacity.metadata.password" })
	void aLineBreakInAValueIsRefusedWithoutTheValue(String name) {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> check(name, "hunter2\nhunter2"))
			.withMessageStartingWith(name)
			.withMessageContaining("line break")
			.withMessageNotContaining("hunter2");
	}

	@Test
	void whiteSpaceInAListIsRefused() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> check("dumpkeeper.retention.directories[0]", " dumpfiles"))
			.withMessage("dumpkeeper.retention.directories[0] begins or ends with white space");
	}

	@Test
	void aPlaceholderThatLeadsBackIsNamedWithoutTheValue() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> check("dumpkeeper.gateway.secret-key", "hunter2${dumpkeeper.gateway.secret-key}"))
			.withMessageStartingWith("dumpkeeper.gateway.secret-key is invalid")
			.withMessageNotContaining("hunter2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://db:3306/dumpkeeper", "jdbc:mysql://db/dumpkeeper?useSSL=true&x=a@b",
			"jdbc:mysql://ann:pass@my-db.svc/x", "jdbc:mysql:///x", "jdbc:mysql://[::1]:3306/x",
			"jdbc:mysql:replication://one:3306,two/x", "jdbc:mysql+srv://db/x", "jdbc:mysql://(host=db,port=1)/x",
			"jdbc:mysql://address=(host=db)/x", "jdbc:h2:mem:x", "jdbc:h2:file:./data/x;MODE=MySQL" })
	void anAddressThatTheDriverKnowsIsLeftToIt(String url) {
		assertThatNoException().isThrownBy(() -> check("spring.datasource.url", url));
	}

	private static void check(String name, String value) {
		new SettingsCheck(new KnownProperties(), environment(name, value)).check();
	}

	private static void checkVariable(String name, String value) {
		StandardEnvironment environment = environment("other", "value");
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new HashMap<>(Map.of(name, value))));
		new SettingsCheck(new KnownProperties(), environment).check();
	}

	private static StandardEnvironment environment(String name, String value) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
		environment.getPropertySources().addFirst(new MapPropertySource("test", new HashMap<>(Map.of(name, value))));
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

	private static Ended run(String... settings) {
		return start(Stream.concat(Stream.of("run", "maintenance"), Stream.of(settings)).toArray(String[]::new));
	}

	private static Ended start(String... arguments) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("--spring.datasource.url=jdbc:h2:mem:never-opened");
		int code = new CommandLineEntry(DumpkeeperApplication.class, stream(out), stream(err))
			.run(all.toArray(String[]::new));
		return new Ended(code, out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8));
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

	/** How a process would have ended, and all that it said. */
	private record Ended(int code, String err) {
	}

}
