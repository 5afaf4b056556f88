package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FakeRobot.Fault;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.TestGateway;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets that are planted in every place they can come from, and searched for in
 * everything that is written: the output, the database, and what the service answers.
 */
class SecretsIntegrationTests {

	private static final Map<String, String> SECRETS = Map.of("the gateway's secret key", TestGateway.SECRET_KEY,
			"the robot's key", FakeRobot.KEY, "the database's password", "canary-database", "the hook's token",
			"canary-hook", "the heartbeat's address", "canary-heartbeat", "a password", "turn-it-on",
			"a wrong password", "canary-guess", "a signature", "X-Amz-Signature");

	@Test
	void noSecretIsEverWrittenWhateverFails() throws Exception {
		String database = DatabaseServer.shared().newDatabase("secrets");
		DatabaseServer.shared().grant(database, "canary", "canary-database");
		try (Site site = Site.s3proxy(false).start((volumes) -> volumes.young("jfsdata/dumpfiles/.keep"));
				FaultyProxy proxy = FaultyProxy.to(site.endpoint());
				FaultyProxy heart = FaultyProxy.to(site.endpoint());
				FakeRobot robot = FakeRobot.start()) {
			heart.on((request) -> request.target().endsWith("/start")).answer(302, "text/plain", "elsewhere");
			heart.on((request) -> request.target().contains("canary")).answer(500, "text/plain", "no");
			Path users = Service.users();
			Dumpkeeper dumpkeeper = Dumpkeeper.on(proxy.endpoint())
				.database(DatabaseServer.shared().jdbcUrl(database), "canary", "canary-database")
				.with("dumpkeeper.wecom.webhook-url", robot.url())
				.with("dumpkeeper.wecom.timeout", "1s")
				.with("dumpkeeper.wecom.retry-for", "0s")
				.with("dumpkeeper.hook.token", "canary-hook")
				.with("dumpkeeper.hook.group-wait", "0s")
				.with("dumpkeeper.heartbeat.url", heart.endpoint() + "/ping/canary-heartbeat")
				.with("dumpkeeper.schedule.maintenance", "-")
				.with("dumpkeeper.schedule.daily-report", "-")
				.with("dumpkeeper.schedule.reconcile", "-")
				.with("dumpkeeper.security.users-file", users)
				.with("logging.structured.format.console", "ecs")
				.with("logging.level.dev.dumpkeeper", "DEBUG");
			List<String> written = new ArrayList<>();
			Map<String, String> hashes = new TreeMap<>();
			for (String line : Files.readAllLines(users)) {
				if (line.contains("{bcrypt}")) {
					hashes.put("the hash of " + line.split(" ")[0], line.substring(line.indexOf("{bcrypt}") + 8));
				}
			}
			try (Service service = dumpkeeper.service().up()) {
				site.write("jfsdata/dumpfiles/dev_a-0_heapDump.hprof", HeapDumps.complete(Instant.now()),
						Duration.ZERO);
				robot.script(Fault.errcode(93000), Fault.status(502), Fault.reset(), Fault.hang(), Fault.none());
				for (int i = 0; i < 3; i++) {
					pass(service);
				}
				proxy.on((request) -> request.method().equals("GET"))
					.times(3)
					.answer(403, "application/xml", "<Error/>");
				pass(service);
				service.hook("canary-hook", "{\"volume\":\"jfsdata\",\"key\":\"dumpfiles/dev_b-0_heapDump.hprof\"}");
				service.hook("canary-guess", "{}");
				service.get("/actuator/jobs", "otto:canary-guess");
				service.get("/actuator/jobs", "canary-guess:canary-guess");
				for (String path : new String[] { "health", "info", "jobs", "jobs/maintenance", "prometheus", "env",
						"configprops", "heapdump", "jobs/maintenance/1" }) {
					HttpResponse<String> answer = service.get("/actuator/" + path, Service.OPERATOR);
					written.add(path + ": " + answer.body() + answer.headers().map());
				}
				service.process().terminate();
				Result ended = service.process().await(Duration.ofSeconds(15));
				written.add("output: " + ended.out() + ended.err());
				assertThat(ended.err()).as("JSON lines")
					.contains("\"log\":{\"level\":\"INFO\"", "\"job\":\"maintenance\"", "\"run\":\"1\"");
			}
			Result wrong = dumpkeeper.with("spring.datasource.password", "canary-guess").run("maintenance");
			assertThat(wrong.exitCode()).isEqualTo(7);
			written.add("wrong password: " + wrong.out() + wrong.err());
			Result denied = dumpkeeper.with("dumpkeeper.gateway.endpoint", site.endpoint())
				.with("dumpkeeper.gateway.secret-key", "canary-guess")
				.run("maintenance");
			written.add("wrong key: " + denied.out() + denied.err());
			written.add("database: " + everything(database));
			String all = String.join("\n", written);
			assertThat(heart.requests()).as("the heartbeat was tried").isNotEmpty();
			assertThat(robot.requests()).as("the robot was tried").isGreaterThan(2);
			assertThat(all).contains("dev_a-0", "93000");
			SECRETS.forEach((name, secret) -> assertThat(where(all, secret)).as(name).isEmpty());
			hashes.forEach((name, hash) -> assertThat(where(all, hash)).as(name).isEmpty());
		}
	}

	private static void pass(Service service) {
		HttpResponse<String> started = service.post("/actuator/jobs/maintenance", Service.OPERATOR, "{}");
		if (started.statusCode() == 202) {
			long id = Service.json(started).path("id").asLong();
			service.ended("maintenance", id);
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> service.post("/actuator/jobs/no-job", Service.OPERATOR, "{}").statusCode() == 404);
		}
	}

	/** The lines that have it. */
	private static List<String> where(String all, String secret) {
		return all.lines().filter((line) -> line.contains(secret)).map((line) -> excerpt(line, secret)).toList();
	}

	private static String excerpt(String line, String secret) {
		int at = line.indexOf(secret);
		return line.substring(Math.max(0, at - 200), Math.min(line.length(), at + secret.length() + 20));
	}

	private static String everything(String database) throws SQLException, IOException {
		StringBuilder all = new StringBuilder();
		try (Connection connection = DatabaseServer.shared().connect(database);
				ResultSet tables = connection.getMetaData().getTables(database, null, "%", new String[] { "TABLE" })) {
			while (tables.next()) {
				String table = tables.getString("TABLE_NAME");
				try (Statement statement = connection.createStatement();
						ResultSet rows = statement.executeQuery("SELECT * FROM `" + table + "`")) {
					while (rows.next()) {
						for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
							byte[] bytes = rows.getBytes(column);
							all.append(table).append(' ');
							all.append(
									(bytes != null) ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8) : "");
							all.append('\n');
						}
					}
				}
			}
		}
		return all.toString();
	}

}
