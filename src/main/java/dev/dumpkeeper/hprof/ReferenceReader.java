package dev.dumpkeeper.hprof;

import java.io.IOException;

import dev.dumpkeeper.hprof.Layouts.Layout;

/**
 * Reads the parts of a dump that the search for holders needs and the histogram does not:
 * references of objects, and stacks of threads.
 */
final class ReferenceReader {

	/** Deeper stacks are recursion, whose inner frames add nothing. */
	private static final int MOST_FRAMES = 1024;

	private static final int ROOT_THREAD = 0x08;

	private final DumpStream in;

	private final HolderRecorder recorder;

	private final int idSize;

	ReferenceReader(DumpStream in, HolderRecorder recorder, int idSize) {
		this.in = in;
		this.recorder = recorder;
		this.idSize = idSize;
	}

	/** Whether the references of objects are still needed. */
	boolean isOn() {
		return this.recorder.isOn();
	}

	/** Records a loaded class, whose record begins here. */
	void loaded() {
		this.recorder.stacks().loaded(u4(0), id(4));
	}

	void frame(long length) throws IOException, HeapReadAbortedException {
		if (length >= 8 + 4L * this.idSize) {
			this.in.need(8 + 4 * this.idSize);
			this.recorder.stacks().frame(id(0), id(this.idSize), u4(4 * this.idSize));
		}
		this.in.skip(length);
	}

	void trace(long length) throws IOException, HeapReadAbortedException {
		if (length < 12) {
			this.in.skip(length);
			return;
		}
		this.in.need(12);
		int serial = u4(0);
		this.in.at += 12;
		long[] frames = new long[this.recorder.stacks().room(Math.min(MOST_FRAMES, (length - 12) / this.idSize))];
		for (int i = 0; i < frames.length; i++) {
			frames[i] = idAfter(0);
		}
		this.recorder.stacks().trace(serial, frames);
		this.in.skip(length - 12 - (long) frames.length * this.idSize);
	}

	/** Records a root, which begins here; zeros follow the window. */
	void root(int tag) {
		int first = u4(1 + this.idSize);
		int second = u4(5 + this.idSize);
		if (tag == ROOT_THREAD) {
			this.recorder.stacks().thread(first, second);
		}
		this.recorder.root(tag, id(1), first, second);
	}

	void instance(long id, int number, long length) throws IOException, HeapReadAbortedException {
		Layout layout = this.recorder.instance(id, number);
		long at = 0;
		if (layout != null) {
			boolean deferred = layout.referent() >= 0;
			for (int offset : layout.offsets()) {
				if (deferred && layout.referent() < offset) {
					at = referent(layout, at, length);
					deferred = false;
				}
				if (offset + this.idSize > length) {
					break;
				}
				this.recorder.reference(idAfter(offset - at));
				at = offset + this.idSize;
			}
			if (deferred) {
				at = referent(layout, at, length);
			}
		}
		this.in.skip(length - at);
	}

	private long referent(Layout layout, long at, long length) throws IOException, HeapReadAbortedException {
		if (layout.referent() + this.idSize > length) {
			return at;
		}
		this.recorder.referent(layout, idAfter(layout.referent() - at));
		return layout.referent() + this.idSize;
	}

	void elements(long id, int number, long length) throws IOException, HeapReadAbortedException {
		this.recorder.object(id, HeapExtract.ARRAY | number, length, length);
		for (long i = 0; i < length; i++) {
			this.recorder.reference(idAfter(0));
		}
	}

	void primitives(long id, int type, long length) {
		this.recorder.object(id, HeapExtract.PRIMITIVE | type, length, 0);
	}

	/** Starts a class, whose fixed part begins here. */
	void classBegins(long id, int number) {
		this.recorder.define(id, number);
		// Its superclass, loader, signers and protection domain.
		for (int i = 1; i < 5; i++) {
			this.recorder.reference(id(5 + i * this.idSize));
		}
	}

	/** Records a static field of the current class; its value ends here. */
	void staticField(long nameId) {
		this.recorder.staticField(nameId, id(-this.idSize));
	}

	/** Records a field of the current class, which begins here. */
	void field(int type, boolean object) {
		this.recorder.field(id(0), object ? this.idSize : HeapTally.elementBytes(type), object);
	}

	void classEnds() {
		this.recorder.defined();
	}

	private long idAfter(long distance) throws IOException, HeapReadAbortedException {
		this.in.skip(distance);
		this.in.need(this.idSize);
		long id = id(0);
		this.in.at += this.idSize;
		return id;
	}

	private int u4(int distance) {
		return (int) DumpStream.u4(this.in.window, this.in.at + distance);
	}

	private long id(int distance) {
		int at = this.in.at + distance;
		return (this.idSize == 8) ? DumpStream.u8(this.in.window, at) : DumpStream.u4(this.in.window, at);
	}

}
