package dev.dumpkeeper.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs short texts that are given to people and verified when they return. The key is
 * derived from the gateway's secret key: nothing has to be stored, every process with
 * access to the gateway can verify a signature, and changing the secret key invalidates
 * all signatures, like presigned addresses.
 */
public final class Signer {

	private static final String ALGORITHM = "HmacSHA256";

	/** 128 bits cannot be guessed over HTTP. */
	private static final int BYTES = 16;

	private final byte[] key;

	/**
	 * Creates an instance.
	 * @param secret the source of the key
	 * @param purpose separates signatures: one for this purpose is invalid for another
	 */
	Signer(Secret secret, String purpose) {
		this.key = mac(secret.value().getBytes(StandardCharsets.UTF_8), purpose);
	}

	/**
	 * Signs a text.
	 * @param text any text
	 * @return 22 characters that are safe in a URL
	 */
	public String sign(String text) {
		byte[] signature = new byte[BYTES];
		System.arraycopy(mac(this.key, text), 0, signature, 0, BYTES);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
	}

	/**
	 * Verifies a signature, in a time that does not depend on its content.
	 * @param text the text
	 * @param signature the signature to verify
	 * @return whether {@link #sign} created it
	 */
	public boolean isSignatureOf(String text, String signature) {
		return MessageDigest.isEqual(sign(text).getBytes(StandardCharsets.US_ASCII),
				signature.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] mac(byte[] key, String text) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(key, ALGORITHM));
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
