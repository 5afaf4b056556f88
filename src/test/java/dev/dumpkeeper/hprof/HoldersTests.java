package dev.dumpkeeper.hprof;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapReading.Budget;
import dev.dumpkeeper.hprof.HolderRecorder.Settings;
import dev.dumpkeeper.hprof.Holders.Holder;
import dev.dumpkeeper.hprof.Holders.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Holders}: against a search without each object in turn, for
 * {@code -Dholders.graphs=N} heaps.
 */
class HoldersTests {

	private static final int GRAPHS = Integer.getInteger("holders.graphs", 1000);

	private static final int MUTATIONS = Integer.getInteger("holders.mutations", 5000);

	private static final long SEED = Long.getLong("holders.seed", 20261130);

	private static final Budget ENOUGH = Budget.of(1 << 30, Duration.ofMinutes(5));

	private static final long LIMIT = 1 << 28;

	@TempDir
	Path directory;

	@Test
	void everyHolderOfOnePercentIsTrueToTheByte() throws Exception {
		int reported = 0;
		for (int i = 0; i < GRAPHS; i++) {
			Random random = new Random(SEED + i);
			RandomHeap heap = new RandomHeap(random);
			byte[] dump = heap.dump(random);
			Map<Long, Long> objects = heap.objects();
			reported += objects.size();
			assertThat(objects(dump, objects.keySet())).as("objects of graph %d", SEED + i).isEqualTo(objects);
			Holders holders = read(dump).holders();
			assertThat(holders).as("graph %d", SEED + i).isNotNull();
			assertThat(holders.unknown()).isEmpty();
			assertThat(holders.holders().stream().filter((holder) -> holder.kind() == Kind.STATIC_FIELD))
				.as("static fields of graph %d", SEED + i)
				.allSatisfy((holder) -> assertThat(heap.fields()).containsEntry(holder.name(), holder.bytes()));
			if (holders.holders().size() < Holders.MOST) {
				assertThat(names(holders)).containsExactlyInAnyOrderElementsOf(heap.fields().keySet());
				assertThat(holders.holders()
					.stream()
					.filter((holder) -> holder.kind() == Kind.LOCAL_VARIABLE)
					.map(Holder::bytes)
					.sorted()).as("frames of graph %d", SEED + i).isEqualTo(heap.frames());
			}
		}
		assertThat(reported).isGreaterThan(10 * GRAPHS);
		assertThat(this.directory).isEmptyDirectory();
	}

	private static List<String> names(Holders holders) {
		return holders.holders()
			.stream()
			.filter((holder) -> holder.kind() == Kind.STATIC_FIELD)
			.map(Holder::name)
			.toList();
	}

	private Map<Long, Long> objects(byte[] dump, Iterable<Long> addresses) throws Exception {
		HeapTally tally = new HeapTally(8);
		DumpStream in = new DumpStream(new FileBytes(new ByteArrayInputStream(dump), dump.length, ENOUGH),
				DumpStream.SMALLEST_WINDOW);
		in.need(HprofFormat.HEADER);
		in.at = HprofFormat.HEADER;
		Map<Long, Long> found = new HashMap<>();
		try (HolderRecorder recorder = new HolderRecorder(settings(LIMIT), tally, System::nanoTime)) {
			new HeapWalk(in, tally, recorder).go();
			HeapExtract extract = recorder.extract();
			assertThat(extract).isNotNull();
			HolderSearch search = recorder.search(extract);
			Map<Integer, Long> held = new HashMap<>();
			search.each(held::put);
			for (Long address : addresses) {
				Long bytes = held.remove(extract.addresses.slot(address));
				if (bytes != null) {
					found.put(address, bytes);
				}
			}
			// What is left is nobody's in the truth, but for the class itself.
			held.remove(extract.addresses.slot(RandomHeap.ROOTS));
			held.forEach((slot, bytes) -> found.put(-1L - Integer.toUnsignedLong(slot), bytes));
		}
		return found;
	}

	private Settings settings(long limit) {
		return new Settings(this.directory, limit, Duration.ofMinutes(1), 256);
	}

	private HeapContents read(byte[] dump) {
		return HeapReading.read(new ByteArrayInputStream(dump), dump.length, ENOUGH, settings(LIMIT));
	}

	@Test
	void theHistogramIsTheSameWithAndWithout() {
		for (byte[] dump : SampleHeap.all()) {
			HeapContents without = HeapReading.read(new ByteArrayInputStream(dump), dump.length, ENOUGH);
			HeapContents with = read(dump);
			assertThat(with.classes()).isEqualTo(without.classes());
			assertThat(with.suspects()).isEqualTo(without.suspects());
			assertThat(with.state()).isEqualTo(without.state());
			assertThat(without.holders()).isNull();
			assertThat(with.holders()).isNotNull();
		}
	}

	@Test
	void noDamagedDumpThrowsOrLeavesScratch() {
		List<byte[]> originals = new ArrayList<>(SampleHeap.all());
		for (int i = 0; i < 20; i++) {
			Random random = new Random(SEED + i);
			originals.add(new RandomHeap(random).dump(random));
		}
		Random random = new Random(SEED);
		int known = 0;
		for (int i = 0; i < MUTATIONS; i++) {
			byte[] file = Mutations.mutate(originals.get(random.nextInt(originals.size())), random);
			HeapContents plain = HeapReading.read(new ByteArrayInputStream(file), file.length, ENOUGH);
			HeapContents contents = read(file);
			assertThat(contents.state()).as("input %d", i).isEqualTo(plain.state());
			assertThat(contents.classes()).as("input %d", i).isEqualTo(plain.classes());
			Holders holders = contents.holders();
			known += (holders != null && holders.unknown().isEmpty()) ? 1 : 0;
		}
		assertThat(known).isGreaterThan(MUTATIONS / 20).isLessThan(MUTATIONS);
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void whatDoesNotFitSaysWhyAndTheHistogramSurvives() {
		byte[] dump = new RandomHeap(new Random(1)).dump(new Random(1));
		HeapContents contents = HeapReading.read(new ByteArrayInputStream(dump), dump.length, ENOUGH, settings(4096));
		assertThat(contents.state()).isEqualTo(State.WHOLE);
		assertThat(contents.instances()).isPositive();
		assertThat(contents.holders()).extracting(Holders::unknown)
			.isEqualTo("more than 0 MiB of scratch would be needed");
		HeapContents nowhere = HeapReading.read(new ByteArrayInputStream(dump), dump.length, ENOUGH,
				new Settings(this.directory.resolve("none"), LIMIT, Duration.ofMinutes(1), 256));
		assertThat(nowhere.state()).isEqualTo(State.WHOLE);
		assertThat(nowhere.holders()).extracting(Holders::unknown)
			.asString()
			.startsWith("the scratch file cannot be used (")
			.contains("none");
		assertThat(this.directory).isEmptyDirectory();
	}

	/** The number of references has a place of its own from 1023 on. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 1022, 1023, 1024, 5000 })
	void arraysOfAnyLengthAreFollowed(int orders) {
		Holders holders = read(HeldHeap.cache(orders)).holders();
		assertThat(holders).isNotNull();
		assertThat(holders.holders()).singleElement()
			.extracting(Holder::kind, Holder::name, Holder::bytes)
			.containsExactly(Kind.STATIC_FIELD, HeldHeap.HOLDER, 96L * orders + (16 + 4L * orders + 7 & -8));
	}

	/**
	 * As docs/who-holds.md describes it: an order needs 28 bytes, its array 32, and the
	 * references to them 4 each; they are 256 bytes apart, which are 32 bits.
	 */
	@Test
	void scratchIsAsBigAsTheDocumentSays() {
		int orders = 100_000;
		byte[] dump = HeldHeap.cache(orders);
		long needed = (28 + 32 + 2 * 4 + 4) * orders;
		assertThat(unknown(dump, needed - needed / 50)).isEqualTo("more than 6 MiB of scratch would be needed");
		assertThat(unknown(dump, needed + needed / 50)).isEmpty();
	}

	private String unknown(byte[] dump, long limit) {
		Holders holders = HeapReading.read(new ByteArrayInputStream(dump), dump.length, ENOUGH, settings(limit))
			.holders();
		assertThat(holders).isNotNull();
		return holders.unknown();
	}

	@Test
	void theTimeForItIsBounded() {
		HeapPart part = new HeapPart(8);
		for (int i = 0; i < 200_000; i++) {
			part.u1(0x22).id(0x10000 + 32L * i).u4(0).u4(1).id(RandomHeap.NODE).id(0x10000 + 32L * (i + 1));
		}
		part.u1(0x01).id(0x10000).id(0);
		byte[] dump = HprofFile.empty(8).record(0x1C, part.bytes()).end().bytes();
		AtomicLong now = new AtomicLong();
		Budget slow = new Budget(1 << 30, 1 << 30, Duration.ofDays(1), () -> now.addAndGet(1_000_000_000));
		HeapContents contents = HeapReading.read(new ByteArrayInputStream(dump), dump.length, slow,
				new Settings(this.directory, LIMIT, Duration.ofSeconds(2), 1 << 16));
		assertThat(contents.holders()).extracting(Holders::unknown).isEqualTo("the time for it is used up");
		assertThat(contents.instances()).isEqualTo(200_000);
	}

	@Test
	void scratchIsPrivateHasNoNameAndIsSweptWhereAProcessWasKilled() throws IOException, HoldersUnknownException {
		Path left = Files.createFile(this.directory.resolve(Scratch.PREFIX + "1.tmp"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		Path foreign = Files.createFile(this.directory.resolve("other.tmp"));
		Scratch.sweep(this.directory);
		assertThat(left).doesNotExist();
		assertThat(foreign).exists();
		try (Scratch scratch = Scratch.open(this.directory, LIMIT, 1024)) {
			IntStore store = IntStore.of(scratch, 5000);
			store.set(4999, 7);
			assertThat(store.get(4999)).isEqualTo(7);
			assertThat(this.directory).isDirectoryNotContaining("glob:**" + Scratch.PREFIX + "*");
		}
	}

	@Test
	void scratchTakesOneMappingForManyChunks() throws IOException, HoldersUnknownException {
		try (Scratch scratch = Scratch.open(this.directory, LIMIT, 1024)) {
			IntStore store = IntStore.of(scratch, 1024 * 1000);
			store.set(1024 * 999, 7);
			assertThat(store.get(1024 * 999)).isEqualTo(7);
			assertThat(Files.readAllLines(Path.of("/proc/self/maps")))
				.filteredOn((line) -> line.contains(this.directory.toString()))
				.hasSize(1);
		}
	}

}
