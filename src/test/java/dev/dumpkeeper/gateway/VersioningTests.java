package dev.dumpkeeper.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Versioning}, by what stores answer: JuiceFS 1.3.1 and 1.4.2 know
 * neither question and answer 501.
 */
class VersioningTests {

	private HttpServer server;

	private String versioning = "";

	private String lock = "";

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/data", this::answer);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	private void answer(HttpExchange exchange) throws IOException {
		String query = exchange.getRequestURI().getRawQuery();
		String[] answer = (query.startsWith("versioning") ? this.versioning
				: query.startsWith("object-lock") ? this.lock : "500 what?")
			.split(" ", 2);
		byte[] body = answer[1].getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(Integer.parseInt(answer[0]), body.length);
		try (exchange) {
			exchange.getResponseBody().write(body);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					501 <Error><Code>NotImplemented</Code></Error>                                  | - | NONE
					200 <VersioningConfiguration/>                                                  | - | OFF
					403 <Error><Code>AccessDenied</Code></Error>                                    | - | UNKNOWN
					200 <html/>                                                                     | - | NONE
					200 <VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration> | 404 <Error><Code>ObjectLockConfigurationNotFoundError</Code></Error> | ON
					200 <VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration> | 403 <Error><Code>AccessDenied</Code></Error> | ON
					200 <VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration> | 404 <Error/> | ON
					200 <VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration> | 200 <ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration> | LOCKED
					""")
	void whatAStoreAnswersDecidesWhatItKeeps(String versioning, String lock, Versioning expected) {
		this.versioning = versioning;
		this.lock = lock;
		assertThat(bucket().versioning()).isEqualTo(expected);
	}

	@Test
	void aStoreThatIsAwaySaysNothing() {
		this.versioning = "503 <Error><Code>SlowDown</Code></Error>";
		assertThatExceptionOfType(GatewayException.class).isThrownBy(bucket()::versioning)
			.extracting(GatewayException::kind)
			.isEqualTo(GatewayException.Kind.UNAVAILABLE);
	}

	private DumpBucket bucket() {
		URI endpoint = URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
		return TestGateways.open(endpoint).volume("data");
	}

}
