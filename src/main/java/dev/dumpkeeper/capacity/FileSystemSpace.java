package dev.dumpkeeper.capacity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.usage.DirectoryUsage;

/**
 * How full the whole file system is, trash included.
 *
 * @param source who told it: the metadata database or the metrics page
 * @param usedBytes what is used, 0 or more
 * @param capacityBytes what may be used, {@code null} where there is no limit or nobody
 * told it
 * @param trashBytes what no volume uses, at least: from the metadata database it is only
 * in the trash; from the metrics page it may also be what is not looked after.
 * {@code null} where it cannot be told
 * @param trashDays how many days JuiceFS keeps what was deleted, {@code null} where
 * nobody told it
 * @param otherUsedBytes what the metrics page says beside the metadata database,
 * {@code null} where it says nothing
 */
public record FileSystemSpace(CapacitySource source, long usedBytes, @Nullable Long capacityBytes,
		@Nullable Long trashBytes, @Nullable Integer trashDays, @Nullable Long otherUsedBytes) {

	private static final double TOLERANCE = 0.05;

	/** What JuiceFS counts in. */
	private static final long BLOCK = 4096;

	private static final long NOISE = 16L * 1024 * 1024;

	/**
	 * Whether the two sources count differently by more than a few percent.
	 * @return {@code false} where only one counts
	 */
	public boolean isDisputed() {
		if (this.otherUsedBytes == null) {
			return false;
		}
		long difference = Math.abs(this.usedBytes - this.otherUsedBytes);
		return difference > NOISE && difference > TOLERANCE * Math.max(this.usedBytes, this.otherUsedBytes);
	}

	/** Whether so much is in the trash that people should know. */
	boolean isTrashWorthTelling() {
		return this.source == CapacitySource.METADATA && this.trashBytes != null && this.trashBytes > NOISE
				&& this.trashBytes > TOLERANCE * this.usedBytes;
	}

	/**
	 * Joins what the sources say with what volumes use by their quotas or their listings.
	 * @param answer what the metadata database says
	 * @param page what the metrics page says, {@code null} for nothing
	 * @param measurements the last listing of each volume
	 * @return {@code null} where nobody says anything
	 */
	static @Nullable FileSystemSpace of(MetadataQuotas.Answer answer, MetricsPage.@Nullable Whole page,
			List<DirectoryUsage> measurements) {
		Map<String, Long> most = new HashMap<>();
		// A listing knows neither blocks nor directories: with them it is this at most.
		measurements.forEach(
				(measured) -> most.put(measured.volume(), measured.objectBytes() + (measured.objects() + 1) * BLOCK));
		long listed = most.values().stream().mapToLong(Long::longValue).sum();
		Long inUse = 0L;
		for (String name : answer.others()) {
			inUse = plus(inUse, most.get(name));
		}
		for (Map.Entry<String, Quota> quota : answer.quotas().entrySet()) {
			long counted = quota.getValue().usedBytes();
			inUse = plus(inUse, (counted >= 0) ? Long.valueOf(counted) : most.get(quota.getKey()));
		}
		return of(answer.whole(), page, inUse, listed);
	}

	/** What is not known makes a sum unknown. */
	private static @Nullable Long plus(@Nullable Long sum, @Nullable Long bytes) {
		return (sum != null && bytes != null) ? Long.valueOf(sum + bytes) : null;
	}

	/**
	 * Joins what the sources say.
	 * @param metadata what the metadata database says of all, {@code null} for nothing
	 * @param page what the metrics page says, {@code null} for nothing
	 * @param inUse the most that volumes can use together, {@code null} where not all are
	 * known
	 * @param listed the most that the volumes looked after can use together
	 * @return {@code null} where nobody says anything
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
