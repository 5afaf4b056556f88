package dev.dumpkeeper.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs short texts, so that they can be handed to people and recognised when they come
 * back. The key is derived from the gateway's secret key: nothing has to be stored, every
 * process that may read the gateway can check a signature, and changing the secret key
 * ends them all, as it does presigned addresses.
 */
public final class Signer {

	private static final String ALGORITHM = "HmacSHA256";

	/** 128 bits: nobody tries them all over HTTP. */
	private static final int BYTES = 16;

	private final byte[] key;

	/**
	 * Creates it.
	 * @param secret what the key is derived from
	 * @param purpose a signature for one purpose is none for another
	 */
	Signer(Secret secret, String purpose) {
		this.key = mac(secret.value().getBytes(StandardCharsets.UTF_8), purpose);
	}

	/**
	 * Signs.
	 * @param text any text
	 * @return 22 characters that may stand in an address
	 */
	public String sign(String text) {
		byte[] signature = new byte[BYTES];
		System.arraycopy(mac(this.key, text), 0, signature, 0, BYTES);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
	}

	/**
	 * Checks a signature, in a time that does not tell how much of it was right.
	 * @param text the text
	 * @param signature what came with it
	 * @return whether {@link #sign} made it
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
