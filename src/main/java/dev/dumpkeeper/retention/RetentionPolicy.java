package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import org.springframework.boot.convert.DurationStyle;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.scan.ScannedObject;

/**
 * Says of each object whether it stays. Pure: the same object, policy and instant give
 * the same verdict.
 */
final class RetentionPolicy {

	private final List<DirectoryPath> directories;

	private final String markerName;

	private final Duration maxAge;

	private final Duration emptyGrace;

	RetentionPolicy(RetentionProperties retention, MarkerProperties marker) {
		this.directories = retention.directories();
		this.markerName = marker.name();
		this.maxAge = retention.maxAge();
		this.emptyGrace = retention.emptyGrace();
	}

	/** The instant before which an object must have been written last to expire. */
	Instant cutoff(Instant now) {
		return now.minus(this.maxAge);
	}

	/**
	 * Looks for a reason to keep an object.
	 * @param object what was listed
	 * @param now the instant ages are counted to
	 * @return the first reason found, or empty when the object expires
	 */
	Optional<KeepReason> reasonToKeep(ScannedObject object, Instant now) {
		String name = object.name();
		if (!isRetained(name)) {
			return Optional.of(KeepReason.OUTSIDE);
		}
		if (isMarker(name)) {
			return Optional.of(KeepReason.MARKER);
		}
		if (!object.lastModified().isBefore(cutoff(now))) {
			return Optional.of(KeepReason.YOUNG);
		}
		if (object.size() == 0 && !object.lastModified().isBefore(now.minus(this.emptyGrace))) {
			return Optional.of(KeepReason.BEING_WRITTEN);
		}
		return ObjectKey.parse(name).isPresent() ? Optional.empty() : Optional.of(KeepReason.UNUSABLE_NAME);
	}

	/**
	 * Whether a name lies below one of the retention directories, and is not one itself.
	 */
	boolean isRetained(String name) {
		for (DirectoryPath directory : this.directories) {
			String prefix = directory.prefix();
			if (name.startsWith(prefix) && name.length() > prefix.length()) {
				return true;
			}
		}
		return false;
	}

	/** A file called like the marker keeps its directory, whoever put it there. */
	boolean isMarker(String name) {
		return name.endsWith(this.markerName) && (name.length() == this.markerName.length()
				|| name.charAt(name.length() - this.markerName.length() - 1) == '/');
	}

	List<DirectoryPath> directories() {
		return this.directories;
	}

	/** The policy in words, as it is stored with each plan. */
	@Override
	public String toString() {
		return "keep everything outside " + this.directories + ", every " + this.markerName
				+ ", what was written in the last " + words(this.maxAge)
				+ " and what is empty and was written in the last " + words(this.emptyGrace);
	}

	private static String words(Duration duration) {
		return DurationStyle.SIMPLE.print(duration,
				(duration.toMillis() % ChronoUnit.DAYS.getDuration().toMillis() == 0) ? ChronoUnit.DAYS
						: (duration.toMillis() % ChronoUnit.HOURS.getDuration().toMillis() == 0) ? ChronoUnit.HOURS
								: ChronoUnit.SECONDS);
	}

}
