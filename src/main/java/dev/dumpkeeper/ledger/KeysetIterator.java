package dev.dumpkeeper.ledger;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Reads pages by key, so that no result set stays open during a slow listing.
 *
 * @param <T> the type of a row
 */
final class KeysetIterator<T> implements Iterator<T> {

	private final int size;

	private final Function<byte[], List<T>> read;

	private final Function<T, String> key;

	private List<T> page = List.of();

	private int next;

	private byte[] last;

	private boolean end;

	KeysetIterator(int size, Function<byte[], List<T>> read, Function<T, String> key) {
		this(size, new byte[0], read, key);
	}

	KeysetIterator(int size, byte[] after, Function<byte[], List<T>> read, Function<T, String> key) {
		this.size = size;
		this.last = after;
		this.read = read;
		this.key = key;
	}

	@Override
	public boolean hasNext() {
		if (this.next == this.page.size() && !this.end) {
			this.page = this.read.apply(this.last);
			this.next = 0;
			this.end = this.page.size() < this.size;
		}
		return this.next < this.page.size();
	}

	@Override
	public T next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		T row = this.page.get(this.next++);
		this.last = DumpRepository.bytes(this.key.apply(row));
		return row;
	}

}
