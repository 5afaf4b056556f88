package dev.dumpkeeper.console;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.console.Browser.Visitor;
import dev.dumpkeeper.lab.Lab;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signing in by an identity provider in a real browser, whose content policy and cookies
 * decide whether it works.
 */
class ConsoleOidcBrowserIntegrationTests {

	private static Browser browser;

	private static IdentityProvider provider;

	private static ConsoleLab lab;

	@BeforeAll
	static void start() {
		browser = Browser.start();
		int port = Lab.freePort();
		provider = IdentityProvider.start(URI.create("http://127.0.0.1:" + port));
		lab = ConsoleLab
			.start(ConsoleLab.database(),
					Stream.concat(Stream.of(provider.properties()),
							Stream.of("server.port=" + port, "dumpkeeper.security.users-file=" + ConsoleLab.users()))
						.toArray(String[]::new))
			.fill();
	}

	@AfterAll
	static void stop() {
		if (lab != null) {
			lab.close();
			provider.close();
		}
		if (browser != null) {
			browser.close();
		}
	}

	@Test
	void somebodySignsInByTheProviderAndComesToWhereHeWanted() {
		try (Visitor erika = browser.visitor(lab)) {
			erika.open("/console/dumps/2");
			assertThat(erika.path()).startsWith("/console/sign-in?to=");
			atTheProvider(erika, "Single sign-on", "erika");
			erika.page().waitForURL((url) -> url.endsWith("/console/dumps/2"));
			assertThat(erika.text()).contains("oidc:erika", "operator");
			erika.page().click("text=Sign out");
			// By way of the provider, which knows her no more.
			erika.page().waitForURL((url) -> url.endsWith("/console/sign-in?out"));
			assertThat(erika.text()).contains("You are signed out.");
			assertThat(erika.open("/console").path()).startsWith("/console/sign-in");
			atTheProvider(erika, "Single sign-on", "erika");
			erika.page().waitForURL((url) -> url.endsWith("/console"));
			assertThat(erika.text()).contains("oidc:erika");
			assertThat(problems(erika)).isEmpty();
		}
	}

	@Test
	void aUserWithoutARoleSeesTheReasonInHisLanguage() {
		try (Visitor nobody = browser.visitor(lab, "zh-CN", ColorScheme.DARK, 360)) {
			nobody.open("/console/sign-in");
			assertThat(nobody.violations()).isEmpty();
			atTheProvider(nobody, "单点登录", "nobody");
			nobody.page().waitForURL((url) -> url.contains("/console/sign-in?role"));
			assertThat(nobody.text()).contains("没有任何角色");
			assertThat(nobody.violations()).isEmpty();
			assertThat(problems(nobody)).isEmpty();
		}
	}

	private static void atTheProvider(Visitor visitor, String link, String name) {
		visitor.page().click("text=" + link);
		visitor.page().waitForURL((url) -> url.startsWith(provider.issuer().toString()));
		visitor.page().fill("input[name=username]", name);
		visitor.page().fill("input[name=password]", IdentityProvider.PASSWORD);
		visitor.page().click("button[type=submit]");
	}

	/** The provider's own pages are its own. */
	private static List<String> problems(Visitor visitor) {
		return visitor.problems()
			.stream()
			.filter((problem) -> !problem.contains(provider.issuer().toString()))
			.toList();
	}

}
