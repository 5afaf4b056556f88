package dev.dumpkeeper.runs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.run.ExitCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class HeartbeatTests {

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private int status = 200;

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			this.calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
			exchange.getResponseHeaders().add("Location", "/elsewhere");
			exchange.sendResponseHeaders(this.status, -1);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void aPassIsReportedAtItsStartAndAtItsEnd() {
		pass("/ping/id", ExitCode.OK);
		assertThat(this.calls).containsExactly("GET /ping/id/start", "GET /ping/id");
	}

	@Test
	void aPassThatIsNotAllRightHasFailed() {
		pass("/ping/id/?tag=a", ExitCode.NOT_DELIVERED);
		assertThat(this.calls).containsExactly("GET /ping/id/start?tag=a", "GET /ping/id/fail?tag=a");
	}

	@Test
	void otherJobsAndRehearsalsSayNothing() {
		Heartbeat heartbeat = heartbeat("/ping");
		for (RunRequest request : List.of(request(JobName.KEEP_MARKER, false), request(JobName.MAINTENANCE, true))) {
			heartbeat.began(request);
			heartbeat.ended(request, ExitCode.OK, Duration.ZERO, null);
		}
		assertThat(this.calls).isEmpty();
	}

	@Test
	void aRedirectIsNotFollowedAndNoFailureReachesThePass() {
		this.status = 302;
		pass("/ping", ExitCode.OK);
		assertThat(this.calls).containsExactly("GET /ping/start", "GET /ping");
		this.server.stop(0);
		assertThatNoException().isThrownBy(() -> pass("/ping", ExitCode.OK));
	}

	@Test
	void anAddressThatIsNoneIsRefusedAndNotShown() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> new HeartbeatProperties(URI.create("secret-id")))
			.withMessageStartingWith("dumpkeeper.heartbeat.url")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret-id"));
		assertThat(new HeartbeatProperties(URI.create("http://h/secret-id")).toString()).doesNotContain("secret-id");
	}

	private void pass(String path, ExitCode outcome) {
		Heartbeat heartbeat = heartbeat(path);
		heartbeat.began(request(JobName.MAINTENANCE, false));
		heartbeat.ended(request(JobName.MAINTENANCE, false), outcome, Duration.ofSeconds(1), null);
	}

	private Heartbeat heartbeat(String path) {
		return new Heartbeat(URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + path));
	}

	private static RunRequest request(JobName job, boolean dryRun) {
		return RunRequest.by(RunInitiator.commandLine(), job, dryRun, List.of(), null);
	}

}
