package dev.dumpkeeper.hprof;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.HeapContents.State;

/**
 * Goes through the records of a dump and through what is in those of the heap, after
 * {@code heapDumper.cpp} of HotSpot.
 */
final class HeapWalk {

	private static final int CLASS_DUMP = 0x20;

	private static final int INSTANCE_DUMP = 0x21;

	private static final int OBJECT_ARRAY_DUMP = 0x22;

	private static final int PRIMITIVE_ARRAY_DUMP = 0x23;

	private static final int ROOT_THREAD = 0x08;

	/** No fixed part of anything in the heap but of a class is longer. */
	private static final int LONGEST_HEAD = 25;

	private static final int OBJECT = 2;

	private static final long TO_THE_END = Long.MAX_VALUE;

	private static final long IN_NO_HEAP = -1;

	private final DumpStream in;

	private final HeapTally tally;

	private final int idSize;

	private boolean ended;

	private boolean inOneRecord;

	private boolean neverFilledIn;

	private boolean inHeap;

	/**
	 * Where the record or the part of a heap begins that is read now. All before it was
	 * counted and nothing of it, but for a name and for what {@link DumpStream#toSkip()}
	 * goes over.
	 */
	private long border;

	/** Where the record of the heap begins that is read now. */
	private long record;

	/** Where that record ends. */
	private long end = IN_NO_HEAP;

	/** The object whose body is gone over now, to be counted afterwards. */
	private @Nullable Body body;

	/**
	 * Begins.
	 * @param in the dump, behind its header
	 * @param tally counts
	 */
	HeapWalk(DumpStream in, HeapTally tally) {
		this.in = in;
		this.tally = tally;
		this.idSize = tally.identifierSize();
	}

	/**
	 * Goes on.
	 * @param in the dump, from the place on or from before it
	 * @param offset where in the dump it begins
	 * @param tally what was counted before that place
	 * @param place where an earlier walk came to
	 */
	HeapWalk(DumpStream in, long offset, HeapTally tally, Place place) {
		this(in, tally);
		this.border = place.offset();
		this.record = place.record();
		this.end = place.end();
		this.ended = place.ended();
		this.inOneRecord = place.inOneRecord();
		this.neverFilledIn = place.neverFilledIn();
		this.body = place.body();
		this.inHeap = true;
		in.start(offset, place.offset() - offset + place.toSkip(), place.mark());
	}

	/**
	 * How far the walk has come. Holds also in the midst of a read, and after one that
	 * failed.
	 * @return where another walk can go on; {@code null} before the heap
	 */
	@Nullable Place place() {
		if (!this.inHeap) {
			return null;
		}
		long toSkip = this.in.toSkip();
		return new Place((toSkip > 0) ? this.in.offset() : this.border, toSkip, this.in.mark(), this.record, this.end,
				this.ended, this.inOneRecord, this.neverFilledIn, this.body);
	}

	/**
	 * Goes to the end of the dump.
	 * @throws IOException when the file cannot be read now
	 * @throws Stopped when it ends early, makes no sense or the budget is used up
	 */
	void go() throws IOException, Stopped {
		this.in.skipOn();
		if (this.body != null) {
			count(this.body);
			this.body = null;
		}
		if (this.end != IN_NO_HEAP) {
			heap();
		}
		while (hasMore()) {
			long offset = this.border;
			this.in.mark(offset);
			this.in.need(HprofFormat.RECORD);
			int tag = Byte.toUnsignedInt(this.in.window[this.in.at]);
			long length = DumpStream.u4(this.in.window, this.in.at + 5);
			this.in.at += HprofFormat.RECORD;
			switch (tag) {
				case HprofFormat.UTF8 -> name(length);
				case HprofFormat.LOAD_CLASS -> loadClass(length);
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
						throw new Stopped(State.BROKEN, "there is no record at byte " + offset);
					}
					this.in.skip(length);
				}
			}
		}
		if (this.neverFilledIn) {
			throw new Stopped(State.CUT_OFF, "the length of its heap was never filled in");
		}
		if (!this.ended && !this.inOneRecord) {
			throw new Stopped(State.CUT_OFF,
					String.format(Locale.ROOT, "it ends at byte %d without an end record", this.in.offset()));
		}
	}

	private boolean isEmptyHeap() throws IOException, Stopped {
		return this.in.has(1) && HprofFormat.mayFollowAnEmptyHeap(Byte.toUnsignedInt(this.in.window[this.in.at]));
	}

	private boolean hasMore() throws IOException, Stopped {
		this.border = this.in.offset();
		return this.in.has(1);
	}

	private void name(long length) throws IOException, Stopped {
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

	private void loadClass(long length) throws IOException, Stopped {
		if (length >= 8 + 2L * this.idSize) {
			this.in.need(8 + 2 * this.idSize);
			this.tally.classes.name(id(this.in.at + 4), id(this.in.at + 8 + this.idSize));
			if (this.tally.names.isMissed()) {
				throw new Stopped(State.NOT_READABLE,
						String.format(Locale.ROOT, "the class at byte %d has a name that was not kept", this.border));
			}
		}
		this.in.skip(length);
	}

	private void heap(long record, long end) throws IOException, Stopped {
		this.record = record;
		this.end = end;
		this.inHeap = true;
		heap();
	}

	private void heap() throws IOException, Stopped {
		long end = this.end;
		while (true) {
			this.border = this.in.offset();
			if (this.border >= end) {
				break;
			}
			if (!this.in.has(LONGEST_HEAD) && this.in.at == this.in.limit) {
				if (end == TO_THE_END) {
					break;
				}
				this.in.mark(this.record);
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
					over(9 + 2 * this.idSize, length, end, tag, id, number, length);
					this.tally.instance(id, number, length);
				}
				case OBJECT_ARRAY_DUMP -> {
					long length = DumpStream.u4(window, at + 5 + this.idSize);
					int number = this.tally.classes.number(id(at + 9 + this.idSize));
					long id = id(at + 1);
					over(9 + 2 * this.idSize, length * this.idSize, end, tag, id, number, length);
					this.tally.objects(id, number, length);
				}
				case PRIMITIVE_ARRAY_DUMP -> primitives(end);
				case CLASS_DUMP -> defineClass(end);
				case ROOT_THREAD -> {
					over(1 + this.idSize, 8, end);
					this.tally.thread();
				}
				case 0xFF, 0x05, 0x07 -> over(1, this.idSize, end);
				case 0x01 -> over(1, 2L * this.idSize, end);
				case 0x02, 0x03 -> over(1 + this.idSize, 8, end);
				case 0x04, 0x06 -> over(1 + this.idSize, 4, end);
				default -> throw new Stopped(State.BROKEN,
						String.format(Locale.ROOT, "there is no part of a heap at byte %d", this.in.offset()));
			}
		}
		this.end = IN_NO_HEAP;
	}

	private void count(Body body) {
		switch (body.tag()) {
			case INSTANCE_DUMP -> this.tally.instance(body.id(), body.kind(), body.length());
			case OBJECT_ARRAY_DUMP -> this.tally.objects(body.id(), body.kind(), body.length());
			default -> this.tally.primitives(body.id(), body.kind(), body.length());
		}
	}

	private void primitives(long end) throws IOException, Stopped {
		int at = this.in.at;
		long length = DumpStream.u4(this.in.window, at + 5 + this.idSize);
		int type = Byte.toUnsignedInt(this.in.window[at + 9 + this.idSize]);
		int head = 10 + this.idSize;
		int element = HeapTally.elementBytes(type);
		if (this.in.limit - at < head) {
			this.in.mark(this.border);
			throw this.in.cutOff();
		}
		if (element == 0) {
			throw new Stopped(State.BROKEN,
					String.format(Locale.ROOT, "an array at byte %d has elements of no type", this.in.offset()));
		}
		long id = id(at + 1);
		long bytes = length * element;
		if (HeapTally.isText(type) && bytes > 0 && bytes <= Repeats.LONGEST && this.in.has(head + (int) bytes)) {
			at = this.in.at;
			over(head, bytes, end, PRIMITIVE_ARRAY_DUMP, id, type, length);
			this.tally.text(this.in.window, at + head, (int) bytes, this.tally.primitives(id, type, length));
		}
		else {
			over(head, bytes, end, PRIMITIVE_ARRAY_DUMP, id, type, length);
			this.tally.primitives(id, type, length);
		}
	}

	/** Goes over an object, which may be longer than the window. */
	private void over(int head, long body, long end, int tag, long id, int kind, long length)
			throws IOException, Stopped {
		if (!isOver(head, body, end)) {
			mark(head, body, end);
			this.body = new Body(tag, id, kind, length);
			this.in.skip(head + body);
			this.body = null;
		}
	}

	/**
	 * Goes over one part of the heap.
	 * @param head how long its fixed part is
	 * @param body how much follows
	 * @param end where the record ends that holds it
	 */
	private void over(int head, long body, long end) throws IOException, Stopped {
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

	private void mark(int head, long body, long end) throws Stopped {
		int here = this.in.limit - this.in.at;
		this.in.mark(this.in.offset());
		if (head > here) {
			throw this.in.cutOff();
		}
		if (this.in.offset() + head + body > end) {
			throw new Stopped(State.BROKEN,
					String.format(Locale.ROOT, "what begins at byte %d reaches past its record", this.in.offset()));
		}
	}

	/** Its values are of any number, so that it is gone through piece by piece. */
	private void defineClass(long end) throws IOException, Stopped {
		long offset = this.in.offset();
		this.in.mark(offset);
		int fixed = 11 + 7 * this.idSize;
		this.in.need(fixed);
		long id = id(this.in.at + 1);
		long superId = id(this.in.at + 5 + this.idSize);
		long loaderId = id(this.in.at + 5 + 2 * this.idSize);
		int constants = DumpStream.u2(this.in.window, this.in.at + fixed - 2);
		this.in.at += fixed;
		for (int i = 0; i < constants; i++) {
			value(2);
		}
		int statics = count();
		for (int i = 0; i < statics; i++) {
			value(this.idSize);
		}
		int fields = count();
		int references = 0;
		for (int i = 0; i < fields; i++) {
			this.in.need(this.idSize + 1);
			references += (this.in.window[this.in.at + this.idSize] == OBJECT) ? 1 : 0;
			this.in.at += this.idSize + 1;
		}
		if (this.in.offset() > end) {
			throw new Stopped(State.BROKEN,
					String.format(Locale.ROOT, "what begins at byte %d reaches past its record", offset));
		}
		this.tally.classes.define(id, superId, loaderId, references);
	}

	private int count() throws IOException, Stopped {
		this.in.need(2);
		int count = DumpStream.u2(this.in.window, this.in.at);
		this.in.at += 2;
		return count;
	}

	/**
	 * Goes over a value with its type.
	 * @param before how many bytes come before the type
	 */
	private void value(int before) throws IOException, Stopped {
		this.in.need(before + 1);
		int type = Byte.toUnsignedInt(this.in.window[this.in.at + before]);
		int bytes = (type == OBJECT) ? this.idSize : HeapTally.elementBytes(type);
		if (bytes == 0) {
			throw new Stopped(State.BROKEN,
					String.format(Locale.ROOT, "a value at byte %d has no type", this.in.offset()));
		}
		this.in.at += before + 1;
		this.in.need(bytes);
		this.in.at += bytes;
	}

	private long id(int at) {
		return (this.idSize == 8) ? DumpStream.u8(this.in.window, at) : DumpStream.u4(this.in.window, at);
	}

	/**
	 * An object.
	 *
	 * @param tag what it is
	 * @param id its identifier
	 * @param kind the number of its class, or the type of its elements
	 * @param length as the dump tells it
	 */
	record Body(int tag, long id, int kind, long length) {
	}

	/**
	 * Where a walk stands.
	 *
	 * @param offset how far it has come in the dump
	 * @param toSkip how much from there on is gone over without a look
	 * @param mark where what is gone over begins
	 * @param record where the record of the heap begins
	 * @param end where that ends, and what it is when there is none
	 * @param ended whether a record has ended the segments before
	 * @param inOneRecord whether the heap is not in segments
	 * @param neverFilledIn whether the length of that is missing
	 * @param body what is counted once it was gone over
	 */
	record Place(long offset, long toSkip, long mark, long record, long end, boolean ended, boolean inOneRecord,
			boolean neverFilledIn, @Nullable Body body) {

		void write(DataOutput out) throws IOException {
			out.writeLong(this.offset);
			out.writeLong(this.toSkip);
			out.writeLong(this.mark);
			out.writeLong(this.record);
			out.writeLong(this.end);
			out.writeBoolean(this.ended);
			out.writeBoolean(this.inOneRecord);
			out.writeBoolean(this.neverFilledIn);
			out.writeByte((this.body != null) ? this.body.tag() : 0);
			if (this.body != null) {
				out.writeLong(this.body.id());
				out.writeInt(this.body.kind());
				out.writeLong(this.body.length());
			}
		}

		static Place read(DataInput in, HeapTally tally) throws IOException {
			return new Place(Checkpoint.within(in.readLong()), Checkpoint.within(in.readLong()), in.readLong(),
					in.readLong(), in.readLong(), in.readBoolean(), in.readBoolean(), in.readBoolean(),
					body(in, tally));
		}

		private static @Nullable Body body(DataInput in, HeapTally tally) throws IOException {
			int tag = in.readByte();
			if (tag == 0) {
				return null;
			}
			Body body = new Body(Checkpoint.within(tag, INSTANCE_DUMP, PRIMITIVE_ARRAY_DUMP), in.readLong(),
					in.readInt(), in.readLong());
			if (tag == PRIMITIVE_ARRAY_DUMP) {
				Checkpoint.within(HeapTally.elementBytes(body.kind()), 1, 8);
			}
			else {
				Checkpoint.within(body.kind(), 0, tally.classes.size() - 1);
			}
			return body;
		}

	}

}
