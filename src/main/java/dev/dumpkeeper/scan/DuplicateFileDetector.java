package dev.dumpkeeper.scan;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.run.Progress;

/**
 * Tells which of some files are listed under more than one key. A symbolic link gives a
 * file a second key, and where nothing tells links from directories, the same size in the
 * same second of modification under two keys is the sign of one.
 * <p>
 * All volumes of the gateway are listed for it, also those that are not looked after: a
 * link may lead there. Seconds and no finer unit count, since a HEAD knows no finer one.
 * Takes 9 bytes of memory for each file that is asked for, however much is listed.
 */
public final class DuplicateFileDetector {

	private static final Logger logger = LoggerFactory.getLogger(DuplicateFileDetector.class);

	/** Sorted. */
	private final long[] fingerprints;

	private final byte[] seen;

	private DuplicateFileDetector(long[] fingerprints) {
		this.fingerprints = fingerprints;
		this.seen = new byte[fingerprints.length];
	}

	/**
	 * Lists all volumes of a gateway; none when no file is asked for. A volume that the
	 * gateway refuses to everybody, as it does with names of its own, is passed over.
	 * @param fingerprints the files that are asked for, in any order, each as often as
	 * there are such; the array is kept
	 * @param gateway whose volumes are listed
	 * @param lister how they are listed
	 * @param progress where each volume that was listed is counted as {@code compared}
	 * @return what was seen, or empty when a volume could not be listed to its end
	 * @throws dev.dumpkeeper.run.StoppedException when a stop was asked for
	 */
	public static Optional<DuplicateFileDetector> of(long[] fingerprints, DumpGateway gateway, BucketLister lister,
			Progress progress) {
		Arrays.sort(fingerprints);
		DuplicateFileDetector sights = new DuplicateFileDetector(fingerprints);
		if (fingerprints.length == 0) {
			return Optional.of(sights);
		}
		for (String volume : gateway.volumes()) {
			try {
				lister.forEach(gateway.volume(volume), "",
						(entry) -> sights.see(fingerprint(entry.size(), entry.lastModified())));
				progress.add("compared", volume, 1);
			}
			catch (GatewayException ex) {
				// The gateway has names for itself, such as "minio", that it refuses to
				// everybody.
				if (ex.kind() == GatewayException.Kind.UNAVAILABLE) {
					return unlisted(volume, ex);
				}
			}
			catch (UntrustedListingException ex) {
				return unlisted(volume, ex);
			}
		}
		return Optional.of(sights);
	}

	private static Optional<DuplicateFileDetector> unlisted(String volume, RuntimeException cause) {
		logger.warn("{}: cannot be listed, so nothing is known to have one key only: {}", volume, cause.getMessage());
		return Optional.empty();
	}

	/**
	 * What stands for a file of a size and time.
	 * @param size in bytes
	 * @param lastModified when it was last written; only the second counts
	 * @return its fingerprint
	 */
	public static long fingerprint(long size, Instant lastModified) {
		return mix(size, lastModified.getEpochSecond());
	}

	/**
	 * Mixes two numbers well enough that two pairs of a million are hardly ever alike by
	 * chance.
	 * @param size one number
	 * @param time the other
	 * @return what stands for both
	 */
	public static long mix(long size, long time) {
		long mixed = size * 0x9E3779B97F4A7C15L ^ Long.rotateLeft(time * 0xC2B2AE3D27D4EB4FL, 31);
		mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
		return mixed ^ mixed >>> 32;
	}

	/**
	 * Whether a file was listed under one key at most.
	 * @param fingerprint of one of the files that were asked for
	 * @return {@code false} for one that was listed twice, and for one that was not asked
	 * for
	 */
	public boolean isOnly(long fingerprint) {
		int place = place(fingerprint);
		return place >= 0 && this.seen[place] < 2;
	}

	/**
	 * Whether a file was listed under more than one key.
	 * @param fingerprint its fingerprint
	 * @return {@code false} also for one that was not asked for
	 */
	public boolean isTwice(long fingerprint) {
		int place = place(fingerprint);
		return place >= 0 && this.seen[place] > 1;
	}

	/**
	 * Whether a file was listed at all.
	 * @param fingerprint its fingerprint
	 * @return {@code false} for one that was written after its volume was listed, and for
	 * one that was not asked for
	 */
	public boolean isSeen(long fingerprint) {
		int place = place(fingerprint);
		return place >= 0 && this.seen[place] > 0;
	}

	private void see(long fingerprint) {
		int place = place(fingerprint);
		if (place >= 0 && this.seen[place] < 2) {
			this.seen[place]++;
		}
	}

	/** The first of equal ones. */
	private int place(long fingerprint) {
		int place = Arrays.binarySearch(this.fingerprints, fingerprint);
		while (place > 0 && this.fingerprints[place - 1] == fingerprint) {
			place--;
		}
		return place;
	}

}
