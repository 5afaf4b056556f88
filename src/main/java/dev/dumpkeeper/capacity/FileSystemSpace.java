package dev.dumpkeeper.capacity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.VolumeName;
import dev.dumpkeeper.usage.DirectoryUsage;

/**
 * The state of the whole file system of {@code dumpkeeper.gateway}, trash included.
 *
 * @param source the source: the metadata database or the metrics page
 * @param usedBytes used bytes, 0 or more
 * @param capacityBytes the capacity, {@code null} if it is unlimited or unknown
 * @param trashBytes the minimum of bytes that no volume uses: trash according to the
 * metadata database; from the metrics page it may include volumes that are not managed.
 * {@code null} if unknown
 * @param trashDays how many days JuiceFS keeps deleted files, {@code null} if unknown
 * @param otherUsedBytes used bytes according to the metrics page, in addition to the
 * metadata database, {@code null} if unknown
 */
public record FileSystemSpace(CapacitySource source, long usedBytes, @Nullable Long capacityBytes,
		@Nullable Long trashBytes, @Nullable Integer trashDays, @Nullable Long otherUsedBytes) {

	private static final double TOLERANCE = 0.05;

	/** The unit in which JuiceFS counts space, in bytes. */
	private static final long BLOCK = 4096;

	private static final long NOISE = 16L * 1024 * 1024;

	/**
	 * Returns whether the two sources differ by more than a few percent.
	 * @return {@code false} if only one is known
	 */
	public boolean isDisputed() {
		if (this.otherUsedBytes == null) {
			return false;
		}
		long difference = Math.abs(this.usedBytes - this.otherUsedBytes);
		return difference > NOISE && difference > TOLERANCE * Math.max(this.usedBytes, this.otherUsedBytes);
	}

	/** Whether the trash is large enough to be reported. */
	boolean isTrashNotable() {
		return this.source == CapacitySource.METADATA && this.trashBytes != null && this.trashBytes > NOISE
				&& this.trashBytes > TOLERANCE * this.usedBytes;
	}

	/**
	 * Combines the sources with the use of volumes according to their quotas or listings.
	 * @param answer the answer of the metadata database
	 * @param page the metrics page, {@code null} without one
	 * @param measurements the last listing of each volume
	 * @return {@code null} if no source is available
	 */
	static @Nullable FileSystemSpace of(MetadataQuotas.Answer answer, MetricsPage.@Nullable Whole page,
			List<DirectoryUsage> measurements) {
		Map<String, Long> most = new HashMap<>();
		// A listing contains neither blocks nor directories, so this is the maximum
		// including both.
		measurements.stream()
			.filter((measured) -> isIn(measured.volume()))
			.forEach((measured) -> most.put(measured.volume(),
					measured.objectBytes() + (measured.objects() + 1) * BLOCK));
		long listed = most.values().stream().mapToLong(Long::longValue).sum();
		Long inUse = 0L;
		for (String name : answer.others()) {
			inUse = plus(inUse, most.get(name));
		}
		for (Map.Entry<String, Quota> quota : answer.quotas().entrySet()) {
			if (!isIn(quota.getKey())) {
				continue;
			}
			long counted = quota.getValue().usedBytes();
			inUse = plus(inUse, (counted >= 0) ? Long.valueOf(counted) : most.get(quota.getKey()));
		}
		return of(answer.whole(), page, inUse, listed);
	}

	/** Further gateways may show other file systems. */
	private static boolean isIn(String volume) {
		return VolumeName.parse(volume).gateway().isEmpty();
	}

	/** Returns {@code null} if either number is unknown. */
	private static @Nullable Long plus(@Nullable Long sum, @Nullable Long bytes) {
		return (sum != null && bytes != null) ? Long.valueOf(sum + bytes) : null;
	}

	/**
	 * Combines the sources.
	 * @param metadata the file system in the metadata database, {@code null} if unknown
	 * @param page the metrics page, {@code null} without one
	 * @param inUse the maximum that all volumes use together, {@code null} unless all are
	 * known
	 * @param listed the maximum that the managed volumes use together
	 * @return {@code null} if no source is available
	 */
	static @Nullable FileSystemSpace of(MetadataQuotas.@Nullable Whole metadata, MetricsPage.@Nullable Whole page,
			@Nullable Long inUse, long listed) {
		if (metadata != null && metadata.usedBytes() >= 0) {
			boolean noTrash = metadata.trashDays() != null && metadata.trashDays() == 0;
			Long trash = (inUse == null) ? null : Long.valueOf(noTrash ? 0 : Math.max(0, metadata.usedBytes() - inUse));
			Long capacity = limited(metadata.capacityBytes());
			return new FileSystemSpace(CapacitySource.METADATA, metadata.usedBytes(),
					(capacity == null && page != null) ? limited(page.totalBytes()) : capacity, trash,
					metadata.trashDays(), (page != null) ? page.usedBytes() : null);
		}
		if (page != null) {
			return new FileSystemSpace(CapacitySource.METRICS, page.usedBytes(), limited(page.totalBytes()),
					Math.max(0, page.usedBytes() - listed), null, null);
		}
		return null;
	}

	private static @Nullable Long limited(@Nullable Long bytes) {
		return (bytes != null && new Quota(bytes, 0).isLimited()) ? bytes : null;
	}

}
