package dev.dumpkeeper.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that texts which lie with others, in a cookie or in the database, were written
 * by a process that knows a secret.
 */
final class Seal {

	private static final String HMAC = "HmacSHA256";

	private final SecretKeySpec key;

	/**
	 * Creates an instance.
	 * @param secret the same for all replicas
	 * @param purpose what is sealed; a seal made for something else does not match
	 */
	Seal(String secret, String purpose) {
		this.key = new SecretKeySpec(mac(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC), purpose),
				HMAC);
	}

	/** Returns the seal of texts. */
	String of(String... texts) {
		StringBuilder all = new StringBuilder();
		for (String text : texts) {
			// With their lengths, or a character could move to the next one.
			all.append(text.length()).append(':').append(text);
		}
		return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(this.key, all.toString()));
	}

	/** Whether a seal is that of these texts. */
	boolean matches(String seal, String... texts) {
		return MessageDigest.isEqual(seal.getBytes(StandardCharsets.UTF_8), of(texts).getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] mac(SecretKeySpec key, String text) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(key);
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
