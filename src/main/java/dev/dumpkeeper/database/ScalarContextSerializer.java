package dev.dumpkeeper.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores Spring Batch's contexts as JSON whose values are texts, numbers or booleans
 * only. Spring Batch's own serializer would store Java objects: whoever writes to the
 * database must not be able to run code in the process that reads it.
 * <p>
 * Reading never fails. Contexts in any other format, including those of earlier versions,
 * become a context that {@link #isUnreadable} recognises: their run can still be
 * inspected, but is not continued.
 */
public final class ScalarContextSerializer implements ExecutionContextSerializer {

	private static final Logger logger = LoggerFactory.getLogger(ScalarContextSerializer.class);

	private static final String UNREADABLE = "dumpkeeper.unreadable";

	private static final TypeReference<Map<String, Scalar>> SCALARS = new TypeReference<>() {
	};

	private final JsonMapper json = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
				DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	@Override
	public void serialize(Map<String, Object> context, OutputStream out) throws IOException {
		Map<String, Scalar> scalars = new TreeMap<>();
		context.forEach((key, value) -> scalars.put(key, Scalar.of(key, value)));
		out.write(this.json.writeValueAsBytes(scalars));
	}

	@Override
	public Map<String, Object> deserialize(InputStream in) throws IOException {
		Map<String, Object> context = new HashMap<>();
		try {
			this.json.readValue(in, SCALARS).forEach((key, scalar) -> context.put(key, scalar.read()));
			return context;
		}
		catch (JacksonException | IllegalArgumentException | NullPointerException ex) {
			// Its message would contain stored data.
			logger.debug("a stored context is not read: {}", ex.getClass().getSimpleName());
			return Map.of(UNREADABLE, true);
		}
	}

	/**
	 * Returns whether the stored state of a run prevents its continuation.
	 * @param execution with its steps
	 * @return {@code true} when one of its contexts has an unknown format
	 */
	public static boolean isUnreadable(JobExecution execution) {
		return isUnreadable(execution.getExecutionContext()) || execution.getStepExecutions()
			.stream()
			.map(StepExecution::getExecutionContext)
			.anyMatch(ScalarContextSerializer::isUnreadable);
	}

	private static boolean isUnreadable(ExecutionContext context) {
		return context.containsKey(UNREADABLE);
	}

	private enum Type {

		TEXT, INTEGER, LONG, DOUBLE, BOOLEAN

	}

	/** A value with its type, since JSON has only one kind of number. */
	private record Scalar(Type type, String value) {

		/** Rejects JSON without either field. */
		Scalar {
			Objects.requireNonNull(type);
			Objects.requireNonNull(value);
		}

		static Scalar of(String key, Object value) {
			if (value instanceof String text) {
				return new Scalar(Type.TEXT, text);
			}
			if (value instanceof Integer) {
				return new Scalar(Type.INTEGER, value.toString());
			}
			if (value instanceof Long) {
				return new Scalar(Type.LONG, value.toString());
			}
			if (value instanceof Double) {
				return new Scalar(Type.DOUBLE, value.toString());
			}
			if (value instanceof Boolean) {
				return new Scalar(Type.BOOLEAN, value.toString());
			}
			throw new IllegalArgumentException("a context stores texts, numbers and truth values only: " + key
					+ " is of " + value.getClass().getName());
		}

		Object read() {
			return switch (this.type) {
				case TEXT -> this.value;
				case INTEGER -> Integer.valueOf(this.value);
				case LONG -> Long.valueOf(this.value);
				case DOUBLE -> Double.valueOf(this.value);
				case BOOLEAN -> Boolean.valueOf(this.value);
			};
		}

	}

}
