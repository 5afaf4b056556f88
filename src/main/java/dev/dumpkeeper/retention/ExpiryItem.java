package dev.dumpkeeper.retention;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;

/**
 * An object that a plan expires.
 *
 * @param seq its position in the volume plan, in key order, from 1
 * @param key the object; an empty directory ends with a slash
 * @param size in bytes, as listed
 * @param lastModified when it was last written, as listed
 * @param inode its number in JuiceFS's metadata, 0 if the gateway listed it
 * @param outcome the result, {@code null} before it was tried
 */
record ExpiryItem(int seq, ObjectKey key, long size, Instant lastModified, long inode, @Nullable Outcome outcome) {

	ExpiryItem(int seq, ObjectKey key, long size, Instant lastModified, @Nullable Outcome outcome) {
		this(seq, key, size, lastModified, 0, outcome);
	}

	/** Whether a file in the metadata is the listed one, unchanged since. */
	boolean is(ObjectEntry file) {
		return this.size == file.size() && this.lastModified.equals(file.lastModified())
				&& (this.inode == 0 || this.inode == file.inode());
	}

	boolean isDirectory() {
		return this.key.value().endsWith("/");
	}

}
