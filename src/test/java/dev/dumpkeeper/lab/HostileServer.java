package dev.dumpkeeper.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * A server whose answers never end.
 */
public final class HostileServer implements AutoCloseable {

	private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nConnection: close\r\n\r\n";

	private final ServerSocket listener;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final AtomicLong sent = new AtomicLong();

	private final AtomicLong calls = new AtomicLong();

	private final String begin;

	private final IntFunction<String> more;

	private final long pauseMillis;

	private final boolean endless;

	private HostileServer(String begin, IntFunction<String> more, long pauseMillis, boolean endless) {
		this.begin = begin;
		this.more = more;
		this.pauseMillis = pauseMillis;
		this.endless = endless;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.execute(this::accept);
	}

	/**
	 * Answers with status 200 and a body without an end.
	 * @param begin the first part of the body
	 * @param more each further part by its number, as fast as somebody reads
	 * @return a server that listens
	 */
	public static HostileServer endless(String begin, IntFunction<String> more) {
		return new HostileServer(HEAD + begin, more, 0, true);
	}

	/**
	 * Answers with bytes without an end.
	 * @param begin what it sends first, the status line included
	 * @param more each further part by its number, as fast as somebody reads
	 * @return a server that listens
	 */
	public static HostileServer raw(String begin, IntFunction<String> more) {
		return new HostileServer(begin, more, 0, true);
	}

	/**
	 * Answers with status 200 and a body of which a byte comes now and then.
	 * @param begin the first part of the body
	 * @param pauseMillis between two bytes
	 * @return a server that listens
	 */
	public static HostileServer dripping(String begin, long pauseMillis) {
		return new HostileServer(HEAD + begin, (i) -> " ", pauseMillis, true);
	}

	/**
	 * Answers each request with a whole body of its own, for ever.
	 * @param body by the number of the request
	 * @return a server that listens
	 */
	public static HostileServer answering(IntFunction<String> body) {
		return new HostileServer(HEAD, body, 0, false);
	}

	/**
	 * Where it listens.
	 * @return its address, without a path
	 */
	public URI url() {
		return URI.create("http://127.0.0.1:" + this.listener.getLocalPort());
	}

	/**
	 * How much it got rid of.
	 * @return bytes in all answers
	 */
	public long sent() {
		return this.sent.get();
	}

	/**
	 * How often it was asked.
	 * @return requests
	 */
	public long calls() {
		return this.calls.get();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket socket = this.listener.accept();
				this.sockets.add(socket);
				this.threads.execute(() -> answer(socket));
			}
			catch (IOException ex) {
				// Closed: it is over.
			}
		}
	}

	private void answer(Socket socket) {
		try (socket) {
			readHead(socket.getInputStream());
			int call = (int) this.calls.getAndIncrement();
			OutputStream out = socket.getOutputStream();
			send(out, this.begin);
			if (!this.endless) {
				send(out, this.more.apply(call));
				return;
			}
			for (int i = 0;;) {
				StringBuilder block = new StringBuilder();
				do {
					block.append(this.more.apply(i++));
				}
				while (this.pauseMillis == 0 && block.length() < 8192);
				send(out, block.toString());
				Thread.sleep(this.pauseMillis);
			}
		}
		catch (IOException ex) {
			// The other side has had enough.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void readHead(InputStream in) throws IOException {
		int end = 0;
		while (end < 4) {
			int c = in.read();
			if (c < 0) {
				throw new IOException("closed");
			}
			end = (c == ((end % 2 == 0) ? '\r' : '\n')) ? end + 1 : 0;
		}
	}

	private void send(OutputStream out, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
		out.write(bytes);
		out.flush();
		this.sent.addAndGet(bytes.length);
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		try {
			this.listener.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
