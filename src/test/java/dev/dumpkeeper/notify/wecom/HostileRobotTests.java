package dev.dumpkeeper.notify.wecom;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.dumpkeeper.lab.HostileServer;
import dev.dumpkeeper.run.StopSignal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * A robot whose answers never end: each call ends all the same, in its time and with few
 * bytes read.
 */
@Timeout(30)
class HostileRobotTests {

	private static final long FEW_BYTES = 32 * 1024 * 1024;

	static Stream<Arguments> endless() {
		return Stream.of(arguments("words", HostileServer.endless("{\"errmsg\":\"", (i) -> "a".repeat(1000))),
				arguments("nesting", HostileServer.endless("", (i) -> "[[[[[[[[")),
				arguments("digits", HostileServer.endless("{\"errcode\":", (i) -> "1".repeat(1000))),
				arguments("lines of a head", HostileServer.raw("HTTP/1.1 200 OK\r\n", "X-A%d: b\r\n"::formatted)),
				arguments("a line of a head", HostileServer.raw("HTTP/1.1 200 OK\r\nX-A: ", (i) -> "a".repeat(1000))),
				arguments("a status line", HostileServer.raw("HTTP/1.1 200 ", (i) -> "a".repeat(1000))),
				arguments("announcements", HostileServer.raw("", (i) -> "HTTP/1.1 103 Early Hints\r\n\r\n")),
				arguments("dripping", HostileServer.dripping("{\"errcode\":", 100)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("endless")
	void anAnswerOfEndless(String what, HostileServer server) {
		try (server) {
			HttpRobot robot = new HttpRobot(new WebhookUrl(server.url() + "/cgi-bin/webhook/send?key=abc"),
					Duration.ofSeconds(3), new StopSignal());
			long begun = System.nanoTime();
			RobotAnswer answer = robot.send("text");
			assertThat(answer.errcode()).isNull();
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
			assertThat(server.sent()).isLessThan(FEW_BYTES);
		}
	}

}
