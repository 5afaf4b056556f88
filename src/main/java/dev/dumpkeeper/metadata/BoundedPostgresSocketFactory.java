package dev.dumpkeeper.metadata;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

import javax.net.SocketFactory;

/**
 * Creates sockets to a PostgreSQL server with limits on the duration and size of each
 * answer, as {@link BoundedSocketFactory} does for MySQL. Public, since the driver
 * instantiates it by name.
 */
public final class BoundedPostgresSocketFactory extends SocketFactory {

	private final Duration maxTime;

	/**
	 * Creates an instance for one connection.
	 * @param seconds the driver's socketTimeout
	 */
	public BoundedPostgresSocketFactory(String seconds) {
		this.maxTime = Duration.ofSeconds(BoundedSocketFactory.TIMEOUTS * Long.parseLong(seconds));
	}

	@Override
	public Socket createSocket() {
		return new BoundedSocketFactory.BoundedSocket(this.maxTime, BoundedSocketFactory.MAX_BYTES);
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return connected(new InetSocketAddress(host, port), null);
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
		return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return connected(new InetSocketAddress(host, port), null);
	}

	@Override
	public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
		return connected(new InetSocketAddress(host, port), new InetSocketAddress(local, localPort));
	}

	private Socket connected(InetSocketAddress remote, @org.jspecify.annotations.Nullable InetSocketAddress local)
			throws IOException {
		Socket socket = createSocket();
		if (local != null) {
			socket.bind(local);
		}
		socket.connect(remote);
		return socket;
	}

}
