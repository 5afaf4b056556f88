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
 * What the metadata says of a volume's files, and how far that is believed during one
 * sweep. A server that follows another one need not say so, and the metadata of a copy
 * looks like the volume's own; the sweep's deletes tell. Until the metadata has shown one
 * of them it is believed only together with the gateway, and not at all from when it
 * still shows a file that the gateway has deleted.
 */
final class MetadataCheck {

	private static final Logger logger = LoggerFactory.getLogger(MetadataCheck.class);

	private final String volume;

	private final @Nullable FileStat stat;

	private volatile boolean showsDeletes;

	private volatile boolean isLate;

	/**
	 * Creates it.
	 * @param stat asks the metadata, {@code null} where only the gateway is asked
	 */
	MetadataCheck(String volume, @Nullable FileStat stat) {
		this.volume = volume;
		this.stat = stat;
	}

	/** Whether the metadata is asked. */
	boolean isUsed() {
		return this.stat != null && !this.isLate;
	}

	/** Whether its word is enough for a delete. */
	boolean isEnough() {
		return isUsed() && this.showsDeletes;
	}

	/**
	 * Asks for files as they are now.
	 * @return those that are there, or {@code null} where the metadata is not asked
	 */
	@Nullable Map<ObjectKey, ObjectEntry> find(Collection<ExpiryItem> items) {
		FileStat asked = this.stat;
		return (asked == null || this.isLate) ? null : asked.stat(items.stream().map(ExpiryItem::key).toList());
	}

	/** The metadata no longer shows a file that the sweep deleted. */
	void showsDeletes() {
		this.showsDeletes = true;
	}

	/** The gateway says that the file is gone, so the metadata has to say so by now. */
	void mustNotShow(ExpiryItem item) {
		Map<ObjectKey, ObjectEntry> found = find(List.of(item));
		ObjectEntry file = (found != null) ? found.get(item.key()) : null;
		if (file != null && item.is(file)) {
			this.isLate = true;
			logger.warn(
					"{}: the metadata database (dumpkeeper.metadata.url) still shows {}, which the gateway has deleted: "
							+ "it is a replica that lags, or belongs to another file system. Each further file is "
							+ "checked by the gateway before it is deleted; set the address of the server that "
							+ "JuiceFS writes to",
					this.volume, item.key());
		}
	}

}
