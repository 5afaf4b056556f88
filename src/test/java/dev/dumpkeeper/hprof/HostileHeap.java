package dev.dumpkeeper.hprof;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.function.IntFunction;

import dev.dumpkeeper.hprof.HeapReading.Budget;

/**
 * The main class of a JVM with little memory that reads a heap of more names, classes,
 * loaders and values than can be kept.
 */
public final class HostileHeap {

	private static final int MANY = 1_000_000;

	private HostileHeap() {
	}

	/**
	 * Reads it and prints what came of it.
	 * @param arguments {@code random} for identifiers and names without an order
	 */
	public static void main(String[] arguments) {
		HeapContents contents = HeapReading.read(dump(arguments.length > 0), -1,
				Budget.of(1L << 40, Duration.ofMinutes(5)));
		System.out.println(contents.state() + " " + contents.instances() + " " + contents.reason());
	}

	private static InputStream dump(boolean random) {
		return new SequenceInputStream(
				new ByteArrayInputStream(HprofFile.empty("1.0.2", 8).loaded(8, 5, "java/lang/ClassLoader").bytes()),
				new SequenceInputStream(new SequenceInputStream(new Blocks((number) -> block(number, random))),
						new ByteArrayInputStream(new byte[] { 0x2C, 0, 0, 0, 0, 0, 0, 0, 0 })));
	}

	private static byte[] block(int number, boolean random) {
		HprofFile records = HprofFile.empty("1.0.2", 8);
		int header = records.bytes().length;
		HeapPart part = new HeapPart(8);
		for (long i = number * 1000L; i < number * 1000L + 1000; i++) {
			long id = random ? (100 + i) * 0x9E3779B97F4A7C15L : 100 + i;
			String name = random ? "com/acme/" + Long.toHexString(id * id) + Long.toHexString(id * id * id)
					: "com/acme/with/quite/a/long/name/as/some/people/give/OrderProcessor" + i;
			records.loaded(8, id, name);
			part.defined(id, 5, 1_000_000_000L + id)
				.instance(1_000_000_000L + id, id, 8)
				.text(i, "a value that is nowhere else " + i);
		}
		byte[] all = records.record(0x1C, part.bytes()).bytes();
		return Arrays.copyOfRange(all, header, all.length);
	}

	/** Makes one block after the other. */
	private record Blocks(IntFunction<byte[]> maker, int[] next) implements Enumeration<InputStream> {

		Blocks(IntFunction<byte[]> maker) {
			this(maker, new int[1]);
		}

		@Override
		public boolean hasMoreElements() {
			return this.next[0] < MANY / 1000;
		}

		@Override
		public InputStream nextElement() {
			return new ByteArrayInputStream(this.maker.apply(this.next[0]++));
		}

	}

}
