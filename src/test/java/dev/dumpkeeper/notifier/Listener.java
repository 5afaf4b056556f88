package dev.dumpkeeper.notifier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A small server that records what it is sent and answers as configured, or never.
 */
final class Listener implements AutoCloseable {

	private final ServerSocket socket;

	private final @Nullable String answer;

	private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> hangUps = new LinkedBlockingQueue<>();

	private Listener(@Nullable String answer) {
		this.answer = answer;
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread thread = new Thread(this::serve, "listener");
		thread.setDaemon(true);
		thread.start();
	}

	static Listener answering(int status, String body) {
		return new Listener("HTTP/1.1 %d Whatever\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
			.formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body));
	}

	/** Takes a request and says nothing. */
	static Listener hanging() {
		return new Listener(null);
	}

	String url(String path) {
		return "http://127.0.0.1:" + this.socket.getLocalPort() + path;
	}

	/** The requests so far. */
	List<Request> requests() {
		return List.copyOf(this.requests);
	}

	/** Whether the other side hung up within a second. */
	boolean awaitHangUp() throws InterruptedException {
		return this.hangUps.poll(1, TimeUnit.SECONDS) != null;
	}

	private void serve() {
		try {
			while (true) {
				Socket connection = this.socket.accept();
				Thread thread = new Thread(() -> serve(connection), "connection");
				thread.setDaemon(true);
				thread.start();
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void serve(Socket connection) {
		try (connection; InputStream in = connection.getInputStream()) {
			BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
			String first = reader.readLine();
			if (first == null) {
				return;
			}
			List<String> headers = new ArrayList<>();
			int length = 0;
			for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
				headers.add(line);
				if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
					length = Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
				}
			}
			char[] body = new char[length];
			for (int read = 0; read < length;) {
				int count = reader.read(body, read, length - read);
				if (count < 0) {
					break;
				}
				read += count;
			}
			String text = new String(new String(body).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
			this.requests.add(new Request(first, headers, text));
			if (this.answer == null) {
				this.hangUps.add((reader.read() < 0) ? "hung up" : "went on");
			}
			else {
				OutputStream out = connection.getOutputStream();
				out.write(this.answer.getBytes(StandardCharsets.UTF_8));
				out.flush();
			}
		}
		catch (IOException ex) {
			this.hangUps.add("reset");
		}
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What was sent.
	 *
	 * @param first the request line
	 * @param headers the header lines
	 * @param body the body
	 */
	record Request(String first, List<String> headers, String body) {

	}

}
