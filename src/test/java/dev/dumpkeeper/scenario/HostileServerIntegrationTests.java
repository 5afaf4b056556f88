package dev.dumpkeeper.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server whose variables are as unlike those of a new one as they can be, and that
 * takes no changes for a while, as one does that hands over to another.
 */
class HostileServerIntegrationTests {

	private static final int MANY = 60;

	/** The server's clock shows an hour that its time zone skips, taken for UTC. */
	private static final Instant SKIPPED = Instant.parse("2026-03-29T02:30:00Z");

	private static final TimeZone OWN_ZONE = TimeZone.getDefault();

	private static DatabaseServer server;

	private final ScheduledExecutorService mender = Executors.newSingleThreadScheduledExecutor();

	private Site site;

	private FaultyProxy proxy;

	private String database;

	private Dumpkeeper dumpkeeper;

	@BeforeAll
	static void start() {
		server = new DatabaseServer(Map.of("TZ", "Europe/Berlin"), "--explicit-defaults-for-timestamp=OFF",
				"--sql-mode=ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES,NO_ZERO_DATE,NO_ZERO_IN_DATE,STRICT_TRANS_TABLES",
				"--character-set-server=latin1", "--lower-case-table-names=1", "--default-storage-engine=MyISAM",
				"--transaction-isolation=SERIALIZABLE", "--autocommit=0");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void open() {
		this.site = Site.s3proxy(false)
			.start((volumes) -> volumes.young("data/dumpfiles/.keep")
				.old("data/dumpfiles/\u5806\u8f6c\u50a8.hprof")
				.old(MANY, (i) -> "data/dumpfiles/%04d.txt".formatted(i)));
		this.proxy = FaultyProxy.to(this.site.endpoint());
		this.database = server.newDatabase("Hostile");
		server.execute("", "ALTER DATABASE `" + this.database + "` CHARACTER SET latin1");
		server.grant(this.database, "limited", "limited");
		this.dumpkeeper = Dumpkeeper.on(this.proxy.endpoint())
			.database(server.jdbcUrl(this.database), "limited", "limited");
	}

	@AfterEach
	void close() {
		this.mender.shutdownNow();
		TimeZone.setDefault(OWN_ZONE);
		server.execute("", "SET GLOBAL read_only = OFF", "SET GLOBAL init_connect = ''",
				"ALTER USER 'limited'@'127.0.0.1' WITH MAX_USER_CONNECTIONS 0");
		this.proxy.close();
		this.site.close();
	}

	@Test
	void aPassIsNotDisturbedByItsVariables() {
		server.execute("", "SET GLOBAL init_connect = 'SET timestamp = " + SKIPPED.getEpochSecond() + "'");
		assertComplete(this.dumpkeeper.run("maintenance"));
		assertThat(server.count(this.database, """
				SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND engine <> 'InnoDB'
				AND table_name NOT LIKE 'flyway%'""")).isZero();
		assertThat(server.count(this.database,
				"SELECT COUNT(*) FROM shedlock WHERE lock_until BETWEEN '2026-03-29 02:30:00' AND '2026-03-29 03:30:00'"))
			.as("UTC")
			.isPositive();
	}

	@Test
	void whoHoldsTheLeaseIsReported() {
		assertComplete(this.dumpkeeper.run("maintenance"));
		server.execute(this.database, "UPDATE shedlock SET locked_by = '4711@other', locked_at = UTC_TIMESTAMP(3),"
				+ " lock_until = TIMESTAMPADD(HOUR, 1, UTC_TIMESTAMP(3))", "COMMIT");
		TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"));
		Result refused = this.dumpkeeper.run("maintenance");
		assertThat(refused.exitCode()).isEqualTo(5);
		Matcher since = Pattern.compile("4711@other since (\\S+) UTC").matcher(refused.err());
		assertThat(since.find()).as(refused.err()).isTrue();
		assertThat(Duration.between(LocalDateTime.parse(since.group(1)).toInstant(ZoneOffset.UTC), Instant.now()))
			.isBetween(Duration.ofSeconds(-2), Duration.ofMinutes(2));
	}

	@Test
	void aFewConnectionsAreEnough() {
		server.execute("", "ALTER USER 'limited'@'127.0.0.1' WITH MAX_USER_CONNECTIONS 5");
		assertComplete(this.dumpkeeper.run("maintenance"));
	}

	@Test
	void aServerThatTakesNoChangesIsNoReasonToFailAtTheStart() {
		server.execute("", "SET GLOBAL read_only = ON");
		acceptLater();
		assertComplete(this.dumpkeeper.run("maintenance"));
		assertThat(count("SELECT attempts FROM maintenance_run")).isOne();
	}

	@Test
	void norForAServiceThatStarts() {
		assertComplete(this.dumpkeeper.run("maintenance"));
		server.execute("", "SET GLOBAL read_only = ON");
		acceptLater();
		try (Service service = this.dumpkeeper.with("dumpkeeper.security.users-file", Service.users()).service()) {
			service.up();
		}
	}

	@Test
	void aPassGoesOnWhenItTakesThemAgain() {
		this.proxy.on((request) -> request.method().equals("POST")).times(1).before(() -> {
			server.execute("", "SET GLOBAL read_only = ON");
			acceptLater();
		});
		assertComplete(this.dumpkeeper.run("maintenance"));
		assertThat(count("SELECT COUNT(*) FROM maintenance_run")).as("it went on under its own number").isOne();
		assertThat(count("SELECT COUNT(*) FROM shedlock WHERE lock_until > UTC_TIMESTAMP(3)")).as("held leases")
			.isZero();
	}

	@Test
	void oneThatTakesNoneForTooLongIsNotAvailable() {
		assertComplete(this.dumpkeeper.run("maintenance"));
		server.execute("", "SET GLOBAL read_only = ON");
		Result result = this.dumpkeeper.with("dumpkeeper.run.await-database", "1s").run("maintenance");
		assertThat(result.exitCode()).as(result.err()).isEqualTo(7);
		assertThat(result.err()).contains("the database is not available: ", "read-only").doesNotContain("\tat ");
		server.execute("", "SET GLOBAL read_only = OFF");
		assertThat(this.dumpkeeper.run("maintenance").exitCode()).as("the lease is free").isZero();
	}

	private void acceptLater() {
		this.mender.schedule(() -> server.execute("", "SET GLOBAL read_only = OFF"), 4, TimeUnit.SECONDS);
	}

	private void assertComplete(Result result) {
		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.count("data", "expired")).isEqualTo(MANY + 1);
	}

	private long count(String sql) {
		return server.count(this.database, sql);
	}

}
