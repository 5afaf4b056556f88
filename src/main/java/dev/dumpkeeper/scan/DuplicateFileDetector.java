package dev.dumpkeeper.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.gateway.VolumeName;
import dev.dumpkeeper.run.Progress;

/**
 * Detects which of a set of files are listed under a duplicate key. A symbolic link gives
 * a file a second key. Where links cannot be told from directories, two keys with the
 * same size and the same modification time in seconds are taken for one file.
 * <p>
 * It records which keys show a file rather than how many do. Somebody who removes a link
 * during the listing and restores it before the file is used would leave the file with
 * one key, but not the requested one.
 * <p>
 * All volumes of the gateway are listed, including those that are not managed, since a
 * link may point there. Times are compared in seconds because a HEAD request returns no
 * finer unit. Uses 17 bytes of memory for each file of the set, whatever the size of the
 * listings.
 */
public final class DuplicateFileDetector {

	private static final Logger logger = LoggerFactory.getLogger(DuplicateFileDetector.class);

	private static final byte OWN_KEY = 1;

	private static final byte OTHER_KEY = 2;

	/** Sorted and distinct: anybody can make many files that share a fingerprint. */
	private final long[] fingerprints;

	/**
	 * The hash of each file's key; where files share a fingerprint, that of the last one.
	 */
	private final long[] keys;

	private final byte[] seen;

	private final KeyHash hash;

	private DuplicateFileDetector(Files files) {
		this.hash = files.hash;
		this.fingerprints = distinct(Arrays.copyOf(files.fingerprints, files.size));
		this.keys = new long[this.fingerprints.length];
		this.seen = new byte[this.fingerprints.length];
		BitSet asked = new BitSet(this.fingerprints.length);
		for (int i = 0; i < files.size; i++) {
			int place = place(files.fingerprints[i]);
			this.keys[place] = files.keys[i];
			if (asked.get(place)) {
				// Files of the set with the same fingerprint are duplicates of each
				// other.
				this.seen[place] = OTHER_KEY;
			}
			asked.set(place);
		}
	}

	private static long[] distinct(long[] values) {
		Arrays.sort(values);
		int size = 0;
		for (int i = 0; i < values.length; i++) {
			if (size == 0 || values[i] != values[size - 1]) {
				values[size++] = values[i];
			}
		}
		return Arrays.copyOf(values, size);
	}

	/**
	 * Finds the volumes in which a key may lead to another's file. A link leads nowhere
	 * but to another file of the same gateway.
	 * @param gateway all gateways
	 * @return their names, by {@link VolumeName#gateway()}
	 * @throws GatewayException when no gateway answers
	 */
	public static Map<String, List<String>> volumes(DumpGateway gateway) {
		return gateway.volumes()
			.stream()
			.filter((volume) -> gateway.pathTrust(volume) == PathTrust.UNKNOWN)
			.collect(Collectors.groupingBy((volume) -> VolumeName.parse(volume).gateway()));
	}

	/**
	 * Lists all volumes of one gateway, or none when the set is empty. A volume to which
	 * the gateway denies everybody access, such as its reserved names, is skipped.
	 * @param files the files to search for
	 * @param volumes the gateway's volumes, from {@link #volumes(DumpGateway)}
	 * @param gateway opens them
	 * @param lister lists a volume
	 * @param progress counts each listed volume as {@code compared}
	 * @return the result, or empty when a volume could not be listed completely
	 * @throws dev.dumpkeeper.run.StoppedException when a stop was requested
	 */
	public static Optional<DuplicateFileDetector> of(Files files, List<String> volumes, DumpGateway gateway,
			BucketLister lister, Progress progress) {
		DuplicateFileDetector detector = new DuplicateFileDetector(files);
		if (files.size == 0) {
			return Optional.of(detector);
		}
		for (String volume : volumes) {
			try {
				lister.forEach(gateway.volume(volume), "", (entry) -> detector.see(volume, entry));
				progress.add("compared", volume, 1);
			}
			catch (GatewayException ex) {
				// The gateway denies everybody access to its reserved names, such as
				// "minio".
				if (ex.kind() == GatewayException.Kind.UNAVAILABLE || VolumeName.parse(volume).isUnlisted()) {
					return unlisted(volume, ex);
				}
			}
			catch (UntrustedListingException ex) {
				return unlisted(volume, ex);
			}
		}
		return Optional.of(detector);
	}

	private static Optional<DuplicateFileDetector> unlisted(String volume, RuntimeException cause) {
		logger.warn("{}: cannot be listed, so nothing is known to have one key only: {}", volume, cause.getMessage());
		return Optional.empty();
	}

	/**
	 * Returns the fingerprint of a file.
	 * @param size in bytes
	 * @param lastModified when the file was last written, compared in whole seconds
	 * @return its fingerprint
	 */
	public static long fingerprint(long size, Instant lastModified) {
		return mix(size, lastModified.getEpochSecond());
	}

	/**
	 * Mixes two numbers so that collisions are unlikely among a million pairs.
	 * @param size one number
	 * @param time the other
	 * @return their hash
	 */
	public static long mix(long size, long time) {
		long mixed = size * 0x9E3779B97F4A7C15L ^ Long.rotateLeft(time * 0xC2B2AE3D27D4EB4FL, 31);
		mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
		return mixed ^ mixed >>> 32;
	}

	/**
	 * Returns whether no key other than its own shows a file.
	 * @param fingerprint the fingerprint of a file of the set
	 * @return {@code false} for a file with another key, whether or not its own was
	 * listed, and for a file outside the set; {@code true} also for a file that was not
	 * listed
	 */
	public boolean isOnly(long fingerprint) {
		int place = place(fingerprint);
		return place >= 0 && (this.seen[place] & OTHER_KEY) == 0;
	}

	/**
	 * Returns whether a key other than its own shows a file.
	 * @param fingerprint the file's fingerprint
	 * @return {@code false} also for a file outside the set
	 */
	public boolean isTwice(long fingerprint) {
		int place = place(fingerprint);
		return place >= 0 && (this.seen[place] & OTHER_KEY) != 0;
	}

	/**
	 * Returns whether a file was listed under its own key.
	 * @param fingerprint the file's fingerprint
	 * @return {@code false} for a file that was written after its volume was listed or
	 * was absent at that time, and for a file outside the set
	 */
	public boolean isSeen(long fingerprint) {
		int place = place(fingerprint);
		return place >= 0 && (this.seen[place] & OWN_KEY) != 0;
	}

	private void see(String volume, ObjectEntry entry) {
		int place = place(fingerprint(entry.size(), entry.lastModified()));
		if (place >= 0) {
			this.seen[place] |= (this.hash.of(volume, entry.name()) == this.keys[place]) ? OWN_KEY : OTHER_KEY;
		}
	}

	private int place(long fingerprint) {
		return Arrays.binarySearch(this.fingerprints, fingerprint);
	}

	/**
	 * The set of files to search for. Not thread-safe.
	 */
	public static final class Files {

		private final KeyHash hash = new KeyHash();

		private long[] fingerprints = new long[1000];

		private long[] keys = new long[1000];

		private int size;

		/**
		 * Adds a file.
		 * @param volume the volume that contains it
		 * @param key its key in the volume
		 * @param size in bytes
		 * @param lastModified when the file was last written, compared in whole seconds
		 */
		public void add(String volume, String key, long size, Instant lastModified) {
			if (this.size == this.keys.length) {
				this.fingerprints = Arrays.copyOf(this.fingerprints, 2 * this.size);
				this.keys = Arrays.copyOf(this.keys, 2 * this.size);
			}
			this.fingerprints[this.size] = fingerprint(size, lastModified);
			this.keys[this.size++] = this.hash.of(volume, key);
		}

		/**
		 * Returns the number of files.
		 * @return 0 or more
		 */
		public int size() {
			return this.size;
		}

	}

	/**
	 * Hashes keys with a random salt, so that nobody can construct a second key with the
	 * hash of another.
	 */
	private static final class KeyHash {

		private final MessageDigest digest;

		private final byte[] salt = new byte[16];

		KeyHash() {
			new SecureRandom().nextBytes(this.salt);
			try {
				this.digest = MessageDigest.getInstance("SHA-256");
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException(ex);
			}
		}

		/** Unambiguous, since the name of a volume contains no slash. */
		long of(String volume, String key) {
			this.digest.update(this.salt);
			return ByteBuffer.wrap(this.digest.digest((volume + "/" + key).getBytes(StandardCharsets.UTF_8))).getLong();
		}

	}

}
