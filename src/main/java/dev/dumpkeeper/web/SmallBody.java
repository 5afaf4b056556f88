package dev.dumpkeeper.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;

import dev.dumpkeeper.run.InvalidRequestException;

/**
 * The body of a request that somebody may send: a few KiB of JSON that have to be there
 * soon.
 */
final class SmallBody {

	static final Duration LIMIT = Duration.ofSeconds(5);

	private SmallBody() {
	}

	/**
	 * Reads it to its end.
	 * @param request the request
	 * @param most how many bytes it may have
	 * @return the bytes; none where there is no body
	 * @throws InvalidRequestException when it is longer, does not say how long it is, or
	 * does not arrive in time
	 */
	static byte[] read(HttpServletRequest request, int most) {
		long length = request.getContentLengthLong();
		if (length < 0 && request.getHeader("Transfer-Encoding") == null) {
			return new byte[0];
		}
		if (length < 0) {
			throw new InvalidRequestException("the body wants a Content-Length");
		}
		if (length > most) {
			throw new InvalidRequestException("the body is longer than " + most + " bytes");
		}
		long deadline = System.nanoTime() + LIMIT.toNanos();
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		byte[] part = new byte[(int) Math.min(length, 8192)];
		try {
			InputStream in = request.getInputStream();
			while (body.size() < length) {
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
		return body.toByteArray();
	}

}
