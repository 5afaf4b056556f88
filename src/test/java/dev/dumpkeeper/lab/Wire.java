package dev.dumpkeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP connection to a server on the loopback interface that can be cut, whatever is
 * spoken over it.
 */
public final class Wire implements AutoCloseable {

	private final int target;

	private final ServerSocket server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger refused = new AtomicInteger();

	private boolean cut;

	private Wire(int target) throws IOException {
		this.target = target;
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	}

	/**
	 * Lays a wire.
	 * @param target the server's port
	 * @return the wire, whole
	 */
	public static Wire to(int target) {
		try {
			Wire wire = new Wire(target);
			inBackground(wire::accept);
			return wire;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.server.getLocalPort();
	}

	/** Resets what is connected, and whatever tries to connect. */
	public synchronized void cut() {
		this.cut = true;
		this.sockets.forEach(Wire::reset);
		this.sockets.clear();
	}

	public synchronized void mend() {
		this.cut = false;
	}

	/**
	 * How often somebody tried to connect while it was cut.
	 * @return the number of tries
	 */
	public int refused() {
		return this.refused.get();
	}

	private void accept() throws IOException {
		while (true) {
			connect(this.server.accept());
		}
	}

	private synchronized void connect(Socket client) throws IOException {
		if (this.cut) {
			this.refused.incrementAndGet();
			reset(client);
			return;
		}
		Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.target);
		for (Socket socket : new Socket[] { client, upstream }) {
			socket.setTcpNoDelay(true);
			this.sockets.add(socket);
		}
		inBackground(() -> pass(client, upstream));
		inBackground(() -> pass(upstream, client));
	}

	private void pass(Socket from, Socket to) throws IOException {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		finally {
			this.sockets.remove(from);
			this.sockets.remove(to);
		}
	}

	private static void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
			socket.close();
		}
		catch (IOException ex) {
			// It was closed by its other end.
		}
	}

	private static void inBackground(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// A closed connection is what this class is for.
			}
		}, "wire");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		cut();
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@FunctionalInterface
	private interface Task {

		void run() throws IOException;

	}

}
