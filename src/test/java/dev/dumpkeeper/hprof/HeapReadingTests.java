package dev.dumpkeeper.hprof;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapLook.Budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests for {@link HeapReading}. Other cuts, or more: {@code -Dheap.seed=N
 * -Dheap.readings=N}.
 */
class HeapReadingTests {

	private static final Budget ENOUGH = Budget.of(1L << 40, Duration.ofMinutes(5));

	private static final long SEED = Long.getLong("heap.seed", 20261126);

	private static final int READINGS = Integer.getInteger("heap.readings", 20_000);

	private static final int MB = 1024 * 1024;

	@Test
	void partsFindWhatOneReadingFindsWhateverIsInTheFile() {
		Map<State, Integer> seen = new EnumMap<>(State.class);
		List<byte[]> originals = SampleHeap.all();
		Random random = new Random(SEED);
		long parts = 0;
		for (int i = 0; i < READINGS; i++) {
			byte[] original = originals.get(random.nextInt(originals.size()));
			byte[] file = switch (random.nextInt(3)) {
				case 0 -> original;
				case 1 -> Arrays.copyOf(original, random.nextInt(original.length));
				default -> Mutations.mutate(original, random);
			};
			InParts reading = new InParts(file, 4096, random);
			HeapContents contents = reading.read(600);
			likeInOneGo(contents, HeapLook.read(new ByteArrayInputStream(file), file.length, ENOUGH, 4096),
					"seed %d, file %d".formatted(SEED, i));
			parts += reading.goneOn;
			seen.merge(contents.state(), 1, Integer::sum);
		}
		System.out.println("seed " + SEED + ": gone on " + parts + " times, " + seen);
		assertThat(seen).containsKeys(State.WHOLE, State.CUT_OFF, State.BROKEN, State.NOT_A_DUMP);
		assertThat(parts).isGreaterThan(2L * READINGS);
	}

	@ParameterizedTest
	@ValueSource(ints = { 4, 8 })
	void partsOfABigDumpFindWhatOneReadingFinds(int identifierSize) {
		byte[] plain = SampleHeap.big(identifierSize, 60_000);
		byte[] longer = withALongArray(identifierSize, plain);
		int[] small = IntStream.range(1, plain.length / 100_000).map((i) -> i * 100_000).toArray();
		int[] asHotspot = IntStream.range(1, plain.length / MB + 1).map((i) -> i * MB).toArray();
		for (byte[] file : List.of(plain, longer, HprofFile.gzip(plain), HprofFile.gzip(longer),
				HprofFile.gzipLikeHotspot(plain, 1, asHotspot), HprofFile.gzipLikeHotspot(plain, 6, small),
				HprofFile.gzipLikeHotspot(longer, 1, asHotspot))) {
			Random random = new Random(SEED);
			for (int i = 0; i < 8; i++) {
				InParts reading = new InParts(file, DumpStream.WINDOW, random);
				likeInOneGo(reading.read(file.length / 3), HeapLook.read(new ByteArrayInputStream(file), ENOUGH),
						"reading " + i);
				assertThat(reading.goneOn).isPositive();
			}
		}
	}

	@Test
	void whatWasReadIsNotReadAgain() {
		byte[] plain = SampleHeap.big(8, 60_000);
		byte[] checkpoint = cut(plain, 2 * MB + 300_000);
		HeapReading reading = HeapReading.goOn(plain.length, checkpoint).orElseThrow();
		assertThat(reading.from()).isBetween(MB + 300_000L, 2 * MB + 300_000L);
		HeapContents contents = reading.read(rest(plain, reading), ENOUGH);
		assertThat(contents).isEqualTo(HeapLook.read(new ByteArrayInputStream(plain), ENOUGH));
		assertThat(contents.fileBytes()).isEqualTo(plain.length);
	}

	@Test
	void theMembersOfACompressedDumpThatAreDoneAreNotReadAgain() {
		byte[] plain = SampleHeap.big(8, 100_000);
		int[] borders = IntStream.range(1, plain.length / MB + 1).map((i) -> i * MB).toArray();
		byte[] file = HprofFile.gzipLikeHotspot(plain, 1, borders);
		HeapReading reading = HeapReading.goOn(file.length, cut(file, file.length - 100_000)).orElseThrow();
		assertThat(reading.from()).isGreaterThan(file.length / 4);
		assertThat(reading.read(rest(file, reading), ENOUGH))
			.isEqualTo(HeapLook.read(new ByteArrayInputStream(file), ENOUGH));
		byte[] inOneMember = HprofFile.gzip(plain);
		assertThat(HeapReading.goOn(inOneMember.length, cut(inOneMember, inOneMember.length - 100_000))
			.orElseThrow()
			.from()).isZero();
	}

	@Test
	void aMemberThatHasJustBegunIsNotTheOneToGoOnWith() {
		byte[] plain = SampleHeap.big(8, 60_000);
		HeapContents expected = HeapLook.read(new ByteArrayInputStream(plain), ENOUGH);
		int earlier = 0;
		for (int border = 2 * MB; border < 2 * MB + 60; border++) {
			byte[] file = HprofFile.gzipLikeHotspot(plain, 1, MB, border);
			int third = HprofFile.gzipLikeHotspot(Arrays.copyOf(plain, border), 1, MB).length;
			HeapReading reading = HeapReading.goOn(file.length, cut(file, third + 5)).orElseThrow();
			earlier += (reading.from() < third) ? 1 : 0;
			assertThat(reading.read(rest(file, reading), ENOUGH).classes()).as("border %d", border)
				.isEqualTo(expected.classes());
		}
		assertThat(earlier).isBetween(1, 59);
	}

	@Test
	void aLongArrayIsGoneOverInParts() {
		byte[] file = withALongArray(8, SampleHeap.big(8, 10));
		byte[] checkpoint = cut(file, 3 * MB);
		HeapReading reading = HeapReading.goOn(file.length, checkpoint).orElseThrow();
		assertThat(reading.from()).isGreaterThan(MB);
		HeapContents contents = reading.read(rest(file, reading), ENOUGH);
		assertThat(contents).isEqualTo(HeapLook.read(new ByteArrayInputStream(file), ENOUGH));
		assertThat(contents.biggestArrays().get(0).shallowBytes()).isEqualTo(5 * MB + 16);
	}

	@Test
	void aPartThatComesNoFurtherLeavesNothing() {
		byte[] file = SampleHeap.big(8, 60_000);
		HeapReading early = HeapReading.begin(file.length);
		assertThat(early.checkpoint()).isEmpty();
		assertThatExceptionOfType(Cut.class).isThrownBy(() -> early.read(new Breaking(file, 0, 20, () -> {
		}), ENOUGH));
		assertThat(early.checkpoint()).isEmpty();
		HeapReading stuck = HeapReading.goOn(file.length, cut(file, 2 * MB)).orElseThrow();
		assertThatExceptionOfType(Cut.class)
			.isThrownBy(() -> stuck.read(new Breaking(file, (int) stuck.from(), 0, () -> {
			}), ENOUGH));
		assertThat(stuck.checkpoint()).isEmpty();
		HeapContents contents = stuck.giveUp("nobody goes on");
		assertThat(contents.state()).isEqualTo(State.OVER_BUDGET);
		assertThat(contents.instances()).isGreaterThan(10_000);
		assertThat(contents.dumpBytes()).isEqualTo(stuck.from());
	}

	@Test
	void theBudgetIsThatOfAllParts() {
		byte[] file = SampleHeap.big(8, 60_000);
		Budget bytes = Budget.of(2_500_000, Duration.ofMinutes(5));
		HeapReading reading = HeapReading.goOn(file.length, cut(file, 2 * MB)).orElseThrow();
		HeapContents contents = reading.read(rest(file, reading), bytes);
		assertThat(contents.state()).isEqualTo(State.OVER_BUDGET);
		assertThat(contents.reason()).isEqualTo("the budget of 2500000 bytes is used up");
		assertThat(contents.fileBytes()).isBetween(2_500_000L, 2_500_000L + DumpStream.WINDOW);
	}

	@Test
	void theTimeIsThatOfAllParts() {
		byte[] file = SampleHeap.big(8, 60_000);
		AtomicLong clock = new AtomicLong(77);
		Budget minute = new Budget(1L << 40, Duration.ofMinutes(1), clock::get);
		byte[] checkpoint = null;
		int parts = 0;
		HeapContents contents = null;
		while (contents == null) {
			HeapReading reading = (checkpoint == null) ? HeapReading.begin(file.length)
					: HeapReading.goOn(file.length, checkpoint).orElseThrow();
			try {
				contents = reading.read(new Breaking(file, (int) reading.from(), 40_000, () -> {
				}), minute);
			}
			catch (Cut ex) {
				clock.addAndGet(Duration.ofSeconds(13).toNanos());
				parts++;
				checkpoint = reading.checkpoint().orElse(checkpoint);
			}
		}
		assertThat(contents.state()).isEqualTo(State.OVER_BUDGET);
		assertThat(contents.reason()).isEqualTo("the budget of 60000 ms is used up");
		assertThat(parts).isEqualTo(5);
	}

	@Test
	void namesThatAreNoClassesAndTextsAreNotInACheckpoint() throws IOException {
		byte[] file = HprofFile.empty("1.0.2", 8)
			.record(0x01, 9L, "a literal in the code")
			.loaded(8, SampleHeap.ORDER, "com/acme/Order")
			.record(0x1C,
					new HeapPart(8).text(0x3010, "a value on the heap")
						.text(0x3020, "a value on the heap")
						.instance(1, SampleHeap.ORDER, 8)
						.array(2, HeapPart.LONG, 125, new byte[1000])
						.bytes())
			.end()
			.bytes();
		byte[] checkpoint = cut(file, file.length - 5);
		String plain = new String(inflated(checkpoint), StandardCharsets.ISO_8859_1);
		assertThat(plain).contains("com/acme/Order").doesNotContain("literal").doesNotContain("value");
		HeapReading reading = HeapReading.goOn(file.length, checkpoint).orElseThrow();
		assertThat(reading.read(rest(file, reading), ENOUGH))
			.isEqualTo(HeapLook.read(new ByteArrayInputStream(file), ENOUGH));
	}

	@Test
	void aClassThatIsNamedAfterTheCheckpointMakesTheReadingBeginAgain() {
		byte[] heap = new HeapPart(8).instance(1, 77, 8).array(2, HeapPart.LONG, 125, new byte[1000]).bytes();
		byte[] late = new HeapPart(8).u4(1).id(77).u4(0).id(9).bytes();
		byte[] file = HprofFile.empty("1.0.2", 8)
			.record(0x01, 9L, "com/acme/Late")
			.record(0x1C, heap)
			.record(0x02, late)
			.record(0x1C, heap)
			.end()
			.bytes();
		HeapReading reading = HeapReading.goOn(file.length, cut(file, 1000)).orElseThrow();
		assertThat(reading.read(rest(file, reading), ENOUGH).state()).isEqualTo(State.NOT_READABLE);
		assertThat(reading.isToBeginAgain()).isTrue();
		assertThat(reading.checkpoint()).isEmpty();
		HeapReading after = HeapReading.goOn(file.length, cut(file, file.length - 20)).orElseThrow();
		assertThat(after.read(rest(file, after), ENOUGH))
			.isEqualTo(HeapLook.read(new ByteArrayInputStream(file), ENOUGH));
		assertThat(after.isToBeginAgain()).isFalse();
	}

	@Test
	void noDamagedCheckpointIsGoneOnWith() {
		byte[] file = SampleHeap.big(8, 300);
		byte[] checkpoint = cut(file, file.length - 100);
		assertThat(HeapReading.goOn(file.length + 1, checkpoint)).isEmpty();
		byte[] other = checkpoint.clone();
		other[0]++;
		assertThat(HeapReading.goOn(file.length, sealed(other, other.length - 4))).isEmpty();
		Random random = new Random(SEED);
		for (int i = 0; i < 20_000; i++) {
			byte[] damaged = Mutations.mutate(checkpoint, random);
			if (!Arrays.equals(damaged, checkpoint)) {
				assertThat(HeapReading.goOn(file.length, damaged)).as("seed %d, %d", SEED, i).isEmpty();
			}
		}
	}

	@Test
	void noCheckpointThrowsOrReadsWithoutEnd() throws IOException {
		byte[] plain = SampleHeap.big(8, 300);
		List<byte[]> files = List.of(plain, HprofFile.gzip(plain), SampleHeap.oneRecord(4));
		Map<String, Integer> seen = new TreeMap<>();
		for (byte[] file : files) {
			byte[] inflated = inflated(cut(file, file.length - 60));
			assertTimeoutPreemptively(Duration.ofMinutes(4), () -> {
				Random random = new Random(SEED);
				for (int i = 0; i < READINGS / 4; i++) {
					byte[] damaged = deflated(Mutations.mutate(inflated, random));
					try {
						String found = HeapReading.goOn(file.length, damaged, 4096)
							.map((reading) -> reading.read(rest(file, reading), ENOUGH).state().toString())
							.orElse("dropped");
						seen.merge(found, 1, Integer::sum);
					}
					catch (RuntimeException | Error ex) {
						throw new AssertionError("seed %d, %d".formatted(SEED, i), ex);
					}
				}
			});
		}
		System.out.println("seed " + SEED + ": " + seen);
		assertThat(seen).containsKeys("dropped", "WHOLE", "BROKEN");
	}

	/** With an array of 5 MiB at the beginning of its heap. */
	private static byte[] withALongArray(int identifierSize, byte[] dump) {
		byte[] names = SampleHeap.names("1.0.2", identifierSize).bytes();
		byte[] array = HprofFile.empty("1.0.2", identifierSize)
			.record(0x1C, new HeapPart(identifierSize).array(7, HeapPart.BYTE, 5 * MB, new byte[5 * MB]).bytes())
			.bytes();
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		all.write(dump, 0, names.length);
		all.write(array, HprofFormat.HEADER, array.length - HprofFormat.HEADER);
		all.write(dump, names.length, dump.length - names.length);
		return all.toByteArray();
	}

	/** The checkpoint of a reading that ends after so many bytes of the file. */
	private static byte[] cut(byte[] file, int at) {
		HeapReading reading = HeapReading.begin(file.length);
		assertThatExceptionOfType(Cut.class).isThrownBy(() -> reading.read(new Breaking(file, 0, at, () -> {
		}), ENOUGH));
		return reading.checkpoint().orElseThrow();
	}

	private static InputStream rest(byte[] file, HeapReading reading) {
		int from = (int) Math.min(file.length, reading.from());
		return new ByteArrayInputStream(file, from, file.length - from);
	}

	/** How far ahead of a damage was read may be other, and the byte near which it is. */
	static void likeInOneGo(HeapContents parts, HeapContents one, String description) {
		if (one.state() == State.BROKEN || one.state() == State.NOT_A_DUMP) {
			assertThat(parts).as(description)
				.usingRecursiveComparison()
				.ignoringFields("fileBytes", "reason")
				.isEqualTo(one);
			assertThat(parts.reason().replaceAll("near byte \\d+", "")).as(description)
				.isEqualTo(one.reason().replaceAll("near byte \\d+", ""));
		}
		else {
			assertThat(parts).as(description).isEqualTo(one);
		}
	}

	private static byte[] inflated(byte[] checkpoint) throws IOException {
		try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(checkpoint, 1, checkpoint.length - 5))) {
			return in.readAllBytes();
		}
	}

	private static byte[] deflated(byte[] inflated) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(Checkpoint.FORMAT);
		try (DeflaterOutputStream deflated = new DeflaterOutputStream(out)) {
			deflated.write(inflated);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return sealed(out.toByteArray(), out.size());
	}

	private static byte[] sealed(byte[] bytes, int length) {
		CRC32C checksum = new CRC32C();
		checksum.update(bytes, 0, length);
		return ByteBuffer.wrap(Arrays.copyOf(bytes, length + 4)).putInt(length, (int) checksum.getValue()).array();
	}

	/** Reads a file in parts that end anywhere. */
	static final class InParts {

		private final byte[] file;

		private final int window;

		private final Random random;

		private byte[] checkpoint;

		int goneOn;

		InParts(byte[] file, int window, Random random) {
			this.file = file;
			this.window = window;
			this.random = random;
		}

		/**
		 * Reads it.
		 * @param most how much a part reads at most, more where that leads nowhere
		 */
		HeapContents read(int most) {
			int bound = most;
			while (true) {
				HeapReading reading = (this.checkpoint == null) ? HeapReading.begin(this.file.length, this.window)
						: HeapReading.goOn(this.file.length, this.checkpoint, this.window).orElseThrow();
				this.goneOn += (this.checkpoint == null) ? 0 : 1;
				byte[] before = this.checkpoint;
				// Some are killed, and what is there then is older than the last read.
				boolean killed = this.random.nextInt(3) == 0;
				try {
					return reading.read(new Breaking(this.file, (int) reading.from(), this.random.nextInt(bound + 1),
							() -> keep(reading, 3)), ENOUGH);
				}
				catch (Cut ex) {
					assertThat(ex).hasNoCause();
				}
				if (!killed) {
					keep(reading, 1);
				}
				bound += (this.checkpoint == before) ? most : 0;
			}
		}

		private void keep(HeapReading reading, int oneIn) {
			if (this.random.nextInt(oneIn) == 0) {
				reading.checkpoint().ifPresent((bytes) -> this.checkpoint = bytes);
			}
		}

	}

	/** Ends a reading from outside. */
	private static final class Cut extends RuntimeException {

	}

	/** Gives some bytes at a time and ends a reading after some. */
	private static final class Breaking extends FilterInputStream {

		private final Runnable before;

		private int left;

		Breaking(byte[] file, int from, int most, Runnable before) {
			super(new ByteArrayInputStream(file, Math.min(file.length, from), file.length));
			this.left = most;
			this.before = before;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			this.before.run();
			int read = super.read(bytes, offset, Math.min(length, Math.max(1, this.left)));
			if (read < 0) {
				return read;
			}
			if (this.left <= 0) {
				throw new Cut();
			}
			this.left -= read;
			return read;
		}

		@Override
		public long skip(long count) throws IOException {
			return 0;
		}

	}

}
