package dev.dumpkeeper.runs;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.dumpkeeper.lab.HostileServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * A dead-man switch whose answers never end holds a pass up for seconds only, and few of
 * its bytes are read.
 */
@Timeout(30)
class HostileHeartbeatTests {

	private static final long FEW_BYTES = 32 * 1024 * 1024;

	static Stream<Arguments> endless() {
		return Stream.of(arguments("a body", HostileServer.endless("", (i) -> "a".repeat(1000))),
				arguments("lines of a head", HostileServer.raw("HTTP/1.1 200 OK\r\n", "X-A%d: b\r\n"::formatted)),
				arguments("a line of a head", HostileServer.raw("HTTP/1.1 200 OK\r\nX-A: ", (i) -> "a".repeat(1000))),
				arguments("announcements", HostileServer.raw("", (i) -> "HTTP/1.1 103 Early Hints\r\n\r\n")),
				arguments("a head that drips", HostileServer.raw("HTTP/1.1 200 OK\r\n", (i) -> {
					sleep();
					return "X-A: b\r\n".repeat(1100);
				})), arguments("a body that drips", HostileServer.dripping("", 100)));
	}

	private static void sleep() {
		try {
			Thread.sleep(100);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("endless")
	void anAnswerOfEndless(String what, HostileServer server) {
		try (server) {
			long begun = System.nanoTime();
			new Heartbeat(server.url().resolve("/ping"))
				.began(RunRequest.by(RunInitiator.commandLine(), JobName.MAINTENANCE, false, List.of(), null));
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
			assertThat(server.calls()).isOne();
			assertThat(server.sent()).isLessThan(FEW_BYTES);
		}
	}

}
