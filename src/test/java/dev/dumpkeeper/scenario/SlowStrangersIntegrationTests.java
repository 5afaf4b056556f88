package dev.dumpkeeper.scenario;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.SlowClients;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Strangers who take their time, more of them than a port has threads: probes, operators
 * and pods are answered meanwhile.
 */
class SlowStrangersIntegrationTests {

	private static final int MANY = 250;

	/** Less than the five seconds for which a slow body may hold a thread. */
	private static final Duration SOON = Duration.ofSeconds(3);

	private static final String TOKEN = "pods-may-call";

	private static Site site;

	private static FaultyProxy proxy;

	private static Service service;

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(SOON)
		.build();

	@BeforeAll
	static void start() {
		site = Site.s3proxy(false).start((volumes) -> volumes.young("slow/dumpfiles/.keep"));
		proxy = FaultyProxy.to(site.endpoint());
		service = Dumpkeeper.on(proxy.endpoint())
			.database(DatabaseServer.shared(), DatabaseServer.shared().migratedDatabase("slow"))
			.with("dumpkeeper.schedule.maintenance", "-")
			.with("dumpkeeper.schedule.daily-report", "-")
			.with("dumpkeeper.schedule.reconcile", "-")
			.with("dumpkeeper.hook.token", TOKEN)
			.with("dumpkeeper.security.users-file", Service.users())
			.service()
			.up();
	}

	@AfterAll
	static void stop() {
		service.close();
		proxy.close();
		site.close();
	}

	@ParameterizedTest
	@CsvSource({ "management, POST /actuator/holds, application/json", "management, POST /anything, application/json",
			"management, POST /actuator/health, text/plain",
			"management, PUT /actuator/holds, application/x-www-form-urlencoded",
			"management, GET /actuator/health/liveness, application/json", "application, POST /hooks/dump, text/plain",
			"application, PUT /anything, application/x-www-form-urlencoded" })
	void slowBodiesHoldNobodyUp(String port, String request, String type) throws Exception {
		try (SlowClients slow = slow(port,
				request + " HTTP/1.1\r\nHost: a\r\nContent-Type: " + type + "\r\nContent-Length: 1000\r\n\r\n")) {
			assertServes();
		}
	}

	@ParameterizedTest
	@CsvSource({ "management", "application" })
	void slowHeadsHoldNobodyUp(String port) throws Exception {
		try (SlowClients slow = slow(port, "POST /anything HTTP/1.1\r\nX-Slow: ")) {
			assertServes();
			Awaitility.await("all are let go of").atMost(Duration.ofSeconds(20)).until(() -> slow.connected() == 0);
		}
	}

	@Test
	void whoAsksForTheHealthOfAGatewayThatHangsHoldsNobodyUp() throws Exception {
		service.get("/actuator/jobs", Service.VIEWER);
		proxy.on((request) -> true).hang();
		try (SlowClients slow = slow("management", "GET /actuator/health HTTP/1.1\r\nHost: a\r\n\r\n")) {
			assertServes();
		}
		finally {
			proxy.clear();
		}
	}

	private static SlowClients slow(String port, String begin) {
		URI address = port.equals("management") ? service.management("/") : service.application("/");
		return new SlowClients(address.getPort(), MANY, begin, Duration.ofSeconds(4));
	}

	private void assertServes() throws Exception {
		for (int i = 0; i < 3; i++) {
			assertThat(send(HttpRequest.newBuilder(service.management("/actuator/health/liveness"))).statusCode())
				.isEqualTo(200);
			HttpResponse<String> held = send(HttpRequest.newBuilder(service.management("/actuator/holds"))
				.header("Content-Type", "application/json")
				.header("Authorization",
						"Basic " + Base64.getEncoder()
							.encodeToString(Service.OPERATOR.getBytes(StandardCharsets.UTF_8)))
				.POST(BodyPublishers.ofString("{\"volume\":\"slow\"}")));
			assertThat(held.statusCode()).as("what an operator sends is read").isEqualTo(400);
			assertThat(held.body()).contains("key must be a text");
			assertThat(send(HttpRequest.newBuilder(service.application("/hooks/dump"))
				.header("Authorization", "Bearer " + TOKEN)
				.POST(BodyPublishers.ofString("{}"))).statusCode()).as("and what a pod sends").isIn(400, 429);
		}
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.timeout(SOON).build(), BodyHandlers.ofString());
	}

}
