package dev.dumpkeeper.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;

import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import org.awaitility.Awaitility;

import io.minio.Checksum;
import io.minio.Http;
import io.minio.StatObjectArgs;
import io.minio.credentials.Credentials;
import io.minio.errors.MinioException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Makes users with a policy of their own, as {@code mc admin user} and
 * {@code mc admin policy} do, at MinIO and at JuiceFS's gateway. These calls look like
 * those for an object in the bucket {@code minio}.
 */
public final class GatewayUsers {

	private static final byte PBKDF2_AES_GCM = 2;

	private static final byte LAST_PACKAGE = (byte) 0x80;

	private static final int TAG_BITS = 128;

	private final URI endpoint;

	/**
	 * Creates an instance.
	 * @param endpoint the gateway, whose root key is that of all test gateways
	 */
	public GatewayUsers(URI endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Makes a user.
	 * @param name the access key, and the name of the policy
	 * @param secret the secret key
	 * @param policy what the user may do, as JSON
	 */
	public void add(String name, String secret, String policy) {
		// A gateway that has just started knows no users yet.
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.ignoreExceptionsMatching((failure) -> failure.getMessage().contains("Server not initialized"))
			.until(() -> addUser(name, secret));
		put("add-canned-policy", policy.getBytes(StandardCharsets.UTF_8), "name", name);
		put("set-user-or-group-policy", new byte[0], "policyName", name, "userOrGroup", name, "isGroup", "false");
	}

	private boolean addUser(String name, String secret) {
		put("add-user", sealed("{\"secretKey\":\"" + secret + "\",\"status\":\"enabled\"}"), "accessKey", name);
		return true;
	}

	/**
	 * Takes a user's rights away.
	 * @param name the access key
	 */
	public void disable(String name) {
		put("set-user-status", new byte[0], "accessKey", name, "status", "disabled");
	}

	private void put(String call, byte[] content, String... query) {
		try {
			Http.BaseUrl url = new Http.BaseUrl(this.endpoint.toString());
			url.disableVirtualStyleEndpoint();
			Request request = Http.S3Request.builder()
				.userAgent("lab")
				.method(Http.Method.PUT)
				.args(StatObjectArgs.builder().bucket("minio").object("admin/v3/" + call).build())
				.queryParams(new Http.QueryParameters(query))
				.body(new Http.Body(content, content.length, Http.DEFAULT_MEDIA_TYPE,
						Checksum.hexString(Checksum.SHA256.sum(content)), null))
				.build()
				.toRequest(url, "us-east-1",
						new Credentials(TestGateway.ACCESS_KEY, TestGateway.SECRET_KEY, null, null))
				.httpRequest();
			try (Response response = new OkHttpClient().newCall(request).execute()) {
				if (!response.isSuccessful()) {
					throw new IllegalStateException(call + ": " + response.code() + " " + response.body().string());
				}
			}
		}
		catch (MinioException ex) {
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Encrypted by the root user's secret key, in one package. */
	private static byte[] sealed(String text) {
		byte[] salt = random(32);
		byte[] nonce = random(8);
		try {
			SecretKeySpec key = new SecretKeySpec(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
				.generateSecret(new PBEKeySpec(TestGateway.SECRET_KEY.toCharArray(), salt, 8192, 256))
				.getEncoded(), "AES");
			byte[] proof = encrypt(key, nonce, 0, new byte[0], new byte[0]);
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			out.writeBytes(salt);
			out.write(PBKDF2_AES_GCM);
			out.writeBytes(nonce);
			out.writeBytes(encrypt(key, nonce, 1, text.getBytes(StandardCharsets.UTF_8),
					ByteBuffer.allocate(1 + proof.length).put(LAST_PACKAGE).put(proof).array()));
			return out.toByteArray();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static byte[] encrypt(SecretKeySpec key, byte[] nonce, int number, byte[] text, byte[] authenticated)
			throws GeneralSecurityException {
		byte[] numbered = ByteBuffer.allocate(nonce.length + Integer.BYTES)
			.order(ByteOrder.LITTLE_ENDIAN)
			.put(nonce)
			.putInt(number)
			.array();
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, numbered));
		cipher.updateAAD(authenticated);
		return cipher.doFinal(text);
	}

	private static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new SecureRandom().nextBytes(bytes);
		return bytes;
	}

}
