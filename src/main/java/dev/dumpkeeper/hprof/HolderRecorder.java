package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.Layouts.Layout;

/**
 * Records what the search for holders needs during a reading. A failure stops the
 * recording but not the reading.
 */
final class HolderRecorder implements AutoCloseable {

	private final HeapTally tally;

	private final StackNames stacks;

	private final LongSupplier nanos;

	private final Duration time;

	private @Nullable Scratch scratch;

	private @Nullable HeapExtract extract;

	private String failure = "";

	private int definedNumber;

	HolderRecorder(Settings settings, HeapTally tally, LongSupplier nanos) {
		this.tally = tally;
		this.stacks = new StackNames(tally);
		this.nanos = nanos;
		this.time = settings.time();
		try {
			Scratch opened = Scratch.open(settings.scratch(), settings.limit(), settings.chunk());
			this.scratch = opened;
			this.extract = new HeapExtract(opened, tally);
		}
		catch (IOException | RuntimeException ex) {
			failed(ex);
		}
	}

	private void failed(Exception ex) {
		this.extract = null;
		this.failure = (ex instanceof HoldersUnknownException unknown) ? unknown.reason() : String.format(Locale.ROOT,
				"the scratch file cannot be used (%s)", (ex.getMessage() != null) ? ex.getMessage() : ex.getClass());
	}

	boolean isOn() {
		return this.extract != null;
	}

	StackNames stacks() {
		return this.stacks;
	}

	private void note(Note note) {
		HeapExtract to = this.extract;
		if (to != null) {
			try {
				note.to(to);
			}
			catch (IOException | HoldersUnknownException | RuntimeException ex) {
				failed(ex);
			}
			catch (InternalError ex) {
				// The disk failed under a mapped page.
				this.extract = null;
				this.failure = "the scratch file cannot be read";
			}
		}
	}

	void object(long id, int kind, long length, long most) {
		note((to) -> to.begin(id, kind, length, most));
	}

	/**
	 * Records an instance.
	 * @return where its references are; {@code null} when recording has stopped
	 */
	@Nullable Layout instance(long id, int number) {
		Layout[] layout = new Layout[1];
		note((to) -> {
			Layout of = to.layouts.of(number);
			to.begin(id, number, 0, of.offsets().length);
			layout[0] = of;
		});
		return (this.extract == null) ? null : layout[0];
	}

	void reference(long id) {
		note((to) -> to.reference(id));
	}

	void referent(Layout layout, long id) {
		note((to) -> to.referent(layout, id));
	}

	void define(long id, int number) {
		this.definedNumber = number;
		note((to) -> {
			if (number == ClassTable.MOST) {
				throw new HoldersUnknownException("it has too many classes");
			}
			to.begin(id, HeapExtract.CLASS | number, 0, 4);
			to.layouts.begin(number);
		});
	}

	void staticField(long nameId, long id) {
		note((to) -> to.staticField(this.definedNumber, nameId, id));
	}

	void field(long nameId, int size, boolean object) {
		note((to) -> to.layouts.field(nameId, size, object));
	}

	void defined() {
		note((to) -> to.layouts.end(this.definedNumber));
	}

	void root(int tag, long id, int thread, int frame) {
		note((to) -> to.root(tag, id, thread, frame));
	}

	/** Searches, after the whole dump was read. */
	Holders find() {
		Holders[] found = { Holders.unknown("") };
		note((to) -> found[0] = search(to).find());
		return (this.extract == null) ? Holders.unknown(this.failure) : found[0];
	}

	HolderSearch search(HeapExtract from) throws IOException, HoldersUnknownException {
		return new HolderSearch(from, this.tally, this.stacks, new Deadline(this.nanos, this.time));
	}

	/** Returns the recorded data; {@code null} when recording has stopped. */
	@Nullable HeapExtract extract() {
		return this.extract;
	}

	@Override
	public void close() {
		this.extract = null;
		Scratch open = this.scratch;
		this.scratch = null;
		if (open != null) {
			try {
				open.close();
			}
			catch (IOException ex) {
				// The file no longer has a name, so it is removed at the latest when the
				// process ends.
				this.failure = "the scratch file cannot be closed";
			}
		}
	}

	/** A step of the recording. */
	@FunctionalInterface
	private interface Note {

		void to(HeapExtract extract) throws IOException, HoldersUnknownException;

	}

	/**
	 * The limits of the search.
	 *
	 * @param scratch a directory
	 * @param limit how many bytes of it
	 * @param time how long it may take after the reading
	 * @param chunk how many numbers are added to the scratch file at once
	 */
	record Settings(Path scratch, long limit, Duration time, int chunk) {
	}

}
