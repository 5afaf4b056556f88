package dev.dumpkeeper.retention;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.ObjectKey;

/**
 * One object that a plan expires.
 *
 * @param seq its place in the volume's part of the plan, in key order, from 1
 * @param key the object; with a trailing slash an empty directory
 * @param size bytes when it was listed
 * @param lastModified when it had been written last
 * @param outcome what became of it
 */
record ExpiryItem(int seq, ObjectKey key, long size, Instant lastModified, @Nullable Outcome outcome) {

	boolean isDirectory() {
		return this.key.value().endsWith("/");
	}

}
