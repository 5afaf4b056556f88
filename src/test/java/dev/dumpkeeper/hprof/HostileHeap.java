package dev.dumpkeeper.hprof;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.function.IntFunction;

import dev.dumpkeeper.hprof.HeapLook.Budget;

/**
 * The main class of a JVM with little memory that reads a heap of more names, classes,
 * loaders and values than can be kept.
 */
public final class HostileHeap {

	private static final int MANY = 1_000_000;

	private HostileHeap() {
	}

	/**
	 * Reads it and prints what was found.
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		HeapContents contents = HeapLook.read(dump(), Budget.of(1L << 40, Duration.ofMinutes(5)));
		System.out.println(contents.state() + " " + contents.instances() + " " + contents.reason());
	}

	private static InputStream dump() {
		return new SequenceInputStream(
				new ByteArrayInputStream(HprofFile.empty("1.0.2", 8).loaded(8, 5, "java/lang/ClassLoader").bytes()),
				new SequenceInputStream(new SequenceInputStream(new Blocks(HostileHeap::block)),
						new ByteArrayInputStream(new byte[] { 0x2C, 0, 0, 0, 0, 0, 0, 0, 0 })));
	}

	private static byte[] block(int number) {
		HprofFile records = HprofFile.empty("1.0.2", 8);
		int header = records.bytes().length;
		HeapPart part = new HeapPart(8);
		for (long i = number * 1000L; i < number * 1000L + 1000; i++) {
			records.loaded(8, 100 + i, "com/acme/with/quite/a/long/name/as/some/people/give/OrderProcessor" + i);
			part.defined(100 + i, 5, 1_000_000_000L + i)
				.instance(1_000_000_000L + i, 100 + i, 8)
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
