package dev.dumpkeeper.scan;

import java.time.Instant;

import dev.dumpkeeper.gateway.ObjectEntry;

/**
 * One listed object and what it is.
 *
 * @param entry as the gateway listed it
 * @param kind what it is by its name
 */
public record ScannedObject(ObjectEntry entry, Kind kind) {

	/** The name within the volume, in the order of the listing. */
	public String name() {
		return this.entry.name();
	}

	/** Size in bytes. */
	public long size() {
		return this.entry.size();
	}

	/** When it was last written. */
	public Instant lastModified() {
		return this.entry.lastModified();
	}

	/**
	 * The directory directly below the volume that the object lies in.
	 * @return its name without slashes, or the empty string for an object at the top
	 */
	public String topDirectory() {
		int slash = name().indexOf('/');
		return (slash < 0) ? "" : name().substring(0, slash);
	}

	/** What an object is. */
	public enum Kind {

		/** Its name matches {@code retention.dump-patterns}. */
		DUMP,

		/** An empty directory. */
		DIRECTORY,

		/** Anything else. */
		OTHER

	}

}
