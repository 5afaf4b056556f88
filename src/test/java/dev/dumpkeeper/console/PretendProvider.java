package dev.dumpkeeper.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * What answers in place of an identity provider: as a real one at first, and each answer
 * can be made another.
 */
final class PretendProvider implements AutoCloseable {

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final RSAKey key = rsa();

	private final Map<String, Consumer<HttpExchange>> others = new ConcurrentHashMap<>();

	private final AtomicInteger asked = new AtomicInteger();

	private volatile Consumer<JWTClaimsSet.Builder> claims = (builder) -> {
	};

	private volatile Function<JWTClaimsSet, String> signer = this::signed;

	private volatile String nonce = "";

	private PretendProvider(HttpServer server) {
		this.server = server;
	}

	static PretendProvider start() {
		try {
			PretendProvider provider = new PretendProvider(
					HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50));
			provider.server.setExecutor(provider.threads);
			provider.server.createContext("/", provider::answer);
			provider.server.start();
			return provider;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	URI issuer() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	String[] properties() {
		return new String[] { "dumpkeeper.console.oidc.issuer=" + issuer(),
				"dumpkeeper.console.oidc.client-id=" + IdentityProvider.CLIENT,
				"dumpkeeper.console.oidc.client-secret=" + IdentityProvider.SECRET,
				"dumpkeeper.console.oidc.operators=platform-oncall" };
	}

	/** Another answer to requests of a path. */
	PretendProvider instead(String path, Consumer<HttpExchange> answer) {
		this.others.put(path, answer);
		return this;
	}

	PretendProvider claims(Consumer<JWTClaimsSet.Builder> claims) {
		this.claims = claims;
		return this;
	}

	PretendProvider signer(Function<JWTClaimsSet, String> signer) {
		this.signer = signer;
		return this;
	}

	/** As a real one again. */
	PretendProvider reset() {
		this.others.clear();
		this.claims = (builder) -> {
		};
		this.signer = this::signed;
		return this;
	}

	/** How many requests there were. */
	int asked() {
		return this.asked.get();
	}

	/** Where somebody comes back to who began a sign-in at this address. */
	URI back(URI begun) {
		Map<String, String> query = query(begun.getRawQuery());
		this.nonce = query.get("nonce");
		return URI.create(query.get("redirect_uri") + "?code=code&state="
				+ java.net.URLEncoder.encode(query.get("state"), StandardCharsets.UTF_8));
	}

	private void answer(HttpExchange exchange) {
		this.asked.incrementAndGet();
		String path = exchange.getRequestURI().getPath();
		Consumer<HttpExchange> other = this.others.get(path);
		if (other != null) {
			other.accept(exchange);
			return;
		}
		switch (path) {
			case "/.well-known/openid-configuration" -> json(exchange, description());
			case "/token" -> json(exchange, Map.of("access_token", "access", "token_type", "Bearer", "expires_in", 60,
					"id_token", this.signer.apply(token())));
			case "/keys" -> text(exchange, 200, new JWKSet(this.key.toPublicJWK()).toString());
			case "/user" -> json(exchange, Map.of("sub", "subject"));
			default -> text(exchange, 404, "{}");
		}
	}

	Map<String, Object> description() {
		return new LinkedHashMap<>(
				Map.of("issuer", issuer().toString(), "authorization_endpoint", issuer() + "/authorize",
						"token_endpoint", issuer() + "/token", "jwks_uri", issuer() + "/keys", "userinfo_endpoint",
						issuer() + "/user", "response_types_supported", List.of("code"), "subject_types_supported",
						List.of("public"), "id_token_signing_alg_values_supported", List.of("RS256")));
	}

	private JWTClaimsSet token() {
		JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder().issuer(issuer().toString())
			.subject("subject")
			.audience(IdentityProvider.CLIENT)
			.issueTime(new Date())
			.expirationTime(new Date(System.currentTimeMillis() + 60_000))
			.claim("nonce", this.nonce)
			.claim("preferred_username", "mallory")
			.claim("groups", List.of("platform-oncall"));
		this.claims.accept(builder);
		return builder.build();
	}

	String signed(JWTClaimsSet claims) {
		return signed(claims, this.key);
	}

	static String signed(JWTClaimsSet claims, RSAKey key) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims);
			token.sign(new RSASSASigner(key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** By what both sides know, or everybody. */
	static String signedBySecret(JWTClaimsSet claims, byte[] secret) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims);
			token.sign(new MACSigner(java.util.Arrays.copyOf(secret, Math.max(32, secret.length))));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String unsigned(JWTClaimsSet claims) {
		return new PlainJWT(claims).serialize();
	}

	RSAKey key() {
		return this.key;
	}

	static RSAKey rsa() {
		try {
			return new RSAKeyGenerator(2048).keyID("one").generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static Consumer<HttpExchange> json(Object body) {
		return (exchange) -> json(exchange, body);
	}

	static Consumer<HttpExchange> text(int status, String body) {
		return (exchange) -> text(exchange, status, body);
	}

	/** A byte now and then, or none at all, until the other end goes away. */
	static Consumer<HttpExchange> never(boolean drips) {
		return (exchange) -> {
			try {
				exchange.sendResponseHeaders(200, 0);
				OutputStream out = exchange.getResponseBody();
				while (!Thread.currentThread().isInterrupted()) {
					if (drips) {
						out.write(' ');
						out.flush();
					}
					Thread.sleep(200);
				}
			}
			catch (IOException ex) {
				exchange.close();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		};
	}

	private static void json(HttpExchange exchange, Object body) {
		text(exchange, 200, JsonMapper.shared().writeValueAsString(body));
	}

	private static void text(HttpExchange exchange, int status, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		try (exchange) {
			exchange.sendResponseHeaders(status, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
		catch (IOException ex) {
			// Whoever asked has gone.
		}
	}

	private static Map<String, String> query(String query) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String part : query.split("&")) {
			String[] pair = part.split("=", 2);
			values.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
		}
		return values;
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
