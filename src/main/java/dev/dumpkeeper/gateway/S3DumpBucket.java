package dev.dumpkeeper.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.minio.Http;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.GatewayException.Kind;

/**
 * A volume reached over S3: a whole bucket, or the objects below a prefix of one.
 */
final class S3DumpBucket implements DumpBucket {

	private final S3Client client;

	private final String volume;

	private final String bucket;

	private final String prefix;

	/**
	 * Creates an instance without a request.
	 * @param prefix empty, or the volume's directory with a trailing slash
	 */
	S3DumpBucket(S3Client client, String volume, String bucket, String prefix) {
		this.client = client;
		this.volume = volume;
		this.bucket = bucket;
		this.prefix = prefix;
	}

	@Override
	public String volume() {
		return this.volume;
	}

	@Override
	public ListingPage list(String below, @Nullable String continuation) {
		ListingPage page = this.client.list(this.bucket, this.prefix + below, null, continuation,
				(response) -> S3Xml.page(response.body().byteStream(), this.prefix.length()));
		if (!this.prefix.isEmpty() && below.isEmpty() && continuation == null) {
			// The volume's own directory, listed as "name/" while it is empty, is not an
			// object of the volume.
			return new ListingPage(page.entries().stream().filter((entry) -> !entry.name().isEmpty()).toList(),
					page.next());
		}
		return page;
	}

	@Override
	public Optional<ObjectEntry> stat(ObjectKey key) {
		return orAbsent(() -> this.client.object(Http.Method.HEAD, this.bucket, full(key), null,
				(response) -> new ObjectEntry(key.value(), length(response), lastModified(response))));
	}

	@Override
	public Optional<byte[]> read(ObjectKey key, long offset, int limit) {
		return orAbsent(() -> this.client.get(this.bucket, full(key), offset, limit, (response) -> {
			if (response.code() == S3Client.RANGE_NOT_SATISFIABLE) {
				return new byte[0];
			}
			try (InputStream in = response.body().byteStream()) {
				return in.readNBytes(limit);
			}
		}));
	}

	@Override
	public URI presign(ObjectKey key, Duration validity) {
		return this.client.presign(this.bucket, full(key), validity);
	}

	@Override
	public void put(ObjectKey key, byte[] content) {
		this.client.object(Http.Method.PUT, this.bucket, full(key), content, Response::code);
	}

	@Override
	public void delete(ObjectKey key) {
		this.client.object(Http.Method.DELETE, this.bucket, full(key), null, Response::code);
	}

	@Override
	public boolean hasDirectory(ObjectKey directory) {
		return holds(full(directory));
	}

	@Override
	public boolean mayDeleteInBulk(String directory) {
		// The defect affects the whole bucket, so this check ignores the volume's prefix.
		String shadow = this.bucket + "/" + this.prefix + directory;
		String file = shadow.substring(0, shadow.length() - 1);
		if (file.equals(this.bucket)) {
			return !isFile(file) && !holds(shadow);
		}
		return !holds(this.bucket + "/") || !isFile(file) && !holds(shadow);
	}

	/**
	 * Lists the parent, since a directory that a pod made and left empty is listed
	 * nowhere else.
	 */
	private boolean holds(String directory) {
		String name = directory.substring(0, directory.length() - 1);
		PageWatch watch = PageWatch.ofFew();
		String continuation = null;
		do {
			ListingPage page = this.client.list(this.bucket, name, "/", continuation,
					(response) -> S3Xml.page(response.body().byteStream(), 0));
			if (page.entries().stream().anyMatch((entry) -> entry.name().equals(directory))) {
				return true;
			}
			continuation = watch.next(continuation, page);
		}
		while (continuation != null);
		return false;
	}

	private boolean isFile(String raw) {
		return orAbsent(() -> this.client.object(Http.Method.HEAD, this.bucket, raw, null, Response::code)).isPresent();
	}

	@Override
	public BulkAnswer deleteAll(List<ObjectKey> keys) {
		return this.client.deleteAll(this.bucket, keys.stream().map(this::full).toList(),
				(response) -> S3Xml.bulkAnswer(response.body().byteStream(), this.prefix.length()));
	}

	@Override
	public Versioning versioning() {
		// A suspended bucket keeps the versions that it has.
		Versioning versioning = setting("versioning", "VersioningConfiguration", "Status");
		return (versioning == Versioning.ON
				&& setting("object-lock", "ObjectLockConfiguration", "ObjectLockEnabled") == Versioning.ON)
						? Versioning.LOCKED : versioning;
	}

	/** A store without the setting refuses the question or answers 404. */
	private Versioning setting(String name, String root, String child) {
		try {
			String value = this.client.setting(this.bucket, name,
					(response) -> S3Xml.text(response.body().byteStream(), root, child));
			return value.isEmpty() ? Versioning.OFF : Versioning.ON;
		}
		catch (GatewayException ex) {
			return switch (ex.kind()) {
				case REJECTED, NOT_FOUND -> Versioning.NONE;
				case DENIED -> Versioning.UNKNOWN;
				default -> throw ex;
			};
		}
	}

	private String full(ObjectKey key) {
		return this.prefix + key.value();
	}

	private static <T> Optional<T> orAbsent(java.util.function.Supplier<T> call) {
		try {
			return Optional.of(call.get());
		}
		catch (GatewayException ex) {
			if (ex.kind() == Kind.NOT_FOUND) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	private static long length(Response response) throws IOException {
		String length = response.header("Content-Length");
		try {
			return Long.parseLong(String.valueOf(length));
		}
		catch (NumberFormatException ex) {
			throw new IOException("a HEAD without Content-Length");
		}
	}

	private static Instant lastModified(Response response) throws IOException {
		return S3Time.header(String.valueOf(response.header("Last-Modified")));
	}

}
