package dev.dumpkeeper.console;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.console.Browser.Visitor;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.S3ProxyGateway;
import dev.dumpkeeper.lab.Tree;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each button of the console in a real browser, and what a viewer gets who has none. The
 * approval of a plan is {@link ConsoleWorkBrowserIntegrationTests}'.
 */
class ConsoleActionsBrowserIntegrationTests {

	private static final String FILE = "dumpfiles/dev_shop-real_heapDump.hprof";

	private static final int SIZE = 4096;

	/** The same for all replicas: another hash of a password ends its sessions. */
	private static final String USERS = "dumpkeeper.security.users-file=" + ConsoleLab.users();

	private static Browser browser;

	private static S3ProxyGateway gateway;

	private static FaultyProxy proxy;

	private static FakeRobot robot;

	private static String database;

	private static ConsoleLab lab;

	private static long real;

	@BeforeAll
	static void start() {
		browser = Browser.start();
		Instant old = Instant.now().minus(Duration.ofHours(5)).truncatedTo(ChronoUnit.SECONDS);
		gateway = S3ProxyGateway.start(Tree.create()
			.file("jfsdata/dumpfiles/.keep", 7, old)
			.file("jfsdata/" + FILE, SIZE, old)
			.file("jfsdata/dumpfiles/other.hprof", SIZE, old));
		proxy = FaultyProxy.to(gateway.endpoint());
		robot = FakeRobot.start();
		database = ConsoleLab.database();
		lab = lab().fill();
		real = ConsoleLab.dump(lab.jdbc(), "jfsdata", FILE, SIZE, old.toEpochMilli(), "COMPLETE", "dev", "shop", null,
				"", true);
	}

	private static ConsoleLab lab() {
		return ConsoleLab.start(proxy.endpoint(), database, USERS, "dumpkeeper.wecom.webhook-url=" + robot.url());
	}

	@AfterAll
	static void stop() {
		if (lab != null) {
			lab.close();
			robot.close();
			proxy.close();
			gateway.close();
		}
		if (browser != null) {
			browser.close();
		}
	}

	@Test
	void aDumpIsHeldReleasedDownloadedAndAnnouncedAgain() throws IOException {
		try (Visitor otto = browser.visitor(lab).operator()) {
			otto.open("/console/dumps/" + real);
			otto.page().fill("#reason", "case 4");
			otto.page().click("form[action$='/hold'] button");
			assertThat(otto.text()).contains("The dump is held.", "by otto: case 4");
			otto.page().click("form[action$='/release'] button");
			assertThat(otto.text()).contains("The hold has ended.", "Not held");
			Download download = otto.page().waitForDownload(() -> otto.page().click("a[href$='/download']"));
			assertThat(Files.size(download.path())).isEqualTo(SIZE);
			otto.page().click("form[action$='/notify'] button");
			assertThat(otto.text()).contains("The next message announces this dump again.");
			assertThat(otto.page().innerText("ol.life")).contains("hold by otto", "release by otto", "download by otto",
					"notify again by otto");
			assertThat(otto.page().locator("form[action$='/notify']").count()).isZero();
			assertThat(ours(otto)).isEmpty();
		}
	}

	@Test
	void severalDumpsAreHeldReleasedListedAndAnnouncedAgain() throws IOException {
		try (Visitor otto = browser.visitor(lab, "zh-CN", ColorScheme.DARK, 360).operator()) {
			String view = "/console/dumps?text=shop-15";
			otto.open(view);
			choose(otto.page());
			otto.page().fill("#several-reason", "案例 5");
			otto.page().click("#several button.primary");
			assertThat(otto.path()).isEqualTo(view);
			assertThat(held("案例 5")).isEqualTo(2);
			choose(otto.page());
			otto.page().click("#several button[formaction$='/release']");
			assertThat(otto.path()).isEqualTo(view);
			assertThat(held("案例 5")).isZero();
			choose(otto.page());
			Download links = otto.page()
				.waitForDownload(() -> otto.page().click("#several button[formaction$='/links.csv']"));
			assertThat(Files.readString(links.path()).lines()).hasSize(1 + 2);
			Download list = otto.page().waitForDownload(() -> otto.page().click("#results a[download]"));
			assertThat(Files.readString(list.path()).lines()).hasSize(1 + 11);
			otto.open("/console/dumps?text=shop-10_");
			otto.page().check("#results tbody input");
			otto.page().click("#several button[formaction$='/notify']");
			assertThat(lab.jdbc()
				.queryForObject("SELECT COUNT(*) FROM dump WHERE object_key = ? AND notified_at IS NULL", Long.class,
						"dumpfiles/dev_shop-10_heapDump.hprof".getBytes()))
				.isEqualTo(1);
			assertThat(ours(otto)).isEmpty();
		}
	}

	private static void choose(Page page) {
		page.locator("#results tbody input").nth(0).check();
		page.locator("#results tbody input").nth(1).check();
	}

	private static Long held(String reason) {
		return lab.jdbc()
			.queryForObject("SELECT COUNT(*) FROM dump WHERE hold_reason = ? AND held_until > ?", Long.class, reason,
					System.currentTimeMillis());
	}

	@Test
	void aDryRunIsStartedFromThePlansAndStopped() {
		try (Visitor otto = browser.visitor(lab).operator()) {
			FaultyProxy.Rule slow = proxy.on("GET", "list-type=2");
			slow.delay(Duration.ofSeconds(6));
			otto.open("/console/plans");
			otto.page().click("main form button");
			otto.page().waitForURL((url) -> url.matches(".*/console/runs/expire-dumps/\\d+"));
			otto.page().click("form[action$='/stop'] button");
			otto.page()
				.waitForCondition(() -> otto.page().locator("#progress[hx-get]").count() == 0,
						new Page.WaitForConditionOptions().setTimeout(60_000));
			assertThat(otto.page().innerText("#progress")).contains("Stopped", "--dry-run");
			assertThat(gateway.exists("jfsdata/dumpfiles/other.hprof")).isTrue();
			assertThat(ours(otto)).isEmpty();
		}
		finally {
			proxy.clear();
		}
	}

	@Test
	void aRefusedMessageIsSentAgain() {
		try (Visitor otto = browser.visitor(lab).operator()) {
			otto.open("/console");
			otto.page().click("text=See the messages");
			otto.page().click("[aria-labelledby=waiting] tbody a >> nth=0");
			otto.page().click("form[action$='/again'] button");
			assertThat(otto.text()).contains("The next poll or run sends this message again.");
			assertThat(otto.page().locator("form[action$='/again']").count()).isZero();
			assertThat(otto.violations()).isEmpty();
			assertThat(ours(otto)).isEmpty();
		}
	}

	@Test
	void whatIfIsAskedByTheForm() {
		try (Visitor vera = browser.visitor(lab).viewer()) {
			vera.open("/console/volume?name=jfsdata");
			vera.page().fill("#retention", "7d");
			vera.page().fill("#threshold", "90");
			vera.page().fill("#size", "100Gi");
			vera.page().click("form[action='/console/volume'] button");
			assertThat(vera.path()).contains("retention=7d", "threshold=90", "size=100Gi");
			assertThat(vera.page().locator("[aria-labelledby=what-if] tbody tr").count()).isEqualTo(2);
			assertThat(vera.page().innerText("[aria-labelledby=what-if] tbody tr:last-child")).contains("7d", "90 %",
					"100.0 GiB");
			assertThat(vera.problems()).isEmpty();
		}
	}

	@Test
	void aViewerIsRefusedEachOfThem() {
		Map<String, String> form = Map.of("id", "1", "time", "7d", "reason", "by vera", "dryRun", "true", "confirm",
				"maintenance", "number", "1");
		try (Visitor vera = browser.visitor(lab).viewer()) {
			vera.open("/console");
			for (String path : List.of("/dumps/1/hold", "/dumps/1/release", "/dumps/1/notify", "/dumps/hold",
					"/dumps/release", "/dumps/notify", "/dumps/links.csv", "/plans/1/approve", "/runs/maintenance",
					"/runs/expire-dumps", "/runs/maintenance/1/stop", "/messages/5/again")) {
				assertThat(vera.page().evaluate("""
						async ([path, form]) => {
						  const body = new URLSearchParams(form);
						  body.set('_csrf', document.querySelector('[name=_csrf]').value);
						  return (await fetch('/console' + path, {method: 'POST', body, redirect: 'manual'})).status;
						}""", List.of(path, form))).as(path).isEqualTo(403);
			}
			for (String path : List.of("/dumps/1/download", "/dumps/1/download?analyzer=")) {
				vera.page().navigate(lab.address("/console" + path).toString());
				assertThat(vera.text()).contains("Not allowed");
				assertThat(vera.violations()).isEmpty();
			}
			assertThat(vera.problems()).hasSize(14).allMatch((problem) -> problem.contains("403"));
		}
		assertThat(lab.jdbc().queryForObject("SELECT COUNT(*) FROM dump WHERE hold_reason = 'by vera'", Long.class))
			.isZero();
	}

	@Test
	void aSessionIsServedByAnotherReplicaAndOutlivesARestart() {
		try (Visitor otto = browser.visitor(lab).operator()) {
			otto.open("/console/dumps/1");
			// Cookies belong to a host, whatever its port.
			try (ConsoleLab other = lab()) {
				at(otto, other, "/console/dumps/1");
				otto.page().fill("#reason", "by the other replica");
				otto.page().click("form[action$='/hold'] button");
				assertThat(otto.text()).contains("by otto: by the other replica");
				at(otto, lab, "/console/dumps/1");
				assertThat(otto.text()).contains("by otto: by the other replica");
			}
			try (ConsoleLab restarted = lab()) {
				at(otto, restarted, "/console/dumps/1");
				assertThat(otto.text()).contains("by otto: by the other replica");
				otto.page().click("text=Sign out");
				assertThat(otto.text()).contains("You are signed out.");
			}
			assertThat(otto.open("/console").path()).startsWith("/console/sign-in");
			assertThat(ours(otto)).isEmpty();
		}
	}

	private static void at(Visitor visitor, ConsoleLab replica, String path) {
		visitor.page().navigate(replica.address(path).toString());
		assertThat(visitor.page().url()).isEqualTo(replica.address(path).toString());
	}

	/** The gateway and the other replicas are asked too. */
	private static List<String> ours(Visitor visitor) {
		List<String> problems = new ArrayList<>(visitor.problems());
		problems.removeIf((problem) -> problem.startsWith("asked for http://127.0.0.1:"));
		return problems;
	}

}
