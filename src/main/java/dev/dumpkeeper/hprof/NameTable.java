package dev.dumpkeeper.hprof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The names in a dump that may be names of classes. A dump contains every symbol of its
 * JVM before the classes that refer to them, so all candidates are kept, up to a limit.
 */
final class NameTable {

	/** The maximum number of names. */
	static final int MOST_NAMES = 690_000;

	/** The maximum number of bytes of names. */
	static final int MOST_BYTES = 16 * 1024 * 1024;

	/** The maximum number of bytes of one name. */
	static final int LONGEST = 200;

	/** Returned for a missing name. */
	static final int NONE = -1;

	private static final int CHUNK = 64 * 1024;

	private static final byte[] LOADER = "java/lang/ClassLoader".getBytes(StandardCharsets.US_ASCII);

	private final LongIndex index = new LongIndex(1024, MOST_NAMES);

	private final List<byte[]> chunks = new ArrayList<>();

	/** The position of each name's length byte; its bytes follow. */
	private int[] places = new int[512];

	private int end;

	private long leftOut;

	/**
	 * Whether a name can be that of a class. Signatures of methods and fields are half of
	 * all symbols and never are.
	 * @param bytes contain the name
	 * @param at where it begins
	 * @param length its length
	 * @return {@code false} when it need not be kept
	 */
	static boolean isForAClass(byte[] bytes, int at, int length) {
		return length > 0 && bytes[at] != '(' && bytes[at] != '<'
				&& (bytes[at] == '[' || bytes[at + length - 1] != ';');
	}

	/**
	 * Adds a name, unless its identifier has one.
	 * @param id its identifier
	 * @param bytes contain it
	 * @param at where it begins
	 * @param length how many of its bytes to keep, at most {@link #LONGEST}
	 */
	void add(long id, byte[] bytes, int at, int length) {
		if (this.end + 2 * LONGEST > MOST_BYTES) {
			this.leftOut++;
			return;
		}
		int before = this.index.size();
		int number = this.index.add(id);
		if (number == LongIndex.NONE) {
			this.leftOut++;
		}
		else if (number == before) {
			if (number == this.places.length) {
				this.places = Arrays.copyOf(this.places, 2 * number);
			}
			this.places[number] = store(bytes, at, length);
		}
	}

	private int store(byte[] bytes, int at, int length) {
		if (this.chunks.size() * CHUNK - this.end < length + 1) {
			this.end = this.chunks.size() * CHUNK;
			this.chunks.add(new byte[CHUNK]);
		}
		int place = this.end;
		byte[] chunk = this.chunks.get(place / CHUNK);
		chunk[place % CHUNK] = (byte) length;
		System.arraycopy(bytes, at, chunk, place % CHUNK + 1, length);
		this.end += length + 1;
		return place;
	}

	/**
	 * Returns where a name is stored.
	 * @param id its identifier
	 * @return its position, or {@link #NONE}
	 */
	int place(long id) {
		int number = this.index.find(id);
		return (number == LongIndex.NONE) ? NONE : this.places[number];
	}

	boolean isArray(int place) {
		return place != NONE && length(place) > 0 && this.chunks.get(place / CHUNK)[place % CHUNK + 1] == '[';
	}

	boolean isClassLoader(int place) {
		if (place == NONE) {
			return false;
		}
		int from = place % CHUNK + 1;
		return Arrays.equals(this.chunks.get(place / CHUNK), from, from + length(place), LOADER, 0, LOADER.length);
	}

	private int length(int place) {
		return Byte.toUnsignedInt(this.chunks.get(place / CHUNK)[place % CHUNK]);
	}

	/**
	 * Returns a class's name for display.
	 * @param place its position, or {@link #NONE}
	 * @return the name in Java notation, without characters that a terminal or a page
	 * could interpret
	 */
	String java(int place) {
		if (place == NONE) {
			return ClassNames.UNKNOWN;
		}
		return ClassNames
			.java(new String(this.chunks.get(place / CHUNK), place % CHUNK + 1, length(place), StandardCharsets.UTF_8));
	}

	/**
	 * Returns how many names were not kept because of the limit.
	 * @return 0 for every usual dump
	 */
	long leftOut() {
		return this.leftOut;
	}

}
