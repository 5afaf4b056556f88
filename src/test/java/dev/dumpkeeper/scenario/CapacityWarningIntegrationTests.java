package dev.dumpkeeper.scenario;

import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A full volume is reported once, by the first job that measures it.
 */
class CapacityWarningIntegrationTests {

	@Test
	void aFullVolumeIsReportedOnceAndItsEndOnce() {
		try (Site site = Site.s3proxy(false).start((volumes) -> volumes.young("full/dumpfiles/notes.txt"));
				FakeRobot robot = FakeRobot.start()) {
			String database = DatabaseServer.shared().migratedDatabase("capacity");
			Dumpkeeper dumpkeeper = site
				.configure(Dumpkeeper.on(site.endpoint()).database(DatabaseServer.shared(), database))
				.with("dumpkeeper.wecom.webhook-url", robot.url())
				.with("dumpkeeper.wecom.language", "en")
				.with("dumpkeeper.wecom.retry-for", "0s");
			Result unknown = dumpkeeper.run("maintenance");
			assertThat(unknown.exitCode()).as(unknown.out() + unknown.err()).isZero();
			assertThat(unknown.out()).contains("no capacity is known of 1 volumes");
			assertThat(robot.delivered()).isEmpty();
			assertThat(dumpkeeper.run("maintenance").out()).doesNotContain("no capacity is known");
			Result misspelt = dumpkeeper.run("check-capacity", "--volume", "ful");
			assertThat(misspelt.exitCode()).isEqualTo(2);
			assertThat(misspelt.err())
				.contains("--volume ful: was not measured in the last 7 days; known volumes: full");
			assertThat(dumpkeeper.run("check-capacity", "--volume", "full").json().at("/capacity/0/volume").asString())
				.isEqualTo("full");
			Dumpkeeper limited = dumpkeeper.with("dumpkeeper.capacity.limits.full", "1B");
			Result first = limited.run("check-capacity");
			assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
			assertThat(first.json().at("/capacity/0/level").asString()).isEqualTo("CRITICAL");
			assertThat(robot.delivered()).singleElement().asString().contains("critical", "`full`");
			assertThat(robot.pictures()).hasSize(1);
			assertThat(limited.run("maintenance").exitCode()).isZero();
			assertThat(robot.delivered()).hasSize(1);
			Dumpkeeper raised = dumpkeeper.with("dumpkeeper.capacity.limits.full", "1TB");
			assertThat(raised.run("check-capacity").exitCode()).isZero();
			assertThat(robot.delivered()).hasSize(1);
			assertThat(raised.run("check-capacity").exitCode()).isZero();
			assertThat(robot.delivered()).hasSize(2).last().asString().contains("resolved", "`full`");
			assertThat(robot.pictures()).hasSize(1);
			assertThat(raised.run("check-capacity").exitCode()).isZero();
			assertThat(robot.delivered()).hasSize(2);
			assertThat(DatabaseServer.shared().count(database, "SELECT COUNT(*) FROM capacity_reading")).isPositive();
			assertThat(raised.with("dumpkeeper.run.keep-for", "0s").run("check-capacity").exitCode()).isZero();
			assertThat(DatabaseServer.shared().count(database, "SELECT COUNT(*) FROM capacity_reading")).isZero();
			assertThat(DatabaseServer.shared().count(database, "SELECT COUNT(*) FROM capacity_alert")).isOne();
		}
	}

}
