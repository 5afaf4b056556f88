package dev.dumpkeeper.console;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.session.FindByIndexNameSessionRepository;

import dev.dumpkeeper.lab.PlantedObject;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who gets into the console, what he may do there, and what everybody else gets.
 */
class ConsoleSignInIntegrationTests {

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private static final String USERS = "dumpkeeper.security.users-file=" + ConsoleLab.users();

	private static ConsoleLab lab;

	/** Nobody may sign in to this one. */
	private static ConsoleLab without;

	@BeforeAll
	static void start() {
		lab = ConsoleLab.start(ConsoleLab.database(), USERS).fill();
		without = ConsoleLab.start(ConsoleLab.database());
	}

	@AfterAll
	static void stop() {
		lab.close();
		without.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/console", "/console/dumps", "/console/dumps/1", "/console/plans/1", "/console/settings",
			"/console/nothing" })
	void nobodySeesAPageBeforeHeHasSignedIn(String path) {
		HttpResponse<String> answer = new Person(lab).get(path);
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(location(answer)).startsWith("/console/sign-in");
		assertThat(answer.body()).isEmpty();
	}

	@Test
	void aStrangerLeavesNoSessionBehind() {
		long before = sessions();
		for (int i = 0; i < 5; i++) {
			new Person(lab).get("/console/sign-in");
			new Person(lab).get("/console/dumps");
			new Person(lab).get("/console/static/icon.svg");
		}
		assertThat(sessions()).isEqualTo(before);
	}

	@Test
	void whoSignsInComesToWhereHeWanted() {
		Person otto = new Person(lab);
		String to = location(otto.get("/console/dumps?text=shop&volume=jfsdata"));
		HttpResponse<String> form = otto.get(to);
		assertThat(form.statusCode()).isEqualTo(200);
		HttpResponse<String> in = otto.submit(form, "/console/sign-in", Map.of("name", "otto", "password",
				ConsoleLab.OPERATORS_PASSWORD, "to", "/console/dumps?text=shop&volume=jfsdata"));
		assertThat(location(in)).isEqualTo("/console/dumps?text=shop&volume=jfsdata");
		assertThat(otto.get(location(in)).statusCode()).isEqualTo(200);
		assertThat(count("SELECT COUNT(*) FROM audit_event WHERE action = 'sign-in' AND who = 'otto'")).isPositive();
		assertThat(texts("SELECT ATTRIBUTE_NAME FROM SPRING_SESSION_ATTRIBUTES")).contains("password");
	}

	@Test
	void aSignInLeadsNobodyAway() {
		Person otto = new Person(lab);
		HttpResponse<String> form = otto.get("/console/sign-in?to=https://evil.example/");
		assertThat(form.body()).contains("name=\"to\" value=\"/console\"")
			.doesNotContain("value=\"https://evil", "href=\"https://evil");
		HttpResponse<String> in = otto.submit(form, "/console/sign-in",
				Map.of("name", "otto", "password", ConsoleLab.OPERATORS_PASSWORD, "to", "//evil.example/"));
		assertThat(location(in)).isEqualTo("/console");
	}

	@Test
	void aWrongNameAndAWrongPasswordAreToldInTheSameWords() {
		Person stranger = new Person(lab);
		HttpResponse<String> form = stranger.get("/console/sign-in");
		HttpResponse<String> wrongPassword = stranger.submit(form, "/console/sign-in",
				Map.of("name", "otto", "password", "guess"));
		HttpResponse<String> wrongName = stranger.submit(form, "/console/sign-in",
				Map.of("name", "nobody", "password", "guess"));
		assertThat(location(wrongPassword)).isEqualTo(location(wrongName)).startsWith("/console/sign-in?wrong");
		assertThat(stranger.get(location(wrongName)).body()).contains("Name or password is wrong.");
		assertThat(stranger.get("/console").statusCode()).isEqualTo(302);
	}

	@Test
	void aFormOfAnotherSiteSignsNobodyInAndChangesNothing() {
		Person otto = new Person(lab).in("otto", ConsoleLab.OPERATORS_PASSWORD);
		HttpResponse<String> answer = otto.post("/console/dumps/1/hold", Map.of("time", "7d", "reason", "forged"));
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.body()).contains("Not allowed");
		assertThat(
				count("SELECT COUNT(*) FROM audit_event WHERE who = 'otto' AND target = 'POST /console/dumps/1/hold'"))
			.isPositive();
		assertThat(count("SELECT COUNT(*) FROM dump WHERE hold_reason = 'forged'")).isZero();
		assertThat(new Person(lab)
			.post("/console/sign-in", Map.of("name", "otto", "password", ConsoleLab.OPERATORS_PASSWORD))
			.statusCode()).isEqualTo(403);
	}

	@Test
	void aViewerSeesNoButtonAndIsRefusedWithoutIt() {
		Person vera = new Person(lab).in("vera", ConsoleLab.VIEWERS_PASSWORD);
		HttpResponse<String> page = vera.get("/console/dumps/1");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).doesNotContain("/hold\"", "/download\"", "name=\"reason\"");
		assertThat(vera.get("/console/plans/1").body()).doesNotContain("/approve");
		assertThat(vera.get("/console/runs").body()).doesNotContain("dryRun");
		for (String path : new String[] { "/console/dumps/1/hold", "/console/dumps/1/release",
				"/console/plans/1/approve", "/console/runs/maintenance", "/console/runs/maintenance/1/stop" }) {
			assertThat(
					vera.submit(page, path, Map.of("time", "7d", "reason", "by vera", "number", "1", "dryRun", "true"))
						.statusCode())
				.as(path)
				.isEqualTo(403);
		}
		assertThat(vera.get("/console/dumps/1/download").statusCode()).isEqualTo(403);
		assertThat(count("SELECT COUNT(*) FROM dump WHERE hold_reason = 'by vera'")).isZero();
		assertThat(count("SELECT COUNT(*) FROM audit_event WHERE who = 'vera' AND outcome LIKE 'refused%'"))
			.isPositive();
	}

	@Test
	void anOperatorHoldsAndReleasesADumpAndBothAreRecorded() {
		Person otto = new Person(lab).in("otto", ConsoleLab.OPERATORS_PASSWORD);
		HttpResponse<String> page = otto.get("/console/dumps/2");
		assertThat(page.body()).contains("/console/dumps/2/hold", "/console/dumps/2/download");
		HttpResponse<String> held = otto.submit(page, "/console/dumps/2/hold",
				Map.of("time", "7d", "reason", "the incident of <today>"));
		assertThat(location(held)).isEqualTo("/console/dumps/2?done=held");
		assertThat(otto.get(location(held)).body()).contains("by otto: the incident of &lt;today&gt;");
		assertThat(count("SELECT COUNT(*) FROM dump WHERE id = 2 AND held_by = 'otto'")).isEqualTo(1);
		assertThat(location(otto.submit(page, "/console/dumps/2/release", Map.of())))
			.isEqualTo("/console/dumps/2?done=released");
		assertThat(count("SELECT COUNT(*) FROM dump WHERE id = 2 AND held_until IS NULL")).isEqualTo(1);
		assertThat(texts("SELECT action FROM audit_event WHERE who = 'otto'")).contains("hold").contains("release");
		assertThat(otto.submit(page, "/console/dumps/2/hold", Map.of("time", "7d", "reason", " ")).statusCode())
			.isEqualTo(400);
		assertThat(otto.submit(page, "/console/dumps/999999/hold", Map.of("time", "7d", "reason", "x")).statusCode())
			.isEqualTo(404);
	}

	@Test
	void severalDumpsAreHeldAndReleasedAtOnce() {
		Person otto = new Person(lab).in("otto", ConsoleLab.OPERATORS_PASSWORD);
		HttpResponse<String> page = otto.get("/console/dumps?text=shop-1");
		assertThat(page.body()).contains("/console/dumps/hold", "form=\"several\"");
		HttpResponse<String> held = otto.submitAll(page, "/console/dumps/hold", "id", List.of("11", "12", "13"),
				Map.of("time", "7d", "reason", "several", "to", "/console/dumps?text=shop-1"));
		assertThat(location(held)).isEqualTo("/console/dumps?text=shop-1");
		assertThat(count("SELECT COUNT(*) FROM dump WHERE hold_reason = 'several'")).isEqualTo(3);
		assertThat(count("SELECT COUNT(*) FROM audit_event WHERE action = 'hold' AND target LIKE '%several'"))
			.isEqualTo(3);
		HttpResponse<String> some = otto.submitAll(page, "/console/dumps/release", "id", List.of("11", "999999"),
				Map.of());
		assertThat(some.statusCode()).isEqualTo(400);
		assertThat(some.body()).contains("1 of 2 were left as they are; 999999");
		assertThat(count("SELECT COUNT(*) FROM dump WHERE hold_reason = 'several'")).isEqualTo(2);
		assertThat(otto.submit(page, "/console/dumps/hold", Map.of("time", "7d", "reason", "none")).statusCode())
			.isEqualTo(400);
		Person vera = new Person(lab).in("vera", ConsoleLab.VIEWERS_PASSWORD);
		HttpResponse<String> hers = vera.get("/console/dumps?text=shop-1");
		assertThat(hers.body()).doesNotContain("form=\"several\"", "/console/dumps/hold");
		assertThat(vera.submitAll(hers, "/console/dumps/release", "id", List.of("12"), Map.of()).statusCode())
			.isEqualTo(403);
	}

	@Test
	void aDownloadGoesByTheLinkThatMessagesCarry() {
		Person otto = new Person(lab).in("otto", ConsoleLab.OPERATORS_PASSWORD);
		HttpResponse<String> answer = otto.get("/console/dumps/3/download");
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(location(answer)).matches("/d/3\\.[\\w-]{22}");
	}

	@Test
	void aPlanIsApprovedByItsNumberOnly() {
		Person otto = new Person(lab).in("otto", ConsoleLab.OPERATORS_PASSWORD);
		HttpResponse<String> page = otto.get("/console/plans/1");
		assertThat(page.body()).contains("/console/plans/1/approve");
		assertThat(otto.submit(page, "/console/plans/1/approve", Map.of("number", "2")).statusCode()).isEqualTo(400);
		assertThat(otto.submit(page, "/console/runs/maintenance", Map.of("confirm", "yes")).statusCode())
			.isEqualTo(400);
		assertThat(count("SELECT COUNT(*) FROM expiry_plan WHERE state = 'REFUSED'")).isEqualTo(1);
	}

	@Test
	void aPlanIsAFileOfItsItems() {
		Person vera = new Person(lab).in("vera", ConsoleLab.VIEWERS_PASSWORD);
		HttpResponse<String> file = vera.get("/console/plans/1/items.csv");
		assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
			.isEqualTo("attachment; filename=\"plan-1.csv\"");
		assertThat(file.body().lines()).hasSize(1 + 2 * (HostileCorpus.TEXTS.size() + 120))
			.allMatch((line) -> line.matches("\"[^=+@-].*"));
		assertThat(vera.get("/console/plans/99/items.csv").statusCode()).isEqualTo(404);
	}

	@Test
	void whatAFilterFindsIsAFile() {
		Person vera = new Person(lab).in("vera", ConsoleLab.VIEWERS_PASSWORD);
		assertThat(vera.get("/console/dumps?workload=shop&state=TRUNCATED").body())
			.contains("href=\"/console/dumps/list.csv?workload=shop&amp;state=TRUNCATED\"");
		HttpResponse<String> file = vera.get("/console/dumps/list.csv?workload=shop&state=TRUNCATED");
		assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
		assertThat(file.body().lines()).hasSize(1 + 20)
			.allMatch((line) -> line.startsWith("\"id\"") || line.contains("\"TRUNCATED\",\"dev\",\"shop\""));
		assertThat(
				vera.get("/console/dumps/list.csv").body().lines().flatMap((line) -> Stream.of(line.split(";|\",\""))))
			.noneMatch((cell) -> cell.matches("\"?[=+@].*"));
		assertThat(new Person(lab).get("/console/dumps/list.csv").statusCode()).isEqualTo(302);
	}

	@Test
	void aDumpSaysWhenItMayBeDeletedAndWhy() {
		Person vera = new Person(lab).in("vera", ConsoleLab.VIEWERS_PASSWORD);
		assertThat(vera.get("/console/dumps/160").body()).contains("retention.max-age after it was written");
	}

	@Test
	void whoSignsOutIsOut() {
		Person otto = new Person(lab).in("otto", ConsoleLab.OPERATORS_PASSWORD);
		Map<String, String> cookies = new TreeMap<>(otto.cookies);
		HttpResponse<String> out = otto.submit(otto.get("/console"), "/console/sign-out", Map.of());
		assertThat(location(out)).isEqualTo("/console/sign-in?out");
		Person thief = new Person(lab);
		thief.cookies.putAll(cookies);
		assertThat(thief.get("/console").statusCode()).isEqualTo(302);
	}

	@Test
	void aSessionEndsWhenItIsTooOldOrNobodyUsesIt() {
		Person otto = new Person(lab).in("otto", ConsoleLab.OPERATORS_PASSWORD);
		long old = System.currentTimeMillis() - Duration.ofHours(13).toMillis();
		String mine = otto.session();
		lab.jdbc().update("UPDATE SPRING_SESSION SET CREATION_TIME = ? WHERE SESSION_ID = ?", old, mine);
		assertThat(otto.get("/console").statusCode()).isEqualTo(302);
		Person vera = new Person(lab).in("vera", ConsoleLab.VIEWERS_PASSWORD);
		lab.jdbc()
			.update("UPDATE SPRING_SESSION SET LAST_ACCESS_TIME = ? WHERE SESSION_ID = ?",
					System.currentTimeMillis() - Duration.ofMinutes(61).toMillis(), vera.session());
		assertThat(vera.get("/console").statusCode()).isEqualTo(302);
	}

	@Test
	void whoGuessesIsStoppedAsOnTheOtherPort() {
		try (ConsoleLab guessed = ConsoleLab.start(ConsoleLab.database(), USERS)) {
			Person stranger = new Person(guessed);
			HttpResponse<String> form = stranger.get("/console/sign-in");
			int wrong = 0;
			long begun = System.nanoTime();
			while (wrong < 200
					&& location(stranger.submit(form, (wrong % 2 == 0) ? "/console/sign-in" : "/console/%73ign-in",
							Map.of("name", "u" + wrong, "password", "guess")))
						.startsWith("/console/sign-in?wrong")) {
				wrong++;
			}
			// A minute gives ten back.
			long givenBack = Duration.ofNanos(System.nanoTime() - begun).toSeconds() / 6;
			assertThat((long) wrong).isBetween(10L, 11 + givenBack);
			assertThat(location(stranger.submit(form, "/console/sign-in",
					Map.of("name", "otto", "password", ConsoleLab.OPERATORS_PASSWORD))))
				.startsWith("/console/sign-in?later");
		}
	}

	@Test
	void withoutUsersThereIsNoConsole() {
		for (String path : new String[] { "/console", "/console/sign-in", "/console/static/icon.svg", "/console/x" }) {
			HttpResponse<String> answer = new Person(without).get(path);
			assertThat(answer.statusCode()).as(path).isEqualTo(404);
			assertThat(answer.body()).isEmpty();
		}
	}

	@Test
	void noObjectIsMadeOutOfASessionAndOnlyTheConsoleHasAny() {
		PlantedObject.sleep();
		for (ConsoleLab each : new ConsoleLab[] { lab, without }) {
			String id = java.util.UUID.randomUUID().toString();
			long now = System.currentTimeMillis();
			each.jdbc()
				.update("INSERT INTO SPRING_SESSION VALUES (?, ?, ?, ?, 3600, ?, 'otto')", id, id, now, now,
						now + 3_600_000L);
			for (String attribute : List.of("SPRING_SECURITY_CONTEXT", "password",
					FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME)) {
				each.jdbc()
					.update("INSERT INTO SPRING_SESSION_ATTRIBUTES VALUES (?, ?, ?)", id, attribute,
							PlantedObject.bytes());
			}
			String cookie = java.util.Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
			for (String path : new String[] { "/console", "/d/1.abcdefghijklmnopqrstuv", "/nothing" }) {
				Person thief = new Person(each);
				thief.cookies.put("dumpkeeper-session", cookie);
				thief.cookies.put("SESSION", cookie);
				assertThat(thief.get(path).statusCode()).as(path).isIn(302, 404);
			}
		}
		assertThat(PlantedObject.isAwake()).isFalse();
	}

	@Test
	void pagesAreNotKeptAndFilesAre() {
		Person otto = new Person(lab).in("otto", ConsoleLab.OPERATORS_PASSWORD);
		HttpResponse<String> page = otto.get("/console");
		assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).startsWith("default-src 'none';")
			.doesNotContain("unsafe", "http", "*");
		Matcher css = Pattern.compile("/console/static/console-[0-9a-f]{32}\\.css").matcher(page.body());
		assertThat(css.find()).isTrue();
		assertThat(new Person(lab).get(css.group()).headers().firstValue("Cache-Control").orElse(""))
			.contains("immutable");
		for (String path : new String[] { "/console/static/../templates/layout.html",
				"/console/static/messages_en.properties", "/console/static/",
				"/console/static/application.properties" }) {
			assertThat(new Person(lab).get(path).statusCode()).as(path).isIn(400, 404);
		}
	}

	@Test
	void theLanguageIsTheBrowsersUntilSomebodyChoosesAnother() {
		Person person = new Person(lab);
		person.language = "zh-CN,zh;q=0.9,en;q=0.8";
		HttpResponse<String> form = person.get("/console/sign-in");
		assertThat(form.body()).contains("lang=\"zh-CN\"", "登录");
		HttpResponse<String> chosen = person.submit(form, "/console/language",
				Map.of("language", "en", "to", "/console/sign-in"));
		assertThat(location(chosen)).isEqualTo("/console/sign-in");
		assertThat(person.get("/console/sign-in").body()).contains("lang=\"en\"", "Sign in");
		person.cookies.clear();
		person.language = "fr-FR, de";
		assertThat(person.get("/console/sign-in").body()).contains("lang=\"en\"");
	}

	private static String location(HttpResponse<?> answer) {
		return answer.headers().firstValue("Location").orElse("");
	}

	private static long sessions() {
		return count("SELECT COUNT(*) FROM SPRING_SESSION");
	}

	private static long count(String sql) {
		Long count = lab.jdbc().queryForObject(sql, Long.class);
		return (count != null) ? count : 0;
	}

	private static String texts(String sql) {
		JdbcTemplate jdbc = lab.jdbc();
		return String.join(" ", jdbc.queryForList(sql, String.class));
	}

	/** Somebody with a browser's cookies, who follows nothing by himself. */
	private static final class Person {

		private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

		private final Map<String, String> cookies = new TreeMap<>();

		private final ConsoleLab where;

		private String language = "en";

		Person(ConsoleLab where) {
			this.where = where;
		}

		Person in(String name, String password) {
			HttpResponse<String> in = submit(get("/console/sign-in"), "/console/sign-in",
					Map.of("name", name, "password", password));
			assertThat(location(in)).isEqualTo("/console");
			return this;
		}

		String session() {
			return new String(java.util.Base64.getDecoder().decode(this.cookies.get("dumpkeeper-session")),
					StandardCharsets.UTF_8);
		}

		HttpResponse<String> get(String path) {
			return send(HttpRequest.newBuilder(this.where.address(path)).GET());
		}

		/** With the token of a page. */
		HttpResponse<String> submit(HttpResponse<String> page, String path, Map<String, String> fields) {
			Matcher token = TOKEN.matcher(page.body());
			assertThat(token.find()).as("a form's token").isTrue();
			Map<String, String> all = new LinkedHashMap<>(fields);
			all.put("_csrf", token.group(1));
			return post(path, all);
		}

		/** With one field several times. */
		HttpResponse<String> submitAll(HttpResponse<String> page, String path, String name, List<String> values,
				Map<String, String> fields) {
			Matcher token = TOKEN.matcher(page.body());
			assertThat(token.find()).as("a form's token").isTrue();
			Map<String, String> all = new LinkedHashMap<>(fields);
			all.put("_csrf", token.group(1));
			return post(path, values.stream().map((value) -> name + "=" + value).collect(Collectors.joining("&")) + "&",
					all);
		}

		HttpResponse<String> post(String path, Map<String, String> fields) {
			return post(path, "", fields);
		}

		private HttpResponse<String> post(String path, String first, Map<String, String> fields) {
			String body = first + fields.entrySet()
				.stream()
				.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
				.collect(Collectors.joining("&"));
			return send(HttpRequest.newBuilder(this.where.address(path))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString(body)));
		}

		private HttpResponse<String> send(HttpRequest.Builder request) {
			if (!this.cookies.isEmpty()) {
				request.header("Cookie",
						this.cookies.entrySet()
							.stream()
							.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
							.collect(Collectors.joining("; ")));
			}
			try {
				HttpResponse<String> answer = this.client.send(
						request.header("Accept-Language", this.language).timeout(Duration.ofSeconds(60)).build(),
						HttpResponse.BodyHandlers.ofString());
				answer.headers().allValues("Set-Cookie").forEach((cookie) -> {
					assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/");
					String[] parts = cookie.split(";", 2)[0].split("=", 2);
					if (parts[1].isEmpty()) {
						this.cookies.remove(parts[0]);
					}
					else {
						this.cookies.put(parts[0], parts[1]);
					}
				});
				return answer;
			}
			catch (IOException ex) {
				throw new java.io.UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}

	}

}
