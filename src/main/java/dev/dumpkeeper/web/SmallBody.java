package dev.dumpkeeper.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.run.InvalidRequestException;

/**
 * Reads a small request body: a few KiB of JSON within a short time.
 */
final class SmallBody {

	static final Duration LIMIT = Duration.ofSeconds(5);

	private SmallBody() {
	}

	/**
	 * Reads the complete body.
	 * @param request the request
	 * @param most the maximum number of bytes
	 * @return the bytes; none without a body
	 * @throws InvalidRequestException when it is longer, has no declared length, or does
	 * not arrive in time
	 */
	static byte[] read(HttpServletRequest request, int most) {
		return Objects.requireNonNull(read(request, most, new Semaphore(1)));
	}

	/**
	 * Reads the complete body, which many may send slowly at a time.
	 * @param request the request
	 * @param most the maximum number of bytes
	 * @param waiters lets some wait for what has not arrived yet
	 * @return the bytes; {@code null} when it has to be waited for and nobody more may
	 * @throws InvalidRequestException as above
	 */
	static byte @Nullable [] read(HttpServletRequest request, int most, Semaphore waiters) {
		long length = request.getContentLengthLong();
		if (length < 0 && request.getHeader("Transfer-Encoding") == null) {
			return new byte[0];
		}
		if (length < 0) {
			throw new InvalidRequestException("the body needs a Content-Length");
		}
		if (length > most) {
			throw new InvalidRequestException("the body is longer than " + most + " bytes");
		}
		long deadline = System.nanoTime() + LIMIT.toNanos();
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		byte[] part = new byte[(int) Math.min(length, 8192)];
		boolean waits = false;
		try {
			InputStream in = request.getInputStream();
			while (body.size() < length) {
				if (!waits && in.available() == 0) {
					waits = waiters.tryAcquire();
					if (!waits) {
						return null;
					}
				}
				int read = in.read(part);
				if (read < 0) {
					break;
				}
				body.write(part, 0, read);
				if (System.nanoTime() > deadline) {
					throw new InvalidRequestException("the body did not arrive within " + LIMIT.toSeconds() + " s");
				}
			}
		}
		catch (IOException ex) {
			throw new InvalidRequestException("the body did not arrive in time");
		}
		finally {
			if (waits) {
				waiters.release();
			}
		}
		return body.toByteArray();
	}

}
