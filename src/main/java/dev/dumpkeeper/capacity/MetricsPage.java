package dev.dumpkeeper.capacity;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.text.FirstBytes;

/**
 * The gateway's page for Prometheus: two of its metrics, in the text format 0.0.4.
 * Redirects are not followed, and time and size are limited, since anything may answer at
 * that address.
 */
final class MetricsPage {

	private static final String USED = "juicefs_used_space";

	/** Available from JuiceFS 1.3; a PiB if there is no limit. */
	private static final String TOTAL = "juicefs_total_space";

	private static final int MAX_BYTES = 4 * 1024 * 1024;

	/**
	 * Limits the cost of a manipulated page; a genuine one has two lines for each
	 * process.
	 */
	private static final int MAX_LINES = 10_000;

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final @Nullable URI url;

	private final Duration limit;

	MetricsPage(@Nullable URI url) {
		this(url, LIMIT);
	}

	MetricsPage(@Nullable URI url, Duration limit) {
		this.url = url;
		this.limit = limit;
	}

	/** Reads once. Returns an answer for every failure. */
	Answer read() {
		if (this.url == null) {
			return new Answer(null, "");
		}
		HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(this.limit)
			.build();
		CompletableFuture<HttpResponse<byte[]>> call = client.sendAsync(HttpRequest.newBuilder(this.url).GET().build(),
				(head) -> new FirstBytes(MAX_BYTES));
		try {
			HttpResponse<byte[]> answer = call.get(this.limit.toMillis(), TimeUnit.MILLISECONDS);
			if (answer.statusCode() != 200) {
				return problem("answers with HTTP " + answer.statusCode());
			}
			Whole whole = parse(new String(answer.body(), StandardCharsets.UTF_8));
			return (whole != null) ? new Answer(whole, "") : problem("does not contain " + USED);
		}
		catch (ExecutionException ex) {
			return problem("cannot be reached");
		}
		catch (TimeoutException ex) {
			call.cancel(true);
			return problem("does not answer within " + this.limit.toSeconds() + " s");
		}
		catch (InterruptedException ex) {
			call.cancel(true);
			Thread.currentThread().interrupt();
			return problem("was not waited for");
		}
	}

	// Omits the address, which may contain a password.
	private static Answer problem(String why) {
		return new Answer(null, "the page at dumpkeeper.capacity.metrics-url " + why
				+ "; the file system's own use is not known from it in this run");
	}

	/**
	 * Returns the largest of each value, since several processes may report one file
	 * system.
	 */
	static @Nullable Whole parse(String page) {
		double used = -1;
		double total = -1;
		List<String> lines = page.lines()
			.filter((line) -> line.startsWith(USED) || line.startsWith(TOTAL))
			.limit(MAX_LINES)
			.toList();
		for (String line : lines) {
			used = Math.max(used, value(line, USED));
			total = Math.max(total, value(line, TOTAL));
		}
		return (used >= 0) ? new Whole((long) used, (total >= 0) ? Long.valueOf((long) total) : null) : null;
	}

	private static double value(String line, String name) {
		if (!line.startsWith(name)) {
			return -1;
		}
		String rest = line.substring(name.length());
		int end = rest.startsWith("{") ? rest.lastIndexOf('}') + 1 : 0;
		if (!rest.startsWith("{") && !rest.startsWith(" ") || rest.startsWith("{") && end == 0) {
			return -1;
		}
		try {
			// A timestamp may follow.
			double value = Double.parseDouble(rest.substring(end).strip().split("\\s")[0]);
			return Double.isFinite(value) ? value : -1;
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	/**
	 * The result of a request.
	 *
	 * @param whole the file system, {@code null} if it was not found
	 * @param problem why not, or empty
	 */
	record Answer(@Nullable Whole whole, String problem) {

	}

	/**
	 * The file system as reported by its gateway.
	 *
	 * @param usedBytes used bytes, trash included
	 * @param totalBytes the capacity, a PiB if unlimited, {@code null} from an old
	 * gateway
	 */
	record Whole(long usedBytes, @Nullable Long totalBytes) {

	}

}
