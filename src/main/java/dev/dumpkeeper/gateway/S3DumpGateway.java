package dev.dumpkeeper.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.GatewayProperties.Layout;

/**
 * The gateway over S3, in both layouts.
 */
final class S3DumpGateway implements DumpGateway {

	private final S3Client client;

	private final Layout layout;

	private final @Nullable String bucket;

	private final @Nullable Integer trashDays;

	private final boolean trustedMounts;

	S3DumpGateway(S3Client client, GatewayProperties properties) {
		this.client = client;
		this.layout = properties.layout();
		this.bucket = properties.bucket();
		this.trashDays = properties.trashDays();
		this.trustedMounts = properties.trustedMounts();
	}

	@Override
	public List<String> volumes() {
		return switch (this.layout) {
			case BUCKETS -> this.client.listBuckets((response) -> S3Xml.buckets(response.body().byteStream()))
				.stream()
				.sorted()
				.toList();
			case DIRECTORIES -> directories();
		};
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
		return names.stream().distinct().sorted().toList();
	}

	@Override
	public DumpBucket volume(String name) {
		return switch (this.layout) {
			case BUCKETS -> new S3DumpBucket(this.client, name, name, "");
			case DIRECTORIES -> new S3DumpBucket(this.client, name, Objects.requireNonNull(this.bucket), name + "/");
		};
	}

	@Override
	public void cutOff() {
		this.client.cancelAll();
	}

	@Override
	public OptionalInt trashDays() {
		return (this.trashDays != null) ? OptionalInt.of(this.trashDays) : OptionalInt.empty();
	}

	@Override
	public PathTrust pathTrust() {
		return this.trustedMounts ? PathTrust.TRUSTED : PathTrust.UNKNOWN;
	}

}
