package dev.dumpkeeper.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.ServletException;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.http.HttpHeaders;

/**
 * Answers a request with an unread body without waiting for that body. Tomcat would read
 * it first, for as long as the client likes, on one of the threads for all requests.
 * <p>
 * A client that is still writing when the connection closes may not receive its answer.
 * What arrives at once is therefore read, briefly and for a few clients at a time.
 */
final class UnreadBodyValve extends ValveBase {

	private static final int AT_ONCE = 8;

	private static final int MAX_BYTES = 256 * 1024;

	private static final Duration GRACE = Duration.ofMillis(300);

	private static final long PAUSE_MILLIS = 10;

	private final Semaphore graces = new Semaphore(AT_ONCE);

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		Valve next = getNext();
		try {
			next.invoke(request, response);
		}
		finally {
			if (!isRead(request) && !takeIn(request)) {
				if (!response.isCommitted()) {
					response.setHeader(HttpHeaders.CONNECTION, "close");
				}
				request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
			}
		}
	}

	private static boolean isRead(Request request) {
		AtomicBoolean read = new AtomicBoolean();
		request.getCoyoteRequest().action(ActionCode.REQUEST_BODY_FULLY_READ, read);
		return read.get();
	}

	/** A chunked body is not read, since reading a part of it can block. */
	private boolean takeIn(Request request) {
		if (request.getContentLengthLong() < 0 || !this.graces.tryAcquire()) {
			return false;
		}
		try {
			return takeIn(request, System.nanoTime() + GRACE.toNanos());
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			this.graces.release();
		}
	}

	private static boolean takeIn(Request request, long deadline) throws IOException, InterruptedException {
		InputStream in = request.createInputStream();
		byte[] bytes = new byte[8192];
		int taken = 0;
		while (taken < MAX_BYTES && System.nanoTime() < deadline) {
			request.getCoyoteRequest().action(ActionCode.AVAILABLE, Boolean.TRUE);
			if (request.getCoyoteRequest().getAvailable() <= 0) {
				Thread.sleep(PAUSE_MILLIS);
				continue;
			}
			int read = in.read(bytes);
			if (read < 0 || isRead(request)) {
				return true;
			}
			taken += read;
		}
		return false;
	}

}
