package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.HeapContents.State;

/**
 * Processes the records of a dump and the content of heap records, after
 * {@code heapDumper.cpp} of HotSpot.
 */
final class HeapWalk {

	private static final int CLASS_DUMP = 0x20;

	private static final int INSTANCE_DUMP = 0x21;

	private static final int OBJECT_ARRAY_DUMP = 0x22;

	private static final int PRIMITIVE_ARRAY_DUMP = 0x23;

	private static final int ROOT_THREAD = 0x08;

	/** The longest fixed part of a heap element, except that of a class. */
	private static final int LONGEST_HEAD = 25;

	private static final int OBJECT = 2;

	private static final long TO_THE_END = Long.MAX_VALUE;

	private final DumpStream in;

	private final HeapTally tally;

	private final int idSize;

	private final @Nullable ReferenceReader references;

	private boolean ended;

	private boolean inOneRecord;

	private boolean neverFilledIn;

	/**
	 * Creates an instance.
	 * @param in the dump, after its header
	 * @param tally counts
	 * @param holders records references, or {@code null}
	 */
	HeapWalk(DumpStream in, HeapTally tally, @Nullable HolderRecorder holders) {
		this.in = in;
		this.tally = tally;
		this.idSize = tally.identifierSize();
		this.references = (holders != null) ? new ReferenceReader(in, holders, this.idSize) : null;
	}

	/**
	 * Processes the dump to its end.
	 * @throws IOException when the file cannot be read now
	 * @throws HeapReadAbortedException when it ends early, is invalid or the budget is
	 * used up
	 */
	void go() throws IOException, HeapReadAbortedException {
		while (this.in.has(1)) {
			long offset = this.in.offset();
			this.in.mark(offset);
			this.in.need(HprofFormat.RECORD);
			int tag = Byte.toUnsignedInt(this.in.window[this.in.at]);
			long length = DumpStream.u4(this.in.window, this.in.at + 5);
			this.in.at += HprofFormat.RECORD;
			switch (tag) {
				case HprofFormat.UTF8 -> name(length);
				case HprofFormat.LOAD_CLASS -> loadClass(length);
				case HprofFormat.FRAME, HprofFormat.TRACE -> stack(tag, length);
				case HprofFormat.HEAP_DUMP -> {
					boolean filledIn = length > 0 || isEmptyHeap();
					this.inOneRecord = true;
					this.neverFilledIn |= !filledIn;
					heap(offset, filledIn ? this.in.offset() + length : TO_THE_END);
				}
				case HprofFormat.HEAP_DUMP_SEGMENT -> {
					this.ended = false;
					this.inOneRecord = false;
					heap(offset, this.in.offset() + length);
				}
				case HprofFormat.HEAP_DUMP_END -> {
					this.ended = true;
					this.in.skip(length);
				}
				default -> {
					if (!HprofFormat.isTag(tag)) {
						throw new HeapReadAbortedException(State.BROKEN, "there is no record at byte " + offset);
					}
					this.in.skip(length);
				}
			}
		}
		if (this.neverFilledIn) {
			throw new HeapReadAbortedException(State.TRUNCATED, "the length of its heap was never filled in");
		}
		if (!this.ended && !this.inOneRecord) {
			throw new HeapReadAbortedException(State.TRUNCATED,
					String.format(Locale.ROOT, "it ends at byte %d without an end record", this.in.offset()));
		}
	}

	private boolean isEmptyHeap() throws IOException, HeapReadAbortedException {
		return this.in.has(1) && HprofFormat.mayFollowAnEmptyHeap(Byte.toUnsignedInt(this.in.window[this.in.at]));
	}

	private void name(long length) throws IOException, HeapReadAbortedException {
		if (length < this.idSize) {
			this.in.skip(length);
			return;
		}
		int kept = (int) Math.min(length - this.idSize, NameTable.LONGEST);
		this.in.need(this.idSize + kept);
		int text = this.in.at + this.idSize;
		if (NameTable.isForAClass(this.in.window, text, kept)) {
			this.tally.names.add(id(this.in.at), this.in.window, text, kept);
		}
		this.in.skip(length);
	}

	private void loadClass(long length) throws IOException, HeapReadAbortedException {
		if (length >= 8 + 2L * this.idSize) {
			this.in.need(8 + 2 * this.idSize);
			this.tally.classes.name(id(this.in.at + 4), id(this.in.at + 8 + this.idSize));
			if (this.references != null) {
				this.references.loaded();
			}
		}
		this.in.skip(length);
	}

	private void stack(int tag, long length) throws IOException, HeapReadAbortedException {
		if (this.references == null) {
			this.in.skip(length);
		}
		else if (tag == HprofFormat.FRAME) {
			this.references.frame(length);
		}
		else {
			this.references.trace(length);
		}
	}

	private void heap(long record, long end) throws IOException, HeapReadAbortedException {
		while (this.in.offset() < end) {
			if (!this.in.has(LONGEST_HEAD) && this.in.at == this.in.limit) {
				if (end == TO_THE_END) {
					break;
				}
				this.in.mark(record);
				throw this.in.cutOff();
			}
			byte[] window = this.in.window;
			int at = this.in.at;
			int tag = Byte.toUnsignedInt(window[at]);
			switch (tag) {
				case INSTANCE_DUMP -> {
					long length = DumpStream.u4(window, at + 5 + 2 * this.idSize);
					int number = this.tally.classes.number(id(at + 5 + this.idSize));
					long id = id(at + 1);
					if (this.references != null && this.references.isOn()) {
						into(9 + 2 * this.idSize, length, end);
						this.references.instance(id, number, length);
					}
					else {
						overLong(9 + 2 * this.idSize, length, end);
					}
					this.tally.instance(id, number, length);
				}
				case OBJECT_ARRAY_DUMP -> {
					long length = DumpStream.u4(window, at + 5 + this.idSize);
					int number = this.tally.classes.number(id(at + 9 + this.idSize));
					long id = id(at + 1);
					if (this.references != null && this.references.isOn()) {
						into(9 + 2 * this.idSize, length * this.idSize, end);
						this.references.elements(id, number, length);
					}
					else {
						overLong(9 + 2 * this.idSize, length * this.idSize, end);
					}
					this.tally.objects(id, number, length);
				}
				case PRIMITIVE_ARRAY_DUMP -> primitives(end);
				case CLASS_DUMP -> defineClass(end);
				case ROOT_THREAD -> {
					root(tag, 8, end);
					this.tally.thread();
				}
				case 0xFF, 0x05, 0x07 -> root(tag, 0, end);
				case 0x01 -> root(tag, this.idSize, end);
				case 0x02, 0x03 -> root(tag, 8, end);
				case 0x04, 0x06 -> root(tag, 4, end);
				default -> throw new HeapReadAbortedException(State.BROKEN,
						String.format(Locale.ROOT, "there is no part of a heap at byte %d", this.in.offset()));
			}
		}
	}

	private void root(int tag, int more, long end) throws IOException, HeapReadAbortedException {
		if (this.references != null) {
			this.references.root(tag);
		}
		over(1 + this.idSize, more, end);
	}

	/** Moves to the content of an object. */
	private void into(int head, long body, long end) throws HeapReadAbortedException {
		mark(head, body, end);
		this.in.at += head;
	}

	private void primitives(long end) throws IOException, HeapReadAbortedException {
		int at = this.in.at;
		long length = DumpStream.u4(this.in.window, at + 5 + this.idSize);
		int type = Byte.toUnsignedInt(this.in.window[at + 9 + this.idSize]);
		int head = 10 + this.idSize;
		int element = HeapTally.elementBytes(type);
		if (this.in.limit - at < head) {
			this.in.mark(this.in.offset());
			throw this.in.cutOff();
		}
		if (element == 0) {
			throw new HeapReadAbortedException(State.BROKEN,
					String.format(Locale.ROOT, "an array at byte %d has elements of no type", this.in.offset()));
		}
		long id = id(at + 1);
		long bytes = length * element;
		if (HeapTally.isText(type) && bytes > 0 && bytes <= DuplicateArrays.LONGEST
				&& this.in.has(head + (int) bytes)) {
			at = this.in.at;
			overLong(head, bytes, end);
			this.tally.text(this.in.window, at + head, (int) bytes, this.tally.primitives(id, type, length));
		}
		else {
			overLong(head, bytes, end);
			this.tally.primitives(id, type, length);
		}
		if (this.references != null) {
			this.references.primitives(id, type, length);
		}
	}

	/** Skips an object that may be longer than the window. */
	private void overLong(int head, long body, long end) throws IOException, HeapReadAbortedException {
		if (!isOver(head, body, end)) {
			mark(head, body, end);
			this.in.skip(head + body);
		}
	}

	/**
	 * Skips one element of the heap.
	 * @param head the length of its fixed part
	 * @param body how much follows
	 * @param end where the containing record ends
	 */
	private void over(int head, long body, long end) throws IOException, HeapReadAbortedException {
		if (!isOver(head, body, end)) {
			mark(head, body, end);
			this.in.need((int) (head + body));
			this.in.at += head + (int) body;
		}
	}

	private boolean isOver(int head, long body, long end) {
		if (head + body <= this.in.limit - this.in.at && this.in.offset() + head + body <= end) {
			this.in.at += head + (int) body;
			return true;
		}
		return false;
	}

	private void mark(int head, long body, long end) throws HeapReadAbortedException {
		int here = this.in.limit - this.in.at;
		this.in.mark(this.in.offset());
		if (head > here) {
			throw this.in.cutOff();
		}
		if (this.in.offset() + head + body > end) {
			throw new HeapReadAbortedException(State.BROKEN,
					String.format(Locale.ROOT, "what begins at byte %d reaches past its record", this.in.offset()));
		}
	}

	/** The number of its values is unlimited, so it is processed piece by piece. */
	private void defineClass(long end) throws IOException, HeapReadAbortedException {
		long offset = this.in.offset();
		this.in.mark(offset);
		int fixed = 11 + 7 * this.idSize;
		this.in.need(fixed);
		long id = id(this.in.at + 1);
		long superId = id(this.in.at + 5 + this.idSize);
		long loaderId = id(this.in.at + 5 + 2 * this.idSize);
		int constants = DumpStream.u2(this.in.window, this.in.at + fixed - 2);
		ReferenceReader notes = this.references;
		if (notes != null) {
			notes.classBegins(id, this.tally.classes.number(id));
		}
		this.in.at += fixed;
		for (int i = 0; i < constants; i++) {
			value(2);
		}
		int statics = count();
		for (int i = 0; i < statics; i++) {
			this.in.need(this.idSize + 1);
			long name = id(this.in.at);
			boolean object = this.in.window[this.in.at + this.idSize] == OBJECT;
			value(this.idSize);
			if (notes != null && object) {
				notes.staticField(name);
			}
		}
		int fields = count();
		int references = 0;
		for (int i = 0; i < fields; i++) {
			this.in.need(this.idSize + 1);
			int type = this.in.window[this.in.at + this.idSize];
			references += (type == OBJECT) ? 1 : 0;
			if (notes != null) {
				notes.field(type, type == OBJECT);
			}
			this.in.at += this.idSize + 1;
		}
		if (this.in.offset() > end) {
			throw new HeapReadAbortedException(State.BROKEN,
					String.format(Locale.ROOT, "what begins at byte %d reaches past its record", offset));
		}
		this.tally.classes.define(id, superId, loaderId, references);
		if (notes != null) {
			notes.classEnds();
		}
	}

	private int count() throws IOException, HeapReadAbortedException {
		this.in.need(2);
		int count = DumpStream.u2(this.in.window, this.in.at);
		this.in.at += 2;
		return count;
	}

	/**
	 * Skips a value with its type.
	 * @param before how many bytes precede the type
	 */
	private void value(int before) throws IOException, HeapReadAbortedException {
		this.in.need(before + 1);
		int type = Byte.toUnsignedInt(this.in.window[this.in.at + before]);
		int bytes = (type == OBJECT) ? this.idSize : HeapTally.elementBytes(type);
		if (bytes == 0) {
			throw new HeapReadAbortedException(State.BROKEN,
					String.format(Locale.ROOT, "a value at byte %d has no type", this.in.offset()));
		}
		this.in.at += before + 1;
		this.in.need(bytes);
		this.in.at += bytes;
	}

	private long id(int at) {
		return (this.idSize == 8) ? DumpStream.u8(this.in.window, at) : DumpStream.u4(this.in.window, at);
	}

}
