package dev.dumpkeeper.hprof;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapReading.Budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Throws damaged dumps at {@link HeapReading}, the same ones each time. Other ones, or
 * more: {@code -Dheap.seed=N -Dheap.mutations=N}.
 */
class HeapReadingMutationTests {

	private static final int INPUTS = Integer.getInteger("heap.mutations", 100_000);

	private static final long SEED = Long.getLong("heap.seed", 20261125);

	/** So much is allocated for one file at most, garbage included. */
	private static final long MOST_MEMORY = 4 * 1024 * 1024;

	private static final Budget BUDGET = Budget.of(2_000_000, Duration.ofSeconds(20));

	@Test
	void noInputThrowsOrTakesMuchMemoryOrEndlessTime() {
		Map<State, Integer> seen = new EnumMap<>(State.class);
		assertTimeoutPreemptively(Duration.ofSeconds(120L * INPUTS / 100_000 + 60), () -> {
			ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
			List<byte[]> originals = SampleHeap.all();
			// The first reading loads classes, which is none of its memory.
			originals.forEach((file) -> read(new ByteArrayInputStream(file), file.length, -1));
			Random random = new Random(SEED);
			for (int i = 0; i < INPUTS; i++) {
				byte[] file = Mutations.mutate(originals.get(random.nextInt(originals.size())), random);
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
						|| contents.dumpBytes() > BUDGET.fileBytes() + 100_000) {
					throw new AssertionError(
							"seed %d, input %d takes %d bytes: %s".formatted(SEED, i, taken, contents));
				}
				seen.merge(contents.state(), 1, Integer::sum);
			}
		});
		System.out.println("seed " + SEED + ": " + seen);
		assertThat(seen).containsKeys(State.WHOLE, State.TRUNCATED, State.BROKEN, State.NOT_A_DUMP, State.NOT_READABLE);
	}

	private static HeapContents read(InputStream stream, long size, int input) {
		try {
			HeapContents contents = HeapReading.read(stream, size, BUDGET, 4096);
			assertThat(contents.toString()).isNotEmpty();
			Growth.between(contents, contents);
			return contents;
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError("seed %d, input %d".formatted(SEED, input), ex);
		}
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
