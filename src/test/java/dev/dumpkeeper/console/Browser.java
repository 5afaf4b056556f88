package dev.dumpkeeper.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import org.opentest4j.TestAbortedException;

/**
 * The machine's own Chromium, driven by its own node. Where there is none, the tests that
 * want one say that they were left out.
 */
final class Browser implements AutoCloseable {

	/** Collects what the page itself reports, from before its first script on. */
	private static final String WATCH = "window.reports = [];"
			+ "document.addEventListener('securitypolicyviolation', e => window.reports.push(e.violatedDirective + ' ' + e.blockedURI));";

	private static final String AXE = resource("/axe.min.js");

	private final Playwright playwright;

	private final com.microsoft.playwright.Browser chromium;

	private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
		this.playwright = playwright;
		this.chromium = chromium;
	}

	static Browser start() {
		Path chromium = find("CHROMIUM", "/usr/bin/chromium", "/usr/bin/chromium-browser")
			.orElseThrow(() -> leftOut("Chromium"));
		Path node = find("PLAYWRIGHT_NODEJS_PATH", "/usr/bin/node", "/usr/bin/nodejs", "/usr/local/bin/node")
			.orElseThrow(() -> leftOut("node"));
		Playwright playwright = Playwright.create(new Playwright.CreateOptions()
			.setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", node.toString(), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		return new Browser(playwright,
				playwright.chromium()
					.launch(new LaunchOptions().setExecutablePath(chromium)
						.setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"))));
	}

	/** Maven prints no reasons of skipped tests. */
	private static TestAbortedException leftOut(String missing) {
		String reason = "Tests in a browser are left out: " + missing + " is not installed.";
		System.out.println(reason);
		return new TestAbortedException(reason);
	}

	private static Optional<Path> find(String variable, String... places) {
		String named = System.getenv(variable);
		return ((named != null) ? Stream.of(named) : Stream.of(places)).map(Path::of)
			.filter(Files::isExecutable)
			.findFirst();
	}

	private static String resource(String name) {
		try (InputStream in = Browser.class.getResourceAsStream(name)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A person at a screen: one language, one scheme, cookies of his own. */
	Visitor visitor(ConsoleLab lab, String language, ColorScheme scheme, int width) {
		BrowserContext context = this.chromium.newContext(new NewContextOptions().setLocale(language)
			.setColorScheme(scheme)
			.setReducedMotion(ReducedMotion.REDUCE)
			.setViewportSize(width, 900));
		context.addInitScript(WATCH);
		return new Visitor(lab, context);
	}

	Visitor visitor(ConsoleLab lab) {
		return visitor(lab, "en-GB", ColorScheme.LIGHT, 1280);
	}

	@Override
	public void close() {
		this.chromium.close();
		this.playwright.close();
	}

	/** A visitor of the console. */
	static final class Visitor implements AutoCloseable {

		private final ConsoleLab lab;

		private final BrowserContext context;

		private final Page page;

		private final List<String> problems = new ArrayList<>();

		Visitor(ConsoleLab lab, BrowserContext context) {
			this.lab = lab;
			this.context = context;
			this.page = context.newPage();
			this.page.onConsoleMessage((message) -> {
				if (message.type().equals("error") || message.type().equals("warning")) {
					this.problems.add(message.text() + " " + message.location());
				}
			});
			this.page.onPageError((error) -> this.problems.add("uncaught: " + error));
			this.page.onDialog((dialog) -> {
				this.problems.add("dialog: " + dialog.message());
				dialog.dismiss();
			});
			this.page.onRequest((request) -> {
				if (!request.url().startsWith(lab.address("").toString())) {
					this.problems.add("asked for " + request.url());
				}
			});
		}

		Page page() {
			return this.page;
		}

		Visitor open(String path) {
			this.page.navigate(this.lab.address(path).toString());
			return this;
		}

		Visitor signIn(String name, String password) {
			open("/console/sign-in");
			return fillIn(name, password);
		}

		Visitor fillIn(String name, String password) {
			this.page.fill("#name", name);
			this.page.fill("#password", password);
			this.page.click("main form button");
			return this;
		}

		Visitor operator() {
			return signIn(ConsoleLab.OPERATOR, ConsoleLab.OPERATORS_PASSWORD);
		}

		Visitor viewer() {
			return signIn(ConsoleLab.VIEWER, ConsoleLab.VIEWERS_PASSWORD);
		}

		String text() {
			return this.page.innerText("body");
		}

		/** The path of the page it is on. */
		String path() {
			return this.page.url().substring(this.lab.address("").toString().length());
		}

		/** What went wrong since the last time it was asked. */
		List<String> problems() {
			List<String> found = new ArrayList<>(this.problems);
			this.problems.clear();
			((List<?>) this.page.evaluate("() => window.reports")).forEach((report) -> found.add("CSP: " + report));
			return found;
		}

		/** What axe finds, a line each. */
		List<String> violations() {
			this.page.evaluate(AXE);
			List<String> violations = new ArrayList<>();
			((List<?>) this.page.evaluate(
					"async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' | '))"))
				.forEach((violation) -> violations.add(String.valueOf(violation)));
			return violations;
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

}
