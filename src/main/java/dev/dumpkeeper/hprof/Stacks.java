package dev.dumpkeeper.hprof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds the stack of the thread that ran out of memory, on top of which HotSpot puts the
 * constructor of OutOfMemoryError. The front is read once for each lookup, so that memory
 * does not depend on the number of names in it.
 */
final class Stacks {

	private static final byte[] ERROR = "java/lang/OutOfMemoryError".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] ERROR_WITH_DOTS = "java.lang.OutOfMemoryError".getBytes(StandardCharsets.US_ASCII);

	/** Constructors that run before the relevant frame. */
	private static final Set<String> ERRORS = Set.of("java.lang.OutOfMemoryError", "java.lang.VirtualMachineError",
			"java.lang.Error", "java.lang.Throwable");

	/** More classes with the name of an error indicate an attack. */
	private static final int MOST = 1024;

	private final DumpFront front;

	private final int id;

	private Stacks(DumpFront front) {
		this.front = front;
		this.id = front.identifierSize();
	}

	/**
	 * Determines why a dump was made.
	 * @param front of the dump
	 * @param stacksBehind whether there are stacks after the heap, which are not read
	 */
	static Death death(DumpFront front, boolean stacksBehind) {
		if (!front.isUsable()) {
			return Death.unknown(String.format(Locale.ROOT, "identifiers of %d bytes", front.identifierSize()));
		}
		List<Long> stack = new Stacks(front).outOfMemory();
		if (!stack.isEmpty()) {
			return Death.of(new Stacks(front).frames(stack));
		}
		if (!front.isWhole()) {
			return Death.unknown("the stacks are not in the part that is read");
		}
		if (!new Stacks(front).hasStacks()) {
			return Death.unknown("it holds no stacks before its heap");
		}
		if (stacksBehind || front.isByTheAgent()) {
			return Death.unknown("its writer does not put the stack of an OutOfMemoryError before the heap");
		}
		return Death.asked();
	}

	/** Whether there is any stack: without one the cause is unknown. */
	private boolean hasStacks() {
		boolean[] found = new boolean[2];
		this.front.each(HprofFormat.FRAME, (body) -> found[0] = true);
		this.front.each(HprofFormat.TRACE, (body) -> found[1] |= body.remaining() >= 12 + this.id);
		return found[0] && found[1];
	}

	private List<Long> outOfMemory() {
		Set<Long> names = new HashSet<>();
		this.front.each(HprofFormat.UTF8, (body) -> {
			if (body.remaining() == this.id + ERROR.length) {
				Long name = this.front.identifier(body).orElseThrow();
				byte[] text = bytes(body);
				if ((Arrays.equals(text, ERROR) || Arrays.equals(text, ERROR_WITH_DOTS)) && names.size() < MOST) {
					names.add(name);
				}
			}
		});
		Set<Integer> classes = new HashSet<>();
		this.front.each(HprofFormat.LOAD_CLASS, (body) -> {
			if (body.remaining() >= 8 + 2 * this.id && names.contains(idAt(body, 8 + this.id))
					&& classes.size() < MOST) {
				classes.add(body.getInt(0));
			}
		});
		Set<Long> frames = new HashSet<>();
		this.front.each(HprofFormat.FRAME, (body) -> {
			if (isFrame(body) && classes.contains(body.getInt(4 * this.id)) && frames.size() < MOST) {
				frames.add(idAt(body, 0));
			}
		});
		List<Long> stack = new ArrayList<>();
		this.front.each(HprofFormat.TRACE, (body) -> {
			int count = (body.remaining() - 12) / this.id;
			if (!stack.isEmpty() || frames.isEmpty()) {
				return;
			}
			boolean dies = false;
			for (int i = 0; i < count && !dies; i++) {
				dies = frames.contains(idAt(body, 12 + i * this.id));
			}
			for (int i = 0; dies && i < Math.min(count, Death.DEEPEST); i++) {
				stack.add(idAt(body, 12 + i * this.id));
			}
		});
		return stack;
	}

	private List<StackFrame> frames(List<Long> ids) {
		Map<Long, Raw> raw = new HashMap<>();
		Set<Long> wanted = new HashSet<>(ids);
		this.front.each(HprofFormat.FRAME, (body) -> {
			if (isFrame(body) && wanted.contains(idAt(body, 0))) {
				raw.put(idAt(body, 0), new Raw(idAt(body, this.id), idAt(body, 3 * this.id), body.getInt(4 * this.id),
						body.getInt(4 * this.id + 4)));
			}
		});
		Map<Integer, Long> classes = new HashMap<>();
		Set<Integer> serials = new HashSet<>();
		raw.values().forEach((frame) -> serials.add(frame.type()));
		this.front.each(HprofFormat.LOAD_CLASS, (body) -> {
			if (body.remaining() >= 8 + 2 * this.id && serials.contains(body.getInt(0))) {
				classes.put(body.getInt(0), idAt(body, 8 + this.id));
			}
		});
		Map<Long, String> names = names(raw, classes);
		List<StackFrame> frames = new ArrayList<>();
		for (Long frame : ids) {
			Raw found = raw.get(frame);
			if (found == null) {
				continue;
			}
			String type = ClassNames.java(names.getOrDefault(classes.getOrDefault(found.type(), 0L), "?"));
			if (!frames.isEmpty() || !ERRORS.contains(type)) {
				frames.add(new StackFrame(type, names.getOrDefault(found.method(), "?"), names.get(found.file()),
						found.line()));
			}
		}
		return frames;
	}

	private Map<Long, String> names(Map<Long, Raw> frames, Map<Integer, Long> classes) {
		Set<Long> wanted = new HashSet<>(classes.values());
		frames.values().forEach((frame) -> wanted.addAll(List.of(frame.method(), frame.file())));
		Map<Long, String> names = new HashMap<>();
		this.front.each(HprofFormat.UTF8,
				(body) -> this.front.identifier(body)
					.filter(wanted::contains)
					.ifPresent((name) -> names.put(name, text(body))));
		return names;
	}

	private boolean isFrame(ByteBuffer body) {
		return body.remaining() >= 4 * this.id + 8;
	}

	private long idAt(ByteBuffer body, int offset) {
		return (this.id == 4) ? Integer.toUnsignedLong(body.getInt(offset)) : body.getLong(offset);
	}

	private static byte[] bytes(ByteBuffer body) {
		byte[] bytes = new byte[body.remaining()];
		body.get(bytes);
		return bytes;
	}

	/** Truncates before decoding, since names have a limited length. */
	private static String text(ByteBuffer body) {
		body.limit(Math.min(body.limit(), body.position() + 4 * StackFrame.LONGEST_NAME));
		return new String(bytes(body), StandardCharsets.UTF_8);
	}

	/** A frame whose names are not resolved yet. */
	private record Raw(long method, long file, int type, int line) {

	}

}
