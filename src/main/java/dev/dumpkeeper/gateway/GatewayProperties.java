package dev.dumpkeeper.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The address of the gateway and its credentials.
 *
 * @param endpoint internal address of the S3 gateway, such as
 * http://juicefs-s3-gateway.kube-ops.svc:9000; several addresses, or one name with
 * several, are processes of the same gateway, which share the volumes
 * @param publicEndpoint the address that download links are signed for; the first
 * endpoint if absent
 * @param accessKey the gateway's access key, not MinIO's
 * @param secretKey the gateway's secret key, not MinIO's
 * @param region the region requests are signed for
 * @param layout whether volumes are buckets or directories of one bucket
 * @param bucket the one bucket of the layout {@code directories}
 * @param timeout how long one answer may take, up to its last byte. A gateway that has
 * lost its database needs 40 seconds to report it.
 * @param retries how often a call is retried after a refused connection, a truncated
 * answer or a status 499, 502, 503 or 504; a delete only after another check of its
 * objects
 * @param trashDays how many days JuiceFS keeps deleted files; only for reports, unknown
 * if absent
 * @param presign the key that download links are signed with; the one above if absent
 * @param trustedMounts whether everybody who mounts a volume is trusted not to make
 * symbolic links to others' files; otherwise, and without JuiceFS's metadata, only known
 * heap dumps are offered for download or deleted
 */
@Validated
@ConfigurationProperties("dumpkeeper.gateway")
record GatewayProperties(
		@DefaultValue @NotEmpty(message = "is required: the address of the S3 gateway") List<URI> endpoint,
		@Nullable URI publicEndpoint, @NotBlank(message = "is required") @Nullable String accessKey,
		@NotNull(message = "is required") @Nullable Secret secretKey, @DefaultValue("us-east-1") String region,
		@DefaultValue("buckets") Layout layout, @Nullable String bucket,
		@DefaultValue("90s") @DurationMin(seconds = 1) Duration timeout, @DefaultValue("3") @Min(0) int retries,
		@Nullable @Min(0) Integer trashDays, @Nullable Presign presign, @DefaultValue("false") boolean trustedMounts) {

	private static final int MAX_PORT = 65535;

	/** The characters that a header can carry as one token of a signature. */
	private static final Pattern ACCESS_KEY = Pattern.compile("[\\x21-\\x7e&&[^,/]]+");

	private static final Pattern REGION = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

	private static final Pattern BUCKET = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{1,61}[a-zA-Z0-9]");

	GatewayProperties {
		endpoint.forEach((address) -> check("endpoint", address));
		check("public-endpoint", publicEndpoint);
		checkAccessKey("access-key", accessKey);
		check("region", region, REGION, "must be a name such as us-east-1");
		check("bucket", bucket, BUCKET, "must be the name of a bucket: 3 to 63 letters, digits, dashes and dots");
		if (secretKey != null && secretKey.value().isBlank()) {
			throw new IllegalArgumentException(".secret-key is empty");
		}
		if (layout == Layout.DIRECTORIES && (bucket == null || bucket.isBlank())) {
			throw new IllegalArgumentException(".bucket is required with .layout=directories");
		}
	}

	private static void checkAccessKey(String name, @Nullable String key) {
		check(name, key, ACCESS_KEY,
				"has a character that no signature carries: expected visible ASCII without a comma or a slash");
	}

	/**
	 * Messages omit the value, since it may contain a password, and begin with the rest
	 * of the property's name: there are several gateways.
	 */
	private static void check(String name, @Nullable URI address) {
		if (address == null) {
			return;
		}
		String expected = "." + name + " must be an address such as http://gateway:9000";
		if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme()) || address.getHost() == null
				|| address.getPort() > MAX_PORT) {
			throw new IllegalArgumentException(expected);
		}
		if (address.getRawUserInfo() != null) {
			throw new IllegalArgumentException(expected + ", without a user: .access-key and .secret-key sign in");
		}
		if (!address.getRawPath().isEmpty() && !"/".equals(address.getRawPath()) || address.getRawQuery() != null
				|| address.getRawFragment() != null) {
			throw new IllegalArgumentException(expected + ", without a path, a query or a fragment");
		}
	}

	private static void check(String name, @Nullable String value, Pattern pattern, String expected) {
		if (value != null && !value.isBlank() && !pattern.matcher(value).matches()) {
			throw new IllegalArgumentException("." + name + " " + expected);
		}
	}

	/**
	 * A key that needs the right to read alone.
	 *
	 * @param accessKey its name
	 * @param secretKey its secret
	 */
	record Presign(@Nullable String accessKey, @Nullable Secret secretKey) {

		Presign {
			checkAccessKey("access-key", accessKey);
			boolean named = accessKey != null && !accessKey.isBlank();
			if (!named || secretKey == null || secretKey.value().isBlank()) {
				throw new IllegalArgumentException(named ? ".access-key needs presign.secret-key beside it"
						: ".secret-key needs presign.access-key beside it");
			}
		}

	}

	/** How a gateway exposes volumes. */
	enum Layout {

		/** Every bucket is a volume (a gateway with --multi-buckets). */
		BUCKETS,

		/** Every first path segment of one bucket is a volume. */
		DIRECTORIES

	}

}
