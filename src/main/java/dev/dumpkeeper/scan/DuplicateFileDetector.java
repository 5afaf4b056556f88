package dev.dumpkeeper.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.run.Progress;

/**
 * Tells which of some files are listed under a second key. A symbolic link gives a file
 * one, and where nothing tells links from directories, the same size in the same second
 * of modification under two keys is the sign of it.
 * <p>
 * It counts which keys show a file and not how many do: whoever takes a link away while
 * all is listed, and puts it back for the use, leaves the file with one key, which is not
 * the one that is asked for.
 * <p>
 * All volumes of the gateway are listed for it, also those that are not looked after: a
 * link may lead there. Seconds and no finer unit count, since a HEAD knows no finer one.
 * Takes 17 bytes of memory for each file that is asked for, however much is listed.
 */
public final class DuplicateFileDetector {

	private static final Logger logger = LoggerFactory.getLogger(DuplicateFileDetector.class);

	private static final byte OWN_KEY = 1;

	private static final byte OTHER_KEY = 2;

	/** Sorted, each once: many files may be alike on purpose. */
	private final long[] fingerprints;

	/** What stands for the key of each file; of alike ones, for the last one's. */
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
				// Alike files that are asked for are twins, whatever is listed.
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
	 * Lists all volumes of a gateway; none when no file is asked for. A volume that the
	 * gateway refuses to everybody, as it does with names of its own, is passed over.
	 * @param files the files that are asked for
	 * @param gateway whose volumes are listed
	 * @param lister how they are listed
	 * @param progress where each volume that was listed is counted as {@code compared}
	 * @return what was seen, or empty when a volume could not be listed to its end
	 * @throws dev.dumpkeeper.run.StoppedException when a stop was asked for
	 */
	public static Optional<DuplicateFileDetector> of(Files files, DumpGateway gateway, BucketLister lister,
			Progress progress) {
		DuplicateFileDetector sights = new DuplicateFileDetector(files);
		if (files.size == 0) {
			return Optional.of(sights);
		}
		for (String volume : gateway.volumes()) {
			try {
				lister.forEach(gateway.volume(volume), "", (entry) -> sights.see(volume, entry));
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
	 * Whether no other key than its own shows a file.
	 * @param fingerprint of one of the files that were asked for
	 * @return {@code false} for one that has another, whether or not its own was listed,
	 * and for one that was not asked for; {@code true} also for one that was not listed
	 */
	public boolean isOnly(long fingerprint) {
		int place = place(fingerprint);
		return place >= 0 && (this.seen[place] & OTHER_KEY) == 0;
	}

	/**
	 * Whether another key than its own shows a file.
	 * @param fingerprint its fingerprint
	 * @return {@code false} also for one that was not asked for
	 */
	public boolean isTwice(long fingerprint) {
		int place = place(fingerprint);
		return place >= 0 && (this.seen[place] & OTHER_KEY) != 0;
	}

	/**
	 * Whether a file was listed under its own key.
	 * @param fingerprint its fingerprint
	 * @return {@code false} for one that was written after its volume was listed or was
	 * away while it was, and for one that was not asked for
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
	 * The files that are asked for, each once. Not safe for several threads.
	 */
	public static final class Files {

		private final KeyHash hash = new KeyHash();

		private long[] fingerprints = new long[1000];

		private long[] keys = new long[1000];

		private int size;

		/**
		 * Asks for a file.
		 * @param volume it lies in
		 * @param key its key there
		 * @param size in bytes
		 * @param lastModified when it was last written; only the second counts
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
		 * How many are asked for.
		 * @return a number, 0 or more
		 */
		public int size() {
			return this.size;
		}

	}

	/**
	 * What stands for a key. It is salted and cannot be aimed at: whoever finds a second
	 * key with the hash of a first could pass one for the other.
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

		/** No volume has a slash in its name. */
		long of(String volume, String key) {
			this.digest.update(this.salt);
			return ByteBuffer.wrap(this.digest.digest((volume + "/" + key).getBytes(StandardCharsets.UTF_8))).getLong();
		}

	}

}
