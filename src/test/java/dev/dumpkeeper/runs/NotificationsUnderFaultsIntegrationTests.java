package dev.dumpkeeper.runs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.DumpkeeperApplication;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FakeRobot.Fault;
import dev.dumpkeeper.lab.S3ProxyGateway;
import dev.dumpkeeper.lab.TestGateway;
import dev.dumpkeeper.lab.Tree;
import dev.dumpkeeper.notify.DeliveryListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the robot answers and wherever the sender dies: no dump expires unnotified,
 * none stays unnotified, and no page comes more often than answers were lost. The number
 * of random scripts is {@code notify.scripts}; 1,000 take some ten minutes.
 */
class NotificationsUnderFaultsIntegrationTests {

	private static final int SCRIPTS = Integer.getInteger("notify.scripts", 60);

	private static final int RUNS = 3;

	private final Random random = new Random(20261125);

	private final Set<String> reported = new HashSet<>();

	/** How often a page may come again: answers that were lost, and deaths. */
	private int lost;

	@Test
	void noDumpExpiresUnnotifiedAndNoneStaysUnnotifiedOnceTheRobotWorksAgain() {
		try (S3ProxyGateway gateway = S3ProxyGateway
			.start(Tree.create().file("jfsdata/dumpfiles/.keep", 7, Instant.now()));
				FakeRobot robot = FakeRobot.start();
				ConfigurableApplicationContext context = start(gateway, robot)) {
			RunLauncher runs = context.getBean(RunLauncher.class);
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			Death death = context.getBean(Death.class);
			for (int script = 0; script < SCRIPTS; script++) {
				writeDumps(gateway, script);
				robot.script(faults());
				for (int run = 0; run < RUNS; run++) {
					death.in = (this.random.nextInt(4) == 0) ? 1 + this.random.nextInt(2) : 0;
					run(runs, death);
					// An hour goes by: the robot's minute and the time of a sender that
					// was
					// cut off.
					jdbc.update("UPDATE delivery_attempt SET begun_at = begun_at - 3600000,"
							+ " ended_at = ended_at - 3600000, answer_by = answer_by - 3600000");
					jdbc.update("UPDATE robot SET not_before = 0");
					assertNothingExpiredUnnotified(jdbc, robot);
				}
				robot.recover();
				death.in = 0;
				run(runs, death);
				assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM dump WHERE notified_at IS NULL", Long.class))
					.as("unnotified after script " + script)
					.isZero();
			}
			run(runs, death);
			assertNothingExpiredUnnotified(jdbc, robot);
			assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM dump WHERE fate = 'EXPIRED'", Long.class))
				.as("a test in which nothing expires proves nothing")
				.isEqualTo(jdbc.queryForObject("SELECT COUNT(*) FROM dump", Long.class));
			List<String> delivered = robot.delivered();
			int repeats = delivered.size() - new HashSet<>(delivered.stream().map(this::withoutLinks).toList()).size();
			assertThat(repeats).isLessThanOrEqualTo(this.lost);
			assertThat(this.lost).as("answers that were lost").isPositive();
		}
	}

	private static ConfigurableApplicationContext start(S3ProxyGateway gateway, FakeRobot robot) {
		SpringApplication spring = new SpringApplication(DumpkeeperApplication.class, DeathConfiguration.class);
		spring.setWebApplicationType(WebApplicationType.NONE);
		spring.setBannerMode(Banner.Mode.OFF);
		return spring.run("--dumpkeeper.gateway.endpoint=" + gateway.endpoint(),
				"--dumpkeeper.gateway.access-key=" + TestGateway.ACCESS_KEY,
				"--dumpkeeper.gateway.secret-key=" + TestGateway.SECRET_KEY, "--dumpkeeper.gateway.trusted-mounts=true",
				"--spring.datasource.url=jdbc:h2:mem:notifying;DB_CLOSE_DELAY=-1",
				"--dumpkeeper.wecom.webhook-url=" + robot.url(), "--dumpkeeper.wecom.retry-for=0s",
				"--dumpkeeper.wecom.timeout=1s", "--dumpkeeper.retention.notice=0s",
				"--dumpkeeper.brake.min-objects=1000000", "--dumpkeeper.brake.max-shrink=1");
	}

	private void writeDumps(S3ProxyGateway gateway, int script) {
		for (int i = this.random.nextInt(3); i >= 0; i--) {
			gateway.write("jfsdata/dumpfiles/dev_app-%d-%d_heapDump.hprof".formatted(script, i), dump(),
					Instant.now().minus(Duration.ofDays(3)));
		}
	}

	private static byte[] dump() {
		return ByteBuffer.allocate(49)
			.put("JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.US_ASCII))
			.putInt(8)
			.putLong(Instant.now().toEpochMilli())
			.put((byte) 0x1C)
			.putLong(0)
			.put((byte) 0x2C)
			.putLong(0)
			.array();
	}

	private Fault[] faults() {
		Fault[] faults = new Fault[this.random.nextInt(6)];
		for (int i = 0; i < faults.length; i++) {
			faults[i] = fault();
		}
		return faults;
	}

	private Fault fault() {
		List<Fault> faults = List.of(Fault.none(), Fault.errcode(-1), Fault.errcode(93000), Fault.errcode(93004),
				Fault.errcode(40058), Fault.errcode(44004), Fault.errcode(12345), Fault.status(500), Fault.status(502),
				Fault.html(), Fault.empty(), Fault.reset(), Fault.html().afterDelivery(),
				Fault.status(504).afterDelivery(), Fault.reset().afterDelivery(), Fault.truncated().afterDelivery());
		int number = this.random.nextInt(faults.size());
		this.lost += (number >= 12) ? 1 : 0;
		return faults.get(number);
	}

	private void run(RunLauncher runs, Death death) {
		try {
			runs.execute(RunRequest.by(RunInitiator.commandLine(), JobName.MAINTENANCE, false, List.of(), null),
					(report) -> {
					});
		}
		catch (RuntimeException | Death.Died ex) {
			assertThat(death.happened).as(ex.toString()).isTrue();
		}
		this.lost += death.happened ? 1 : 0;
		death.happened = false;
	}

	private void assertNothingExpiredUnnotified(JdbcTemplate jdbc, FakeRobot robot) {
		String all = String.join("\n", robot.delivered());
		for (String pod : jdbc.queryForList("SELECT pod FROM dump WHERE fate IS NOT NULL", String.class)) {
			if (this.reported.add(pod)) {
				assertThat(all).contains(pod);
			}
		}
	}

	private String withoutLinks(String page) {
		return page.replaceAll("\\]\\([^)]*\\)", "]");
	}

	/** Kills the sender after the robot has taken a page and before that is recorded. */
	static final class Death implements DeliveryListener {

		private int in;

		private boolean happened;

		@Override
		public void delivered(long message, int page, Instant at) {
			if (this.in > 0 && --this.in == 0) {
				this.happened = true;
				throw new Died();
			}
		}

		/** Not caught by anything that handles failures. */
		static final class Died extends Error {

			private static final long serialVersionUID = 1L;

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DeathConfiguration {

		@Bean
		Death death() {
			return new Death();
		}

	}

}
