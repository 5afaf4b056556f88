package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.Wire;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Traces of a service, as a collector gets them.
 */
class TracingIntegrationTests {

	private static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

	@Test
	void aRunIsATraceOfItsStepsOnceSomebodySaysWhereTo() throws IOException {
		List<String> received = new CopyOnWriteArrayList<>();
		HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		collector.createContext("/v1/traces", (exchange) -> {
			// Protocol buffers hold texts as they are.
			received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		collector.start();
		try (Site site = site();
				Service service = quiet(site)
					.with(ENDPOINT, "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces")
					.service()
					.up()) {
			run(service);
			assertThat(service.follow("/d/1.a-token-nobody-may-know").statusCode()).isEqualTo(404);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> received.stream().anyMatch((spans) -> spans.contains("measure-usage")));
			service.process().terminate();
			assertThat(service.process().await(Duration.ofSeconds(10)).exitCode()).isEqualTo(143);
			String all = String.join("\n", received);
			assertThat(all).contains("dumpkeeper", "measure-usage", "scanVolumes", "http get /d/{token}")
				.doesNotContain("a-token-nobody-may-know", "turn-it-on");
		}
		finally {
			collector.stop(0);
		}
	}

	@Test
	void aCollectorThatIsAwayKeepsNothingFromEnding() throws IOException {
		try (Site site = site();
				Wire nobody = Wire.to(DatabaseServer.shared().port());
				Service service = quiet(site).with(ENDPOINT, "http://127.0.0.1:" + nobody.port() + "/v1/traces")
					.service()
					.up()) {
			nobody.cut();
			run(service);
			service.process().terminate();
			Result ended = service.process().await(Duration.ofSeconds(10));
			assertThat(ended.exitCode()).as(ended.err()).isEqualTo(143);
		}
	}

	private static Site site() {
		return Site.s3proxy(false).start((volumes) -> volumes.young("jfsdata/dumpfiles/.keep"));
	}

	private static void run(Service service) {
		long id = Service.json(service.post("/actuator/jobs/measure-usage", Service.OPERATOR, "{}"))
			.path("id")
			.asLong();
		assertThat(service.ended("measure-usage", id).at("/run/exitCode").asInt(-1)).isZero();
	}

	private static Dumpkeeper quiet(Site site) {
		return Dumpkeeper.on(site.endpoint())
			.database(DatabaseServer.shared(), DatabaseServer.shared().migratedDatabase("tracing"))
			.with("dumpkeeper.schedule.maintenance", "-")
			.with("dumpkeeper.schedule.daily-report", "-")
			.with("dumpkeeper.schedule.reconcile", "-")
			.with("dumpkeeper.security.users-file", Service.users());
	}

}
