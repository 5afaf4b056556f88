package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpServer;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service as people operate it, over HTTP and by signals.
 */
class ServiceIntegrationTests {

	private static final String TOKEN = "pods-may-call";

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final int MANY = 1500;

	private static Site site;

	/** For what only reads. */
	private static Service reading;

	private FaultyProxy proxy;

	private FakeRobot robot;

	private String database;

	@BeforeAll
	static void start() {
		site = Site.s3proxy(false).start((volumes) -> {
			for (String volume : new String[] { "hooked", "watched", "linked", "operated", "crowded", "held" }) {
				volumes.young(volume + "/dumpfiles/.keep");
			}
			volumes.old(MANY, (i) -> "terminated/dumpfiles/%04d.txt".formatted(i))
				.young(MANY, (i) -> "terminated/dumpfiles/young-%04d.txt".formatted(i))
				.old(MANY, (i) -> "continued/dumpfiles/%04d.txt".formatted(i))
				.young(MANY, (i) -> "continued/dumpfiles/young-%04d.txt".formatted(i))
				.old(MANY, (i) -> "stopped/dumpfiles/%04d.txt".formatted(i))
				.young(MANY, (i) -> "stopped/dumpfiles/young-%04d.txt".formatted(i));
		});
		reading = quiet(site.endpoint(), DatabaseServer.shared().migratedDatabase("reading")).service().up();
	}

	@AfterAll
	static void stop() {
		reading.close();
		site.close();
	}

	@BeforeEach
	void open() {
		this.proxy = FaultyProxy.to(site.endpoint());
		this.robot = FakeRobot.start();
		this.database = DatabaseServer.shared().migratedDatabase("service");
	}

	@AfterEach
	void close() {
		this.robot.close();
		this.proxy.close();
	}

	@Test
	void aNewDumpIsReportedByTheNextPoll() {
		Dumpkeeper watching = quiet().with("dumpkeeper.schedule.reconcile", "* * * * * ?")
			.with("dumpkeeper.volumes.include", "watched");
		try (Service service = watching.service().up()) {
			dump("watched/dumpfiles/dev_shop-0_heapDump.hprof");
			reported(1);
			assertThat(this.robot.delivered().get(0)).contains("shop", "X-Amz-Signature=");
			dump("watched/dumpfiles/dev_shop-1_heapDump.hprof");
			reported(2);
			JsonNode job = Service.json(service.get("/actuator/jobs/reconcile-dumps", Service.VIEWER));
			assertThat(job.path("runs")).hasSize(2);
			assertThat(job.at("/runs/0/startedBy").asString()).isEqualTo("schedule");
			assertThat(query("SELECT COUNT(*) FROM dump WHERE notified_at IS NOT NULL")).isEqualTo(2);
		}
	}

	@Test
	void aPodThatCallsIsHeardAtOnce() {
		try (Service service = quiet().service().up()) {
			dump("hooked/dumpfiles/dev_cart-0_heapDump.hprof");
			String body = "{\"volume\":\"hooked\",\"key\":\"dumpfiles/dev_cart-0_heapDump.hprof\"}";
			assertThat(service.hook(TOKEN, body).statusCode()).isEqualTo(202);
			reported(1);
			assertThat(this.robot.delivered().get(0)).contains("cart");
			// Reported twice, announced once.
			assertThat(service.hook(TOKEN, body).statusCode()).isEqualTo(202);
			site.write("hooked/dumpfiles/dev_pay-0_heapDump.hprof.event",
					"{\"status\":\"failed\",\"reason\":\"No space left\",\"environment\":\"dev\",\"pod\":\"pay-0\"}"
						.getBytes(),
					Duration.ZERO);
			assertThat(service.hook(TOKEN, "{\"volume\":\"hooked\",\"key\":\"dumpfiles/dev_pay-0_heapDump.hprof\"}")
				.statusCode()).isEqualTo(202);
			reported(2);
			assertThat(this.robot.delivered().get(1)).contains("pay").doesNotContain("cart");
			assertThat(query("SELECT COUNT(*) FROM dump")).isEqualTo(2);
		}
	}

	@Test
	void aCallOfTheHookThatIsWrongCausesNothing() {
		try (Service service = quiet().service().up()) {
			String body = "{\"volume\":\"hooked\",\"key\":\"dumpfiles/none.hprof\"}";
			assertThat(service.hook(null, body).statusCode()).isEqualTo(401);
			assertThat(service.hook("wrong", body).statusCode()).isEqualTo(401);
			assertThat(service.hook(TOKEN, "no json").statusCode()).isEqualTo(400);
			assertThat(service.hook(TOKEN, "[]").statusCode()).isEqualTo(400);
			assertThat(service.hook(TOKEN, "{\"volume\":\"hooked\",\"key\":\"../minio/x.hprof\"}").statusCode())
				.isEqualTo(400);
			assertThat(service.hook(TOKEN, "{\"volume\":\"a/b/c\",\"key\":\"x.hprof\"}").statusCode()).isEqualTo(400);
			assertThat(service.hook(TOKEN, "x".repeat(100_000)).statusCode()).isEqualTo(400);
			int requests = this.proxy.requests().size();
			assertThat(service.hook(TOKEN, body).statusCode()).isEqualTo(202);
			assertThat(service.hook(TOKEN, "{\"volume\":\"hooked\",\"key\":\"dumpfiles/.keep\"}").statusCode())
				.isEqualTo(202);
			Awaitility.await().atMost(SOON).until(() -> this.proxy.requests().size() == requests + 2);
			assertThat(this.proxy.requests().subList(requests, requests + 2))
				.allSatisfy((request) -> assertThat(request.method()).isEqualTo("HEAD"));
			assertThat(query("SELECT COUNT(*) FROM dump")).isZero();
			assertThat(query("SELECT COUNT(*) FROM audit_event WHERE action = 'hook'")).isEqualTo(2);
			List<Integer> codes = new ArrayList<>();
			for (int i = 0; i < 40; i++) {
				codes.add(service.hook("guess-" + i, body).statusCode());
			}
			assertThat(codes).contains(429);
		}
		try (Service deaf = quiet().without("dumpkeeper.hook.token").service().up()) {
			assertThat(deaf.hook("", "{}").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void aShortLinkPresignsWhenSomebodyFollowsIt() {
		String path = "linked/dumpfiles/dev_link-0_heapDump.hprof";
		dump(path);
		Dumpkeeper linking = quiet().with("dumpkeeper.public-url", "https://dumps.example.com/keeper/");
		Result reported = linking.run("reconcile-dumps", "--volume", "linked");
		assertThat(reported.exitCode()).as(reported.err()).isZero();
		String page = this.robot.delivered().get(0);
		assertThat(page).doesNotContain("X-Amz-Signature");
		Matcher link = Pattern.compile("https://dumps\\.example\\.com/keeper(/d/[\\w.-]+)\\)").matcher(page);
		assertThat(link.find()).as(page).isTrue();
		try (Service service = linking.service().up()) {
			HttpResponse<String> redirect = service.follow(link.group(1));
			assertThat(redirect.statusCode()).isEqualTo(302);
			assertThat(redirect.headers().firstValue("Cache-Control")).hasValue("no-store");
			String address = redirect.headers().firstValue("Location").orElseThrow();
			assertThat(address).contains("X-Amz-Expires=900");
			assertThat(service.download(address).body()).hasSize(49);
			assertThat(query("SELECT COUNT(*) FROM audit_event WHERE action = 'download' AND target = '" + path + "'"))
				.isEqualTo(1);
			String forged = link.group(1).replaceFirst("/d/\\d+", "/d/99");
			assertThat(service.follow(forged).statusCode()).isEqualTo(404);
			assertThat(service.follow("/d/1").statusCode()).isEqualTo(404);
			site.delete(path);
			assertThat(linking.run("measure-usage", "--volume", "linked").exitCode()).isZero();
			HttpResponse<String> gone = service.follow(link.group(1));
			assertThat(gone.statusCode()).isEqualTo(410);
			assertThat(gone.body()).contains("no longer there");
		}
	}

	@Test
	void peopleStartReadAndAreRefusedByTheirRoles() {
		try (Service service = quiet().service().up()) {
			assertThat(service.get("/actuator/jobs", null).statusCode()).isEqualTo(401);
			assertThat(service.get("/actuator/jobs", "vera:wrong").body()).isEqualTo("{\"error\":\"not signed in\"}");
			assertThat(service.get("/actuator/jobs", "nobody:wrong").body()).isEqualTo("{\"error\":\"not signed in\"}");
			assertThat(service.post("/actuator/jobs/measure-usage", Service.VIEWER, "{}").statusCode()).isEqualTo(403);
			assertThat(service.delete("/actuator/jobs/measure-usage/1", Service.VIEWER).statusCode()).isEqualTo(403);
			assertThat(service.post("/actuator/jobs/no-job", Service.OPERATOR, "{}").statusCode()).isEqualTo(404);
			HttpResponse<String> wrong = service.post("/actuator/jobs/measure-usage", Service.OPERATOR,
					"{\"volumes\":[\"no-volume\"]}");
			assertThat(wrong.statusCode()).isEqualTo(400);
			assertThat(wrong.body()).contains("no-volume");
			for (String body : new String[] { "[]", "{\"dryrun\":true}", "{\"dryRun\":\"yes\"}", "{\"volumes\":\"x\"}",
					"x", "{\"approve\":1}", "{\"approve\":\"one\"}" }) {
				assertThat(service.post("/actuator/jobs/maintenance", Service.OPERATOR, body).statusCode()).as(body)
					.isEqualTo(400);
			}
			HttpResponse<String> started = service.post("/actuator/jobs/maintenance", Service.OPERATOR,
					"{\"dryRun\":true,\"volumes\":[\"operated\"]}");
			assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
			long id = Service.json(started).path("id").asLong();
			assertThat(Service.json(started).path("url").asString()).isEqualTo("/actuator/jobs/maintenance/" + id);
			JsonNode run = service.ended("maintenance", id);
			assertThat(run.at("/run/exitCode").asInt(-1)).isZero();
			assertThat(run.at("/run/startedBy").asString()).isEqualTo("otto");
			assertThat(run.at("/run/startedFrom").asString()).isEqualTo("127.0.0.1");
			assertThat(run.at("/run/arguments").asString()).isEqualTo("--dry-run --volume operated");
			assertThat(run.at("/report/dryRun").asBoolean()).isTrue();
			assertThat(run.path("steps").toString()).contains("{\"name\":\"scanVolumes\",\"volume\":\"operated\"");
			assertThat(service.get("/actuator/jobs/measure-usage/" + id, Service.VIEWER).statusCode()).isEqualTo(404);
			assertThat(service.delete("/actuator/jobs/maintenance/" + id, Service.OPERATOR).statusCode())
				.isEqualTo(409);
			JsonNode all = Service.json(service.get("/actuator/jobs", Service.VIEWER));
			assertThat(all.at("/jobs/0/job").asString()).isEqualTo("maintenance");
			assertThat(all.at("/jobs/0/runs/0/id").asLong()).isEqualTo(id);
			assertThat(query("SELECT COUNT(*) FROM audit_event WHERE who = 'otto' AND outcome = 'accepted'"))
				.isEqualTo(1);
			assertThat(query("SELECT COUNT(*) FROM audit_event WHERE action = 'sign-in'")).isEqualTo(2);
			assertThat(query("SELECT COUNT(*) FROM audit_event WHERE who = 'vera' AND action = 'access'")).isEqualTo(2);
		}
	}

	@Test
	void nobodysWordOnWhereHeComesFromIsBelieved() {
		try (Service service = quiet().with("spring.main.cloud-platform", "kubernetes").service().up()) {
			List<Integer> codes = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				codes.add(service.get("/actuator/jobs", "otto:guess-" + i, "198.51.100." + i).statusCode());
			}
			assertThat(codes).contains(429);
			assertThat(query("SELECT COUNT(*) FROM audit_event WHERE address <> '127.0.0.1'")).isZero();
		}
	}

	@Test
	void aFormOfAnotherSiteStartsAndApprovesNothing() {
		try (Service service = quiet().service().up()) {
			for (String type : List.of("application/x-www-form-urlencoded", "text/plain", "multipart/form-data")) {
				assertThat(service.form("/actuator/jobs/maintenance", Service.OPERATOR, type, "").statusCode())
					.isEqualTo(415);
				assertThat(service.form("/actuator/jobs/expire-dumps", Service.OPERATOR, type, "{\"approve\":1}")
					.statusCode()).isEqualTo(415);
			}
			assertThat(service.post("/actuator/jobs/expire-dumps", Service.OPERATOR, "{\"approve\":null}").statusCode())
				.isEqualTo(400);
			assertThat(service.post("/actuator/jobs/expire-dumps", Service.OPERATOR, "{\"approve\":1,\"approve\":2}")
				.statusCode()).isEqualTo(400);
			assertThat(query("SELECT COUNT(*) FROM maintenance_run")).isZero();
		}
	}

	@Test
	void manyGuessesAtOnceAreNoMoreThanTenAndRightPasswordsDoNotCount() throws Exception {
		try (Service service = quiet().service().up()) {
			for (int i = 0; i < 25; i++) {
				assertThat(service.get("/actuator/jobs", Service.VIEWER).statusCode()).isEqualTo(200);
			}
			List<CompletableFuture<Integer>> guesses = new ArrayList<>();
			ExecutorService many = Executors.newFixedThreadPool(30);
			try {
				for (int i = 0; i < 60; i++) {
					String user = "otto:guess-" + i;
					guesses.add(CompletableFuture.supplyAsync(() -> service.get("/actuator/jobs", user).statusCode(),
							many));
				}
				List<Integer> codes = guesses.stream().map(CompletableFuture::join).toList();
				// Ten, and what a slow machine's seconds give back.
				assertThat(codes.stream().filter((code) -> code == 401).count()).isBetween(10L, 15L);
				assertThat(codes).contains(429);
			}
			finally {
				many.shutdownNow();
			}
		}
	}

	@Test
	void whoGuessesPasswordsIsSoonNotListenedTo() {
		try (Service service = quiet().service().up()) {
			List<Integer> codes = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				codes.add(service.get("/actuator/jobs", "otto:guess-" + i).statusCode());
			}
			assertThat(codes).startsWith(401, 401, 401).endsWith(429);
			assertThat(service.get("/actuator/health", null).statusCode()).isNotEqualTo(429);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "heapdump", "env", "configprops", "loggers", "beans", "threaddump", "quartz", "shutdown",
			"sbom", "mappings", "" })
	void whatCouldRevealSecretsIsNotThere(String endpoint) {
		assertThat(reading.get("/actuator/" + endpoint, Service.OPERATOR).statusCode()).isEqualTo(404);
	}

	@Test
	void healthIsOpenAndItsDetailsAreNot() {
		HttpResponse<String> open = reading.get("/actuator/health", null);
		assertThat(open.body()).contains("status").doesNotContain("gateway", "lastPass");
		JsonNode detail = Service.json(reading.get("/actuator/health", Service.VIEWER));
		assertThat(detail.at("/components/gateway/status").asString()).isEqualTo("UP");
		assertThat(detail.at("/components/lastPass/status").asString()).isEqualTo("UNKNOWN");
		assertThat(detail.at("/components/messages/details/waitingPages").asInt(-1)).isZero();
		assertThat(detail.at("/components/db/status").asString()).isEqualTo("UP");
		assertThat(reading.get("/actuator/info", null).body()).contains("version");
		assertThat(open.headers().firstValue("Content-Security-Policy")).isPresent();
	}

	@Test
	void aSecondRunIsReportedWhoHoldsTheLockAndAPersonCanStopTheFirst() throws Exception {
		CountDownLatch scanning = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(1);
		this.proxy.on((request) -> site.isScan(request, "stopped")).times(1).before(() -> {
			scanning.countDown();
			await(over);
		});
		try (Service service = quiet().service().up(); Service other = quiet().service().up()) {
			HttpResponse<String> first = service.post("/actuator/jobs/measure-usage", Service.OPERATOR,
					"{\"volumes\":[\"stopped\"]}");
			assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
			long id = Service.json(first).path("id").asLong();
			assertThat(scanning.await(60, TimeUnit.SECONDS)).isTrue();
			HttpResponse<String> second = other.post("/actuator/jobs/measure-usage", Service.OPERATOR, "{}");
			assertThat(second.statusCode()).isEqualTo(409);
			assertThat(second.body()).contains("another run holds the lock", "since");
			assertThat(quiet().run("measure-usage", "--volume", "stopped").exitCode()).isEqualTo(5);
			// Whichever replica hears of it.
			assertThat(other.delete("/actuator/jobs/measure-usage/" + id, Service.OPERATOR).statusCode())
				.isEqualTo(202);
			Awaitility.await().atMost(SOON).until(() -> service.process().output().contains("is asked to stop"));
			over.countDown();
			JsonNode stopped = other.ended("measure-usage", id);
			assertThat(stopped.at("/run/outcome").asString()).isEqualTo("STOPPED");
			HttpResponse<String> again = other.post("/actuator/jobs/measure-usage", Service.OPERATOR,
					"{\"volumes\":[\"stopped\"]}");
			assertThat(Service.json(again).path("id").asLong()).as("it is continued").isEqualTo(id);
			assertThat(other.ended("measure-usage", id).at("/run/exitCode").asInt(-1)).isZero();
		}
	}

	@Test
	void aServiceThatIsTerminatedInASweepEndsSoonAndItsRunIsContinued() throws Exception {
		CountDownLatch sweeping = new CountDownLatch(1);
		this.proxy.on((request) -> request.method().equals("POST")).times(1).before(sweeping::countDown);
		this.proxy.on((request) -> request.method().equals("POST")).delay(Duration.ofMillis(200));
		Dumpkeeper slowly = quiet().with("dumpkeeper.retention.parallel-batches", 1);
		long id;
		try (Service service = slowly.service().up()) {
			id = Service
				.json(service.post("/actuator/jobs/maintenance", Service.OPERATOR, "{\"volumes\":[\"terminated\"]}"))
				.path("id")
				.asLong();
			assertThat(sweeping.await(60, TimeUnit.SECONDS)).isTrue();
			service.process().terminate();
			Result ended = service.process().await(Duration.ofSeconds(10));
			assertThat(ended.exitCode()).as(ended.err()).isEqualTo(143);
			assertThat(ended.err()).doesNotContain("ERROR");
		}
		assertThat(query("SELECT COUNT(*) FROM maintenance_run WHERE id = " + id + " AND outcome = 'STOPPED'")).isOne();
		this.proxy.clear();
		Result next = quiet().run("maintenance", "--volume", "terminated");
		assertThat(next.json().path("run").asLong()).isEqualTo(id);
		assertThat(next.count("terminated", "expired")).isEqualTo(MANY);
		assertThat(site.files("terminated")).hasSize(MANY + 1);
	}

	@Test
	void aRunThatWasKilledIsContinuedByAnyService() {
		Dumpkeeper dumpkeeper = quiet().with("dumpkeeper.volumes.include", "continued")
			.with("dumpkeeper.run.lease", "3s");
		AtomicReference<Dumpkeeper.Running> once = new AtomicReference<>();
		AtomicInteger deletes = new AtomicInteger();
		this.proxy.on((request) -> request.method().equals("POST") && deletes.incrementAndGet() == 2)
			.before(() -> once.get().kill());
		try (Dumpkeeper.Running run = dumpkeeper.with("dumpkeeper.retention.parallel-batches", 1)
			.process("maintenance")) {
			once.set(run);
			assertThat(run.await().exitCode()).isEqualTo(137);
		}
		assertThat(site.files("continued")).hasSizeGreaterThan(MANY + 1);
		try (Service service = dumpkeeper.service().up()) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(150))
				.until(() -> query("SELECT COUNT(*) FROM maintenance_run WHERE outcome = 'COMPLETED'") == 1);
			assertThat(query("SELECT COUNT(*) FROM maintenance_run")).as("no other run was begun").isOne();
			assertThat(query("SELECT attempts FROM maintenance_run")).isEqualTo(2);
			assertThat(site.files("continued")).hasSize(MANY + 1);
			JsonNode run = Service.json(service.get("/actuator/jobs/maintenance/1", Service.VIEWER));
			assertThat(run.at("/run/startedBy").asString()).isEqualTo("command line");
			assertThat(run.at("/report/volumes/0/expired").asLong()).isEqualTo(MANY);
		}
	}

	@Test
	void aHoldOverHttpBearsTheNameOfWhoeverSignedIn() {
		String key = "dumpfiles/dev_hold-0_heapDump.hprof";
		dump("held/" + key);
		try (Service service = quiet().service().up()) {
			String hold = "{\"volume\":\"held\",\"key\":\"" + key + "\",\"for\":\"7d\",\"why\":\"case 17\"}";
			assertThat(service.post("/actuator/holds", Service.VIEWER, hold).statusCode()).isEqualTo(403);
			HttpResponse<String> held = service.post("/actuator/holds", Service.OPERATOR, hold);
			assertThat(held.statusCode()).as(held.body()).isEqualTo(200);
			assertThat(held.body()).contains("held until");
			assertThat(query("SELECT COUNT(*) FROM dump WHERE held_by = 'otto' AND hold_reason = 'case 17'")).isOne();
			assertThat(service.post("/actuator/holds", Service.OPERATOR, hold.replace("7d", "soon")).statusCode())
				.isEqualTo(400);
			assertThat(service.post("/actuator/holds", Service.OPERATOR, hold.replace(key, "dumpfiles/no.hprof"))
				.statusCode()).isEqualTo(400);
			assertThat(service.delete("/actuator/holds?volume=held&key=" + key, Service.OPERATOR).body())
				.contains("released");
			assertThat(query("SELECT COUNT(*) FROM dump WHERE held_by IS NOT NULL")).isZero();
		}
	}

	@Test
	void whatRunsDidIsCounted() throws IOException {
		String reported = "juicefs_used_space{mp=\"s3gateway\"} 1e9\n";
		HttpServer metrics = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		metrics.createContext("/metrics", (exchange) -> {
			exchange.sendResponseHeaders(200, reported.length());
			exchange.getResponseBody().write(reported.getBytes(StandardCharsets.UTF_8));
			exchange.close();
		});
		metrics.start();
		site.write("crowded/dumpfiles/large.txt", new byte[2000], Duration.ZERO);
		String volumes = "{\"volumes\":[\"operated\",\"crowded\"]}";
		try (Service service = quiet(this.proxy.endpoint(), this.database)
			.with("dumpkeeper.capacity.limits.operated", "50Gi")
			.with("dumpkeeper.capacity.limits.crowded", "1KB")
			.with("dumpkeeper.capacity.metrics-url", "http://127.0.0.1:" + metrics.getAddress().getPort() + "/metrics")
			.service()
			.up()) {
			long id = Service.json(service.post("/actuator/jobs/measure-usage", Service.OPERATOR, volumes))
				.path("id")
				.asLong();
			service.ended("measure-usage", id);
			long check = Service.json(service.post("/actuator/jobs/check-capacity", Service.OPERATOR, volumes))
				.path("id")
				.asLong();
			service.ended("check-capacity", check);
			dump("counted/dumpfiles/dev_counted-0_heapDump.hprof");
			assertThat(service.post("/actuator/holds", Service.OPERATOR,
					"{\"volume\":\"counted\",\"key\":\"dumpfiles/dev_counted-0_heapDump.hprof\",\"for\":\"1h\",\"why\":\"-\"}")
				.statusCode()).isEqualTo(200);
			Awaitility.await()
				.atMost(SOON)
				.until(() -> service.get("/actuator/prometheus", Service.VIEWER)
					.body()
					.contains("dumpkeeper_pod_last_dump{pod=\"counted-0\"} 1."));
			Awaitility.await()
				.atMost(SOON)
				.until(() -> service.get("/actuator/prometheus", Service.VIEWER)
					.body()
					.contains("dumpkeeper_volume_objects{volume=\"operated\"} 1.0")
						&& service.get("/actuator/prometheus", Service.VIEWER)
							.body()
							.contains("dumpkeeper_volume_capacity_bytes{volume=\"operated\"}"));
			String page = service.get("/actuator/prometheus", Service.VIEWER).body();
			assertThat(page)
				.contains("dumpkeeper_pass_seconds_count{job=\"measure-usage\",outcome=\"ok\"} 1",
						"dumpkeeper_last_success{job=\"measure-usage\"}", "dumpkeeper_dumps_unnotified ",
						"dumpkeeper_messages_total{outcome=\"delivered\"} 0", "dumpkeeper_objects_expired_total",
						"dumpkeeper_bytes_freed_bytes_total", "dumpkeeper_objects_failed_total",
						"dumpkeeper_volume_used_bytes{volume=\"operated\"}", "dumpkeeper_messages_waiting 0",
						"dumpkeeper_brake_refused 0",
						"dumpkeeper_volume_forecast_bytes{quantile=\"0.9\",volume=\"operated\"}",
						"dumpkeeper_volume_level{volume=\"operated\"} 0.0",
						"dumpkeeper_volume_level{volume=\"crowded\"} 3.0",
						"dumpkeeper_volume_crossing{quantile=\"0.5\",volume=\"crowded\"} 1.",
						"dumpkeeper_volume_crossing{quantile=\"0.9\",volume=\"crowded\"} 1.",
						"dumpkeeper_trash_bytes{source=\"metrics\"} 9.9")
				.doesNotContain("dumpkeeper_volume_crossing{quantile=\"0.9\",volume=\"operated\"}");
			// What alerts and the dashboard may use.
			assertThat(Files.readAllLines(Path.of("k8s/monitoring/metrics.txt")))
				.filteredOn((name) -> name.startsWith("dumpkeeper_"))
				.hasSizeGreaterThan(10)
				.allSatisfy((name) -> assertThat(page).containsPattern("(?m)^" + name + "[{ ]"));
			assertThat(service.get("/actuator/prometheus", null).statusCode()).isEqualTo(401);
		}
		finally {
			metrics.stop(0);
		}
	}

	private Dumpkeeper quiet() {
		return quiet(this.proxy.endpoint(), this.database).with("dumpkeeper.wecom.webhook-url", this.robot.url())
			.with("dumpkeeper.wecom.language", "en");
	}

	/** Nothing happens by itself. */
	private static Dumpkeeper quiet(URI gateway, String database) {
		return Dumpkeeper.on(gateway)
			.database(DatabaseServer.shared(), database)
			.with("dumpkeeper.schedule.maintenance", "-")
			.with("dumpkeeper.schedule.daily-report", "-")
			.with("dumpkeeper.schedule.reconcile", "-")
			.with("dumpkeeper.hook.token", TOKEN)
			.with("dumpkeeper.hook.group-wait", "0s")
			.with("dumpkeeper.security.users-file", Service.users());
	}

	private static void dump(String path) {
		site.write(path, HeapDumps.complete(Instant.now()), Duration.ZERO);
	}

	private void reported(int pages) {
		Awaitility.await().atMost(SOON).until(() -> this.robot.delivered().size() == pages);
	}

	private long query(String sql) {
		return DatabaseServer.shared().count(this.database, sql);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
