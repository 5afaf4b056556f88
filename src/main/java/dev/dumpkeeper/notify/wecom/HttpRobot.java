package dev.dumpkeeper.notify.wecom;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.notify.Picture;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.text.FirstBytes;
import dev.dumpkeeper.text.SafeText;

/**
 * The robot of a WeCom group, called over HTTP (vendor documentation 91770). Throws no
 * exception and logs nothing, so that neither can contain the key.
 */
final class HttpRobot {

	/** The robot's answers have a hundred bytes; further bytes are not read. */
	private static final int MAX_ANSWER_BYTES = 64 * 1024;

	private static final int MAX_DETAIL = 300;

	private static final Duration SLICE = Duration.ofMillis(100);

	/** How long a call in progress may continue when the process has to end. */
	private static final Duration GRACE = Duration.ofSeconds(3);

	private final WebhookUrl url;

	private final Duration timeout;

	private final StopSignal stop;

	private final HttpClient http;

	HttpRobot(WebhookUrl url, Duration timeout, StopSignal stop) {
		this.url = url;
		this.timeout = timeout;
		this.stop = stop;
		// HTTP/1.1, since a robot's replacement without TLS need not understand the offer
		// to upgrade.
		this.http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(timeout.dividedBy(2))
			.build();
	}

	/** Sends a text in the robot's markdown once. Returns an answer for every failure. */
	RobotAnswer send(String text) {
		return send(Map.of("msgtype", "markdown", "markdown", Map.of("content", text)));
	}

	/** Sends a picture once. Returns an answer for every failure. */
	RobotAnswer send(Picture picture) {
		return send(Map.of("msgtype", "image", "image",
				Map.of("base64", Base64.getEncoder().encodeToString(picture.png()), "md5", md5(picture.png()))));
	}

	private RobotAnswer send(Map<String, Object> message) {
		long begun = System.nanoTime();
		HttpRequest request = HttpRequest.newBuilder(this.url.uri())
			.header("Content-Type", "application/json")
			.header("User-Agent", "dumpkeeper")
			.POST(HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(message)))
			.build();
		CompletableFuture<HttpResponse<byte[]>> call = this.http.sendAsync(request,
				(head) -> new FirstBytes(MAX_ANSWER_BYTES));
		try {
			HttpResponse<byte[]> answer = await(call, begun);
			return read(answer.statusCode(), answer.body());
		}
		catch (ExecutionException ex) {
			return failure(String.valueOf(this.url.host()), (ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (TimeoutException ex) {
			call.cancel(true);
			return RobotAnswer.lost(this.stop.isRaised() ? "interrupted because this process is stopping"
					: "no answer within " + seconds(this.timeout));
		}
		catch (InterruptedException ex) {
			call.cancel(true);
			Thread.currentThread().interrupt();
			return RobotAnswer.lost("interrupted because this process is stopping");
		}
	}

	/** The robot requires it with a picture; it protects nothing. */
	private static String md5(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JVM has MD5", ex);
		}
	}

	/**
	 * The client's own time limit would cover only the headers of the answer, and would
	 * ignore the stop signal.
	 */
	private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> call, long begun)
			throws ExecutionException, TimeoutException, InterruptedException {
		long deadline = begun + this.timeout.toNanos();
		boolean stopping = false;
		while (true) {
			if (!stopping && this.stop.isRaised()) {
				stopping = true;
				deadline = Math.min(deadline, System.nanoTime() + GRACE.toNanos());
			}
			long left = deadline - System.nanoTime();
			try {
				return call.get(Math.min(Math.max(left, 0), SLICE.toNanos()), TimeUnit.NANOSECONDS);
			}
			catch (TimeoutException ex) {
				if (left <= SLICE.toNanos()) {
					throw ex;
				}
			}
		}
	}

	/** Decides whether the message may have been sent before the call failed. */
	static RobotAnswer failure(String host, Throwable failure) {
		if (failure instanceof HttpConnectTimeoutException) {
			return RobotAnswer.notSent("no connection to " + host + " in time");
		}
		if (failure instanceof ConnectException && failure.getCause() instanceof UnresolvedAddressException) {
			return RobotAnswer.notSent("unknown host " + host);
		}
		if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
			return RobotAnswer.notSent("no connection to " + host);
		}
		if (failure instanceof SSLHandshakeException) {
			return RobotAnswer.notSent("no TLS connection to " + host + ": its certificate is not trusted, "
					+ "or it speaks no TLS that this JVM allows");
		}
		if (failure instanceof HttpTimeoutException) {
			return RobotAnswer.lost("no answer in time");
		}
		// The exception's own message may contain the address.
		return RobotAnswer.lost("the connection to " + host + " was lost (" + failure.getClass().getSimpleName() + ")");
	}

	private RobotAnswer read(int status, byte[] body) {
		if (status >= 300 && status < 400) {
			return RobotAnswer.answered(status, null,
					"HTTP " + status + ": answers with a redirect, so this is not the robot");
		}
		JsonNode json = json(body);
		Integer errcode = (json != null && json.path("errcode").isIntegralNumber()
				&& json.path("errcode").canConvertToInt()) ? json.path("errcode").intValue() : null;
		if (errcode == null) {
			return RobotAnswer.answered(status, null, "HTTP " + status + " without an errcode");
		}
		String detail = (status == 200) ? "" : "HTTP " + status + ", ";
		detail += "errcode " + errcode + meaning(errcode);
		String message = (json != null) ? json.path("errmsg").asString("") : "";
		return RobotAnswer.answered(status, errcode, message.isBlank() ? detail : detail + ": " + oneLine(message));
	}

	private static @Nullable JsonNode json(byte[] body) {
		try {
			return JsonMapper.shared().readTree(body);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/** Explains the codes that need manual action. */
	private static String meaning(int errcode) {
		return switch (errcode) {
			case 40009 -> " (the size of the picture)";
			case 40008 -> " (unknown type of message)";
			case 40058 -> " (too long, or not valid for the robot)";
			case 44004 -> " (empty)";
			case 93000 -> " (wrong key, or the robot was removed from the group)";
			case 93004 -> " (the robot is disabled)";
			case 93008 -> " (the robot is not in the group)";
			default -> "";
		};
	}

	/** Masks before it truncates: half a key is still secret. */
	private String oneLine(String text) {
		String line = this.url.mask(text).replaceAll("[\\p{Cntrl}\\p{Cs}\\s]+", " ").strip();
		return SafeText.oneLine(SafeText.abridged(line, MAX_DETAIL));
	}

	private static String seconds(Duration duration) {
		return duration.toSeconds() + " s";
	}

}
