package dev.dumpkeeper.lab;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FaultyProxy}.
 */
class FaultyProxyTests {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final List<String> served = new CopyOnWriteArrayList<>();

	private HttpServer server;

	private FaultyProxy proxy;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::echo);
		this.server.start();
		this.proxy = FaultyProxy.to(URI.create("http://127.0.0.1:" + this.server.getAddress().getPort()));
	}

	@AfterEach
	void stop() {
		this.proxy.close();
		this.server.stop(0);
	}

	@Test
	void passesEverythingOn() throws Exception {
		assertThat(send("GET", "/b/k%20+%2B?list-type=2&prefix=a%2F", "").body())
			.isEqualTo("GET /b/k%20+%2B?list-type=2&prefix=a%2F " + this.proxy.endpoint().getAuthority() + " ");
		assertThat(send("PUT", "/b/k", "content").body()).endsWith(" content");
		BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[] { 'x' }));
		assertThat(send("PUT", "/b/chunked", chunked).body()).endsWith(" x");
		assertThat(send("GET", "/chunked", "").body()).startsWith("GET /chunked");
		HttpResponse<String> head = send("HEAD", "/b/k", "");
		assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(4711);
		assertThat(send("DELETE", "/b/k", "").statusCode()).isEqualTo(204);
		assertThat(this.proxy.requests()).hasSize(6).contains(new FaultyProxy.Request("DELETE", "/b/k"));
		assertThat(this.proxy.count("PUT")).isEqualTo(2);
	}

	@Test
	void answersInTheServersPlace() throws Exception {
		this.proxy.on("GET", "/k").times(1).answer(503, "text/plain", "busy");
		HttpResponse<String> first = send("GET", "/k", "");
		assertThat(first.statusCode()).isEqualTo(503);
		assertThat(first.body()).isEqualTo("busy");
		assertThat(this.served).isEmpty();
		assertThat(send("GET", "/k", "").statusCode()).isEqualTo(200);
	}

	@Test
	void losesConnections() throws Exception {
		this.proxy.on("DELETE", "/before").reset();
		this.proxy.on("DELETE", "/after").forwardThenReset();
		this.proxy.on("GET", "/cut").truncate(3);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> send("DELETE", "/before", ""));
		assertThat(this.served).isEmpty();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> send("DELETE", "/after", ""));
		assertThat(this.served).containsOnly("DELETE /after");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> send("GET", "/cut", ""));
	}

	@Test
	void takesItsTime() throws Exception {
		this.proxy.on("GET", "/slow").delay(Duration.ofMillis(300));
		this.proxy.on("GET", "/never").hang();
		long start = System.nanoTime();
		send("GET", "/slow", "");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
		assertThatExceptionOfType(HttpTimeoutException.class).isThrownBy(() -> send("GET", "/never", ""));
	}

	@Test
	void changesAnswers() throws Exception {
		this.proxy.on("GET", "/")
			.transformBody((body) -> new String(body, StandardCharsets.UTF_8).toLowerCase().substring(0, 5).getBytes());
		assertThat(send("GET", "/k", "").body()).isEqualTo("get /");
	}

	@Test
	void doesSomethingInBetween() throws Exception {
		this.proxy.on("GET", "/").before(() -> this.served.add("before"));
		this.proxy.on("HEAD", "/").after(() -> this.served.add("after"));
		send("GET", "/k", "");
		send("HEAD", "/k", "");
		assertThat(this.served).containsExactly("before", "GET /k", "HEAD /k", "after");
	}

	private HttpResponse<String> send(String method, String target, String body) throws Exception {
		return send(method, target, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
	}

	private HttpResponse<String> send(String method, String target, BodyPublisher body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.proxy.endpoint() + target))
			.method(method, body)
			.timeout(Duration.ofSeconds(2))
			.build();
		return this.client.send(request, BodyHandlers.ofString());
	}

	private void echo(HttpExchange exchange) throws IOException {
		String method = exchange.getRequestMethod();
		String target = exchange.getRequestURI().toString();
		String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		this.served.add(method + " " + target);
		byte[] answer = "%s %s %s %s".formatted(method, target, exchange.getRequestHeaders().getFirst("Host"), content)
			.getBytes(StandardCharsets.UTF_8);
		switch (method) {
			case "HEAD" -> {
				exchange.getResponseHeaders().set("Content-Length", "4711");
				exchange.sendResponseHeaders(200, -1);
			}
			case "DELETE" -> exchange.sendResponseHeaders(204, -1);
			default -> {
				exchange.sendResponseHeaders(200, target.contains("chunked") ? 0 : answer.length);
				exchange.getResponseBody().write(answer);
			}
		}
		exchange.close();
	}

}
