package dev.dumpkeeper.hprof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The names in a dump that can be names of classes. A dump has every symbol of its JVM
 * before it says which of them name a class, so all that could are kept, up to a bound.
 */
final class NameTable {

	/** So many names are kept. */
	static final int MOST_NAMES = 690_000;

	/** So many bytes of names are kept. */
	static final int MOST_BYTES = 16 * 1024 * 1024;

	/** Of a name so many bytes are kept. */
	static final int LONGEST = 200;

	/** What is told of a name that is not there. */
	static final int NONE = -1;

	private static final int CHUNK = 64 * 1024;

	private static final byte[] LOADER = "java/lang/ClassLoader".getBytes(StandardCharsets.US_ASCII);

	private final LongIndex index = new LongIndex(1024, MOST_NAMES);

	private final List<byte[]> chunks = new ArrayList<>();

	/** Where each name's length byte is; its bytes follow. */
	private int[] places = new int[512];

	private int end;

	private long leftOut;

	/**
	 * Whether the name of a class may be so. Signatures of methods and fields are half of
	 * all symbols and never are one.
	 * @param bytes hold the name
	 * @param at where it begins
	 * @param length its length
	 * @return {@code false} when it need not be kept
	 */
	static boolean isForAClass(byte[] bytes, int at, int length) {
		return length > 0 && bytes[at] != '(' && bytes[at] != '<'
				&& (bytes[at] == '[' || bytes[at + length - 1] != ';');
	}

	/**
	 * Keeps a name, the first one of an identifier.
	 * @param id its identifier
	 * @param bytes hold it
	 * @param at where it begins
	 * @param length how many bytes of it there are, at most {@link #LONGEST}
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
	 * Where a name is kept.
	 * @param id its identifier
	 * @return its place, or {@link #NONE}
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
	 * A class's name for people.
	 * @param place where it is kept, or {@link #NONE}
	 * @return the name as Java writes it, with no character that could act on a terminal
	 * or a page
	 */
	String java(int place) {
		if (place == NONE) {
			return ClassNames.UNKNOWN;
		}
		return ClassNames
			.java(new String(this.chunks.get(place / CHUNK), place % CHUNK + 1, length(place), StandardCharsets.UTF_8));
	}

	/**
	 * How many names were not kept since the bound was reached.
	 * @return 0 for every usual dump
	 */
	long leftOut() {
		return this.leftOut;
	}

}
