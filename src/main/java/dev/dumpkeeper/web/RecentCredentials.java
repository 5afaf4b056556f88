package dev.dumpkeeper.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Recently accepted credentials, as hashes with a key that only this process has. They
 * are still checked each time, but do not count as a guess beforehand, so that guesses of
 * others cannot lock out their user.
 */
final class RecentCredentials {

	private static final Duration REMEMBERED = Duration.ofHours(12);

	private static final int MOST = 1000;

	/** Longer names are compared by prefix; no user has one. */
	private static final int NAME = 64;

	private static final String HMAC = "HmacSHA256";

	private final Map<String, Instant> until = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
			return size() > MOST;
		}

	};

	private final SecretKeySpec key;

	private final Clock clock;

	RecentCredentials(Clock clock) {
		byte[] secret = new byte[32];
		new SecureRandom().nextBytes(secret);
		this.key = new SecretKeySpec(secret, HMAC);
		this.clock = clock;
	}

	/** Adds an accepted value of the header Authorization. */
	synchronized void add(String credentials) {
		this.until.put(hash(credentials), this.clock.instant().plus(REMEMBERED));
	}

	/** Whether it was accepted within half a day. */
	synchronized boolean contains(String credentials) {
		Instant end = this.until.get(hash(credentials));
		return end != null && end.isAfter(this.clock.instant());
	}

	/** Removes credentials that are wrong now, so that they count as a guess again. */
	synchronized void remove(@Nullable String credentials) {
		if (credentials != null) {
			this.until.remove(hash(credentials));
		}
	}

	/** Returns the user name of credentials; empty for invalid ones. */
	static String user(String credentials) {
		try {
			String decoded = new String(Base64.getDecoder().decode(credentials.replaceFirst("^(?i)basic +", "")),
					StandardCharsets.UTF_8);
			String name = decoded.substring(0, Math.max(0, decoded.indexOf(':')));
			return (name.length() <= NAME) ? name : name.substring(0, NAME);
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

	private String hash(String credentials) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(this.key);
			return HexFormat.of().formatHex(mac.doFinal(credentials.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
