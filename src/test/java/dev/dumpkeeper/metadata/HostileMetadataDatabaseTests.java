package dev.dumpkeeper.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A MySQL server whose answers never end, in bytes or in time.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileMetadataDatabaseTests {

	/** The head of a packet. */
	private static final byte[] LONGEST = { (byte) 0xFE, (byte) 0xFF, 0, 0 };

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private ServerSocket server;

	@BeforeEach
	void listen() throws IOException {
		this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
	}

	@AfterEach
	void close() throws IOException {
		this.server.close();
		this.threads.shutdownNow();
	}

	@Test
	void aServerThatDripsItsGreetingIsGivenUp() {
		serve((out) -> {
			// A packet of 64 KiB, which takes an hour.
			out.write(LONGEST);
			while (true) {
				out.write(10);
				Thread.sleep(50);
			}
		});
		MetadataDatabase database = new MetadataDatabase("",
				"jdbc:mysql://127.0.0.1:" + this.server.getLocalPort() + "/jfs", "reader", "secret",
				Duration.ofMillis(500));
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> {
			try (Connection connection = database.connect()) {
				connection.isValid(1);
			}
		}).withStackTraceContaining("the answer is not complete after 1 s");
	}

	@Test
	void anAnswerThatDripsIsGivenUp() throws IOException {
		serve((out) -> {
			while (true) {
				out.write(0);
				Thread.sleep(50);
			}
		});
		try (Socket socket = new BoundedSocketFactory.BoundedSocket(Duration.ofSeconds(1), 1000)) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.getLocalPort()));
			InputStream in = socket.getInputStream();
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(in::readAllBytes);
		}
	}

	@Test
	void eachAnswerHasItsOwnLimits() throws IOException {
		serve((out) -> {
			while (true) {
				out.write(new byte[10]);
			}
		});
		try (Socket socket = new BoundedSocketFactory.BoundedSocket(Duration.ofSeconds(30), 1000)) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.getLocalPort()));
			for (int answer = 0; answer < 3; answer++) {
				socket.getOutputStream().write(1);
				assertThat(socket.getInputStream().readNBytes(900)).hasSize(900);
			}
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> socket.getInputStream().readNBytes(900))
				.withMessageContaining("more than 1000 bytes");
		}
	}

	private void serve(Answer answer) {
		this.threads.execute(() -> {
			try (Socket socket = this.server.accept()) {
				answer.write(socket.getOutputStream());
			}
			catch (IOException ex) {
				// The other side has had enough.
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
	}

	private interface Answer {

		void write(OutputStream out) throws IOException, InterruptedException;

	}

}
