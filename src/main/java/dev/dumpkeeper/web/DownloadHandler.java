package dev.dumpkeeper.web;

import java.util.Optional;
import java.util.concurrent.Semaphore;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

import dev.dumpkeeper.digest.ShortLinks;
import dev.dumpkeeper.digest.ShortLinks.Target;
import dev.dumpkeeper.gateway.GatewayException;

/**
 * {@code GET /d/TOKEN}: follows a link from a message. The address is signed now, and the
 * access is recorded.
 */
final class DownloadHandler {

	private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");

	private static final int PER_MINUTE = 60;

	private static final int TOGETHER = 600;

	/**
	 * While the gateway or the database is unavailable, each request waits for a minute
	 * or more.
	 */
	private static final int AT_ONCE = 16;

	private static final String BUSY = "请稍后再试。\nToo many requests, try again in a minute.\n";

	private final ShortLinks links;

	private final AuditTrail audit;

	private final RateLimiter clicks = new RateLimiter(PER_MINUTE, TOGETHER);

	private final Semaphore followers = new Semaphore(AT_ONCE);

	DownloadHandler(ShortLinks links, AuditTrail audit) {
		this.links = links;
		this.audit = audit;
	}

	ServerResponse follow(ServerRequest request) {
		String address = request.servletRequest().getRemoteAddr();
		if (!this.clicks.take(address)) {
			return say(HttpStatus.TOO_MANY_REQUESTS, BUSY);
		}
		if (!this.followers.tryAcquire()) {
			return say(HttpStatus.SERVICE_UNAVAILABLE, BUSY);
		}
		try {
			return follow(request.pathVariable("token"), address);
		}
		finally {
			this.followers.release();
		}
	}

	private ServerResponse follow(String token, String address) {
		Optional<Target> target;
		try {
			target = this.links.follow(token);
		}
		catch (GatewayException ex) {
			return say(HttpStatus.SERVICE_UNAVAILABLE,
					"暂时无法核对该文件，请稍后再试。\nThis file cannot be checked just now, try again in a minute.\n");
		}
		if (target.isEmpty()) {
			return say(HttpStatus.NOT_FOUND, "链接无效。\nThis link is not valid.\n");
		}
		if (target.get().address().isEmpty()) {
			return say(HttpStatus.GONE, "该转储文件已不存在。\nThis dump is no longer there.\n");
		}
		this.audit.record("a link", address, "download",
				target.get().name().map(AuditTarget::dump).orElseGet(() -> AuditTarget.of("")), "redirected");
		return ServerResponse.status(HttpStatus.FOUND)
			.location(target.get().address().get())
			.cacheControl(CacheControl.noStore())
			.build();
	}

	private static ServerResponse say(HttpStatus status, String text) {
		return ServerResponse.status(status).cacheControl(CacheControl.noStore()).contentType(TEXT).body(text);
	}

}
