package dev.dumpkeeper.console;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.lab.Lab;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may read the JSON, and that it is all there: each list page by page.
 */
class ApiIntegrationTests {

	private static IdentityProvider provider;

	private static ConsoleLab lab;

	@BeforeAll
	static void start() {
		int port = Lab.freePort();
		provider = IdentityProvider.start(URI.create("http://127.0.0.1:" + port));
		List<String> properties = new ArrayList<>(List.of(provider.properties()));
		properties.addAll(List.of("server.port=" + port, "dumpkeeper.security.users-file=" + ConsoleLab.users()));
		lab = ConsoleLab.start(ConsoleLab.database(), properties.toArray(String[]::new)).fill();
	}

	@AfterAll
	static void stop() {
		if (lab != null) {
			lab.close();
		}
		provider.close();
	}

	@Test
	void nobodyReadsItBeforeHeHasSignedIn() {
		for (String path : List.of("/api/dumps", "/api/volumes", "/api/openapi.json", "/api/nothing", "/api")) {
			HttpResponse<String> answer = new Colleague(lab).get(path);
			assertThat(answer.statusCode()).as(path).isEqualTo(401);
			assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");
			assertThat(answer.body()).isEqualTo("{\"error\":\"not signed in\"}");
		}
		assertThat(get("/api/dumps", ConsoleLab.VIEWER, "guess").statusCode()).isEqualTo(401);
	}

	@Test
	void aPasswordIsEnoughAndLeavesNoSessionBehind() {
		long before = sessions();
		HttpResponse<String> answer = get("/api/dumps");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
		assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
		assertThat(sessions()).isEqualTo(before);
	}

	@Test
	void soIsTheSessionOfTheConsoleWhoeverSignedInHow() {
		Colleague otto = new Colleague(lab).inByPassword(ConsoleLab.OPERATOR, ConsoleLab.OPERATORS_PASSWORD);
		assertThat(otto.get("/api/plans").statusCode()).isEqualTo(200);
		Colleague hans = new Colleague(lab);
		hans.in("hans", "/console");
		assertThat(hans.get("/api/plans").statusCode()).isEqualTo(200);
		// A wrong password is not made right by a session.
		assertThat(hans.get(lab.address("/api/plans"), "hans", "guess").statusCode()).isEqualTo(401);
		hans.submit(hans.get("/console"), "/console/sign-out", java.util.Map.of());
		assertThat(hans.get("/api/plans").statusCode()).isEqualTo(401);
	}

	@Test
	void nobodyChangesAnythingByIt() {
		Colleague otto = new Colleague(lab);
		for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
			assertThat(
					otto.call(method, lab.address("/api/dumps/1"), ConsoleLab.OPERATOR, ConsoleLab.OPERATORS_PASSWORD)
						.statusCode())
				.as(method)
				.isEqualTo(403);
		}
	}

	@Test
	void whereNobodyCanSignInThereIsNone() {
		try (ConsoleLab without = ConsoleLab.start(ConsoleLab.database())) {
			for (String path : List.of("/api/dumps", "/api/openapi.json", "/api")) {
				assertThat(new Colleague(without).get(path).statusCode()).as(path).isEqualTo(404);
			}
		}
	}

	@Test
	void pagesHaveEachDumpOnceThoughNewOnesCome() {
		TreeSet<Long> seen = new TreeSet<>();
		List<Long> all = lab.jdbc().queryForList("SELECT id FROM dump WHERE present = TRUE", Long.class);
		String next = "";
		do {
			JsonNode page = json("/api/dumps?limit=7" + next);
			assertThat(page.path("dumps").size()).isLessThanOrEqualTo(7);
			page.path("dumps").forEach((dump) -> assertThat(seen.add(dump.path("id").asLong())).isTrue());
			if (seen.size() == 7) {
				ConsoleLab.dump(lab.jdbc(), "jfsdata", "dumpfiles/dev_new-1_heapDump.hprof", 1,
						System.currentTimeMillis(), "COMPLETE", "dev", "new", null, null, true);
			}
			next = page.path("next").isNull() ? "" : "&before=" + page.path("next").asLong();
		}
		while (!next.isEmpty());
		assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
	}

	@Test
	void theOtherListsArePagedToo() {
		assertThat(paged("/api/volumes", "volumes", "after", "/name")).doesNotHaveDuplicates()
			.contains("jfsdata", "reports", HostileCorpus.TEXTS.get(0));
		assertThat(paged("/api/failures", "failures", "before", "/failure")).doesNotHaveDuplicates()
			.contains("f00dfeed0001")
			.hasSize(1 + HostileCorpus.TEXTS.size());
		assertThat(paged("/api/plans/1/volumes/1/items", "items", "after", "/place")).doesNotHaveDuplicates()
			.hasSize(120 + HostileCorpus.TEXTS.size());
		assertThat(paged("/api/plans", "plans", "before", "/id")).containsExactly("1");
	}

	@Test
	void aFilterIsTheConsoles() {
		JsonNode found = json("/api/dumps?workload=shop&state=TRUNCATED&limit=200").path("dumps");
		assertThat(found).hasSize(20).allMatch((dump) -> dump.path("state").asString().equals("TRUNCATED"));
		assertThat(json("/api/dumps?present=false").path("dumps")).isEmpty();
	}

	@Test
	void timesAreInstantsAndStrangersWordsAreTexts() {
		JsonNode dump = json("/api/dumps/161");
		assertThat(Instant.parse(dump.at("/dump/firstSeen").asString())).isBefore(Instant.now());
		assertThat(dump.at("/dump/firstSeen").asString()).endsWith("Z");
		assertThat(dump.path("reason").asString()).isEqualTo(HostileCorpus.TEXTS.get(0));
		HttpResponse<String> answer = get("/api/dumps/161");
		assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
	}

	private static List<String> paged(String path, String list, String parameter, String key) {
		List<String> seen = new ArrayList<>();
		String next = "";
		do {
			JsonNode page = json(path + "?limit=3" + next);
			page.path(list).forEach((entry) -> seen.add(entry.at(key).asString()));
			next = page.path("next").isNull() ? "" : "&" + parameter + "="
					+ java.net.URLEncoder.encode(page.path("next").asString(), java.nio.charset.StandardCharsets.UTF_8);
		}
		while (!next.isEmpty());
		return seen;
	}

	private static JsonNode json(String path) {
		HttpResponse<String> answer = get(path);
		assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
		return JsonMapper.shared().readTree(answer.body());
	}

	private static HttpResponse<String> get(String path) {
		return get(path, ConsoleLab.VIEWER, ConsoleLab.VIEWERS_PASSWORD);
	}

	private static HttpResponse<String> get(String path, String name, String password) {
		return new Colleague(lab).get(URI.create(lab.address("").toString() + path), name, password);
	}

	private static long sessions() {
		Long count = lab.jdbc().queryForObject("SELECT COUNT(*) FROM SPRING_SESSION", Long.class);
		return (count != null) ? count : 0;
	}

}
