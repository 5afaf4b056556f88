package dev.dumpkeeper.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.GatewayProperties.Layout;

/**
 * One gateway over S3, in both layouts.
 */
final class S3DumpGateway implements DumpGateway {

	private final String name;

	private final S3Client client;

	private final Layout layout;

	private final @Nullable String bucket;

	private final @Nullable Integer trashDays;

	private final boolean trustedMounts;

	/**
	 * Creates an instance without a request.
	 * @param name see {@link VolumeName#gateway()}
	 */
	S3DumpGateway(String name, S3Client client, GatewayProperties properties) {
		this.name = name;
		this.client = client;
		this.layout = properties.layout();
		this.bucket = properties.bucket();
		this.trashDays = properties.trashDays();
		this.trustedMounts = properties.trustedMounts();
	}

	@Override
	public List<String> volumes() {
		List<String> names = switch (this.layout) {
			case BUCKETS -> this.client.listBuckets((response) -> S3Xml.buckets(response.body().byteStream()));
			case DIRECTORIES -> directories();
		};
		return names.stream()
			.filter((local) -> !local.isEmpty() && local.indexOf('/') < 0)
			.map((local) -> new VolumeName(this.name, local).toString())
			.distinct()
			.sorted()
			.toList();
	}

	private List<String> directories() {
		String bucket = Objects.requireNonNull(this.bucket);
		List<String> names = new ArrayList<>();
		PageWatch watch = PageWatch.ofFew();
		String continuation = null;
		do {
			ListingPage page = this.client.list(bucket, "", "/", continuation,
					(response) -> S3Xml.page(response.body().byteStream(), 0));
			page.entries()
				.stream()
				.filter((entry) -> entry.isDirectory() && ObjectKey.parse(entry.name()).isPresent())
				.forEach((entry) -> names.add(entry.name().substring(0, entry.name().length() - 1)));
			continuation = watch.next(continuation, page);
		}
		while (continuation != null);
		return names;
	}

	@Override
	public DumpBucket volume(String volume) {
		String local = VolumeName.parse(volume).local();
		S3Client client = this.client.forVolume(volume);
		return switch (this.layout) {
			case BUCKETS -> new S3DumpBucket(client, volume, local, "");
			case DIRECTORIES -> new S3DumpBucket(client, volume, Objects.requireNonNull(this.bucket), local + "/");
		};
	}

	@Override
	public void cutOff() {
		this.client.cancelAll();
	}

	@Override
	public OptionalInt trashDays(String volume) {
		return (this.trashDays != null) ? OptionalInt.of(this.trashDays) : OptionalInt.empty();
	}

	@Override
	public PathTrust pathTrust() {
		return this.trustedMounts ? PathTrust.TRUSTED : PathTrust.UNKNOWN;
	}

}
