package dev.dumpkeeper.digest;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A dump that a digest names, with a link.
 *
 * @param id the number that the link's placeholder carries
 * @param volume the volume's name
 * @param key the object's key in the volume, up to 1024 bytes of anything
 * @param pod the pod it came from, or the empty string where the name does not tell
 * @param bytes its size, 0 for one that was never written
 * @param at when the JVM died, or else when it was written last
 * @param condition what it is found to be
 * @param reason why it was made, {@code null} where unknown
 * @param project the project that its receipt names, or the empty string
 * @param datedAt when its file says it was written, where that lies in the future;
 * {@code null} otherwise
 * @param holder who holds it since before it was written again; {@code null} for most
 */
record NamedDump(long id, String volume, String key, String pod, long bytes, Instant at, DumpCondition condition,
		@Nullable Reason reason, String project, @Nullable Instant datedAt, @Nullable String holder) {

	/**
	 * Whether there is anything to fetch: a dump that was never written has no object.
	 */
	boolean isThere() {
		return this.condition != DumpCondition.FAILED || this.bytes > 0;
	}

	/** The last segment of the key. */
	String fileName() {
		return this.key.substring(this.key.lastIndexOf('/') + 1);
	}

	/** The last segment of the key with its directory. */
	String fileInDirectory() {
		int slash = this.key.lastIndexOf('/');
		return this.key.substring((slash < 0) ? 0 : this.key.lastIndexOf('/', slash - 1) + 1);
	}

}
