package dev.dumpkeeper.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.runs.NewDumpPoller;

/**
 * {@code POST /hooks/dump}: a pod reports that it left a dump. The report is hardly
 * authenticated, so it causes at most one request for one key, and the answer reveals
 * nothing about the key.
 */
final class DumpHookHandler {

	/** A key has at most 1024 bytes, or six times that when escaped. */
	private static final int MAX_BODY = 8192;

	/** Every pod has the token, so concurrent bodies are limited. */
	private static final int READ_AT_ONCE = 8;

	private static final int PER_MINUTE = 30;

	private static final int TOGETHER = 300;

	private final byte @Nullable [] token;

	private final NewDumpPoller poller;

	private final AuditTrail audit;

	private final RateLimiter calls = new RateLimiter(PER_MINUTE, TOGETHER);

	private final Semaphore readers = new Semaphore(READ_AT_ONCE);

	/**
	 * Creates an instance.
	 * @param token {@code null} to refuse all reports
	 */
	DumpHookHandler(@Nullable String token, NewDumpPoller poller, AuditTrail audit) {
		this.token = (token != null && !token.isBlank()) ? ("Bearer " + token.strip()).getBytes(StandardCharsets.UTF_8)
				: null;
		this.poller = poller;
		this.audit = audit;
	}

	ServerResponse call(ServerRequest request) {
		if (this.token == null) {
			return ServerResponse.notFound().build();
		}
		String address = request.servletRequest().getRemoteAddr();
		if (!this.calls.take(address)) {
			return ServerResponse.status(HttpStatus.TOO_MANY_REQUESTS).build();
		}
		String shown = Optional.ofNullable(request.headers().firstHeader("Authorization")).orElse("");
		if (!MessageDigest.isEqual(this.token, shown.getBytes(StandardCharsets.UTF_8))) {
			this.audit.recordRefusal("a pod", address, "hook", "/hooks/dump", "refused: wrong token");
			return ServerResponse.status(HttpStatus.UNAUTHORIZED).build();
		}
		if (!this.readers.tryAcquire()) {
			return ServerResponse.status(HttpStatus.TOO_MANY_REQUESTS).build();
		}
		Optional<Announcement> announcement;
		try {
			announcement = Announcement.parse(SmallBody.read(request.servletRequest(), MAX_BODY));
		}
		catch (InvalidRequestException ex) {
			announcement = Optional.empty();
		}
		finally {
			this.readers.release();
		}
		if (announcement.isEmpty()) {
			return ServerResponse.badRequest().build();
		}
		boolean taken = this.poller.onDumpReported(announcement.get().volume(), announcement.get().key());
		return ServerResponse.status(taken ? HttpStatus.ACCEPTED : HttpStatus.TOO_MANY_REQUESTS).build();
	}

	/**
	 * The report of a pod.
	 *
	 * @param volume the volume, whether or not it exists
	 * @param key the dump's key
	 */
	record Announcement(String volume, ObjectKey key) {

		private static final int MAX_VOLUME = 255;

		static Optional<Announcement> parse(byte[] body) {
			try {
				JsonNode json = JsonMapper.shared().readTree(body);
				String volume = json.path("volume").isString() ? json.path("volume").asString() : "";
				String key = json.path("key").isString() ? json.path("key").asString() : "";
				if (volume.isEmpty() || volume.length() > MAX_VOLUME
						|| volume.indexOf('/', volume.indexOf('/') + 1) >= 0 || ObjectKey.parse(volume).isEmpty()) {
					return Optional.empty();
				}
				return ObjectKey.parse(key).map((parsed) -> new Announcement(volume, parsed));
			}
			catch (JacksonException ex) {
				return Optional.empty();
			}
		}

	}

}
