package dev.dumpkeeper.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The process as it is shipped on machines whose people write Turkish, Arabic or Persian:
 * it does and says the same as everywhere.
 */
class LocaleIntegrationTests {

	private Site site;

	private FakeRobot robot;

	private Dumpkeeper dumpkeeper;

	@BeforeEach
	void start() {
		this.site = Site.s3proxy(false)
			.start((volumes) -> volumes.young("jfsdata/dumpfiles/.keep")
				.old(3, (i) -> "jfsdata/dumpfiles/" + i + ".log"));
		this.robot = FakeRobot.start();
		this.dumpkeeper = this.site.configure(Dumpkeeper.on(this.site.endpoint()))
			.database(DatabaseServer.shared(), DatabaseServer.shared().newDatabase("locale"))
			.with("dumpkeeper.wecom.webhook-url", this.robot.url())
			.with("dumpkeeper.capacity.limits.jfsdata", "1Gi");
	}

	@AfterEach
	void stop() {
		this.robot.close();
		this.site.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "tr-TR", "ar-EG", "fa-IR" })
	void aRunDoesAndSaysTheSame(String locale) throws Exception {
		this.site.write("jfsdata/dumpfiles/dev_a-0_heapDump.hprof", HeapDumps.complete(Instant.now()), Duration.ZERO);
		Result pass = run(locale, "maintenance");
		assertThat(pass.exitCode()).as(pass.out() + pass.err()).isZero();
		assertThat(pass.count("jfsdata", "expired")).isEqualTo(3);
		Result report = run(locale, "daily-report");
		assertThat(report.exitCode()).as(report.out() + report.err()).isZero();
		Result held = run(locale, "hold", "--volume", "jfsdata", "--key", "dumpfiles/dev_a-0_heapDump.hprof", "--for",
				"7d", "--why", "test", "--by", "test");
		assertThat(held.exitCode()).as(held.out() + held.err()).isZero();
		assertThat(this.robot.delivered()).hasSizeGreaterThan(1);
		for (String text : List.of(pass.out(), pass.err(), report.out(), held.out(),
				this.robot.delivered().toString())) {
			assertThat(text).doesNotContainPattern("[\\p{Nd}&&[^0-9]]").doesNotContain("\u0131", "\u0130");
		}
	}

	private Result run(String locale, String... job) throws Exception {
		List<String> flags = List.of("-Duser.language=" + locale.substring(0, 2),
				"-Duser.country=" + locale.substring(3));
		return this.dumpkeeper.process(flags, job).await(Duration.ofMinutes(2));
	}

}
