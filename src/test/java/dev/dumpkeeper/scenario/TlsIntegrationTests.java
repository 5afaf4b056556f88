package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import dev.dumpkeeper.lab.Lab;
import dev.dumpkeeper.lab.DatabaseServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Both ports over TLS, with a certificate out of a bundle.
 */
class TlsIntegrationTests {

	private static final String PASSWORD = "only-for-this-test";

	@TempDir
	private Path directory;

	@Test
	void bothPortsSpeakTlsOutOfABundleAndNothingElse() throws Exception {
		Path store = this.directory.resolve("server.p12");
		Lab.run(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "web",
				"-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost", "-ext", "SAN=IP:127.0.0.1",
				"-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD);
		try (Site site = Site.s3proxy(false).start((volumes) -> volumes.young("jfsdata/dumpfiles/.keep"));
				Service service = Dumpkeeper.on(site.endpoint())
					.database(DatabaseServer.shared(), DatabaseServer.shared().newDatabase("tls"))
					.with("dumpkeeper.schedule.reconcile", "-")
					.with("dumpkeeper.hook.token", "pods-may-call")
					.with("dumpkeeper.security.users-file", Service.users())
					.with("spring.ssl.bundle.jks.web.keystore.location", store.toUri())
					.with("spring.ssl.bundle.jks.web.keystore.password", PASSWORD)
					.with("spring.ssl.bundle.jks.web.keystore.type", "PKCS12")
					.with("server.ssl.bundle", "web")
					.with("management.server.ssl.bundle", "web")
					.service()) {
			HttpClient trusting = HttpClient.newBuilder().sslContext(trust(store)).build();
			Awaitility.await()
				.atMost(Duration.ofSeconds(120))
				.ignoreExceptionsInstanceOf(IOException.class)
				.failFast("it ended", () -> !service.process().isAlive())
				.until(() -> get(trusting, secure(service.management("/actuator/health/readiness")))
					.statusCode() == 200);
			assertThat(get(trusting, secure(service.management("/actuator/jobs"))).statusCode()).isEqualTo(401);
			assertThat(get(trusting, secure(service.application("/d/1"))).statusCode()).isEqualTo(404);
			HttpClient strict = HttpClient.newHttpClient();
			assertThatThrownBy(() -> get(strict, secure(service.management("/actuator/health"))))
				.isInstanceOf(IOException.class);
			// A client without TLS gets an error and nothing else.
			HttpResponse<String> plain = get(strict, service.management("/actuator/health"));
			assertThat(plain.statusCode()).isEqualTo(400);
			assertThat(plain.body()).contains("requires TLS").doesNotContain("status");
			assertThat(get(strict, service.application("/d/1")).statusCode()).isEqualTo(400);
			assertThat(service.process().output()).doesNotContain(PASSWORD);
		}
	}

	private static SSLContext trust(Path store) throws Exception {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("web", keys.getCertificate("web"));
		TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		managers.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, managers.getTrustManagers(), null);
		return context;
	}

	private static HttpResponse<String> get(HttpClient client, URI address) throws IOException, InterruptedException {
		return client.send(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build(),
				BodyHandlers.ofString());
	}

	private static URI secure(URI address) {
		return URI.create(address.toString().replaceFirst("^http:", "https:"));
	}

}
