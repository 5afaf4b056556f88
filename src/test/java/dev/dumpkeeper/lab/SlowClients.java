package dev.dumpkeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Clients that begin a request and go on with it a byte at a time.
 */
public final class SlowClients implements AutoCloseable {

	private final List<SocketChannel> channels = new ArrayList<>();

	private final ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();

	/**
	 * Connects all of them.
	 * @param port on this machine
	 * @param count how many
	 * @param begin what each sends at once
	 * @param every how long each waits between two bytes
	 */
	public SlowClients(int port, int count, String begin, Duration every) {
		try {
			for (int i = 0; i < count; i++) {
				SocketChannel channel = SocketChannel
					.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
				channel.write(ByteBuffer.wrap(begin.getBytes(StandardCharsets.US_ASCII)));
				channel.configureBlocking(false);
				this.channels.add(channel);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.drip.scheduleAtFixedRate(() -> this.channels.forEach(SlowClients::dripOn), every.toMillis(),
				every.toMillis(), TimeUnit.MILLISECONDS);
	}

	private static void dripOn(SocketChannel channel) {
		try {
			channel.write(ByteBuffer.wrap(new byte[] { 'a' }));
		}
		catch (IOException ex) {
			// It was closed: what the test asks for.
		}
	}

	/**
	 * How many the server has not let go of.
	 * @return the number of connections that are neither closed nor reset
	 */
	public long connected() {
		return this.channels.stream().filter(SlowClients::isConnected).count();
	}

	private static boolean isConnected(SocketChannel channel) {
		ByteBuffer answer = ByteBuffer.allocate(4096);
		try {
			int read;
			do {
				answer.clear();
				read = channel.read(answer);
			}
			while (read > 0);
			return read == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		this.drip.shutdownNow();
		this.channels.forEach((channel) -> {
			try {
				channel.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

}
