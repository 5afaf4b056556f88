package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

import org.awaitility.Awaitility;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service as a process, and what it answers.
 */
final class Service implements AutoCloseable {

	static final String VIEWER = "vera:look-at-it";

	static final String OPERATOR = "otto:turn-it-on";

	private final HttpClient client = HttpClient.newBuilder()
		.followRedirects(HttpClient.Redirect.NEVER)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final Dumpkeeper.Running process;

	private final int port;

	private final int management;

	Service(Dumpkeeper.Running process, int port, int management) {
		this.process = process;
		this.port = port;
		this.management = management;
	}

	/** A users file with one of each role. */
	static Path users() {
		try {
			BCryptPasswordEncoder encoder = new BCryptPasswordEncoder(4);
			Path file = Files.createTempFile("users-", "");
			file.toFile().deleteOnExit();
			return Files.writeString(file, "# who may do what\nvera viewer {bcrypt}" + encoder.encode("look-at-it")
					+ "\n\notto operator {bcrypt}" + encoder.encode("turn-it-on") + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits until it is ready. */
	Service up() {
		Awaitility.await("the service is up").atMost(Duration.ofSeconds(180)).until(() -> {
			if (!this.process.isAlive()) {
				throw new AssertionError("it ended: " + this.process.output());
			}
			try {
				return get("/actuator/health/readiness", null).statusCode() == 200;
			}
			catch (UncheckedIOException ex) {
				return false;
			}
		});
		return this;
	}

	/** Asks the management port. */
	HttpResponse<String> get(String path, String user) {
		return send(HttpRequest.newBuilder(management(path)).GET(), user);
	}

	/** Asks the management port, and says to pass it on for somebody. */
	HttpResponse<String> get(String path, String user, String forwardedFor) {
		return send(HttpRequest.newBuilder(management(path)).header("X-Forwarded-For", forwardedFor).GET(), user);
	}

	/** Sends a form, as a page of anybody can. */
	HttpResponse<String> form(String path, String user, String type, String body) {
		return send(HttpRequest.newBuilder(management(path))
			.header("Content-Type", type)
			.POST(BodyPublishers.ofString(body)), user);
	}

	HttpResponse<String> post(String path, String user, String json) {
		return send(HttpRequest.newBuilder(management(path))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json)), user);
	}

	HttpResponse<String> delete(String path, String user) {
		return send(HttpRequest.newBuilder(management(path)).DELETE(), user);
	}

	/** Calls the hook without its token, and says to pass it on for somebody. */
	HttpResponse<String> hookFor(String forwardedFor) {
		return send(HttpRequest.newBuilder(application("/hooks/dump"))
			.header("X-Forwarded-For", forwardedFor)
			.POST(BodyPublishers.ofString("{}")), null);
	}

	/** Calls the hook. */
	HttpResponse<String> hook(String token, String body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(application("/hooks/dump"))
			.POST(BodyPublishers.ofString(body));
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		return send(request, null);
	}

	/** Asks the application port. */
	HttpResponse<String> follow(String path) {
		return send(HttpRequest.newBuilder(application(path)).GET(), null);
	}

	/** Downloads from anywhere. */
	HttpResponse<byte[]> download(String address) {
		try {
			return this.client.send(HttpRequest.newBuilder(URI.create(address)).GET().build(),
					BodyHandlers.ofByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private HttpResponse<String> send(HttpRequest.Builder request, String user) {
		if (user != null) {
			request.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
		}
		try {
			return this.client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	/** Waits until a run has ended, and gives its detail. */
	JsonNode ended(String job, long id) {
		Awaitility.await("run " + id + " of " + job)
			.atMost(Duration.ofSeconds(90))
			.until(() -> !json(get("/actuator/jobs/" + job + "/" + id, VIEWER)).at("/run/outcome")
				.asString()
				.equals("RUNNING"));
		return json(get("/actuator/jobs/" + job + "/" + id, VIEWER));
	}

	URI management(String path) {
		return URI.create("http://127.0.0.1:" + this.management + path);
	}

	URI application(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	Dumpkeeper.Running process() {
		return this.process;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
