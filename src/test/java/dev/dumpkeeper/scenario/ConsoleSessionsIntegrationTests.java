package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.lab.DatabaseServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two processes of the service on one database: who is signed in to the console stays so
 * at both, whichever of them ends.
 */
class ConsoleSessionsIntegrationTests {

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	// Cookies belong to a host, whatever its port: replicas behind one address.
	private final HttpClient browser = HttpClient.newBuilder()
		.cookieHandler(new CookieManager())
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	@Test
	void aSessionIsServedByBothReplicasAndOutlivesAKillAndARestart() throws Exception {
		Dumpkeeper console = Dumpkeeper.on(URI.create("http://127.0.0.1:1"))
			.database(DatabaseServer.shared(), DatabaseServer.shared().migratedDatabase("sessions"))
			.with("dumpkeeper.schedule.maintenance", "-")
			.with("dumpkeeper.schedule.daily-report", "-")
			.with("dumpkeeper.schedule.reconcile", "-")
			.with("dumpkeeper.security.users-file", Service.users());
		try (Service one = console.service(); Service two = console.service()) {
			one.up();
			two.up();
			assertThat(get(one, "/console/audit").statusCode()).isEqualTo(302);
			String token = token(get(one, "/console/sign-in"));
			assertThat(post(one, "/console/sign-in", "name=otto&password=turn-it-on&_csrf=" + token).statusCode())
				.isEqualTo(302);
			assertThat(get(one, "/console/audit").statusCode()).isEqualTo(200);
			assertThat(get(two, "/console/audit").body()).contains("otto");
			one.process().kill();
			assertThat(get(two, "/console/audit").statusCode()).isEqualTo(200);
			try (Service again = console.service().up()) {
				HttpResponse<String> page = get(again, "/console/audit");
				assertThat(page.statusCode()).isEqualTo(200);
				// A form of one replica is taken by another.
				assertThat(post(two, "/console/sign-out", "_csrf=" + token(page)).headers().firstValue("Location"))
					.hasValue("/console/sign-in?out");
				assertThat(get(again, "/console/audit").statusCode()).isEqualTo(302);
			}
		}
	}

	private static String token(HttpResponse<String> page) {
		Matcher token = TOKEN.matcher(page.body());
		assertThat(token.find()).isTrue();
		return token.group(1);
	}

	private HttpResponse<String> get(Service service, String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(service.application(path)));
	}

	private HttpResponse<String> post(Service service, String path, String form)
			throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(service.application(path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form)));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.browser.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
	}

}
