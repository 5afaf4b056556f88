package dev.dumpkeeper.scenario;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FakeRobot.Fault;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;
import dev.dumpkeeper.text.SafeText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway, a bucket, a key and a robot whose words end a line and begin another: none
 * of them writes a line of the log, of standard error or of the report.
 */
class ForgedLinesIntegrationTests {

	/** Ends a line in four ways, clears a terminal in two, turns the direction. */
	private static final String FORGED = "\n2026-11-29T00:00:00.000Z ERROR FORGED\r\u0085\u2028\u009B2J\u001B[2J\u202E";

	private static final String XML = "&#10;2026-11-29T00:00:00.000Z ERROR FORGED&#13;&#x85;&#x2028;&#x9B;2J&#x202E;";

	@ParameterizedTest
	@ValueSource(strings = { "", "ecs" })
	void noWordsOfOthersForgeALine(String format) {
		try (Site site = Site.s3proxy(false).start((volumes) -> volumes.young("good/dumpfiles/.keep", "bad/x"));
				FaultyProxy proxy = FaultyProxy.to(site.endpoint());
				FakeRobot robot = FakeRobot.start()) {
			site.write(
					"good/dumpfiles/dev_shop-0_heapDump"
							+ "\n2026-11-29T00:00:00.000Z ERROR FORGED\u009B2J\u202E.hprof",
					HeapDumps.complete(Instant.now()), Duration.ZERO);
			proxy.on("GET", "/bad")
				.answer(403, "application/xml",
						"<Error><Code>AccessDenied" + XML + "</Code><Message>the message" + XML + "</Message></Error>");
			proxy.on((request) -> request.target().equals("/") || request.target().startsWith("/?"))
				.transformBody((body) -> new String(body, StandardCharsets.UTF_8)
					.replace("</Buckets>", "<Bucket><Name>bucket" + XML + "</Name></Bucket></Buckets>")
					.getBytes(StandardCharsets.UTF_8));
			String answer = JsonMapper.shared()
				.writeValueAsString(java.util.Map.of("errcode", 93000, "errmsg", "the robot" + FORGED));
			robot.script(Fault.answer(200, "application/json", answer), Fault.answer(200, "application/json", answer));
			Dumpkeeper dumpkeeper = Dumpkeeper.on(proxy.endpoint())
				.with("dumpkeeper.wecom.webhook-url", robot.url())
				.with("dumpkeeper.wecom.language", "en");
			if (!format.isEmpty()) {
				dumpkeeper = dumpkeeper.with("logging.structured.format.console", format);
			}
			try (Running running = dumpkeeper.process("maintenance")) {
				Result result = running.await(Duration.ofMinutes(2));
				assertClean(result.err());
				assertClean(result.out());
				assertThat(result.err()).as("it did get there").contains("AccessDenied", "bucket", "errcode 93000");
				assertThat(result.out()).contains("AccessDenied", "the message", "bucket", "the robot", "heapDump");
				assertThat(result.json().path("volumes")).as("and JSON stays JSON").isNotEmpty();
			}
		}
	}

	private static void assertClean(String text) {
		assertThat(text.lines()).noneMatch((line) -> line.startsWith("2026-11-29T00:00:00.000Z"));
		assertThat(text.codePoints().filter((c) -> c != '\n' && c != '\t').filter(SafeText::isUnsafe).toArray())
			.as(text)
			.isEmpty();
	}

}
