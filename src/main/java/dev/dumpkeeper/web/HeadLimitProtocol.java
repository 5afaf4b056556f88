package dev.dumpkeeper.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/1.1 with a limit on the total time of a request head or TLS handshake.
 * Tomcat itself limits only the time between two bytes, so that a client could keep its
 * connection for hours with a byte every few seconds. Public, since Tomcat instantiates
 * it by name.
 */
public final class HeadLimitProtocol extends Http11NioProtocol {

	static final Duration LIMIT = Duration.ofSeconds(10);

	/** Used only by the checking thread. */
	private final Map<SocketWrapperBase<NioChannel>, Long> handshakes = new HashMap<>();

	private @Nullable ScheduledFuture<?> check;

	/** Creates an instance with an endpoint of its own. */
	public HeadLimitProtocol() {
	}

	@Override
	public void start() throws Exception {
		super.start();
		this.check = getUtilityExecutor().scheduleWithFixedDelay(this::closeSlow, 1, 1, TimeUnit.SECONDS);
	}

	@Override
	public void stop() throws Exception {
		if (this.check != null) {
			this.check.cancel(false);
		}
		super.stop();
	}

	private void closeSlow() {
		long now = System.nanoTime();
		Set<SocketWrapperBase<NioChannel>> open = getEndpoint().getConnections();
		this.handshakes.keySet().retainAll(open);
		for (SocketWrapperBase<NioChannel> connection : open) {
			if (now - begun(connection, now) > LIMIT.toNanos()) {
				connection.close();
			}
		}
	}

	/** Returns when the current handshake or head began, or now if there is neither. */
	private long begun(SocketWrapperBase<NioChannel> connection, long now) {
		NioChannel channel = connection.getSocket();
		if (!channel.isHandshakeComplete()) {
			return this.handshakes.computeIfAbsent(connection, (begins) -> now);
		}
		this.handshakes.remove(connection);
		// A connection that waits for the rest of a head has a processor; one that is
		// served has passed it to a thread, and one between two requests has none.
		if (connection.getCurrentProcessor() instanceof Processor processor && !processor.isAsync()
				&& !processor.isUpgrade()) {
			Request request = processor.getRequest();
			if (request != null && request.getStartTimeNanos() > 0) {
				return request.getStartTimeNanos();
			}
		}
		return now;
	}

}
