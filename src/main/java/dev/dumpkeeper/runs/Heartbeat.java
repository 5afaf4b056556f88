package dev.dumpkeeper.runs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.run.ExitCode;

/**
 * Reports passes to a dead-man switch. A switch that does not answer must not fail a
 * pass: it then raises its alert, as intended.
 */
final class Heartbeat implements RunListener {

	private static final Logger logger = LoggerFactory.getLogger(Heartbeat.class);

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final URI url;

	private @Nullable HttpClient client;

	Heartbeat(URI url) {
		this.url = url;
	}

	@Override
	public void began(RunRequest request) {
		if (isPass(request)) {
			call("/start");
		}
	}

	/** A pass with failed objects or undelivered notifications counts as failed. */
	@Override
	public void ended(RunRequest request, ExitCode outcome, Duration duration, @Nullable RunReport report) {
		if (isPass(request)) {
			call((outcome == ExitCode.OK) ? "" : "/fail");
		}
	}

	private static boolean isPass(RunRequest request) {
		return request.job() == JobName.MAINTENANCE && !request.dryRun();
	}

	private void call(String suffix) {
		String path = this.url.getRawPath();
		URI address = this.url
			.resolve(((path == null) ? "" : path.replaceAll("/+$", "")) + suffix + query(this.url.getRawQuery()));
		try {
			HttpResponse<InputStream> answer = client().send(
					HttpRequest.newBuilder(address).timeout(LIMIT).GET().build(),
					HttpResponse.BodyHandlers.ofInputStream());
			// The answer is not read, however long it is.
			answer.body().close();
			if (answer.statusCode() >= 300) {
				logger.warn("the heartbeat was answered with HTTP {}", answer.statusCode());
			}
		}
		catch (IOException | IllegalArgumentException ex) {
			logger.warn("the heartbeat did not get through: {}", ex.getClass().getSimpleName());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String query(@Nullable String query) {
		return (query == null) ? "" : "?" + query;
	}

	private synchronized HttpClient client() {
		HttpClient client = this.client;
		if (client == null) {
			client = HttpClient.newBuilder().connectTimeout(LIMIT).followRedirects(HttpClient.Redirect.NEVER).build();
			this.client = client;
		}
		return client;
	}

}
