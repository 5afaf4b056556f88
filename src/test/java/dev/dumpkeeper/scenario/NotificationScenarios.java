package dev.dumpkeeper.scenario;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FakeRobot.Fault;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;
import dev.dumpkeeper.scenario.Site.Planting;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people hear of dumps, and that nothing goes before they did. One gateway serves a
 * whole class, with a volume for each scenario that is named after it.
 */
abstract class NotificationScenarios {

	private static final Instant DIED = Instant.now().minus(Site.OLD);

	private FakeRobot robot;

	private String database;

	/** The gateway, running, with what {@link #plant} has put there. */
	abstract Site site();

	static void plant(Planting volumes) {
		for (String volume : new String[] { "notified-first", "deaf-robot", "held", "receipts", "failed-dump",
				"written-again", "vanished", "states", "rehearsed", "newest", "owners", "daily", "killed" }) {
			volumes.young(volume + "/dumpfiles/.keep");
		}
	}

	@BeforeEach
	void open() {
		this.robot = FakeRobot.start();
		this.database = DatabaseServer.shared().migratedDatabase("notifying");
	}

	@AfterEach
	void close() {
		this.robot.close();
	}

	@Test
	void anOldDumpIsReportedFirstAndExpiresOnlyAfterTheNotice() {
		dump("notified-first/dumpfiles/dev_shop-7d4b9c6f5-x2x7k_heapDump.hprof");
		Result first = pass("notified-first");
		assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
		assertThat(first.count("notified-first", "waitingForNotice")).isEqualTo(1);
		assertThat(first.count("notified-first", "planned")).isZero();
		assertThat(this.robot.delivered()).singleElement()
			.asString()
			.contains("dev", "shop", "X-Amz-Signature=", "7d4b9c6f5-x2x7k");
		Result second = pass("notified-first");
		assertThat(second.exitCode()).isZero();
		assertThat(second.count("notified-first", "waitingForNotice")).isEqualTo(1);
		assertThat(this.robot.delivered()).hasSize(1);
		assertThat(site().files("notified-first")).hasSize(2);
		Result third = dumpkeeper().with("dumpkeeper.retention.notice", "0s")
			.run("maintenance", "--volume", "notified-first");
		assertThat(third.count("notified-first", "expired")).as(third.out()).isEqualTo(1);
		assertThat(site().files("notified-first")).containsExactly("dumpfiles/.keep");
		assertThat(query("SELECT CONCAT(fate, ' ', notified_by, ' ', state) FROM dump"))
			.isEqualTo("EXPIRED DIGEST COMPLETE");
	}

	@Test
	void nothingExpiresWhileTheRobotRefusesAndEverythingIsReportedOnceItWorksAgain() {
		dump("deaf-robot/dumpfiles/dev_cart-0_heapDump.hprof");
		Dumpkeeper eager = dumpkeeper().with("dumpkeeper.retention.notice", "0s");
		this.robot.script(Fault.errcode(93000), Fault.errcode(93000));
		for (int i = 0; i < 2; i++) {
			Result refused = eager.run("maintenance", "--volume", "deaf-robot");
			assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(8);
			assertThat(refused.warnings()).anySatisfy((warning) -> assertThat(warning).contains("93000"));
			assertThat(refused.out() + refused.err()).doesNotContain(FakeRobot.KEY);
			assertThat(refused.count("deaf-robot", "planned")).isZero();
		}
		assertThat(this.robot.delivered()).isEmpty();
		assertThat(eager.run("maintenance", "--volume", "deaf-robot").exitCode()).isZero();
		assertThat(this.robot.delivered()).hasSize(1);
		assertThat(site().files("deaf-robot")).hasSize(2);
		assertThat(eager.run("maintenance", "--volume", "deaf-robot").count("deaf-robot", "expired")).isEqualTo(1);
	}

	@Test
	void aDumpThatIsHeldStaysUntilItIsReleased() {
		String key = "dumpfiles/dev_held-0_heapDump.hprof";
		dump("held/" + key);
		Dumpkeeper eager = dumpkeeper().with("dumpkeeper.retention.notice", "0s");
		Result hold = eager.run("hold", "--volume", "held", "--key", key, "--for", "7d", "--why", "case 17", "--by",
				"ann");
		assertThat(hold.exitCode()).as(hold.err()).isZero();
		assertThat(hold.out()).contains("held until", key);
		eager.run("maintenance", "--volume", "held");
		Result second = eager.run("maintenance", "--volume", "held");
		assertThat(second.count("held", "held")).as(second.out()).isEqualTo(1);
		assertThat(second.json().at("/dumps/held").asInt()).isEqualTo(1);
		assertThat(site().files("held")).contains(key);
		assertThat(eager.run("release", "--volume", "held", "--key", key, "--by", "ann").exitCode()).isZero();
		assertThat(eager.run("maintenance", "--volume", "held").count("held", "expired")).isEqualTo(1);
	}

	@Test
	void aHoldOfWhatIsNotThereOrNoDumpIsRefused() {
		Result absent = dumpkeeper().run("hold", "--volume", "held", "--key", "dumpfiles/no.hprof", "--for", "7d",
				"--why", "x", "--by", "ann");
		assertThat(absent.exitCode()).isEqualTo(2);
		assertThat(absent.err()).contains("there is no dumpfiles/no.hprof");
		Result noDump = dumpkeeper().run("hold", "--volume", "held", "--key", "dumpfiles/.keep", "--for", "7d", "--why",
				"x", "--by", "ann");
		assertThat(noDump.exitCode()).isEqualTo(2);
		assertThat(noDump.err()).contains("dump-patterns");
		Result time = dumpkeeper().run("hold", "--volume", "held", "--key", "x.hprof", "--for", "soon", "--why", "x",
				"--by", "ann");
		assertThat(time.exitCode()).isEqualTo(2);
		assertThat(time.err()).contains("for is 'soon'");
		Result endless = dumpkeeper().run("hold", "--volume", "held", "--key", "x.hprof", "--for",
				"999999999999999999d", "--why", "x", "--by", "ann");
		assertThat(endless.exitCode()).as(endless.err()).isEqualTo(2);
	}

	@Test
	void aReceiptShowsTheProjectButNotThatPeopleWereNotifiedAndGoesWithItsDump() {
		String key = "dumpfiles/java_pid1.hprof";
		dump("receipts/" + key);
		site().write("receipts/" + key + ".event", bytes(
				"{\"status\":\"written\",\"environment\":\"prod\",\"pod\":\"mail-2\",\"project\":\"com.mail\",\"told\":true}"),
				Site.YOUNG);
		Result first = pass("receipts");
		assertThat(first.exitCode()).as(first.err()).isZero();
		assertThat(this.robot.delivered()).singleElement().asString().contains("mail-2", "com.mail");
		assertThat(
				query("SELECT CONCAT(environment, ' ', workload, ' ', pod, ' ', project, ' ', notified_by) FROM dump"))
			.isEqualTo("prod mail mail-2 com.mail DIGEST");
		Result second = dumpkeeper().with("dumpkeeper.retention.notice", "0s")
			.run("maintenance", "--volume", "receipts");
		assertThat(second.count("receipts", "expired")).as(second.out()).isEqualTo(2);
		assertThat(site().files("receipts")).containsExactly("dumpfiles/.keep");
	}

	@Test
	void aDumpThatTheJvmFailedToWriteIsReportedByItsReceiptAndTheReceiptWaitsForThat() {
		site().write("failed-dump/dumpfiles/dev_pay-0_heapDump.hprof.event", bytes(
				"{\"status\":\"failed\",\"reason\":\"the file name was in use\",\"environment\":\"dev\",\"pod\":\"pay-0\"}"),
				Site.OLD);
		site().write("failed-dump/dumpfiles/dev_old-0_heapDump.hprof.event",
				bytes("{\"status\":\"written\",\"environment\":\"dev\",\"pod\":\"old-0\"}"), Site.OLD);
		this.robot.script(Fault.errcode(93000));
		Dumpkeeper eager = dumpkeeper().with("dumpkeeper.retention.notice", "0s");
		assertThat(eager.run("maintenance", "--volume", "failed-dump").exitCode()).isEqualTo(8);
		assertThat(site().files("failed-dump")).contains("dumpfiles/dev_pay-0_heapDump.hprof.event");
		eager.run("maintenance", "--volume", "failed-dump");
		assertThat(this.robot.delivered()).singleElement().asString().contains("pay").doesNotContain("old");
		eager.run("maintenance", "--volume", "failed-dump");
		assertThat(site().files("failed-dump")).containsExactly("dumpfiles/.keep");
	}

	@Test
	void aKeyThatIsWrittenAgainIsANewDump() {
		String path = "written-again/dumpfiles/dev_twice-0_heapDump.hprof";
		dump(path);
		reconcile("written-again");
		site().write(path, HeapDumps.complete(Instant.now()), Site.YOUNG);
		reconcile("written-again");
		reconcile("written-again");
		assertThat(this.robot.delivered()).hasSize(2);
		assertThat(
				query("SELECT GROUP_CONCAT(CONCAT(COALESCE(fate, 'there'), ':', notified_by) ORDER BY id) FROM dump"))
			.isEqualTo("REPLACED:DIGEST,there:DIGEST");
	}

	@Test
	void whatSomebodyElseDeletesIsRecordedAsVanished() {
		String path = "vanished/dumpfiles/dev_gone-0_heapDump.hprof";
		dump(path);
		reconcile("vanished");
		site().delete(path);
		Result result = reconcile("vanished");
		assertThat(result.json().at("/dumps/vanished").asInt()).as(result.out()).isEqualTo(1);
		assertThat(query("SELECT CONCAT(fate, ' ', last_seen < gone_at) FROM dump")).isEqualTo("VANISHED 1");
	}

	@Test
	void eachDumpIsReportedAsWhatItIsAndOneThatIsBeingWrittenWaits() {
		site().write("states/dumpfiles/dev_cut-0_heapDump.hprof", HeapDumps.truncated(DIED), Site.OLD);
		site().write("states/dumpfiles/dev_empty-0_heapDump.hprof", 0, Site.OLD);
		site().write("states/dumpfiles/dev_noise-0_heapDump.hprof", bytes("hello, world"), Site.OLD);
		site().write("states/dumpfiles/dev_now-0_heapDump.hprof", HeapDumps.truncated(Instant.now()),
				Duration.ofSeconds(5));
		Result result = dumpkeeper().with("dumpkeeper.wecom.language", "en")
			.run("reconcile-dumps", "--volume", "states");
		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.json().at("/dumps/beingWritten").asInt()).isEqualTo(1);
		assertThat(this.robot.delivered()).singleElement()
			.asString()
			.contains("cut", "empty", "noise", "quota")
			.doesNotContain("now-0");
		assertThat(query("SELECT GROUP_CONCAT(CONCAT(workload, ':', state) ORDER BY workload) FROM dump"))
			.isEqualTo("cut:TRUNCATED,empty:EMPTY,noise:NOT_A_DUMP,now:WRITING");
		site().write("states/dumpfiles/dev_now-0_heapDump.hprof", HeapDumps.complete(Instant.now()), Duration.ZERO);
		reconcile("states");
		assertThat(this.robot.delivered()).hasSize(2).last().asString().contains("now-0");
		assertThat(query("SELECT COUNT(*) FROM dump")).isEqualTo("4");
	}

	@Test
	void aDryRunSendsNothingAndShowsWhatItWouldSend() {
		dump("rehearsed/dumpfiles/dev_dry-0_heapDump.hprof");
		Result result = dumpkeeper().run("reconcile-dumps", "--dry-run", "--volume", "rehearsed");
		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.out()).contains("would be sent", "dry");
		assertThat(this.robot.requests()).isZero();
		reconcile("rehearsed");
		assertThat(this.robot.delivered()).hasSize(1);
	}

	@Test
	void theNewestDumpOfAWorkloadOutlivesItsAge() {
		site().write("newest/dumpfiles/dev_a-0_heapDump_1.hprof", HeapDumps.complete(DIED), Duration.ofDays(5));
		site().write("newest/dumpfiles/dev_a-0_heapDump_2.hprof", HeapDumps.complete(DIED), Duration.ofDays(4));
		site().write("newest/dumpfiles/dev_b-0_heapDump_1.hprof", HeapDumps.complete(DIED), Duration.ofDays(20));
		Dumpkeeper eager = dumpkeeper().with("dumpkeeper.retention.notice", "0s")
			.with("dumpkeeper.retention.keep-newest", "1");
		eager.run("maintenance", "--volume", "newest");
		Result second = eager.run("maintenance", "--volume", "newest");
		assertThat(second.count("newest", "newest")).as(second.out()).isEqualTo(1);
		assertThat(site().files("newest")).containsExactly("dumpfiles/.keep", "dumpfiles/dev_a-0_heapDump_2.hprof");
	}

	@Test
	void aPathShowsWhoseADumpIsAndNobodysDumpPushesOutAnothers() {
		for (String owner : List.of("shop-7d9f8c6b5d-x2x4a", "billing-0", "<@all>", "2026-11-25")) {
			site().write("owners/dumpfiles/" + owner + "/java_pid1.hprof", HeapDumps.complete(DIED),
					Duration.ofDays(5));
		}
		site().write("owners/dumpfiles/shop-7d9f8c6b5d-x2x4b/java_pid1.hprof", HeapDumps.complete(DIED),
				Duration.ofDays(4));
		Dumpkeeper eager = dumpkeeper().with("dumpkeeper.wecom.language", "en")
			.with("dumpkeeper.retention.notice", "0s")
			.with("dumpkeeper.retention.keep-newest", "1");
		eager.run("maintenance", "--volume", "owners");
		assertThat(this.robot.delivered()).singleElement()
			.asString()
			.contains("unknown environment / `shop` **2 dumps**", "`shop-7d9f8c6b5d-x2x4a`",
					"unknown environment / `billing` **1 dump**", "`billing-0`", "dumpfiles/2026-11-25`",
					"dumpfiles/＜＠all＞`", "Links work for")
			.doesNotContain("<@all>");
		Result second = eager.run("maintenance", "--volume", "owners");
		assertThat(second.count("owners", "newest")).as(second.out()).isEqualTo(4);
		assertThat(site().files("owners")).hasSize(5).doesNotContain("dumpfiles/shop-7d9f8c6b5d-x2x4a/java_pid1.hprof");
	}

	@Test
	void aSenderThatIsKilledRepeatsAtMostThePageThatWasUnderWay() {
		dump("killed/dumpfiles/dev_killed-0_heapDump.hprof");
		Dumpkeeper eager = dumpkeeper().with("dumpkeeper.retention.notice", "0s")
			.with("dumpkeeper.wecom.timeout", "2s")
			.with("dumpkeeper.run.lease", "3s");
		this.robot.script(Fault.hang().afterDelivery());
		try (Running sender = eager.process("maintenance", "--volume", "killed")) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).failFast(() -> {
				assertThat(sender.isAlive()).as(() -> sender.await().err()).isTrue();
			}).until(() -> this.robot.delivered().size() == 1);
			sender.kill();
		}
		assertThat(site().files("killed")).hasSize(2);
		assertThat(query("SELECT COUNT(*) FROM dump WHERE notified_at IS NOT NULL")).isEqualTo("0");
		Result next = Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> eager.run("maintenance", "--volume", "killed"), (result) -> result.exitCode() != 5);
		assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
		assertThat(this.robot.delivered()).hasSize(2);
		assertThat(withoutLinks(this.robot.delivered().get(0))).isEqualTo(withoutLinks(this.robot.delivered().get(1)));
		assertThat(site().files("killed")).hasSize(2);
		assertThat(eager.run("maintenance", "--volume", "killed").count("killed", "expired")).isEqualTo(1);
		assertThat(this.robot.delivered()).hasSize(2);
	}

	@Test
	void theDailyReportComesOnceADayAlsoWhenNothingHappened() {
		Result first = dumpkeeper().run("daily-report");
		assertThat(first.exitCode()).as(first.err()).isZero();
		assertThat(dumpkeeper().run("daily-report").exitCode()).isZero();
		assertThat(this.robot.delivered()).hasSize(1);
		dump("daily/dumpfiles/dev_daily-0_heapDump.hprof");
		reconcile("daily");
		Result dry = dumpkeeper().run("daily-report", "--dry-run");
		assertThat(dry.out()).as(dry.err()).contains("would be sent");
		assertThat(this.robot.delivered()).hasSize(2);
	}

	private Dumpkeeper dumpkeeper() {
		return site().configure(Dumpkeeper.on(site().endpoint()).database(DatabaseServer.shared(), this.database))
			.with("dumpkeeper.wecom.webhook-url", this.robot.url())
			.with("dumpkeeper.wecom.retry-for", "0s");
	}

	private Result pass(String volume) {
		return dumpkeeper().run("maintenance", "--volume", volume);
	}

	private Result reconcile(String volume) {
		Result result = dumpkeeper().run("reconcile-dumps", "--volume", volume);
		assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
		return result;
	}

	private void dump(String path) {
		site().write(path, HeapDumps.complete(DIED), Site.OLD);
	}

	private static String withoutLinks(String page) {
		return page.replaceAll("\\]\\([^)]*\\)", "]");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private String query(String sql) {
		try (Connection connection = DatabaseServer.shared().connect(this.database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			return rows.next() ? rows.getString(1) : "";
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
