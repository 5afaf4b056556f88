package dev.dumpkeeper.scan;

import java.time.Instant;
import java.util.Optional;

import dev.dumpkeeper.gateway.ObjectEntry;

/**
 * A listed object and its kind.
 *
 * @param entry the entry as the gateway listed it
 * @param kind its kind, by its name
 */
public record ScannedObject(ObjectEntry entry, Kind kind) {

	/** Returns the name within the volume, by which listings are ordered. */
	public String name() {
		return this.entry.name();
	}

	/** Returns the size in bytes. */
	public long size() {
		return this.entry.size();
	}

	/** Returns when the object was last written. */
	public Instant lastModified() {
		return this.entry.lastModified();
	}

	/**
	 * Returns the directory directly below the volume that contains the object.
	 * @return its name without slashes, or the empty string for an object at the top
	 * level
	 */
	public String topDirectory() {
		int slash = name().indexOf('/');
		return (slash < 0) ? "" : name().substring(0, slash);
	}

	/**
	 * Returns the dump that this object belongs to, whether or not it still exists.
	 * @return the dump's name for a receipt or a fragment, otherwise empty
	 */
	public Optional<String> owner() {
		return switch (this.kind) {
			case RECEIPT, FRAGMENT -> Optional.of(name().substring(0, name().lastIndexOf('.')));
			case DUMP, DIRECTORY, OTHER -> Optional.empty();
		};
	}

	/** The kinds of objects. */
	public enum Kind {

		/** Its name matches {@code retention.dump-patterns}. */
		DUMP,

		/** Left beside a dump by a notifier script, with the suffix {@code .event}. */
		RECEIPT,

		/**
		 * A part of a dump that JVMs from 22 on write in parallel, with a suffix such as
		 * {@code .p0}. The JVM merges and removes it; one that is killed leaves it
		 * behind.
		 */
		FRAGMENT,

		/** An empty directory. */
		DIRECTORY,

		/** Anything else. */
		OTHER

	}

}
