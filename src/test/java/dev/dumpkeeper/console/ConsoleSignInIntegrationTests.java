package dev.dumpkeeper.console;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.capacity.CapacityOutlooks.Course;
import dev.dumpkeeper.capacity.CapacityOutlooks.Rules;
import dev.dumpkeeper.capacity.CapacityOutlooks;
import dev.dumpkeeper.capacity.CapacityReading;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.PlantedObject;
import dev.dumpkeeper.lab.S3ProxyGateway;
import dev.dumpkeeper.lab.Tree;
import dev.dumpkeeper.ledger.DumpSearch;
import dev.dumpkeeper.notify.Outbox;

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
	void aWrongNameAndAWrongPasswordAreReportedInTheSameWords() {
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
		assertThat(page.body()).doesNotContain("/hold\"", "/download\"", "name=\"reason\"", "/notify\"");
		assertThat(vera.get("/console/plans/1").body()).doesNotContain("/approve");
		assertThat(vera.get("/console/runs").body()).doesNotContain("dryRun");
		assertThat(vera.get("/console/messages/5").body()).doesNotContain("/again");
		for (String path : new String[] { "/console/dumps/1/hold", "/console/dumps/1/release",
				"/console/dumps/1/notify", "/console/dumps/notify", "/console/dumps/links.csv",
				"/console/messages/5/again", "/console/plans/1/approve", "/console/runs/maintenance",
				"/console/runs/maintenance/1/stop" }) {
			assertThat(
					vera.submit(page, path, Map.of("time", "7d", "reason", "by vera", "number", "1", "dryRun", "true"))
						.statusCode())
				.as(path)
				.isEqualTo(403);
		}
		assertThat(vera.get("/console/dumps/1/download").statusCode()).isEqualTo(403);
		assertThat(vera.get("/console/dumps/1/download?analyzer=").statusCode()).isEqualTo(403);
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
		String life = otto.get("/console/dumps/2").body();
		assertThat(life).contains("hold by otto: accepted", "release by otto: accepted");
		assertThat(life.indexOf("hold by otto")).isLessThan(life.indexOf("release by otto"));
		assertThat(otto.get("/console/dumps/20").body()).doesNotContain("by otto");
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
	void aDumpIsOpenedInTheAnalyzerByAnAddressForAWhile() {
		Instant old = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
		try (S3ProxyGateway gateway = S3ProxyGateway
			.start(Tree.create().file("jfsdata/dumpfiles/dev_shop-7_heapDump.hprof", 8 << 20, old));
				ConsoleLab analyzing = ConsoleLab.start(gateway.endpoint(), ConsoleLab.database(), USERS,
						"dumpkeeper.console.analyzer-url=https://analyzer.example.com/open?url={url}")) {
			ConsoleLab.dump(analyzing.jdbc(), "jfsdata", "dumpfiles/dev_shop-7_heapDump.hprof", 8 << 20,
					old.toEpochMilli(), "COMPLETE", "dev", "shop", null, "", true);
			Person otto = new Person(analyzing).in("otto", ConsoleLab.OPERATORS_PASSWORD);
			assertThat(otto.get("/console/dumps/1").body()).contains("/console/dumps/1/download?analyzer");
			HttpResponse<String> answer = otto.get("/console/dumps/1/download?analyzer=");
			assertThat(answer.statusCode()).isEqualTo(302);
			assertThat(location(answer)).startsWith("https://analyzer.example.com/open?url=http%3A%2F%2F127.0.0.1")
				.contains("dev_shop-7_heapDump.hprof%3F", "X-Amz-Signature");
			analyzing.jdbc().update("UPDATE dump SET present = NULL, fate = 'EXPIRED', gone_at = 1");
			assertThat(otto.get("/console/dumps/1/download?analyzer=").statusCode()).isEqualTo(400);
		}
		Person otto = new Person(lab).in("otto", ConsoleLab.OPERATORS_PASSWORD);
		assertThat(otto.get("/console/dumps/3").body()).doesNotContain("?analyzer");
	}

	@Test
	void theLinksOfSeveralDumpsAreAFile() {
		Person otto = new Person(lab).in("otto", ConsoleLab.OPERATORS_PASSWORD);
		HttpResponse<String> page = otto.get("/console/dumps?text=shop-1");
		assertThat(page.body()).contains("/console/dumps/links.csv", "/console/dumps/notify");
		List<String> ids = List.of("14", "15", "999999", "161", "164", "178");
		HttpResponse<String> file = otto.submitAll(page, "/console/dumps/links.csv", "id", ids, Map.of());
		assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
		assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
		assertThat(file.body().lines()).hasSize(1 + 5)
			.allMatch((line) -> line.equals("\"id\",\"volume\",\"key\",\"bytes\",\"link\"") || line
				.matches("\\d+,\"jfsdata\",\"[^=+@-].*\",\\d+,\"" + lab.address("/d/") + "\\d+\\.[\\w-]{22}\""));
		assertThat(count("SELECT COUNT(*) FROM audit_event WHERE action = 'download' AND target LIKE '% in a list'"))
			.isEqualTo(5);
		assertThat(otto.submit(page, "/console/dumps/links.csv", Map.of()).statusCode()).isEqualTo(400);
	}

	@Test
	void withoutARobotNothingCanBeAnnouncedAgain() {
		Person otto = new Person(lab).in("otto", ConsoleLab.OPERATORS_PASSWORD);
		HttpResponse<String> page = otto.get("/console/dumps/1");
		assertThat(page.body()).contains("/console/dumps/1/notify");
		HttpResponse<String> refused = otto.submit(page, "/console/dumps/1/notify", Map.of());
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.body()).contains("there is no robot");
		assertThat(count("SELECT COUNT(*) FROM dump WHERE id = 1 AND notified_at IS NOT NULL")).isEqualTo(1);
	}

	@Test
	void aViewCanBeSentWithItsTimeAndItsOrder() {
		Person vera = new Person(lab).in("vera", ConsoleLab.VIEWERS_PASSWORD);
		HttpResponse<String> page = vera.get("/console/dumps?order=LARGEST&from=2020-01-01&to=2999-01-01&state=x");
		assertThat(page.body()).contains("value=\"2020-01-01\"", "value=\"2999-01-01\"",
				"href=\"/console/dumps?from=2020-01-01&amp;to=2999-01-01&amp;order=LARGEST&amp;after=");
		assertThat(page.body().indexOf("dev_shop-159_")).isPositive().isLessThan(page.body().indexOf("dev_shop-158_"));
		assertThat(vera.get("/console/dumps?from=2999-01-01").body()).contains("No dump matches.");
		for (String day : List.of("2026-13-45", "=1", "0000-00-00", "%3Cscript%3E", "99999-01-01")) {
			assertThat(vera.get("/console/dumps?from=" + day).body()).as(day).contains("dev_shop-158_");
		}
	}

	@Test
	void aDownloadGoesByTheLinkThatMessagesCarry() {
		Person otto = new Person(lab).in("otto", ConsoleLab.OPERATORS_PASSWORD);
		HttpResponse<String> answer = otto.get("/console/dumps/3/download");
		assertThat(answer.statusCode()).isEqualTo(302);
		assertThat(location(answer)).matches("/d/3\\.[\\w-]{22}");
	}

	@Test
	void whatIfIsAnsweredByTheForecastAndChangesNothing() {
		Person vera = new Person(lab).in("vera", ConsoleLab.VIEWERS_PASSWORD);
		String asOf = vera.get("/console/volume?name=jfsdata").body();
		assertThat(asOf).contains("In effect", "class=\"mark expiry\"", "class=\"band\"", ">shop</a>")
			.doesNotContain("<th scope=\"row\">What if</th>");
		long readings = count("SELECT COUNT(*) FROM capacity_reading");
		long alerts = count("SELECT COUNT(*) FROM capacity_alert");
		String other = vera.get("/console/volume?name=jfsdata&retention=1h&threshold=90&size=200Gi").body();
		assertThat(other).contains("<th scope=\"row\">What if</th>", "<td>1h 0m</td>", "90 %", "value=\"200Gi\"")
			.containsPattern("200(\\.0)? GiB")
			.containsPattern("not until \\d\\d-\\d\\d");
		// Nothing of a year's retention expires within the month of the forecast.
		assertThat(vera.get("/console/volume?name=jfsdata&retention=365d").body()).contains("365d 0h");
		for (String wrong : List.of("retention=5", "retention=0s", "retention=366d", "retention=40000d", "threshold=95",
				"threshold=9", "threshold=-1", "threshold=x", "size=5", "size=0B", "size=9999999Ti",
				"size=%3Cscript%3E")) {
			assertThat(vera.get("/console/volume?name=jfsdata&" + wrong).statusCode()).as(wrong).isEqualTo(400);
		}
		assertThat(count("SELECT COUNT(*) FROM capacity_reading")).isEqualTo(readings);
		assertThat(count("SELECT COUNT(*) FROM capacity_alert")).isEqualTo(alerts);
	}

	@Test
	void aShorterRetentionIsForecastToTakeLess() {
		CapacityOutlooks outlooks = lab.bean(CapacityOutlooks.class);
		Instant now = Instant.now();
		CapacityReading reading = lab.bean(CapacityChecks.class).latest(now).get("jfsdata");
		Rules shorter = new Rules(Duration.ofHours(1), null, null);
		Rules longer = new Rules(Duration.ofDays(20), null, null);
		Duration horizon = outlooks.horizon(longer);
		assertThat(horizon).isEqualTo(Duration.ofDays(21));
		assertThat(outlooks.horizon(shorter)).isEqualTo(outlooks.horizon(Rules.IN_EFFECT));
		Course less = outlooks.of(reading, now, horizon, shorter);
		Course same = outlooks.of(reading, now, horizon, Rules.IN_EFFECT);
		Course more = outlooks.of(reading, now, horizon, longer);
		int end = same.p50().size() - 1;
		assertThat(less.p50().get(end)).isLessThan(same.p50().get(end));
		assertThat(same.p50().get(end)).isLessThan(more.p50().get(end));
		assertThat(same.maxAge()).isEqualTo(Duration.ofDays(2));
	}

	@Test
	void whatTheGroupDidNotGetIsSentAgainOnceAndADumpIsAnnouncedAgain() {
		try (FakeRobot robot = FakeRobot.start();
				ConsoleLab heard = ConsoleLab.start(ConsoleLab.database(), USERS,
						"dumpkeeper.wecom.webhook-url=" + robot.url())) {
			heard.fill();
			Person otto = new Person(heard).in("otto", ConsoleLab.OPERATORS_PASSWORD);
			assertThat(otto.get("/console/messages").body()).contains("Page refused", "/console/messages/5\"");
			HttpResponse<String> page = otto.get("/console/messages/5");
			assertThat(page.body()).contains("/console/messages/5/again");
			HttpResponse<String> first = otto.submit(page, "/console/messages/5/again", Map.of());
			assertThat(location(first)).isEqualTo("/console/messages/5?done=again");
			assertThat(otto.get(location(first)).body()).contains("sends this message again")
				.doesNotContain("/again\"");
			HttpResponse<String> second = otto.submit(page, "/console/messages/5/again", Map.of());
			assertThat(second.statusCode()).isEqualTo(400);
			assertThat(second.body()).contains("already waits to be sent again");
			// One that was delivered is not sent again either.
			assertThat(otto.submit(page, "/console/messages/1/again", Map.of()).statusCode()).isEqualTo(400);
			assertThat(otto.submit(page, "/console/messages/999/again", Map.of()).statusCode()).isEqualTo(404);
			assertThat(heard.jdbc()
				.queryForList("SELECT outcome FROM audit_event WHERE action = 'send again' ORDER BY id", String.class))
				.hasSize(3)
				.startsWith("accepted")
				.filteredOn((outcome) -> outcome.startsWith("refused"))
				.hasSize(2);
			heard.bean(Outbox.class).deliver();
			assertThat(heard.jdbc()
				.queryForObject("SELECT COUNT(*) FROM delivery_attempt a JOIN outbound_page p ON p.id = a.page_id"
						+ " WHERE p.message_id = 5 AND a.outcome = 'DELIVERED'", Long.class))
				.isEqualTo(1);
			HttpResponse<String> dumps = otto.get("/console/dumps?text=shop-1");
			assertThat(otto.submitAll(dumps, "/console/dumps/notify", "id", List.of("1", "6"), Map.of()).statusCode())
				.isEqualTo(302);
			HttpResponse<String> again = otto.submitAll(dumps, "/console/dumps/notify", "id", List.of("1", "2", "11"),
					Map.of());
			assertThat(again.body())
				.contains("2 of 3 were left as they are; 1: it is gone, or the next digest announces it");
			assertThat(heard.jdbc()
				.queryForList("SELECT id FROM dump WHERE id IN (1, 6, 11) AND notified_at IS NULL", Long.class))
				.containsExactlyInAnyOrder(1L, 6L, 11L);
		}
	}

	@Test
	void theFirstPageSaysWhatNeedsSomebodyAndLeadsThere() {
		try (ConsoleLab troubled = ConsoleLab.start(ConsoleLab.database(), USERS)) {
			troubled.fill();
			String run = "INSERT INTO maintenance_run (job, arguments, started_at, finished_at, outcome, exit_code, holder,"
					+ " attempts, started_by, started_from) VALUES (?, '', ?, ?, ?, ?, 'pod-1', 1, 'schedule', 'pod-1')";
			long now = System.currentTimeMillis();
			troubled.jdbc().update(run, "reconcile-dumps", now, now, "UNREACHABLE", 6);
			troubled.jdbc().update(run, "check-capacity", now, now, "FAILED", 1);
			// The next run of this one went well.
			troubled.jdbc().update(run, "measure-usage", now - 9, now - 9, "FAILED", 1);
			troubled.jdbc().update(run, "measure-usage", now, now, "COMPLETED", 0);
			Person vera = new Person(troubled).in("vera", ConsoleLab.VIEWERS_PASSWORD);
			String page = vera.get("/console").body();
			assertThat(page).contains("The brake refused plan 1", "href=\"/console/plans/1\"",
					"Objects in volume jfsdata cannot be deleted", "href=\"/console/volume?name=jfsdata#stuck\"",
					"Volume jfsdata is nearly full, or will be before the next", "92 % used at ",
					"href=\"/console/volume?name=jfsdata\"",
					"The gateway did not answer the last run of reconcile-dumps",
					"href=\"/console/runs/reconcile-dumps/", "The last run of check-capacity ended with exit code 1.",
					"refuses a message", "href=\"/console/messages\"")
				.doesNotContain("The last run of measure-usage");
			assertThat(vera.get("/console/volume?name=jfsdata").body()).contains("Could not be deleted",
					"The first 50 by key; there are more.", "dumpfiles/22javascript:window.pwned=1");
			assertThat(vera.get("/console/volume?name=reports").body()).doesNotContain("Could not be deleted");
			troubled.jdbc().update("UPDATE expiry_plan SET state = 'SWEPT'");
			assertThat(vera.get("/console").body()).doesNotContain("The brake refused plan 1");
		}
	}

	@Test
	void failuresArePagedAndSayThatNotAllDumpsAreCounted() {
		try (ConsoleLab busy = ConsoleLab.start(ConsoleLab.database(), USERS)) {
			String add = "INSERT INTO dump (volume, object_key, present, size, last_modified, first_seen, state, environment,"
					+ " workload, pod, project, fingerprint) SELECT 'many', STRINGTOUTF8('dumpfiles/' || X), TRUE, 1, ?, ?,"
					+ " 'COMPLETE', 'dev', 'shop', '', '', 'many' || MOD(X, 150) FROM SYSTEM_RANGE(?, ?)";
			long now = System.currentTimeMillis();
			busy.jdbc().update(add, now, now, 1, DumpSearch.SUMMED_UP);
			Person vera = new Person(busy).in("vera", ConsoleLab.VIEWERS_PASSWORD);
			String some = "Only the 10,000 newest dumps of this time are counted";
			assertThat(vera.get("/console").body()).contains("138 more failures").doesNotContain(some);
			HttpResponse<String> first = vera.get("/console/failures");
			assertThat(first.body()).doesNotContain(some);
			Matcher next = Pattern.compile("href=\"(/console/failures\\?before=\\d+)\"").matcher(first.body());
			assertThat(next.find()).isTrue();
			assertThat(failures(first)).hasSize(100);
			HttpResponse<String> second = vera.get(next.group(1));
			assertThat(failures(second)).hasSize(50).doesNotContainAnyElementsOf(failures(first));
			assertThat(second.body()).doesNotContain("rel=\"next\"").contains("href=\"/console/failures\">Newest");
			busy.jdbc().update(add, now, now, 0, 0);
			assertThat(vera.get("/console").body()).contains(some);
			assertThat(vera.get("/console/failures").body()).contains(some);
		}
	}

	private static Set<String> failures(HttpResponse<String> page) {
		return Pattern.compile("/console/failures/(many\\d+)\"")
			.matcher(page.body())
			.results()
			.map((found) -> found.group(1))
			.collect(Collectors.toSet());
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
	void aPlanShowsWorkloadAndRuleOfEachItem() {
		Person vera = new Person(lab).in("vera", ConsoleLab.VIEWERS_PASSWORD);
		String page = vera.get("/console/plans/1?part=1").body();
		assertThat(page).contains("In jfsdata, by workload", ">retention.max-age<", "href=\"/console/dumps/162\"");
		assertThat(page.replaceAll("\\s+", " ")).containsPattern("<span>shop</span></td><td class=\"number\">120<");
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
