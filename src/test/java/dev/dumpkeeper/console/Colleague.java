package dev.dumpkeeper.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody with a browser's cookies for the service and for an identity provider, who
 * follows nothing by himself. Cookies belong to a host, whatever its port.
 */
final class Colleague {

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"");

	private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);

	private final HttpClient client = HttpClient.newBuilder()
		.cookieHandler(this.cookies)
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	private final ConsoleLab where;

	private String address = "";

	Colleague(ConsoleLab where) {
		this.where = where;
	}

	/** Through a proxy that says so. */
	Colleague from(String address) {
		this.address = address;
		return this;
	}

	HttpResponse<String> get(String path) {
		return get(this.where.address(path));
	}

	HttpResponse<String> get(URI address) {
		return send(HttpRequest.newBuilder(address).GET());
	}

	/** As a program does, with a name and a password. */
	HttpResponse<String> get(URI address, String name, String password) {
		return call("GET", address, name, password);
	}

	HttpResponse<String> call(String method, URI address, String name, String password) {
		return send(HttpRequest.newBuilder(address)
			.header("Authorization",
					"Basic " + java.util.Base64.getEncoder()
						.encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)))
			.method(method, HttpRequest.BodyPublishers.noBody()));
	}

	/** With the token of a page. */
	HttpResponse<String> submit(HttpResponse<String> page, URI address, Map<String, String> fields) {
		Matcher token = TOKEN.matcher(page.body());
		assertThat(token.find()).as("a form's token").isTrue();
		return send(HttpRequest.newBuilder(address)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString("_csrf=" + encode(token.group(1))
					+ fields.entrySet()
						.stream()
						.map((field) -> "&" + field.getKey() + "=" + encode(field.getValue()))
						.collect(Collectors.joining()))));
	}

	HttpResponse<String> submit(HttpResponse<String> page, String path, Map<String, String> fields) {
		return submit(page, this.where.address(path), fields);
	}

	/** Signs in at the provider, up to the address that leads back. */
	URI back(String name, String to) {
		URI provider = location(get("/console/sign-in/oidc?to=" + encode(to)));
		HttpResponse<String> answer = get(provider);
		if (location(answer).getPath().equals("/login")) {
			HttpResponse<String> form = get(location(answer));
			answer = submit(form, location(answer), Map.of("username", name, "password", IdentityProvider.PASSWORD));
			answer = get(location(answer));
		}
		return location(answer);
	}

	/** Signs in by the provider; returns the answer to what led back. */
	HttpResponse<String> in(String name, String to) {
		return get(back(name, to));
	}

	Colleague inByPassword(String name, String password) {
		submit(get("/console/sign-in"), "/console/sign-in", Map.of("name", name, "password", password));
		return this;
	}

	/** The number of the session, as the database has it. */
	String session() {
		return new String(java.util.Base64.getDecoder().decode(cookie("dumpkeeper-session")), StandardCharsets.UTF_8);
	}

	String cookie(String name) {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals(name))
			.map(HttpCookie::getValue)
			.findFirst()
			.orElse("");
	}

	void give(String name, String value, String path) {
		HttpCookie cookie = new HttpCookie(name, value);
		cookie.setPath(path);
		cookie.setVersion(0);
		this.cookies.getCookieStore().add(this.where.address("/"), cookie);
	}

	static URI location(HttpResponse<?> answer) {
		URI location = URI.create(answer.headers().firstValue("Location").orElse(""));
		return answer.uri().resolve(location);
	}

	/** Where an answer leads within the service. */
	static String path(HttpResponse<?> answer) {
		return answer.headers().firstValue("Location").orElse("");
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		if (!this.address.isEmpty()) {
			request.header("X-Forwarded-For", this.address);
		}
		try {
			return this.client.send(request.header("Accept", "text/html,*/*;q=0.5")
				.header("Accept-Language", "en")
				.timeout(Duration.ofSeconds(60))
				.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
