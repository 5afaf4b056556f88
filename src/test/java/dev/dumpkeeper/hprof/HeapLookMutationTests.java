package dev.dumpkeeper.hprof;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapLook.Budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Throws damaged dumps at {@link HeapLook}, the same ones each time. Other ones, or more:
 * {@code -Dheap.seed=N -Dheap.mutations=N}.
 */
class HeapLookMutationTests {

	private static final int INPUTS = Integer.getInteger("heap.mutations", 100_000);

	private static final long SEED = Long.getLong("heap.seed", 20261125);

	/** So much is allocated for one file at most, garbage included. */
	private static final long MOST_MEMORY = 4 * 1024 * 1024;

	private static final Budget BUDGET = Budget.of(2_000_000, Duration.ofSeconds(20));

	private static final byte[] TAGS = { 0x01, 0x02, 0x0C, 0x1C, 0x2C, 0x20, 0x21, 0x22, 0x23, 0x08, (byte) 0xFF, 0x7F,
			(byte) 0x80 };

	@Test
	void noInputThrowsOrTakesMuchMemoryOrEndlessTime() {
		Map<State, Integer> seen = new EnumMap<>(State.class);
		assertTimeoutPreemptively(Duration.ofSeconds(120L * INPUTS / 100_000 + 60), () -> {
			ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
			List<byte[]> originals = originals();
			Random random = new Random(SEED);
			for (int i = 0; i < INPUTS; i++) {
				byte[] file = mutate(originals.get(random.nextInt(originals.size())), random);
				// A size that is no longer true: the file has shrunk or grown since.
				long size = switch (random.nextInt(20)) {
					case 0 -> -1;
					case 1 -> Math.max(0, file.length + random.nextInt(200) - 100);
					default -> file.length;
				};
				InputStream stream = (random.nextInt(4) == 0) ? new Unsteady(file, random)
						: new ByteArrayInputStream(file);
				long before = thread.getCurrentThreadAllocatedBytes();
				HeapContents contents = read(stream, size, i);
				long taken = thread.getCurrentThreadAllocatedBytes() - before;
				if (taken > MOST_MEMORY || contents.fileBytes() > file.length
						|| contents.dumpBytes() > BUDGET.bytes() + 100_000) {
					throw new AssertionError(
							"seed %d, input %d takes %d bytes: %s".formatted(SEED, i, taken, contents));
				}
				seen.merge(contents.state(), 1, Integer::sum);
			}
		});
		System.out.println("seed " + SEED + ": " + seen);
		assertThat(seen).containsKeys(State.WHOLE, State.CUT_OFF, State.BROKEN, State.NOT_A_DUMP, State.NOT_READABLE);
	}

	private static HeapContents read(InputStream stream, long size, int input) {
		try {
			HeapContents contents = HeapLook.read(stream, size, BUDGET, 4096);
			assertThat(contents.toString()).isNotEmpty();
			HeapLook.compare(contents, contents);
			return contents;
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError("seed %d, input %d".formatted(SEED, input), ex);
		}
	}

	private static List<byte[]> originals() {
		byte[] segments = SampleHeap.segments(8);
		byte[] narrow = SampleHeap.segments(4);
		byte[] one = SampleHeap.oneRecord(8);
		byte[] old = SampleHeap.oneRecord(4);
		byte[] big = SampleHeap.big(8, 300);
		byte[] unfilled = SampleHeap.names("1.0.1", 4)
			.record(0x0C, 0, SampleHeap.classes(4).raw(SampleHeap.objects(4).bytes()).bytes())
			.bytes();
		return List.of(segments, narrow, one, old, big, SampleHeap.big(4, 200), unfilled, HprofFile.gzip(segments),
				HprofFile.gzip(old), HprofFile.gzip(big), HprofFile.gzipLikeHotspot(big, 6, 1000, big.length - 9),
				HprofFile.gzipLikeHotspot(segments, 0, 500, segments.length - 9));
	}

	private static byte[] mutate(byte[] original, Random random) {
		byte[] file = original.clone();
		for (int change = random.nextInt(4); change >= 0 && file.length > 0; change--) {
			int at = random.nextInt(file.length);
			int length = 1 + random.nextInt(Math.min(16, file.length - at));
			switch (random.nextInt(10)) {
				case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
				case 1 -> file[at] = (byte) random.nextInt(256);
				case 2 -> Arrays.fill(file, at, at + length, (byte) 0);
				case 3 -> Arrays.fill(file, at, at + length, (byte) 0xFF);
				case 4 -> file = Arrays.copyOf(file, at);
				case 5 -> file = Arrays.copyOf(file, file.length + random.nextInt(100));
				case 6 -> file = without(file, at, length);
				case 7 -> file[at] = TAGS[random.nextInt(TAGS.length)];
				case 8 -> number(file, at, random);
				default -> System.arraycopy(file, random.nextInt(file.length - length + 1), file, at, length);
			}
		}
		return file;
	}

	/** A length that is wrong by one, or by much. */
	private static void number(byte[] file, int at, Random random) {
		int number = switch (random.nextInt(4)) {
			case 0 -> Integer.MAX_VALUE;
			case 1 -> Integer.MIN_VALUE;
			case 2 -> random.nextInt(file.length);
			default -> -1 - random.nextInt(3);
		};
		for (int i = 0; i < 4 && at + i < file.length; i++) {
			file[at + i] = (byte) (number >> (24 - 8 * i));
		}
	}

	private static byte[] without(byte[] file, int at, int length) {
		byte[] shorter = new byte[file.length - length];
		System.arraycopy(file, 0, shorter, 0, at);
		System.arraycopy(file, at + length, shorter, at, shorter.length - at);
		return shorter;
	}

	/** Gives few bytes at a time, skips as it likes, and breaks sometimes. */
	private static final class Unsteady extends FilterInputStream {

		private final Random random;

		Unsteady(byte[] file, Random random) {
			super(new ByteArrayInputStream(file));
			this.random = random;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (this.random.nextInt(500) == 0) {
				throw new IOException("connection reset");
			}
			return super.read(bytes, offset, 1 + this.random.nextInt(length));
		}

		@Override
		public long skip(long count) throws IOException {
			return this.random.nextBoolean() ? 0 : super.skip(count);
		}

	}

}
