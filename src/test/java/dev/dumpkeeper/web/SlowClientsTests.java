package dev.dumpkeeper.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

import dev.dumpkeeper.lab.SlowClients;
import dev.dumpkeeper.run.InvalidRequestException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients with a byte every few seconds, before a port with {@link ClientLimits}: they
 * hold none of its threads, and none of its connections for long.
 */
class SlowClientsTests {

	/** More than the port has threads. */
	private static final int MANY = 50;

	private static final Duration SOON = Duration.ofSeconds(2);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(SOON)
		.build();

	private WebServer server;

	@BeforeEach
	void start() {
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
		ClientLimits.set(factory);
		factory.addConnectorCustomizers((connector) -> {
			connector.setProperty("maxThreads", "20");
			connector.setProperty("connectionTimeout", "10000");
			connector.setProperty("maxSwallowSize", "0");
		});
		this.server = factory.getWebServer((context) -> {
			ServletRegistrationBean<HttpServlet> refusing = new ServletRegistrationBean<>(new Refusing(), "/");
			refusing.onStartup(context);
			ServletRegistrationBean<HttpServlet> reading = new ServletRegistrationBean<>(new Reading(), "/read");
			reading.onStartup(context);
			FilterRegistrationBean<FormBodyFilter> forms = new FilterRegistrationBean<>(new FormBodyFilter());
			forms.addUrlPatterns("/form");
			forms.onStartup(context);
			ServletRegistrationBean<HttpServlet> form = new ServletRegistrationBean<>(new Form(), "/form");
			form.onStartup(context);
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 1000", "Transfer-Encoding: chunked",
			"Content-Length: 1000\r\nContent-Type: application/x-www-form-urlencoded",
			"Content-Length: 1000\r\nExpect: 100-continue", "Content-Length: 1000000000" })
	void aBodyThatNobodyReadsHoldsNoThread(String header) throws Exception {
		try (SlowClients slow = slow("POST /any HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n")) {
			assertAnswersSoon();
			Awaitility.await("all are let go of").atMost(Duration.ofSeconds(8)).until(() -> slow.connected() == 0);
		}
	}

	@Test
	void aBodyThatSomebodyReadsHoldsAThreadForSecondsOnly() {
		try (SlowClients slow = new SlowClients(this.server.getPort(), 15,
				"POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n", Duration.ofMillis(500))) {
			Awaitility.await("all are let go of").atMost(Duration.ofSeconds(10)).until(() -> slow.connected() == 0);
		}
	}

	@Test
	void slowFormsKeepNobodyFromSendingAWholeOne() throws Exception {
		String head = "POST /form HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n";
		try (SlowClients slow = new SlowClients(this.server.getPort(), FormBodyFilter.WAITED_FOR_AT_ONCE,
				head + "Content-Length: 1000\r\n\r\n", Duration.ofMillis(500))) {
			Awaitility.await("no further slow one is read")
				.atMost(Duration.ofSeconds(3))
				.until(() -> answer(head + "Content-Length: 11\r\n\r\nname=").startsWith("HTTP/1.1 503"));
			assertThat(answer(head + "Content-Length: 9\r\n\r\nname=otto")).startsWith("HTTP/1.1 200").endsWith("otto");
			assertThat(slow.connected()).as("all the while").isEqualTo(FormBodyFilter.WAITED_FOR_AT_ONCE);
		}
	}

	/** What is answered to a request that is sent at once. */
	private String answer(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.getPort())) {
			socket.setSoTimeout(5000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

	@Test
	void aBodyOfUnknownLengthIsNotRead() throws Exception {
		HttpResponse<String> answer = this.client.send(HttpRequest.newBuilder(address("/read"))
			.POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("{}")))
			.build(), BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("Content-Length");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", "GET /", "\r\n" })
	void aHeadThatDoesNotEndIsGivenUp(String begin) throws Exception {
		try (SlowClients slow = slow(begin)) {
			assertAnswersSoon();
			Awaitility.await("all are let go of").atMost(Duration.ofSeconds(20)).until(() -> slow.connected() == 0);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 10, 8000, 200_000 })
	void whoSendsAnHonestBodySeesTheRefusal(int length) throws Exception {
		HttpResponse<String> answer = this.client.send(
				HttpRequest.newBuilder(address("/any")).POST(BodyPublishers.ofString("a".repeat(length))).build(),
				BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(403);
	}

	@Test
	void anHonestBodyIsRead() throws Exception {
		HttpResponse<String> answer = this.client.send(
				HttpRequest.newBuilder(address("/read")).POST(BodyPublishers.ofString("a".repeat(1000))).build(),
				BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("1000");
	}

	private SlowClients slow(String begin) {
		return new SlowClients(this.server.getPort(), MANY, begin, Duration.ofSeconds(4));
	}

	private void assertAnswersSoon() throws IOException, InterruptedException {
		for (int i = 0; i < 5; i++) {
			assertThat(this.client
				.send(HttpRequest.newBuilder(address("/any")).timeout(SOON).build(), BodyHandlers.ofString())
				.statusCode()).isEqualTo(403);
		}
	}

	private URI address(String path) {
		return URI.create("http://127.0.0.1:" + this.server.getPort() + path);
	}

	private static final class Refusing extends HttpServlet {

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) {
			response.setStatus(403);
		}

	}

	private static final class Form extends HttpServlet {

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.getOutputStream().print(request.getParameter("name"));
		}

	}

	private static final class Reading extends HttpServlet {

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
			String answer;
			try {
				answer = Integer.toString(SmallBody.read(request, 8192).length);
			}
			catch (InvalidRequestException ex) {
				response.setStatus(400);
				answer = ex.getMessage();
			}
			response.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
		}

	}

}
