package dev.dumpkeeper.console;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The document that describes the JSON is made from the code, and the service answers as
 * it says. With {@code -Dgolden.write=true} the document is written.
 */
class ApiContractIntegrationTests {

	private static final Path DOCUMENT = Path.of("src/main/resources/dev/dumpkeeper/api/openapi.json");

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private static final String SCHEMAS = "#/components/schemas/";

	/** Classes that hold the records. */
	private static final List<String> ROOM = List.of("DumpsApi", "FailuresApi", "VolumesApi", "PlansApi", "ApiAdvice");

	/** What is there, for each variable of a path and each parameter that is wanted. */
	private static final Map<String, String> EXAMPLES = Map.of("/api/dumps/{id}", "/api/dumps/161",
			"/api/failures/{failure}", "/api/failures/f00dfeed0001", "/api/plans/{id}", "/api/plans/1",
			"/api/plans/{id}/volumes/{part}/items", "/api/plans/1/volumes/1/items", "/api/volume",
			"/api/volume?name=jfsdata");

	private static ConsoleLab lab;

	@BeforeAll
	static void start() {
		lab = ConsoleLab
			.start(ConsoleLab.database(), "dumpkeeper.security.users-file=" + ConsoleLab.users(),
					"springdoc.api-docs.enabled=true", "springdoc.api-docs.path=/api/generated",
					"springdoc.api-docs.version=openapi_3_1", "springdoc.packages-to-scan=dev.dumpkeeper.api",
					"springdoc.override-with-generic-response=false")
			.fill();
	}

	@AfterAll
	static void stop() {
		if (lab != null) {
			lab.close();
		}
	}

	@Test
	void theDocumentSaysWhatTheCodeDoes() throws Exception {
		String made = MAPPER.writeValueAsString(sorted(made())) + "\n";
		if (Boolean.getBoolean("golden.write")) {
			Files.createDirectories(DOCUMENT.getParent());
			Files.writeString(DOCUMENT, made);
		}
		assertThat(Files.readString(DOCUMENT)).isEqualTo(made);
	}

	@Test
	void eachDocumentedPathAnswersAsTheDocumentSays() throws IOException {
		JsonNode document = document();
		assertThat(document.path("paths").propertyNames()).hasSizeGreaterThanOrEqualTo(9)
			.allMatch((path) -> path.startsWith("/api/"));
		document.path("paths").forEachEntry((path, operations) -> {
			assertThat(operations.propertyNames()).as(path).containsExactly("get");
			HttpResponse<String> answer = get(EXAMPLES.getOrDefault(path, path));
			assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
			assertThat(answer.headers().firstValue("Content-Type")).as(path).hasValue("application/json");
			assertThat(errors(document, operations.at("/get/responses/200"), answer.body())).as(path).isEmpty();
		});
	}

	@Test
	void whatIsWrongIsAnsweredAsTheDocumentSays() throws IOException {
		JsonNode document = document();
		JsonNode problem = document.at("/paths/~1api~1dumps/get/responses/default");
		Map<String, Integer> wrong = new TreeMap<>(Map.of("/api/dumps?limit=0", 400, "/api/dumps?limit=201", 400,
				"/api/dumps?before=x", 400, "/api/dumps?state=NONE", 400, "/api/dumps/999999", 404, "/api/dumps/x", 400,
				"/api/failures?days=0", 400, "/api/failures/nothing", 404, "/api/volume", 400));
		wrong.putAll(Map.of("/api/volume?name=none", 404, "/api/plans/99", 404, "/api/plans/1/volumes/99/items", 404));
		wrong.forEach((path, status) -> {
			HttpResponse<String> answer = get(path);
			assertThat(answer.statusCode()).as(path).isEqualTo(status);
			assertThat(errors(document, problem, answer.body())).as(path + answer.body()).isEmpty();
		});
	}

	@Test
	void anAnswerThatTheDocumentDoesNotDescribeWouldBeFound() throws IOException {
		JsonNode document = document();
		JsonNode described = document.at("/paths/~1api~1plans/get/responses/200");
		assertThat(errors(document, described, "{\"plans\":[],\"next\":null}")).isEmpty();
		assertThat(errors(document, described, "{\"plans\":[],\"next\":null,\"more\":1}")).isNotEmpty();
		assertThat(errors(document, described, "{\"plans\":[]}")).isNotEmpty();
		assertThat(errors(document, described, "{\"plans\":[{\"id\":\"1\"}],\"next\":null}")).isNotEmpty();
		String failures = get("/api/failures").body();
		JsonNode failure = document.at("/paths/~1api~1failures/get/responses/200");
		assertThat(errors(document, failure, failures)).isEmpty();
		assertThat(errors(document, failure, failures.replaceAll("\"first\":\"[^\"]*\"", "\"first\":\"2026-11-30\"")))
			.isNotEmpty();
	}

	@Test
	void theServiceShowsTheDocument() throws IOException {
		HttpResponse<String> answer = get("/api/openapi.json");
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
		assertThat(answer.body()).isEqualTo(Files.readString(DOCUMENT));
	}

	private static JsonNode document() throws IOException {
		return MAPPER.readTree(Files.readString(DOCUMENT));
	}

	/** What springdoc finds, and what it does not see: absence, bounds and failures. */
	private static ObjectNode made() throws ClassNotFoundException {
		ObjectNode document = (ObjectNode) MAPPER.readTree(get("/api/generated").body());
		document.remove("servers");
		document.putObject("info")
			.put("title", "Dumpkeeper")
			.put("version", "1")
			.put("description", "Dumps, failures, volumes and plans; read only. Times are instants in UTC.");
		ObjectNode schemas = (ObjectNode) document.path("components").path("schemas");
		schemas.set("Problem",
				MAPPER.readTree("{\"type\":\"object\",\"properties\":{\"error\":{\"type\":\"string\"}}}"));
		Map<String, Class<?>> records = records();
		assertThat(records.keySet()).containsAll(schemas.propertyNames());
		schemas.forEachEntry((name, schema) -> describe((ObjectNode) schema, records.get(name)));
		document.path("paths").forEach((operations) -> operations.forEach((operation) -> {
			((ObjectNode) operation.path("responses")).set("default", MAPPER.readTree("{\"description\":\"A failure\","
					+ "\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"" + SCHEMAS + "Problem\"}}}}"));
			operation.path("parameters").forEach((parameter) -> {
				if (parameter.path("name").asString().equals("limit")) {
					((ObjectNode) parameter.path("schema")).put("minimum", 1).put("maximum", 200);
				}
			});
		}));
		((ObjectNode) document.path("components")).set("securitySchemes",
				MAPPER
					.readTree("{\"password\":{\"type\":\"http\",\"scheme\":\"basic\"},\"session\":{\"type\":\"apiKey\","
							+ "\"in\":\"cookie\",\"name\":\"dumpkeeper-session\"}}"));
		document.set("security", MAPPER.readTree("[{\"password\":[]},{\"session\":[]}]"));
		return document;
	}

	private static Map<String, Class<?>> records() throws ClassNotFoundException {
		Map<String, Class<?>> records = new HashMap<>();
		for (String owner : ROOM) {
			for (Class<?> type : Class.forName("dev.dumpkeeper.api." + owner).getDeclaredClasses()) {
				if (type.isRecord()) {
					records.put(type.getSimpleName(), type);
				}
			}
		}
		return records;
	}

	/** Every field is there; one that may be absent is null. */
	private static void describe(ObjectNode schema, Class<?> type) {
		ArrayNode required = schema.putArray("required");
		for (RecordComponent component : type.getRecordComponents()) {
			required.add(component.getName());
			ObjectNode property = (ObjectNode) schema.path("properties").path(component.getName());
			if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
				ObjectNode known = property.deepCopy();
				property.removeAll();
				if (known.path("type").isString() && !known.has("enum")) {
					String single = known.path("type").asString();
					known.putArray("type").add(single).add("null");
					property.setAll(known);
				}
				else {
					property.putArray("anyOf").add(known).addObject().put("type", "null");
				}
			}
		}
	}

	private static JsonNode sorted(JsonNode node) {
		if (node.isArray()) {
			ArrayNode array = MAPPER.createArrayNode();
			node.forEach((each) -> array.add(sorted(each)));
			return array;
		}
		if (!node.isObject()) {
			return node;
		}
		ObjectNode object = MAPPER.createObjectNode();
		new TreeSet<>(node.propertyNames()).forEach((name) -> object.set(name, sorted(node.path(name))));
		return object;
	}

	/** What an answer has that the document does not say, or the reverse. */
	private static List<String> errors(JsonNode document, JsonNode response, String body) {
		ObjectNode schema = (ObjectNode) MAPPER.readTree(response.path("content")
			.path("application/json")
			.path("schema")
			.toString()
			.replace(SCHEMAS, "#/$defs/"));
		assertThat(schema.path("$ref").asString()).startsWith("#/$defs/");
		ObjectNode definitions = (ObjectNode) MAPPER
			.readTree(document.path("components").path("schemas").toString().replace(SCHEMAS, "#/$defs/"));
		definitions.forEach((definition) -> ((ObjectNode) definition).put("additionalProperties", false));
		schema.set("$defs", definitions);
		Schema checked = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(schema.toString(), InputFormat.JSON);
		List<String> errors = new ArrayList<>();
		checked
			.validate(body, InputFormat.JSON,
					(context) -> context.executionConfig((config) -> config.formatAssertionsEnabled(true)))
			.forEach((error) -> errors.add(error.toString()));
		return errors;
	}

	private static HttpResponse<String> get(String path) {
		return new Colleague(lab).get(URI.create(lab.address("").toString() + path), ConsoleLab.VIEWER,
				ConsoleLab.VIEWERS_PASSWORD);
	}

}
