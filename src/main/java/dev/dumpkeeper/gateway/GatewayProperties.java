package dev.dumpkeeper.gateway;

import java.net.URI;
import java.time.Duration;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the gateway is and how to sign in.
 *
 * @param endpoint inside address of the S3 gateway, such as
 * http://juicefs-s3-gateway.kube-ops.svc:9000
 * @param publicEndpoint the address that download links are signed for; the endpoint
 * where absent
 * @param accessKey the gateway's access key, not MinIO's
 * @param secretKey the gateway's secret key, not MinIO's
 * @param region the region requests are signed for
 * @param layout whether volumes are buckets or directories of one bucket
 * @param bucket the one bucket of the layout {@code directories}
 * @param timeout how long one answer may take. A gateway that has lost its database needs
 * 40 seconds to say so.
 * @param retries how often a call is tried again after a refused connection, a cut-off
 * answer or a status 502, 503 or 504
 * @param trashDays how many days JuiceFS keeps deleted files; only for the words of the
 * report, unknown where absent
 * @param trustedMounts whether everybody who mounts a volume is trusted not to make
 * symbolic links to files of others; without that, and without JuiceFS's metadata, only
 * what proves to be a heap dump is given out or deleted
 */
@Validated
@ConfigurationProperties("dumpkeeper.gateway")
record GatewayProperties(@NotNull(message = "is required: the address of the S3 gateway") @Nullable URI endpoint,
		@Nullable URI publicEndpoint, @NotBlank(message = "is required") @Nullable String accessKey,
		@NotNull(message = "is required") @Nullable Secret secretKey, @DefaultValue("us-east-1") String region,
		@DefaultValue("buckets") Layout layout, @Nullable String bucket,
		@DefaultValue("90s") @DurationMin(seconds = 1) Duration timeout, @DefaultValue("3") @Min(0) int retries,
		@Nullable @Min(0) Integer trashDays, @DefaultValue("false") boolean trustedMounts) {

	GatewayProperties {
		check("endpoint", endpoint);
		check("public-endpoint", publicEndpoint);
		if (secretKey != null && secretKey.value().isBlank()) {
			throw new IllegalArgumentException("dumpkeeper.gateway.secret-key is empty");
		}
		if (layout == Layout.DIRECTORIES && (bucket == null || bucket.isBlank())) {
			throw new IllegalArgumentException(
					"dumpkeeper.gateway.bucket is required with dumpkeeper.gateway.layout=directories");
		}
	}

	private static void check(String name, @Nullable URI address) {
		if (address != null && (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())
				|| address.getHost() == null)) {
			throw new IllegalArgumentException("dumpkeeper.gateway." + name + " is '" + address
					+ "' but wants an address such as http://gateway:9000");
		}
	}

	/** How volumes lie behind the gateway. */
	enum Layout {

		/** Every bucket is a volume (a gateway with --multi-buckets). */
		BUCKETS,

		/** Every first path segment of one bucket is a volume. */
		DIRECTORIES

	}

}
