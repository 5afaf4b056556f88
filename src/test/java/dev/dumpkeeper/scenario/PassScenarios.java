package dev.dumpkeeper.scenario;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.FaultyProxy.Request;
import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import dev.dumpkeeper.scenario.Site.Planting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every gateway must see of a pass. One gateway serves a whole class, with a volume
 * for each scenario that is named after it.
 */
abstract class PassScenarios {

	private static final String LONG = "long-" + "x".repeat(245);

	/** Old, and of names that something on the way may take for another. */
	private static final List<String> UNUSUAL = List.of("dumpfiles/a b+c&d.hprof", "dumpfiles/a%41.hprof",
			"dumpfiles/it's \"quoted\" <&amp;>.hprof", "dumpfiles/line\nbreak.hprof", "dumpfiles/tab\there.hprof",
			"dumpfiles/\u00fc\ud83d\ude00.hprof", "dumpfiles/back\\slash.hprof", "dumpfiles/pl+us.hprof",
			"dumpfiles/..hidden", "dumpfiles/" + LONG + "/" + LONG + "/" + LONG + "/" + LONG);

	/** Young, and what those names may be taken for. */
	private static final List<String> THEIR_DOUBLES = List.of("dumpfiles/a b c&d.hprof", "dumpfiles/aA.hprof",
			"dumpfiles/line break.hprof", "dumpfiles/pl us.hprof", "dumpfiles/pl%2Bus.hprof");

	private FaultyProxy proxy;

	private String database;

	/** The gateway, running, with what {@link #plant} has put there. */
	abstract Site site();

	static void plant(Planting volumes) {
		volumes.young("marker-missing/dumpfiles/young.hprof")
			.file("marker-different/dumpfiles/.keep", 7, Site.OLD)
			.old("marker-nobody/logs/app.log")
			.young("marker-named/logs/app.log")
			.old("expiry/dumpfiles/old.hprof", "expiry/dumpfiles/pod-1/old.hprof.gz", "expiry/dumpfiles/old.txt")
			.young("expiry/dumpfiles/young.hprof")
			.old("expiry/dumpfiles/pod-1/.keep", "expiry/old.hprof", "expiry/logs/old.hprof",
					"expiry/dumpfiles-of-others/old.hprof", "expiry/pod/dumpfiles/old.hprof")
			.old(30, (i) -> "second-pass/dumpfiles/%02d.hprof".formatted(i))
			.young("second-pass/dumpfiles/young.hprof")
			.file("empty-objects/dumpfiles/old.hprof", 0, Site.OLD)
			.file("empty-objects/dumpfiles/young.hprof", 0, Site.YOUNG)
			.file("empty-objects/dumpfiles/new.hprof", 0, java.time.Duration.ofMinutes(30))
			.file("empty-objects/dumpfiles/new-but-written.hprof", 1, java.time.Duration.ofMinutes(30))
			.file("usage-one/dumpfiles/a.hprof", 1000, Site.YOUNG)
			.file("usage-one/dumpfiles/pod/b.hprof.gz", 2000, Site.OLD)
			.file("usage-one/logs/app.log", 30, Site.OLD)
			.file("usage-one/top.txt", 4, Site.OLD)
			.file("usage-two/logs/app.log", 5, Site.OLD)
			.old("dry-run/dumpfiles/old.hprof")
			.young("dry-run/dumpfiles/young.hprof")
			.old(110, (i) -> "brake/dumpfiles/%03d.hprof".formatted(i))
			.young(10, (i) -> "brake/dumpfiles/young-%03d.hprof".formatted(i))
			.old("nested/dumpfiles/a/b/c/old.hprof", "nested/dumpfiles/a/b/old.hprof", "nested/dumpfiles/d/old.hprof")
			.young("nested/dumpfiles/d/young.hprof")
			.old("changed/dumpfiles/goes.hprof", "changed/dumpfiles/rewritten.hprof",
					"changed/dumpfiles/vanishes.hprof")
			.old(60, (i) -> "changed-many/dumpfiles/%02d.hprof".formatted(i))
			.young("changed-many/dumpfiles/young.hprof")
			.old(20, (i) -> "cut-short/dumpfiles/%03d.hprof".formatted(i))
			.young(180, (i) -> "cut-short/dumpfiles/young-%03d.hprof".formatted(i))
			.old(20, (i) -> "all-gone/dumpfiles/%03d.hprof".formatted(i))
			.old("failing-403/dumpfiles/old.hprof", "failing-500/dumpfiles/old.hprof",
					"failing-not/dumpfiles/old.hprof")
			.old("dots/dumpfiles/old.hprof", "dots-victim/dumpfiles/old.hprof")
			.young("dots/dumpfiles/young.hprof");
		UNUSUAL.forEach((key) -> volumes.old("unusual/" + key));
		THEIR_DOUBLES.forEach((key) -> volumes.young("unusual/" + key));
	}

	@BeforeEach
	void open() {
		this.proxy = FaultyProxy.to(site().endpoint());
		this.database = DatabaseServer.shared().migratedDatabase("scenario");
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@Test
	void aMarkerIsWrittenWhereItIsMissingAndNeverAgain() {
		Result first = pass("marker-missing");
		assertThat(first.exitCode()).isZero();
		assertThat(first.marker("marker-missing")).isEqualTo("WRITTEN");
		assertThat(site().list("marker-missing")).containsExactly("dumpfiles/", "dumpfiles/.keep",
				"dumpfiles/young.hprof");
		this.proxy.clear();
		Result second = pass("marker-missing");
		assertThat(second.exitCode()).isZero();
		assertThat(second.marker("marker-missing")).isEqualTo("INTACT");
		assertThat(this.proxy.count("PUT")).isZero();
	}

	@Test
	void aMarkerWithOtherContentIsWrittenAgain() {
		assertThat(run("keep-marker", "--volume", "marker-different").marker("marker-different")).isEqualTo("WRITTEN");
		assertThat(run("keep-marker", "--volume", "marker-different").marker("marker-different")).isEqualTo("INTACT");
	}

	@Test
	void aVolumeWithoutDumpfilesIsLeftAlone() {
		Result result = pass("marker-nobody");
		assertThat(result.exitCode()).isZero();
		assertThat(site().files("marker-nobody")).containsExactly("logs/app.log");
		assertThat(this.proxy.count("PUT")).isZero();
		assertThat(deletes()).isZero();
	}

	@Test
	void aVolumeThatIncludeNamesGetsDumpfilesAndAWarningAboutItsOwner() {
		Result result = dumpkeeper().with("dumpkeeper.volumes.include", "marker-named").run("maintenance");
		assertThat(result.exitCode()).isZero();
		assertThat(site().files("marker-named")).containsExactly("dumpfiles/.keep", "logs/app.log");
		assertThat(result.warnings()).anySatisfy((warning) -> assertThat(warning).contains("marker-named", "root"));
	}

	@Test
	void whatIsOldBelowDumpfilesExpiresAndEverythingElseStays() {
		Result result = pass("expiry");
		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(site().files("expiry")).containsExactlyInAnyOrder("dumpfiles/.keep", "dumpfiles/pod-1/.keep",
				"dumpfiles/young.hprof", "dumpfiles-of-others/old.hprof", "logs/old.hprof", "old.hprof",
				"pod/dumpfiles/old.hprof");
		assertThat(result.count("expiry", "planned")).isEqualTo(3);
		assertThat(result.count("expiry", "expired")).isEqualTo(3);
		assertThat(result.count("expiry", "freedBytes")).isEqualTo(30);
		assertThat(result.count("expiry", "failed")).isZero();
		assertThat(result.json().at("/plan/state").asString()).isEqualTo("SWEPT");
		assertThat(result.json().path("exitCode").asInt()).isZero();
	}

	@Test
	void aSecondPassHasNothingToDo() {
		assertThat(pass("second-pass").count("second-pass", "expired")).isEqualTo(30);
		assertThat(site().files("second-pass")).containsExactly("dumpfiles/.keep", "dumpfiles/young.hprof");
		this.proxy.clear();
		Result second = pass("second-pass");
		assertThat(second.exitCode()).as(second.out()).isZero();
		assertThat(second.count("second-pass", "planned")).isZero();
		assertThat(second.count("second-pass", "objects")).isEqualTo(2);
		assertThat(deletes()).isZero();
		assertThat(this.proxy.count("PUT")).isZero();
		assertThat(query("SELECT COUNT(*) FROM expiry_item WHERE outcome = 'DELETED'")).isEqualTo("30");
	}

	@Test
	void anEmptyObjectIsTakenForOneThatIsBeingWrittenAsLongAsItIsYoung() {
		Result result = dumpkeeper().with("dumpkeeper.retention.max-age", "10m")
			.run("maintenance", "--volume", "empty-objects");
		assertThat(result.exitCode()).isZero();
		assertThat(site().files("empty-objects")).containsExactly("dumpfiles/.keep", "dumpfiles/new.hprof");
		assertThat(result.count("empty-objects", "expired")).isEqualTo(3);
	}

	@Test
	void usageIsMeasuredForEachVolumeAndEachDirectory() {
		Result result = run("measure-usage", "--volume", "usage-one", "--volume", "usage-two");
		assertThat(result.exitCode()).isZero();
		assertThat(result.count("usage-one", "objects")).isEqualTo(4);
		assertThat(result.count("usage-one", "bytes")).isEqualTo(3034);
		assertThat(result.count("usage-one", "dumps")).isEqualTo(2);
		assertThat(result.out()).containsPattern("usage-one +\\(all\\) +4 ")
			.containsPattern("usage-one +dumpfiles +2 ")
			.containsPattern("usage-one +logs +1 ")
			.containsPattern("usage-two +\\(all\\) +1 ");
		assertThat(
				query("SELECT GROUP_CONCAT(CONCAT(volume, '/', directory, ':', objects, ':', object_bytes, ':', dumps)"
						+ " ORDER BY volume, directory SEPARATOR ' ') FROM directory_usage"))
			.isEqualTo("usage-one/:4:3034:2 usage-one/dumpfiles:2:3000:2 usage-one/logs:1:30:0 usage-two/:1:5:0"
					+ " usage-two/logs:1:5:0");
		assertThat(this.proxy.requests()).extracting(Request::method).isSubsetOf("GET", "HEAD");
	}

	@Test
	void aDryRunChangesNothingAndItsPlanCanBeApproved() {
		List<String> before = site().list("dry-run");
		Result dry = run("maintenance", "--dry-run", "--volume", "dry-run");
		assertThat(dry.exitCode()).isZero();
		assertThat(dry.json().at("/plan/state").asString()).isEqualTo("DRY_RUN");
		assertThat(dry.count("dry-run", "planned")).isEqualTo(1);
		assertThat(dry.marker("dry-run")).isEqualTo("WOULD_WRITE");
		assertThat(this.proxy.requests()).extracting(Request::method).containsOnly("GET", "HEAD");
		assertThat(site().list("dry-run")).isEqualTo(before);
		Result approved = run("expire-dumps", "--approve", dry.plan());
		assertThat(approved.exitCode()).as(approved.err()).isZero();
		assertThat(site().files("dry-run")).containsExactly("dumpfiles/.keep", "dumpfiles/young.hprof");
	}

	@Test
	void aPlanThatTakesTooMuchIsRefusedAndAnApprovalSweepsExactlyThatPlan() {
		List<String> before = site().list("brake");
		Result refused = pass("brake");
		assertThat(refused.exitCode()).isEqualTo(4);
		assertThat(refused.count("brake", "planned")).isEqualTo(110);
		assertThat(refused.count("brake", "expired")).isZero();
		assertThat(refused.warnings())
			.anySatisfy((warning) -> assertThat(warning).contains("--approve " + refused.plan()));
		assertThat(deletes()).isZero();
		assertThat(site().list("brake")).containsAll(before).hasSize(before.size() + 1);
		site().write("brake/dumpfiles/007.hprof", 20, Site.YOUNG);
		site().write("brake/dumpfiles/008-later.hprof", 20, Site.OLD);
		Result approved = run("expire-dumps", "--approve", refused.plan());
		assertThat(approved.exitCode()).as(approved.err()).isZero();
		assertThat(approved.count("brake", "expired")).isEqualTo(109);
		assertThat(approved.count("brake", "changed")).isEqualTo(1);
		assertThat(site().files("brake")).hasSize(13)
			.contains("dumpfiles/.keep", "dumpfiles/007.hprof", "dumpfiles/008-later.hprof")
			.filteredOn((file) -> file.contains("young"))
			.hasSize(10);
		assertThat(run("expire-dumps", "--approve", refused.plan()).exitCode()).isEqualTo(2);
	}

	@Test
	void unusualKeysExpireLikeAllOthersAndTheirDoublesStay() {
		Result result = pass("unusual");
		assertThat(result.exitCode()).as(result.out()).isZero();
		List<String> left = new ArrayList<>(THEIR_DOUBLES);
		left.add("dumpfiles/.keep");
		assertThat(site().files("unusual")).containsExactlyInAnyOrderElementsOf(left);
		assertThat(result.count("unusual", "expired")).isEqualTo(UNUSUAL.size());
	}

	@Test
	void directoriesThatWereEmptiedAreTidiedAndDumpfilesStays() {
		assertThat(pass("nested").exitCode()).isZero();
		assertThat(site().list("nested")).containsExactly("dumpfiles/", "dumpfiles/.keep", "dumpfiles/d/",
				"dumpfiles/d/young.hprof");
	}

	@Test
	void whatChangedOrVanishedSinceTheScanIsNeitherDeletedNorCounted() {
		run("keep-marker", "--volume", "changed");
		this.proxy.on((request) -> request.method().equals("HEAD") && request.target().contains("goes"))
			.times(1)
			.before(() -> {
				site().write("changed/dumpfiles/rewritten.hprof", 20, Site.YOUNG);
				site().delete("changed/dumpfiles/vanishes.hprof");
			});
		Result result = pass("changed");
		assertThat(result.exitCode()).as(result.out()).isZero();
		assertThat(site().files("changed")).containsExactly("dumpfiles/.keep", "dumpfiles/rewritten.hprof");
		assertThat(result.count("changed", "planned")).isEqualTo(3);
		assertThat(result.count("changed", "expired")).isEqualTo(1);
		assertThat(result.count("changed", "changed")).isEqualTo(1);
		assertThat(result.count("changed", "vanished")).isEqualTo(1);
	}

	@Test
	void oneOfManyThatChangedSinceTheScanStays() {
		run("keep-marker", "--volume", "changed-many");
		site().betweenScanAndCheck(this.proxy, "changed-many", () -> {
			site().write("changed-many/dumpfiles/45.hprof", 20, Site.YOUNG);
			site().delete("changed-many/dumpfiles/46.hprof");
		});
		Result result = dumpkeeper().with("dumpkeeper.retention.parallel-batches", 1)
			.run("maintenance", "--volume", "changed-many");
		assertThat(result.exitCode()).as(result.out()).isZero();
		assertThat(site().files("changed-many")).containsExactly("dumpfiles/.keep", "dumpfiles/45.hprof",
				"dumpfiles/young.hprof");
		assertThat(result.count("changed-many", "expired")).isEqualTo(58);
		assertThat(result.count("changed-many", "changed")).isEqualTo(1);
		assertThat(result.count("changed-many", "vanished")).isEqualTo(1);
	}

	@Test
	void aListingThatIsSilentlyCutShortIsNotBelievedUntilItIsSeenAgain() {
		assertThat(run("measure-usage", "--volume", "cut-short").exitCode()).isZero();
		List<String> before = site().files("cut-short");
		Result first = site().seeingOnly(this.proxy, "cut-short", 60, () -> pass("cut-short"));
		assertThat(first.exitCode()).isEqualTo(6);
		assertThat(first.volume("cut-short").path("state").asString()).isEqualTo("UNTRUSTED");
		assertThat(first.warnings()).anySatisfy((warning) -> assertThat(warning).contains("cut-short", "max-shrink"));
		assertThat(deletes()).isZero();
		assertThat(site().files("cut-short")).containsAll(before);
		Result second = site().seeingOnly(this.proxy, "cut-short", 60, () -> pass("cut-short"));
		assertThat(second.exitCode()).as(second.out()).isZero();
		assertThat(second.volume("cut-short").path("state").asString()).isEqualTo("TRUSTED");
		assertThat(site().files("cut-short")).noneMatch((file) -> file.matches("dumpfiles/\\d.*")).hasSize(181);
	}

	@Test
	void aVolumeThatIsSuddenlyListedAsEmptyIsNotBelieved() {
		assertThat(run("measure-usage", "--volume", "all-gone").exitCode()).isZero();
		Result result = site().seeingOnly(this.proxy, "all-gone", 0, () -> pass("all-gone"));
		assertThat(result.exitCode()).isEqualTo(6);
		assertThat(result.volume("all-gone").path("reason").asString()).contains("empty", "20");
		assertThat(site().files("all-gone")).filteredOn((file) -> file.endsWith(".hprof")).hasSize(20);
	}

	@Test
	void aVolumeThatFailsDoesNotStopTheOthers() {
		String denied = site().failScans(this.proxy, "failing-403", 403, "AccessDenied");
		String broken = site().failScans(this.proxy, "failing-500", 500, "InternalError");
		Result result = dumpkeeper().with("dumpkeeper.volumes.include", "failing-*").run("maintenance");
		assertThat(result.exitCode()).isEqualTo(6);
		assertThat(site().exists("failing-not/dumpfiles/old.hprof")).isFalse();
		assertThat(site().exists("failing-403/dumpfiles/old.hprof")).isTrue();
		assertThat(site().exists("failing-500/dumpfiles/old.hprof")).isTrue();
		assertThat(result.volume("failing-403").path("reason").asString()).contains(denied);
		assertThat(result.volume("failing-500").path("reason").asString()).contains(broken);
		assertThat(result.count("failing-not", "expired")).isEqualTo(1);
	}

	@Test
	void aKeyThatLeavesItsVolumeIsNeverSent() {
		site().seeingAlso(this.proxy, "dots", "old.hprof", "../../dots-victim/dumpfiles/old.hprof");
		Result result = pass("dots");
		assertThat(result.exitCode()).as(result.out()).isZero();
		assertThat(result.count("dots", "unusableNames")).isEqualTo(1);
		assertThat(result.count("dots", "expired")).isEqualTo(1);
		assertThat(site().files("dots")).containsExactly("dumpfiles/.keep", "dumpfiles/young.hprof");
		assertThat(site().exists("dots-victim/dumpfiles/old.hprof")).isTrue();
		assertThat(this.proxy.requests()).noneMatch((request) -> request.target().contains("victim"));
	}

	private Dumpkeeper dumpkeeper() {
		return site().configure(Dumpkeeper.on(this.proxy.endpoint()).database(DatabaseServer.shared(), this.database));
	}

	private Result run(String... job) {
		return dumpkeeper().run(job);
	}

	private Result pass(String volume) {
		return run("maintenance", "--volume", volume);
	}

	private long deletes() {
		return this.proxy.count("DELETE") + this.proxy.count("POST");
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
