package dev.dumpkeeper.scan;

import java.time.Instant;
import java.util.Optional;

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

	/**
	 * The dump that this object belongs to, whether or not it is still there.
	 * @return its name for a receipt or a fragment, empty for everything else
	 */
	public Optional<String> owner() {
		return switch (this.kind) {
			case RECEIPT, FRAGMENT -> Optional.of(name().substring(0, name().lastIndexOf('.')));
			case DUMP, DIRECTORY, OTHER -> Optional.empty();
		};
	}

	/** What an object is. */
	public enum Kind {

		/** Its name matches {@code retention.dump-patterns}. */
		DUMP,

		/** What a notifier script left beside a dump: its name and {@code .event}. */
		RECEIPT,

		/**
		 * A piece of a dump that JVMs from 22 on write in parallel: its name and
		 * {@code .p0}. After a merge nothing is left of it; a killed JVM leaves it.
		 */
		FRAGMENT,

		/** An empty directory. */
		DIRECTORY,

		/** Anything else. */
		OTHER

	}

}
