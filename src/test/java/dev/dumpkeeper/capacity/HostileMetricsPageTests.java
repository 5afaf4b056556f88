package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.dumpkeeper.lab.HostileServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * A metrics page that never ends is given up in its time and with few bytes read.
 */
@Timeout(30)
class HostileMetricsPageTests {

	private static final long FEW_BYTES = 32 * 1024 * 1024;

	static Stream<Arguments> endless() {
		return Stream.of(arguments("lines", HostileServer.endless("", "juicefs_used_space{a=\"%d\"}\n"::formatted)),
				arguments("a line", HostileServer.endless("juicefs_used_space{", (i) -> "a".repeat(1000))),
				arguments("digits", HostileServer.endless("juicefs_used_space{} x", (i) -> "1".repeat(1000))),
				arguments("lines of a head", HostileServer.raw("HTTP/1.1 200 OK\r\n", "X-A%d: b\r\n"::formatted)),
				arguments("a line of a head", HostileServer.raw("HTTP/1.1 200 OK\r\nX-A: ", (i) -> "a".repeat(1000))),
				arguments("announcements", HostileServer.raw("", (i) -> "HTTP/1.1 103 Early Hints\r\n\r\n")),
				arguments("dripping", HostileServer.dripping("juicefs_used_space ", 100)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("endless")
	void aPageOfEndless(String what, HostileServer server) {
		try (server) {
			long begun = System.nanoTime();
			MetricsPage.Answer answer = new MetricsPage(server.url().resolve("/metrics"), Duration.ofSeconds(3)).read();
			assertThat(answer.whole()).isNull();
			assertThat(answer.problem()).contains("dumpkeeper.capacity.metrics-url");
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
			assertThat(server.sent()).isLessThan(FEW_BYTES);
		}
	}

}
