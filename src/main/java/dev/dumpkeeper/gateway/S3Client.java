package dev.dumpkeeper.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.minio.BaseArgs;
import io.minio.BucketArgs;
import io.minio.Checksum;
import io.minio.Http;
import io.minio.ListBucketsArgs;
import io.minio.ListObjectsV2Args;
import io.minio.StatObjectArgs;
import io.minio.credentials.Credentials;
import io.minio.errors.MinioException;
import io.minio.messages.DeleteRequest;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.Replicas.Replica;

/**
 * Signed calls to one gateway. The MinIO SDK builds and signs each request; its own
 * transport is not used, since it copies every answer into a trace and cannot read
 * JuiceFS 1.4's answer to a bulk delete (see docs/decisions).
 */
final class S3Client {

	private static final String USER_AGENT = "dumpkeeper";

	static final int RANGE_NOT_SATISFIABLE = 416;

	/** 499 is what a gateway that is being stopped answers to calls in progress. */
	private static final Set<Integer> TEMPORARY = Set.of(499, 502, 503, 504);

	static final Duration RETRY_DELAY = Duration.ofMillis(200);

	static final int MAX_KEYS = 1000;

	/** Longer than any genuine error answer; further bytes are not read. */
	private static final int MAX_ERROR_BYTES = 64 * 1024;

	private final String name;

	private final Replicas replicas;

	private final String affinity;

	private final Http.BaseUrl publicEndpoint;

	private final Credentials credentials;

	private final Credentials presignCredentials;

	private final String region;

	private final OkHttpClient http;

	private final int retries;

	private final AtomicInteger cutOffs;

	/**
	 * Creates a client without a request.
	 * @param name see {@link VolumeName#gateway()}
	 */
	S3Client(String name, GatewayProperties properties) {
		this.name = name;
		this.publicEndpoint = Replicas.baseUrl(
				(properties.publicEndpoint() != null) ? properties.publicEndpoint() : properties.endpoint().get(0));
		this.credentials = credentials(properties.accessKey(), properties.secretKey());
		GatewayProperties.Presign presign = properties.presign();
		this.presignCredentials = (presign != null) ? credentials(presign.accessKey(), presign.secretKey())
				: this.credentials;
		this.region = properties.region();
		this.retries = properties.retries();
		this.http = new OkHttpClient.Builder().connectTimeout(Duration.ofSeconds(10))
			.readTimeout(properties.timeout())
			.writeTimeout(properties.timeout())
			// Applies up to the last byte, so that a slow gateway cannot extend a call
			// indefinitely.
			.callTimeout(properties.timeout())
			.followRedirects(false)
			// OkHttp would retry at once for 0, and cannot parse all numbers.
			.addNetworkInterceptor(
					(chain) -> chain.proceed(chain.request()).newBuilder().removeHeader("Retry-After").build())
			.connectionPool(new ConnectionPool(32, 5, TimeUnit.MINUTES))
			.build();
		this.replicas = new Replicas(properties.endpoint(), this.http);
		this.affinity = "";
		this.cutOffs = new AtomicInteger();
	}

	private S3Client(S3Client client, String affinity) {
		this.name = client.name;
		this.replicas = client.replicas;
		this.affinity = affinity;
		this.publicEndpoint = client.publicEndpoint;
		this.credentials = client.credentials;
		this.presignCredentials = client.presignCredentials;
		this.region = client.region;
		this.http = client.http;
		this.retries = client.retries;
		this.cutOffs = client.cutOffs;
	}

	/** The listings of the result go to one process of the gateway. */
	S3Client forVolume(String volume) {
		return new S3Client(this, volume);
	}

	private static Credentials credentials(@Nullable String accessKey, @Nullable Secret secretKey) {
		return new Credentials(String.valueOf(accessKey), (secretKey != null) ? secretKey.value() : "", null, null);
	}

	/** Cancels every call in progress, which then fails as unavailable. */
	void cancelAll() {
		this.cutOffs.incrementAndGet();
		this.http.dispatcher().cancelAll();
	}

	<T> T listBuckets(Reader<T> reader) {
		return call(Http.Method.GET, ListBucketsArgs.builder().build(), null, null, reader);
	}

	/** The SDK rejects invalid bucket names before anything is sent. */
	private static <A> A args(Supplier<A> build) {
		try {
			return build.get();
		}
		catch (IllegalArgumentException ex) {
			throw new GatewayException(Kind.REJECTED, reason(ex), ex);
		}
	}

	<T> T list(String bucket, String prefix, @Nullable String delimiter, @Nullable String continuation,
			Reader<T> reader) {
		Http.QueryParameters query = new Http.QueryParameters("list-type", "2", "encoding-type", "url", "max-keys",
				Integer.toString(MAX_KEYS), "prefix", prefix);
		if (delimiter != null) {
			query.put("delimiter", delimiter);
		}
		if (continuation != null) {
			query.put("continuation-token", continuation);
		}
		return call(Http.Method.GET, bucketArgs(bucket), query, null, reader);
	}

	/** Asks for a setting of a bucket, named by a query parameter. */
	<T> T setting(String bucket, String name, Reader<T> reader) {
		return call(Http.Method.GET, bucketArgs(bucket), new Http.QueryParameters(name, ""), null, reader);
	}

	<T> T object(Http.Method method, String bucket, String key, byte @Nullable [] content, Reader<T> reader) {
		Http.Body body = (content == null) ? null : body(content);
		BaseArgs args = args(() -> StatObjectArgs.builder().bucket(bucket).object(key).build());
		return call(of(key), method, args, null, body, reader);
	}

	<T> T get(String bucket, String key, long offset, int limit, Reader<T> reader) {
		BaseArgs args = args(() -> StatObjectArgs.builder()
			.bucket(bucket)
			.object(key)
			.extraHeaders(new Http.Headers("Range", "bytes=" + offset + "-" + (offset + limit - 1)))
			.build());
		return call(of(key), Http.Method.GET, args, null, null, reader);
	}

	URI presign(String bucket, String key, Duration validity) {
		BaseArgs args = args(() -> StatObjectArgs.builder().bucket(bucket).object(key).build());
		try {
			return Http.S3Request.builder()
				.userAgent(USER_AGENT)
				.method(Http.Method.GET)
				.args(args)
				.build()
				.toPresignedRequest(this.publicEndpoint, this.region, this.presignCredentials,
						Math.toIntExact(validity.toSeconds()))
				.httpRequest()
				.url()
				.uri();
		}
		catch (MinioException ex) {
			throw new GatewayException(Kind.REJECTED, "signing a link: " + ex.getMessage(), ex);
		}
	}

	<T> T deleteAll(String bucket, List<String> keys, Reader<T> reader) {
		List<DeleteRequest.Object> objects = keys.stream().map(DeleteRequest.Object::new).toList();
		try {
			Http.Body body = new Http.Body(new DeleteRequest(objects, false), null, null, null);
			return call(of(keys.get(0)), Http.Method.POST, bucketArgs(bucket), new Http.QueryParameters("delete", ""),
					body, reader);
		}
		catch (MinioException ex) {
			throw new IllegalArgumentException("keys that XML cannot carry", ex);
		}
	}

	private static BaseArgs bucketArgs(String bucket) {
		return args(() -> ListObjectsV2Args.builder().bucket(bucket).build());
	}

	private static Http.Body body(byte[] content) {
		try {
			return new Http.Body(content, content.length, Http.DEFAULT_MEDIA_TYPE,
					Checksum.hexString(Checksum.SHA256.sum(content)), null);
		}
		catch (MinioException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Calls that are not deletes are idempotent and are retried, except after a time-out.
	 * A repeated delete would take what was written since the first one, so it is sent
	 * once, and whoever wants to repeat it has to check the objects again.
	 */
	/**
	 * Objects are the same in each process, so they are spread within a volume; the state
	 * of a listing is not.
	 */
	private String of(String key) {
		return this.affinity + "/" + key;
	}

	private <T> T call(Http.Method method, BaseArgs args, Http.@Nullable QueryParameters query,
			Http.@Nullable Body body, Reader<T> reader) {
		return call(this.affinity, method, args, query, body, reader);
	}

	private <T> T call(String affinity, Http.Method method, BaseArgs args, Http.@Nullable QueryParameters query,
			Http.@Nullable Body body, Reader<T> reader) {
		String what = (args instanceof BucketArgs bucket) ? method + " in bucket " + bucket.bucket()
				: "listing the buckets";
		boolean delete = method == Http.Method.DELETE || method == Http.Method.POST;
		int cutOffsBefore = this.cutOffs.get();
		for (int attempt = 0;; attempt++) {
			boolean last = attempt >= this.retries || this.cutOffs.get() > cutOffsBefore;
			Replica replica = this.replicas.choose(affinity);
			OkHttpClient client = delete ? replica.once() : replica.http();
			try (Response response = client.newCall(request(replica, method, args, query, body)).execute()) {
				boolean temporary = isTemporary(response);
				if (temporary) {
					this.replicas.failed(replica);
				}
				if (delete && temporary) {
					throw failure(what, response, true);
				}
				if (last || !temporary) {
					return read(what, response, reader);
				}
			}
			catch (S3Xml.NotS3Exception | MinioException ex) {
				throw new GatewayException(Kind.REJECTED, what + " at " + replica.label() + ": " + ex.getMessage(), ex);
			}
			catch (IOException ex) {
				boolean cutOff = this.cutOffs.get() > cutOffsBefore;
				if (!cutOff) {
					this.replicas.failed(replica);
				}
				boolean permanent = cutOff || ex instanceof InterruptedIOException;
				if (delete || last || permanent) {
					throw unavailable(what, replica, ex, delete && !permanent);
				}
			}
			waitForNextAttempt(what, replica);
		}
	}

	private GatewayException unavailable(String what, Replica replica, IOException ex, boolean repeatable) {
		return new GatewayException(Kind.UNAVAILABLE, what + " at " + replica.label() + ": " + named(reason(ex)), ex,
				repeatable);
	}

	/**
	 * A gateway that is being stopped answers new calls with Go's plain text "http:
	 * Server closed" and 403, which MinIO's server does; what S3 refuses is XML.
	 */
	private static boolean isTemporary(Response response) {
		return TEMPORARY.contains(response.code())
				|| response.code() == 403 && String.valueOf(response.header("Content-Type")).startsWith("text/plain");
	}

	private GatewayException failure(String what, Response response, boolean repeatable) throws IOException {
		GatewayException failure = S3Xml.failure(what, response.code(), errorBody(response), repeatable);
		return this.name.isEmpty() ? failure
				: new GatewayException(failure.kind(), named(String.valueOf(failure.getMessage())), null, repeatable);
	}

	/** Messages name the properties of this gateway. */
	private String named(String message) {
		return this.name.isEmpty() ? message
				: message.replace("dumpkeeper.gateway.", "dumpkeeper.gateways." + this.name + ".");
	}

	private <T> T read(String what, Response response, Reader<T> reader) throws IOException {
		if (response.isSuccessful() || response.code() == RANGE_NOT_SATISFIABLE) {
			return reader.read(response);
		}
		if (response.isRedirect()) {
			throw new S3Xml.NotS3Exception("answers with a redirect, so this is not the gateway");
		}
		throw failure(what, response, false);
	}

	private void waitForNextAttempt(String what, Replica replica) {
		try {
			Thread.sleep(RETRY_DELAY.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw unavailable(what, replica, new IOException("interrupted before another attempt"), false);
		}
	}

	private okhttp3.Request request(Replica replica, Http.Method method, BaseArgs args,
			Http.@Nullable QueryParameters query, Http.@Nullable Body body) throws MinioException {
		return Http.S3Request.builder()
			.userAgent(USER_AGENT)
			.method(method)
			.args(args)
			.queryParams(query)
			.body(body)
			.build()
			.toRequest(replica.endpoint(), this.region, this.credentials)
			.httpRequest();
	}

	private static byte[] errorBody(Response response) throws IOException {
		try (InputStream in = response.body().byteStream()) {
			return in.readNBytes(MAX_ERROR_BYTES);
		}
	}

	private static String reason(Exception ex) {
		if (ex instanceof InterruptedIOException) {
			return "no answer within dumpkeeper.gateway.timeout";
		}
		String message = ex.getMessage();
		return (message != null) ? message : ex.getClass().getSimpleName();
	}

	/** Reads a successful answer. */
	interface Reader<T> {

		T read(Response response) throws IOException;

	}

}
