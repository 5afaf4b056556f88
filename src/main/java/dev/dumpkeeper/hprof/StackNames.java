package dev.dumpkeeper.hprof;

import java.util.HashMap;
import java.util.Map;

/**
 * The names of the frames that contain local variables.
 */
final class StackNames {

	private static final int MOST_FRAMES = 300_000;

	private static final int MOST_PLACES = 1_000_000;

	private final HeapTally tally;

	/**
	 * By frame: the identifier of the method's name and the serial number of its class.
	 */
	private final Map<Long, long[]> frames = new HashMap<>();

	private final Map<Integer, long[]> traces = new HashMap<>();

	private final Map<Integer, Long> classes = new HashMap<>();

	private final Map<Integer, Integer> threads = new HashMap<>();

	private int places;

	StackNames(HeapTally tally) {
		this.tally = tally;
	}

	void loaded(int serial, long classId) {
		if (this.classes.size() < ClassTable.MOST) {
			this.classes.put(serial, classId);
		}
	}

	void frame(long id, long method, int classSerial) {
		if (this.frames.size() < MOST_FRAMES) {
			this.frames.put(id, new long[] { method, classSerial });
		}
	}

	/** Returns how many frames of a stack are kept. */
	int room(long frames) {
		return (int) Math.min(frames, MOST_PLACES - this.places);
	}

	void trace(int serial, long[] frames) {
		this.places += frames.length;
		this.traces.put(serial, frames);
	}

	void thread(int thread, int trace) {
		if (this.threads.size() < MOST_FRAMES) {
			this.threads.put(thread, trace);
		}
	}

	/**
	 * Returns the method of a frame.
	 * @param thread its serial number
	 * @param depth the number of the frame, the innermost is 0
	 * @return such as {@code com.acme.Gen.local}; empty when it is not known
	 */
	String place(int thread, int depth) {
		long[] trace = this.traces.get(this.threads.getOrDefault(thread, -1));
		long[] frame = (trace != null && depth >= 0 && depth < trace.length) ? this.frames.get(trace[depth]) : null;
		if (frame == null) {
			return "";
		}
		return type(frame) + "." + this.tally.names.java(this.tally.names.place(frame[0]));
	}

	/** Whether a thread ran out of memory: the error's constructor is on its stack. */
	boolean died(int thread) {
		long[] trace = this.traces.get(this.threads.getOrDefault(thread, -1));
		if (trace != null) {
			for (int i = 0; i < Math.min(trace.length, 8); i++) {
				long[] frame = this.frames.get(trace[i]);
				if (frame != null && type(frame).equals("java.lang.OutOfMemoryError")) {
					return true;
				}
			}
		}
		return false;
	}

	private String type(long[] frame) {
		Long id = this.classes.get((int) frame[1]);
		return (id == null) ? ClassNames.UNKNOWN
				: this.tally.names.java(this.tally.classes.namePlace(this.tally.classes.number(id)));
	}

}
