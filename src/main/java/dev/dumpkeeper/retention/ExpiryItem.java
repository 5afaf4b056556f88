package dev.dumpkeeper.retention;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;

/**
 * One object that a plan expires.
 *
 * @param seq its place in the volume's part of the plan, in key order, from 1
 * @param key the object; with a trailing slash an empty directory
 * @param size bytes when it was listed
 * @param lastModified when it had been written last
 * @param inode its number in JuiceFS's metadata, 0 where the gateway listed it
 * @param outcome what became of it
 */
record ExpiryItem(int seq, ObjectKey key, long size, Instant lastModified, long inode, @Nullable Outcome outcome) {

	ExpiryItem(int seq, ObjectKey key, long size, Instant lastModified, @Nullable Outcome outcome) {
		this(seq, key, size, lastModified, 0, outcome);
	}

	/** Whether a file of the metadata is the one that was listed, unwritten since. */
	boolean is(ObjectEntry file) {
		return this.size == file.size() && this.lastModified.equals(file.lastModified())
				&& (this.inode == 0 || this.inode == file.inode());
	}

	boolean isDirectory() {
		return this.key.value().endsWith("/");
	}

}
