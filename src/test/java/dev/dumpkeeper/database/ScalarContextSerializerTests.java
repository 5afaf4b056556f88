package dev.dumpkeeper.database;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.context.support.ClassPathXmlApplicationContext;
import org.springframework.core.convert.support.DefaultConversionService;

import dev.dumpkeeper.lab.PlantedObject;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ScalarContextSerializer} and for what is left of Spring's conversions.
 */
class ScalarContextSerializerTests {

	private final ScalarContextSerializer serializer = new ScalarContextSerializer();

	@BeforeEach
	void sleep() {
		PlantedObject.sleep();
	}

	@Test
	void valuesComeBackWithTheirTypes() throws IOException {
		Map<String, Object> context = Map.of("volume", "jfsdata", "quote", "\"\n\u5806", "GRID_SIZE", 3L, "count", 3,
				"share", 0.1, "batch.restart", true, "empty", "");
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		this.serializer.serialize(context, out);
		assertThat(read(out.toString(UTF_8))).isEqualTo(context);
	}

	@Test
	void anEmptyContextIsOne() throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		this.serializer.serialize(Map.of(), out);
		assertThat(out.toString(UTF_8)).isEqualTo("{}");
		assertThat(isUnreadable("{}")).isFalse();
	}

	@Test
	void anythingElseIsNotStored() {
		for (Object value : List.of(List.of(), new LinkedHashMap<>(), PlantedObject.class, new Object())) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.serializer.serialize(Map.of("key", value), new ByteArrayOutputStream()))
				.withMessageContaining("key");
		}
	}

	@ParameterizedTest
	@MethodSource
	void whatIsInAnyOtherFormIsUnreadableAndRunsNothing(String stored) throws IOException {
		assertThat(isUnreadable(stored)).isTrue();
		assertThat(PlantedObject.isAwake()).as("code was run").isFalse();
	}

	static Stream<String> whatIsInAnyOtherFormIsUnreadableAndRunsNothing() {
		String planted = PlantedObject.class.getName();
		return Stream.of(PlantedObject.context(), "{\"@class\":\"" + planted + "\",\"command\":\"id\"}",
				"{\"volume\":[\"" + planted + "\",{\"command\":\"id\"}]}",
				"{\"volume\":{\"@class\":\"" + planted + "\",\"command\":\"id\"}}",
				"{\"volume\":{\"@class\":\"" + planted + "\",\"type\":\"TEXT\",\"value\":\"id\"}}",
				"{\"volume\":{\"type\":\"" + planted + "\",\"value\":\"id\"}}",
				"{\"volume\":{\"type\":\"LONG\",\"value\":\"id\"}}", "{\"volume\":{\"type\":\"TEXT\",\"value\":null}}",
				"{\"volume\":{\"type\":null,\"value\":\"id\"}}", "{\"volume\":{\"type\":\"TEXT\",\"value\":[]}}",
				"{\"volume\":{\"value\":\"id\"}}", "{\"volume\":null}", "null", "", "[", "[]", "\"text\"", "{} {}");
	}

	@ParameterizedTest
	@ValueSource(classes = { PlantedObject.class, ClassPathXmlApplicationContext.class, java.net.URL.class,
			java.util.ArrayList.class, java.io.FileInputStream.class, Thread.State.class, PlantedObject[].class })
	void noObjectIsMadeOfAStoredText(Class<?> type) {
		DefaultConversionService conversions = new DefaultConversionService();
		BatchStorageConfiguration.withoutObjects(conversions);
		assertThat(conversions.canConvert(String.class, type)).isFalse();
		assertThat(conversions.convert("3", Long.class)).isEqualTo(3);
	}

	private boolean isUnreadable(String stored) throws IOException {
		JobExecution execution = new JobExecution(1, new JobInstance(1, "job"), new JobParameters());
		execution.setExecutionContext(new ExecutionContext(read(stored)));
		return ScalarContextSerializer.isUnreadable(execution);
	}

	private Map<String, Object> read(String stored) throws IOException {
		return this.serializer.deserialize(new ByteArrayInputStream(stored.getBytes(UTF_8)));
	}

}
