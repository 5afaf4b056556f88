package dev.dumpkeeper.capacity;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetricsPage}.
 */
class MetricsPageTests {

	private static final String PAGE = """
			# HELP juicefs_used_space Total used space in bytes.
			# TYPE juicefs_used_space gauge
			juicefs_used_space{instance="a}b",juicefs_version="1.4.2",mp="s3gateway",vol_name="lab"} 1.2345e+09
			juicefs_used_space{instance="b",vol_name="lab"} 7 1700000000000
			juicefs_used_space_other 99e9
			juicefs_used_inodes{vol_name="lab"} 3
			juicefs_total_space{vol_name="lab"} 1.125899906842624e+15
			""";

	private final CountDownLatch over = new CountDownLatch(1);

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.over.countDown();
		this.server.stop(0);
	}

	@Test
	void twoLinesAreRead() {
		serve((exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			try (OutputStream body = exchange.getResponseBody()) {
				body.write(PAGE.getBytes(StandardCharsets.UTF_8));
			}
		});
		assertThat(read()).isEqualTo(new MetricsPage.Answer(new MetricsPage.Whole(1_234_500_000L, 1L << 50), ""));
	}

	@Test
	void withoutAnAddressNothingIsAskedAndNothingIsWrong() {
		assertThat(new MetricsPage(null).read()).isEqualTo(new MetricsPage.Answer(null, ""));
	}

	@Test
	void nonsenseIsNoNumber() {
		assertThat(MetricsPage.parse("juicefs_used_space NaN\njuicefs_used_space{ 5\njuicefs_used_space x\n"
				+ "juicefs_used_space\njuicefs_used_space -5\n\u0000\uFFFD"))
			.isNull();
		assertThat(MetricsPage.parse("juicefs_used_space 5")).isEqualTo(new MetricsPage.Whole(5, null));
	}

	@Test
	void aRedirectIsNotFollowed() {
		serve((exchange) -> {
			exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
			exchange.sendResponseHeaders(302, -1);
			exchange.close();
		});
		assertThat(read().problem()).contains("dumpkeeper.capacity.metrics-url answers with HTTP 302");
	}

	@Test
	void whoNeverStopsIsReadToTheLimitOnly() {
		serve((exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			byte[] line = "x".repeat(65536).getBytes(StandardCharsets.UTF_8);
			try (OutputStream body = exchange.getResponseBody()) {
				for (int i = 0; i < 10_000; i++) {
					body.write(line);
				}
			}
		});
		assertThat(read().problem()).contains("does not contain juicefs_used_space");
	}

	@Test
	void whoStopsInTheMiddleIsNotWaitedFor() {
		serve((exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().write(PAGE.getBytes(StandardCharsets.UTF_8));
			exchange.getResponseBody().flush();
			try {
				this.over.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		assertThat(new MetricsPage(url(), Duration.ofSeconds(1)).read().problem())
			.contains("does not answer within 1 s");
	}

	@Test
	void nobodyThereIsSaidWithoutTheAddress() {
		String problem = new MetricsPage(URI.create("http://user:secret@127.0.0.1:1/metrics")).read().problem();
		assertThat(problem).contains("cannot be reached").doesNotContain("secret", "127.0.0.1");
	}

	private MetricsPage.Answer read() {
		return new MetricsPage(url()).read();
	}

	private URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/metrics");
	}

	private void serve(HttpHandler handler) {
		this.server.createContext("/metrics", handler);
	}

}
