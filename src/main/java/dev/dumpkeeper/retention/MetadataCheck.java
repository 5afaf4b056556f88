package dev.dumpkeeper.retention;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.scan.FileStats.FileStat;

/**
 * Checks files in a volume's metadata, and decides how far to trust it during one sweep.
 * A replica need not identify itself, and the metadata of a copied file system looks
 * genuine; the sweep's own deletes reveal both. Until the metadata reflects one of them
 * it is trusted only in agreement with the gateway, and no longer at all once it still
 * shows a file that the gateway has deleted.
 */
final class MetadataCheck {

	private static final Logger logger = LoggerFactory.getLogger(MetadataCheck.class);

	private final String volume;

	private final @Nullable FileStat stat;

	private volatile boolean showsDeletes;

	private volatile boolean isLate;

	/**
	 * Creates the check.
	 * @param stat reads the metadata, {@code null} to use the gateway only
	 */
	MetadataCheck(String volume, @Nullable FileStat stat) {
		this.volume = volume;
		this.stat = stat;
	}

	boolean isUsed() {
		return this.stat != null && !this.isLate;
	}

	/** Whether the metadata alone is sufficient for a delete. */
	boolean isEnough() {
		return isUsed() && this.showsDeletes;
	}

	/**
	 * Returns the current state of files.
	 * @return the files that exist, or {@code null} if the metadata is not used
	 */
	@Nullable Map<ObjectKey, ObjectEntry> find(Collection<ExpiryItem> items) {
		FileStat asked = this.stat;
		return (asked == null || this.isLate) ? null : asked.stat(items.stream().map(ExpiryItem::key).toList());
	}

	/** The metadata reflects a delete of this sweep. */
	void showsDeletes() {
		this.showsDeletes = true;
	}

	/**
	 * Checks that the metadata no longer shows a file that the gateway reports as gone.
	 */
	void mustNotShow(ExpiryItem item) {
		Map<ObjectKey, ObjectEntry> found = find(List.of(item));
		ObjectEntry file = (found != null) ? found.get(item.key()) : null;
		if (file != null && item.is(file)) {
			this.isLate = true;
			logger.warn("{}: the metadata database still shows {}, which the gateway has deleted: "
					+ "it is a replica that lags, or belongs to another file system. Each further file is "
					+ "checked by the gateway before it is deleted; set the address of the server that "
					+ "JuiceFS writes to", this.volume, item.key());
		}
	}

}
