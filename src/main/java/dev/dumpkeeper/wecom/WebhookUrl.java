package dev.dumpkeeper.wecom;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The robot's address. Whoever knows it can write to the group, so it is never printed:
 * records print their components. It is not validated before {@link #isUsable()}, since
 * an exception during configuration binding would show it.
 *
 * @param value the address itself
 */
record WebhookUrl(String value) {

	private static final String MASK = "******";

	private static final Pattern KEY = Pattern.compile("(?i)(key=)[^&\\s\"'<>\\\\]+");

	/**
	 * A shorter segment of a path or query is not a secret, and masking it would garble
	 * texts.
	 */
	private static final int SHORTEST_SECRET = 8;

	private static final int NAME_BYTES = 16;

	private static final int MAX_PORT = 65535;

	WebhookUrl {
		value = value.strip();
	}

	boolean isUsable() {
		try {
			URI uri = new URI(this.value);
			boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
			// The HTTP client would silently ignore user information.
			return web && uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() <= MAX_PORT;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	URI uri() {
		return URI.create(this.value);
	}

	/** Returns the host, which is not secret. */
	String host() {
		return uri().getAuthority();
	}

	/** Returns an identifier for the database that does not reveal the address. */
	String robot() {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(this.value.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Masks the secret parts of the address in a text. */
	String mask(String text) {
		String masked = text;
		for (String secret : secrets()) {
			masked = masked.replace(secret, MASK);
		}
		return KEY.matcher(masked).replaceAll("$1" + MASK);
	}

	/** Longest first, since masking a part first would leave the rest of the whole. */
	private List<String> secrets() {
		List<String> secrets = new ArrayList<>(List.of(this.value));
		URI uri = uri();
		String query = (uri.getRawQuery() != null) ? uri.getRawQuery() : "";
		secrets.add(query);
		for (String parameter : query.split("&")) {
			String raw = parameter.substring(parameter.indexOf('=') + 1);
			secrets.add(raw);
			secrets.add(decoded(raw));
		}
		secrets.addAll(List.of(String.valueOf(uri.getRawPath()).split("/")));
		secrets.removeIf((secret) -> secret.length() < SHORTEST_SECRET);
		secrets.sort(Comparator.comparingInt(String::length).reversed());
		return secrets;
	}

	private static String decoded(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

	@Override
	public String toString() {
		return MASK;
	}

}
