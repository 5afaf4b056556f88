package dev.dumpkeeper.metadata;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;

/**
 * Creates sockets to a MySQL server with limits on the duration and size of each answer,
 * including the greeting. The driver's own limits apply to the time between two bytes,
 * and a query's time limit relies on the server. Public, since the driver instantiates it
 * by name.
 */
public final class BoundedSocketFactory extends StandardSocketFactory {

	/**
	 * In units of the driver's socketTimeout of 30 s, so longer than a query may take.
	 */
	static final int TIMEOUTS = 2;

	/** A hundred thousand names of 255 bytes, with their other columns. */
	static final long MAX_BYTES = 32 * 1024 * 1024;

	/** Creates an instance for one connection. */
	public BoundedSocketFactory() {
	}

	@Override
	protected Socket createSocket(PropertySet properties) {
		int timeout = properties.getIntegerProperty(PropertyKey.socketTimeout).getValue();
		return new BoundedSocket(Duration.ofMillis((long) TIMEOUTS * timeout), MAX_BYTES);
	}

	/** The bytes read since the last write are one answer. */
	static final class BoundedSocket extends Socket {

		private final long maxNanos;

		private final long maxBytes;

		private volatile long askedAt = System.nanoTime();

		private volatile long bytes;

		BoundedSocket(Duration maxTime, long maxBytes) {
			this.maxNanos = maxTime.toNanos();
			this.maxBytes = maxBytes;
		}

		@Override
		public OutputStream getOutputStream() throws IOException {
			return new FilterOutputStream(super.getOutputStream()) {

				@Override
				public void write(int oneByte) throws IOException {
					ask();
					this.out.write(oneByte);
				}

				@Override
				public void write(byte[] from, int offset, int length) throws IOException {
					ask();
					this.out.write(from, offset, length);
				}

			};
		}

		private void ask() {
			this.askedAt = System.nanoTime();
			this.bytes = 0;
		}

		@Override
		public InputStream getInputStream() throws IOException {
			return new FilterInputStream(super.getInputStream()) {

				@Override
				public int read() throws IOException {
					int read = super.read();
					check((read < 0) ? 0 : 1);
					return read;
				}

				@Override
				public int read(byte[] into, int offset, int length) throws IOException {
					int read = super.read(into, offset, length);
					check(Math.max(0, read));
					return read;
				}

			};
		}

		private void check(int read) throws IOException {
			long sum = this.bytes + read;
			this.bytes = sum;
			if (sum > this.maxBytes) {
				throw new IOException("the answer has more than " + this.maxBytes + " bytes");
			}
			if (System.nanoTime() - this.askedAt > this.maxNanos) {
				throw new SocketTimeoutException(
						"the answer is not complete after " + Duration.ofNanos(this.maxNanos).toSeconds() + " s");
			}
		}

	}

}
