package dev.dumpkeeper.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.console.Browser.Visitor;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.S3ProxyGateway;
import dev.dumpkeeper.lab.Tree;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people do in a real browser, on a gateway: a run is started and watched, a dump is
 * held, and a plan that the brakes refused is approved and swept.
 */
class ConsoleWorkBrowserIntegrationTests {

	private static final String HELD = "jfsdata/dumpfiles/dev_shop-0_heapDump.hprof";

	private static final int OLD = 12;

	private static Browser browser;

	private static S3ProxyGateway gateway;

	private static FaultyProxy proxy;

	private static ConsoleLab lab;

	@BeforeAll
	static void start() {
		browser = Browser.start();
		Instant old = Instant.now().minus(Duration.ofDays(5));
		Tree tree = Tree.create().file("jfsdata/dumpfiles/.keep", 7, Instant.now());
		for (int i = 0; i < OLD; i++) {
			tree.file("jfsdata/dumpfiles/dev_shop-" + i + "_heapDump.hprof", 10, old);
		}
		gateway = S3ProxyGateway.start(tree);
		proxy = FaultyProxy.to(gateway.endpoint());
		// So that there is something to watch.
		proxy.on((request) -> request.method().equals("POST") || request.target().contains("list-type=2"))
			.delay(Duration.ofSeconds(2));
		lab = ConsoleLab.start(proxy.endpoint(), ConsoleLab.database(),
				"dumpkeeper.security.users-file=" + ConsoleLab.users(), "dumpkeeper.brake.max-objects=5");
	}

	@AfterAll
	static void stop() {
		if (lab != null) {
			lab.close();
			proxy.close();
			gateway.close();
		}
		if (browser != null) {
			browser.close();
		}
	}

	@Test
	void aRefusedPlanIsApprovedAndSweptBeforeOnesEyesButForAHeldDump() {
		try (Visitor otto = browser.visitor(lab).operator(); Visitor vera = browser.visitor(lab).viewer()) {
			otto.open("/console/runs/maintenance");
			otto.page().fill("#confirm", "maintenance");
			otto.page().click("form:has(#confirm) button");
			watch(otto);
			assertThat(otto.page().innerText("#progress")).contains("sweepVolumes", "jfsdata");
			assertThat(gateway.exists(HELD)).isTrue();

			otto.open("/console/dumps?text=shop-0_");
			otto.page().click("#results tbody a");
			otto.page().fill("form[action$='/hold'] [name=reason]", "case 17");
			otto.page().click("form[action$='/hold'] button");
			assertThat(otto.text()).contains("by otto: case 17");

			otto.open("/console/plans");
			otto.page().click("main tbody a");
			assertThat(otto.text()).contains("max-objects");
			String plan = otto.path();
			assertThat(vera.open(plan).page().locator("form[action$='/approve']").count()).isZero();
			assertThat(approveWithoutAButton(vera, plan)).isEqualTo(403);
			otto.page().fill("#number", "999");
			otto.page().click("form[action$='/approve'] button");
			assertThat(files()).hasSize(OLD + 1);

			otto.open(plan);
			assertThat(otto.problems()).as("the wrong number").singleElement().asString().contains("400");
			otto.page().fill("#number", plan.substring(plan.lastIndexOf('/') + 1));
			otto.page().click("form[action$='/approve'] button");
			watch(otto);
			assertThat(files()).containsExactlyInAnyOrder(HELD, "jfsdata/dumpfiles/.keep");
			assertThat(otto.open(plan).page().locator("form[action$='/approve']").count()).isZero();
			assertThat(vera.open(plan).text()).contains("Done");
			assertThat(vera.problems()).allMatch((problem) -> problem.contains("403"));
		}
	}

	/** The page follows the run by itself until it has ended. */
	private static void watch(Visitor visitor) {
		visitor.page().waitForURL((url) -> url.matches(".*/console/runs/[a-z-]+/\\d+(\\?.*)?"));
		visitor.page().evaluate("() => window.stays = true");
		assertThat(visitor.page().locator("#progress[hx-get]").count()).as("under way").isEqualTo(1);
		visitor.page().waitForCondition(() -> visitor.page().locator("#progress[hx-get]").count() == 0);
		assertThat(visitor.page().evaluate("() => window.stays")).as("it was no other page").isEqualTo(true);
		assertThat(visitor.problems()).isEmpty();
	}

	private static Object approveWithoutAButton(Visitor visitor, String plan) {
		return visitor.page().evaluate("""
				async plan => {
				  const body = new URLSearchParams({number: plan.split('/').pop(),
				    _csrf: document.querySelector('[name=_csrf]').value});
				  return (await fetch(plan + '/approve', {method: 'POST', body})).status;
				}""", plan);
	}

	private static List<String> files() {
		return gateway.list().stream().filter((path) -> !path.endsWith("/")).toList();
	}

}
