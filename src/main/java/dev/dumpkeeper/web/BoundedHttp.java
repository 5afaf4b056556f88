package dev.dumpkeeper.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

import dev.dumpkeeper.text.FirstBytes;

/**
 * Sends requests to a server that may be slow or hostile: each whole answer has a time
 * and a size, and no redirect is followed. Sends them itself instead of passing them on.
 */
final class BoundedHttp implements ClientHttpRequestInterceptor {

	static final int MOST_BYTES = 256 * 1024;

	/** These are set by the client itself. */
	private static final Set<String> OWN_HEADERS = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
	static {
		OWN_HEADERS.addAll(Set.of("Content-Length", "Host", "Connection", "Expect", "Upgrade"));
	}

	private final Duration limit;

	private final HttpClient client;

	BoundedHttp(Duration limit) {
		this.limit = limit;
		this.client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(limit)
			.build();
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		java.net.http.HttpRequest.Builder sent = java.net.http.HttpRequest.newBuilder(request.getURI())
			.method(request.getMethod().name(),
					(body.length > 0) ? BodyPublishers.ofByteArray(body) : BodyPublishers.noBody());
		request.getHeaders().forEach((name, values) -> {
			if (!OWN_HEADERS.contains(name)) {
				values.forEach((value) -> sent.header(name, value));
			}
		});
		return new Answer(send(sent.build()));
	}

	/** The client's own limit would end with the head of the answer. */
	private HttpResponse<byte[]> send(java.net.http.HttpRequest request) throws IOException {
		CompletableFuture<HttpResponse<byte[]>> call = this.client.sendAsync(request,
				(head) -> new FirstBytes(MOST_BYTES));
		try {
			HttpResponse<byte[]> answer = call.get(this.limit.toMillis(), TimeUnit.MILLISECONDS);
			if (answer.body().length >= MOST_BYTES) {
				throw new IOException("the answer is longer than " + MOST_BYTES + " bytes");
			}
			return answer;
		}
		catch (TimeoutException ex) {
			call.cancel(true);
			throw new IOException("no whole answer within " + this.limit.toMillis() + " ms");
		}
		catch (ExecutionException ex) {
			throw new IOException("the call failed", ex.getCause());
		}
		catch (InterruptedException ex) {
			call.cancel(true);
			Thread.currentThread().interrupt();
			throw new IOException("interrupted");
		}
	}

	/** An answer that has arrived. */
	private record Answer(HttpResponse<byte[]> answer) implements ClientHttpResponse {

		@Override
		public HttpStatusCode getStatusCode() {
			return HttpStatusCode.valueOf(this.answer.statusCode());
		}

		@Override
		public String getStatusText() {
			return "";
		}

		@Override
		public HttpHeaders getHeaders() {
			HttpHeaders headers = new HttpHeaders();
			this.answer.headers().map().forEach(headers::addAll);
			return headers;
		}

		@Override
		public InputStream getBody() {
			return new ByteArrayInputStream(this.answer.body());
		}

		@Override
		public void close() {
			// Nothing is open.
		}

	}

}
