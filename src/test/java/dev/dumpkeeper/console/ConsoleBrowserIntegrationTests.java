package dev.dumpkeeper.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.dumpkeeper.console.Browser.Visitor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console in a real browser, filled with what strangers like to write.
 */
class ConsoleBrowserIntegrationTests {

	private static final List<String> PAGES = List.of("", "/dumps", "/dumps?there=no", "/dumps?text=script",
			"/dumps?order=LARGEST&from=2020-01-01&to=2999-12-31", "/dumps/1", "/dumps/161", "/dumps/164", "/dumps/195",
			"/failures", "/failures/f00dfeed0001", "/failures/bad000000001", "/volumes", "/volume?name=jfsdata",
			"/volume?name=jfsdata&retention=7d&threshold=90&size=100Gi",
			"/volume?name=%3Cscript%3Ewindow.pwned=1%3C/script%3E", "/plans", "/plans/1", "/plans/1?part=2", "/runs",
			"/runs/maintenance", "/runs/maintenance/2", "/runs/daily-report", "/messages", "/messages/1",
			"/messages/10", "/audit", "/settings");

	/** What acts on a visitor; each is identified by its outer HTML. */
	private static final String TRACES = """
			() => {
			  const found = [];
			  if (window.pwned !== undefined) found.push('a script ran');
			  document.querySelectorAll('.pwned, iframe, object, embed, base, [style], main script, main img, body style').forEach(e => found.push(e.outerHTML));
			  document.querySelectorAll('*').forEach(e => { for (const a of e.attributes) {
			    if (/^on/i.test(a.name) || a.name.startsWith('hx-on')) found.push(e.outerHTML);
			    if (['href', 'src', 'action', 'formaction', 'hx-get', 'hx-post', 'xlink:href'].includes(a.name) && !/^(\\/console|#)/.test(a.value)) found.push(a.name + '=' + a.value);
			  } });
			  if (/[\\u202a-\\u202e\\u2066-\\u2069\\u0000-\\u0008\\u001b]/.test(document.body.innerText)) found.push('a character that turns or hides text');
			  return found;
			}""";

	private static ConsoleLab lab;

	private static Browser browser;

	@BeforeAll
	static void start() {
		browser = Browser.start();
		lab = ConsoleLab.start(ConsoleLab.database(), "dumpkeeper.security.users-file=" + ConsoleLab.users()).fill();
	}

	@AfterAll
	static void stop() {
		if (lab != null) {
			lab.close();
		}
		if (browser != null) {
			browser.close();
		}
	}

	@ParameterizedTest(name = "{0}, {1}, {2} px")
	@CsvSource({ "en-GB, LIGHT, 1280", "zh-CN, DARK, 1280", "zh-CN, LIGHT, 360", "en-GB, DARK, 360" })
	void noPageActsForAStrangerAndEachIsForEverybody(String language, ColorScheme scheme, int width) {
		List<String> wrong = new ArrayList<>();
		try (Visitor visitor = browser.visitor(lab, language, scheme, width)) {
			visitor.open("/console/sign-in");
			visitor.violations().forEach((violation) -> wrong.add("sign-in: " + violation));
			visitor.operator().open("/console/dumps/999999");
			visitor.violations().forEach((violation) -> wrong.add("not found: " + violation));
			assertThat(visitor.problems()).allMatch((problem) -> problem.contains("404"));
			for (String path : PAGES) {
				visitor.open("/console" + path);
				String html = (String) visitor.page().evaluate("() => document.documentElement.lang");
				assertThat(html).isEqualTo(language.startsWith("zh") ? "zh-CN" : "en");
				((List<?>) visitor.page().evaluate(TRACES)).forEach((trace) -> wrong.add(path + ": " + trace));
				if ((Boolean) visitor.page()
					.evaluate("() => document.documentElement.scrollWidth > window.innerWidth")) {
					wrong.add(path + ": wider than the screen");
				}
				visitor.problems().forEach((problem) -> wrong.add(path + ": " + problem));
				visitor.violations().forEach((violation) -> wrong.add(path + ": " + violation));
				if (Boolean.getBoolean("console.pictures")) {
					visitor.page()
						.screenshot(new ScreenshotOptions().setFullPage(true)
							.setPath(Path.of("target/console", language + "-" + scheme + "-" + width,
									path.replaceAll("[^a-z0-9]+", "_") + ".png")));
				}
			}
		}
		assertThat(wrong).isEmpty();
	}

	@Test
	void aViewerSeesEverythingAndMayDoNothing() {
		List<String> wrong = new ArrayList<>();
		try (Visitor vera = browser.visitor(lab).viewer()) {
			for (String path : PAGES) {
				vera.open("/console" + path);
				// The language, the sign-out and the filter are everybody's.
				((List<?>) vera.page()
					.evaluate("() => [...document.querySelectorAll('form')].map(f => f.getAttribute('action'))"))
					.stream()
					.filter((action) -> !List
						.of("/console/language", "/console/sign-out", "/console/dumps", "/console/volume")
						.contains(action))
					.forEach((action) -> wrong.add(path + ": " + action));
				vera.problems().forEach((problem) -> wrong.add(path + ": " + problem));
			}
			vera.page().navigate(lab.address("/console/dumps/1/download").toString());
			assertThat(vera.text()).contains("Not allowed");
		}
		assertThat(wrong).isEmpty();
	}

	@Test
	void aFilterChangesThePartAndTheAddressThatCanBeSent() {
		try (Visitor otto = browser.visitor(lab).operator(); Visitor vera = browser.visitor(lab).viewer()) {
			otto.open("/console/dumps");
			otto.page().evaluate("() => window.stays = true");
			otto.page().fill("#text", "shop-42_");
			otto.page()
				.waitForResponse((response) -> response.url().contains("text=shop-42_"),
						() -> otto.page().press("#text", "Enter"));
			otto.page().waitForURL((url) -> url.contains("text=shop-42_"));
			otto.page().waitForCondition(() -> otto.page().locator("#results tbody tr").count() == 1);
			assertThat(otto.page().innerText("#results")).contains("dev_shop-42_heapDump.hprof");
			// It was no other page.
			assertThat(otto.page().evaluate("() => window.stays")).isEqualTo(true);
			assertThat(otto.problems()).isEmpty();
			vera.open(otto.path());
			assertThat(vera.page().innerText("#results")).contains("dev_shop-42_heapDump.hprof");
			assertThat(vera.page().locator("#results tbody tr").count()).isEqualTo(1);
		}
	}

	@Test
	void aValueOfTheChartIsReadByKeysAndByTheMouse() {
		try (Visitor vera = browser.visitor(lab).viewer()) {
			vera.open("/console/volume?name=jfsdata");
			Locator marks = vera.page().locator(".chart .mark[tabindex='0']");
			assertThat(marks.count()).isBetween(15, 40);
			Locator read = marks.last();
			String opacity = "mark => getComputedStyle(mark.querySelector('.value')).opacity";
			assertThat(read.evaluate(opacity)).isEqualTo("0");
			read.focus();
			assertThat(read.evaluate(opacity)).isEqualTo("1");
			assertThat(read.locator(".value").textContent()).contains("expected", "at worst", "GiB");
			Locator other = vera.page().locator(".chart .mark:not(.expiry)").first();
			other.locator("circle").hover();
			assertThat(other.evaluate(opacity)).isEqualTo("1");
			assertThat(vera.problems()).isEmpty();
		}
	}

	@Test
	void somebodySignsInByTheKeyboardSwitchesTheLanguageAndSignsOut() {
		try (Visitor otto = browser.visitor(lab)) {
			otto.open("/console/dumps/2");
			assertThat(otto.path()).startsWith("/console/sign-in");
			otto.fillIn(ConsoleLab.OPERATOR, "guess");
			assertThat(otto.text()).contains("Name or password is wrong.");
			otto.page().focus("#name");
			otto.page().keyboard().type(ConsoleLab.OPERATOR);
			otto.page().keyboard().press("Tab");
			otto.page().keyboard().type(ConsoleLab.OPERATORS_PASSWORD);
			otto.page().keyboard().press("Enter");
			otto.page().waitForURL((url) -> url.endsWith("/console/dumps/2"));
			otto.page().click("text=中文");
			assertThat(otto.path()).isEqualTo("/console/dumps/2");
			assertThat(otto.text()).contains("堆转储 2", "退出登录", "+08:00");
			otto.page().click("text=退出登录");
			assertThat(otto.text()).contains("已退出登录。");
			assertThat(otto.open("/console").path()).startsWith("/console/sign-in");
			assertThat(otto.problems()).isEmpty();
		}
	}

	@Test
	void aPageWeighsLittle() {
		try (Visitor otto = browser.visitor(lab)) {
			otto.open("/console/sign-in");
			long first = weight(otto);
			otto.fillIn(ConsoleLab.OPERATOR, ConsoleLab.OPERATORS_PASSWORD);
			assertThat(first + weight(otto)).isBetween(10_000L, 150_000L);
			for (String path : PAGES) {
				otto.open("/console" + path);
				assertThat(weight(otto)).as(path).isBetween(500L, 20_000L);
			}
		}
	}

	/** What came over the wire for the page that is open, and not out of the cache. */
	private static long weight(Visitor visitor) {
		visitor.page().waitForLoadState();
		return ((Number) visitor.page()
			.evaluate("() => ['navigation', 'resource'].flatMap(t => performance.getEntriesByType(t))"
					+ ".reduce((sum, e) => sum + e.transferSize, 0)"))
			.longValue();
	}

	/** With {@code -Dconsole.pictures=true} it makes the pictures of the documents. */
	@Test
	void theDemonstrationReportsARealDeath() throws IOException {
		Path pictures = Path.of(Boolean.getBoolean("console.pictures") ? "docs" : "target");
		try (ConsoleDemo demo = ConsoleDemo.start(Instant.now())) {
			demo.die();
			picture(demo, "en-GB", ColorScheme.LIGHT, "", pictures.resolve("console-overview-en.png"));
			picture(demo, "zh-CN", ColorScheme.DARK, "", pictures.resolve("console-overview-zh.png"));
			picture(demo, "zh-CN", ColorScheme.LIGHT, "/dumps/1", pictures.resolve("console-dump-zh.png"));
			picture(demo, "en-GB", ColorScheme.DARK, "/volume?name=jfsdata", pictures.resolve("console-volume-en.png"));
			try (Visitor group = browser.visitor(demo.lab())) {
				Awaitility.await("the group hears of the death").atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
					group.page().navigate(demo.group().address().toString());
					assertThat(group.text()).contains("leak", "Leak.main", "Cart.addAll");
				});
			}
		}
	}

	private static void picture(ConsoleDemo demo, String language, ColorScheme scheme, String path, Path file)
			throws IOException {
		try (Visitor otto = browser.visitor(demo.lab(), language, scheme, 1000).operator()) {
			otto.open("/console" + path);
			otto.page().screenshot(new ScreenshotOptions().setClip(0, 0, 1000, 520).setPath(file));
			assertThat(otto.problems()).isEmpty();
		}
		assertThat(Files.size(file)).as(file.toString()).isBetween(10_000L, 80_000L);
	}

	@Test
	void theTracesWouldBeFound() {
		try (Visitor visitor = browser.visitor(lab).operator()) {
			visitor.open("/console");
			visitor.page()
				.evaluate(
						"() => { const a = document.createElement('a'); a.href = 'https://evil.example'; a.onclick = 'x';"
								+ " document.querySelector('main').append(a); a.innerHTML = '<img class=pwned onerror=x>\\u202e'; }");
			assertThat((List<?>) visitor.page().evaluate(TRACES)).hasSizeGreaterThanOrEqualTo(3);
			// And a script is not run by a page, nor an inline style.
			visitor.page()
				.evaluate("() => { const s = document.createElement('script'); s.textContent = 'window.pwned = 1';"
						+ " document.body.append(s); const d = document.createElement('div'); d.setAttribute('style', 'color: red');"
						+ " document.body.append(d); }");
			assertThat(visitor.page().evaluate("() => window.pwned")).isNull();
			assertThat(visitor.problems()).anyMatch((problem) -> problem.startsWith("CSP: script-src"));
		}
	}

}
