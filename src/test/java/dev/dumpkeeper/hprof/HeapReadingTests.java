package dev.dumpkeeper.hprof;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.hprof.HeapContents.BigArray;
import dev.dumpkeeper.hprof.HeapContents.ClassCount;
import dev.dumpkeeper.hprof.HeapContents.LoaderCount;
import dev.dumpkeeper.hprof.HeapContents.Repeated;
import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapContents.SuspectKind;
import dev.dumpkeeper.hprof.HeapReading.Budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link HeapReading}.
 */
class HeapReadingTests {

	private static final Budget ENOUGH = Budget.of(1L << 40, Duration.ofMinutes(1));

	@Test
	void everyObjectIsCountedUnderTheNameThatJavaWrites() {
		HeapContents contents = read(SampleHeap.segments(8));
		assertThat(contents.state()).isEqualTo(State.WHOLE);
		assertThat(contents.reason()).isEmpty();
		assertThat(contents.classes()).containsExactlyInAnyOrder(new ClassCount("com.acme.Order", 4, 96),
				new ClassCount("byte[]", 3, 112), new ClassCount("com.acme.Order[]", 1, 40),
				new ClassCount("int[]", 1, 32), new ClassCount("java.lang.String", 2, 48),
				new ClassCount("com.acme.AppLoader", 1, 24));
		assertThat(contents.classes()).first().extracting(ClassCount::name).isEqualTo("byte[]");
		assertThat(contents.instances()).isEqualTo(SampleHeap.INSTANCES);
		assertThat(contents.shallowBytes()).isEqualTo(352);
		assertThat(contents.biggestArrays()).startsWith(new BigArray("byte[]", 26, 48), new BigArray("byte[]", 26, 48),
				new BigArray("com.acme.Order[]", 5, 40));
		assertThat(contents.threads()).isEqualTo(1);
	}

	@Test
	void classesAreReportedByLoader() {
		HeapContents contents = read(SampleHeap.segments(8));
		assertThat(contents.loadedClasses()).isEqualTo(5);
		assertThat(contents.loaders()).containsExactly(new LoaderCount("(bootstrap)", 1, 4),
				new LoaderCount("com.acme.AppLoader", 1, 1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 4, 8 })
	void theLayoutsOfOldAndNewJvmsHoldTheSame(int identifierSize) {
		HeapContents segments = read(SampleHeap.segments(identifierSize));
		HeapContents one = read(SampleHeap.oneRecord(identifierSize));
		assertThat(one.state()).isEqualTo(State.WHOLE);
		assertThat(one.classes()).isEqualTo(segments.classes());
		assertThat(one.identifierSize()).isEqualTo(identifierSize);
		assertThat(one.loaders()).isEqualTo(segments.loaders());
		assertThat(one.instances()).isEqualTo(SampleHeap.INSTANCES);
	}

	@Test
	void aHeapAtHighAddressesHasWideReferences() {
		byte[] dump = SampleHeap.names("1.0.2", 8)
			.record(0x1C, SampleHeap.classes(8).bytes())
			.record(0x1C,
					new HeapPart(8).instance(1L << 42, SampleHeap.ORDER, 16)
						.objects(1L << 43, SampleHeap.ORDERS, 5)
						.bytes())
			.end()
			.bytes();
		HeapContents contents = read(dump);
		assertThat(contents.compressedReferences()).isFalse();
		assertThat(contents.classes()).containsExactly(new ClassCount("com.acme.Order[]", 1, 56),
				new ClassCount("com.acme.Order", 1, 32));
		assertThat(read(SampleHeap.segments(8)).compressedReferences()).isTrue();
	}

	@Test
	void aThirtyTwoBitHeapHasSmallHeaders() {
		assertThat(read(SampleHeap.segments(4)).classes()).contains(new ClassCount("com.acme.Order", 4, 96),
				new ClassCount("int[]", 1, 24), new ClassCount("java.lang.String", 2, 32),
				new ClassCount("com.acme.Order[]", 1, 32));
	}

	@Test
	void compressedDumpsHoldTheSame() {
		byte[] plain = SampleHeap.big(8, 500);
		HeapContents expected = read(plain);
		for (byte[] file : List.of(HprofFile.gzip(plain), HprofFile.gzipLikeHotspot(plain, 1),
				HprofFile.gzipLikeHotspot(plain, 9, 1000, 2000, plain.length - 9),
				HprofFile.gzipLikeHotspot(plain, 0, 1, 2, 3))) {
			HeapContents contents = read(file);
			assertThat(contents.state()).as(contents.reason()).isEqualTo(State.WHOLE);
			assertThat(contents.classes()).isEqualTo(expected.classes());
			assertThat(contents.repeated()).isEqualTo(expected.repeated());
			assertThat(contents.fileBytes()).isEqualTo(file.length);
			assertThat(contents.dumpBytes()).isEqualTo(plain.length);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 100 })
	void aStreamMayGiveFewBytesAtATime(int most) {
		byte[] plain = SampleHeap.big(8, 500);
		for (byte[] file : List.of(plain, HprofFile.gzipLikeHotspot(plain, 6, 1000))) {
			InputStream slow = new FilterInputStream(new ByteArrayInputStream(file)) {

				@Override
				public int read(byte[] bytes, int offset, int length) throws IOException {
					return super.read(bytes, offset, Math.min(most, length));
				}

				@Override
				public int available() {
					return 0;
				}

			};
			assertThat(HeapReading.read(slow, file.length, ENOUGH)).isEqualTo(read(file));
		}
	}

	@Test
	void noFrontOfADumpIsWhole() {
		for (byte[] whole : List.of(SampleHeap.segments(8), SampleHeap.oneRecord(4),
				HprofFile.gzipLikeHotspot(SampleHeap.segments(8), 6, 300, 700))) {
			for (int length = 0; length < whole.length; length++) {
				HeapContents contents = HeapReading.read(new ByteArrayInputStream(whole, 0, length), length, ENOUGH,
						DumpStream.SMALLEST_WINDOW);
				assertThat(contents.state()).as("%d of %d bytes: %s", length, whole.length, contents.reason())
					.isEqualTo((length < 2) ? State.NOT_A_DUMP : State.TRUNCATED);
			}
		}
	}

	@Test
	void whatWasCountedBeforeTheCutIsReported() {
		byte[] whole = SampleHeap.segments(8);
		HeapContents contents = read(Arrays.copyOf(whole, whole.length - 60));
		assertThat(contents.hasObjects()).isTrue();
		assertThat(contents.instances()).isLessThan(SampleHeap.INSTANCES);
		assertThat(contents.sentence()).startsWith("as far as it was read: ");
	}

	@Test
	void aStreamThatEndsBeforeTheSizeSaysNotYet() {
		byte[] whole = SampleHeap.segments(8);
		for (byte[] file : List.of(whole, HprofFile.gzip(whole))) {
			for (int length = 0; length < file.length; length++) {
				HeapContents contents = HeapReading.read(new ByteArrayInputStream(file, 0, length), file.length, ENOUGH,
						DumpStream.SMALLEST_WINDOW);
				assertThat(contents.state()).as("%d bytes", length).isEqualTo(State.NOT_READABLE);
			}
		}
	}

	@Test
	void aStreamThatBreaksSaysNotYet() {
		InputStream broken = new SequenceInputStream(new ByteArrayInputStream(SampleHeap.segments(8), 0, 700),
				new InputStream() {

					@Override
					public int read() throws IOException {
						throw new IOException("connection reset");
					}

				});
		HeapContents contents = HeapReading.read(broken, -1, ENOUGH);
		assertThat(contents.state()).isEqualTo(State.NOT_READABLE);
		assertThat(contents.reason()).isEqualTo("it cannot be read now: connection reset");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "x", "hello, world", "JAVA PROFILE 1.0.3\0abcdefghijklmnopqrstuvwxyz", "PK\u0003\u0004" })
	void otherFilesAreNoDumps(String content) {
		assertThat(read(content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)).state())
			.isEqualTo(State.NOT_A_DUMP);
	}

	@Test
	void aCompressedFileOfSomethingElseIsNoDump() {
		assertThat(read(HprofFile.gzip(new byte[100_000])).state()).isEqualTo(State.NOT_A_DUMP);
		assertThat(read(HprofFile.gzip(new byte[0])).state()).isEqualTo(State.NOT_A_DUMP);
	}

	@Test
	void identifiersOfAnotherSizeAreRefused() {
		assertBroken(HprofFile.empty("1.0.2", 7).bytes(), "its identifiers have 7 bytes");
	}

	@Test
	void whatIsNoRecordEndsTheReading() {
		HprofFile names = SampleHeap.names("1.0.2", 8);
		int length = names.bytes().length;
		assertBroken(names.record(0x77, new byte[20]).bytes(), "there is no record at byte " + length);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x00, 0x09, 0x24, 0x89, 0xFE })
	void whatIsNoPartOfAHeapEndsTheReading(int tag) {
		byte[] dump = SampleHeap.names("1.0.2", 8)
			.record(0x1C, SampleHeap.classes(8).u1(tag).raw(new byte[50]).bytes())
			.end()
			.bytes();
		assertBroken(dump, "there is no part of a heap at byte ");
		assertThat(read(dump).loadedClasses()).isEqualTo(5);
	}

	@ParameterizedTest
	@CsvSource({ "0xFFFFFFFF, 10", "0xFFFFFFFF, 8", "0x80000000, 11", "0x7FFFFFFF, 8", "200, 8" })
	void anArrayThatReachesPastItsRecordIsBroken(long length, int type) {
		HeapPart part = new HeapPart(8).arrayHead(0x100, type, length).raw(new byte[150]);
		assertBroken(SampleHeap.names("1.0.2", 8).record(0x1C, part.bytes()).end().bytes(), "reaches past its record");
	}

	@Test
	void objectsThatReachPastTheirRecordAreBroken() {
		for (HeapPart part : List.of(new HeapPart(8).u1(0x21).id(1).u4(0).id(2).u4(0xFFFFFFFFL),
				new HeapPart(8).u1(0x22).id(1).u4(0).u4(0xFFFFFFFFL).id(2), new HeapPart(8).u1(0x08).id(1).u4(0))) {
			byte[] dump = SampleHeap.names("1.0.2", 8).record(0x1C, part.bytes()).record(0x01, new byte[100]).bytes();
			assertBroken(dump, "reaches past its record");
		}
	}

	@Test
	void aClassThatReachesPastItsRecordIsBroken() {
		byte[] type = new HeapPart(8).defined(1, 0, 0, HeapPart.INT, HeapPart.INT).bytes();
		byte[] dump = SampleHeap.names("1.0.2", 8)
			.record(0x1C, type.length - 5, type)
			.record(0x01, new byte[100])
			.bytes();
		assertBroken(dump, "reaches past its record");
	}

	@Test
	void elementsAndValuesOfNoTypeAreBroken() {
		assertBroken(SampleHeap.names("1.0.2", 8)
			.record(0x1C, new HeapPart(8).arrayHead(1, 3, 4).raw(new byte[50]).bytes())
			.bytes(), "has elements of no type");
		byte[] type = new HeapPart(8).defined(1, 0, 0).bytes();
		type[1 + 8 + 4 + 6 * 8 + 4 + 2 + 2] = 77;
		assertBroken(SampleHeap.names("1.0.2", 8).record(0x1C, type).bytes(), "has no type");
	}

	static Stream<HprofFile> unusualDumps() {
		byte[] classes = SampleHeap.classes(8).bytes();
		byte[] objects = SampleHeap.objects(8).bytes();
		return Stream.of(SampleHeap.names("1.0.2", 8).record(0x1C, classes).end(9).record(0x1C, objects).end(9),
				SampleHeap.names("1.0.2", 8).record(0x1C, classes).end().record(0x04, new byte[40]),
				SampleHeap.names("1.0.2", 8)
					.record(0x1C, new byte[0])
					.record(0x1C, classes)
					.end()
					.record(0x0D, objects),
				SampleHeap.names("1.0.1", 8).record(0x0C, classes).record(0x05, new byte[12]).record(0x0C, objects),
				SampleHeap.names("1.0.1", 8).record(0x0C, new byte[0]).record(0x0C, classes).end(3),
				SampleHeap.names("1.0.1", 8)
					.record(0x0C, classes)
					.record(0x1C, objects)
					.end()
					.record(0x01, new byte[9]),
				SampleHeap.names("1.0.2", 8).record(0x1C, classes).record(0x0C, objects));
	}

	/** Triage and reading, of the same bytes. */
	@ParameterizedTest
	@MethodSource("unusualDumps")
	void aDumpAndEachOfItsFrontsAreSaidToBeTheSameByTriageAndReading(HprofFile file) {
		byte[] dump = file.bytes();
		assertThat(read(dump).state()).isEqualTo(State.WHOLE);
		for (int length = 31; length <= dump.length; length++) {
			byte[] front = Arrays.copyOf(dump, length);
			DumpFacts facts = DumpCheck
				.check((offset, count) -> Arrays.copyOfRange(front, (int) offset, (int) offset + count), length);
			assertThat(facts.verdict()).as("%d of %d bytes: %s", length, dump.length, facts.reason())
				.isEqualTo((read(front).state() == State.WHOLE) ? DumpFacts.Verdict.COMPLETE
						: DumpFacts.Verdict.TRUNCATED);
		}
	}

	@Test
	void aHeapWhoseLengthWasNeverFilledInIsReadToTheEnd() {
		byte[] heap = SampleHeap.classes(4).raw(SampleHeap.objects(4).bytes()).bytes();
		HeapContents contents = read(SampleHeap.names("1.0.1", 4).record(0x0C, 0, heap).bytes());
		assertThat(contents.state()).isEqualTo(State.TRUNCATED);
		assertThat(contents.reason()).isEqualTo("the length of its heap was never filled in");
		assertThat(contents.instances()).isEqualTo(SampleHeap.INSTANCES);
	}

	@Test
	void aHierarchyInACircleEnds() {
		byte[] dump = SampleHeap.names("1.0.2", 8)
			.record(0x1C,
					new HeapPart(8).defined(SampleHeap.LOADER, SampleHeap.APP_LOADER, 1)
						.defined(SampleHeap.APP_LOADER, SampleHeap.ORDER, 2, HeapPart.OBJECT)
						.defined(SampleHeap.ORDER, SampleHeap.APP_LOADER, 3, HeapPart.OBJECT)
						.instance(3, SampleHeap.ORDER, 16)
						.bytes())
			.end()
			.bytes();
		assertThat(read(dump).classes()).containsExactly(new ClassCount("com.acme.Order", 1, 16));
	}

	@Test
	void anInstanceOfAClassThatIsNowhereIsCounted() {
		byte[] dump = SampleHeap.names("1.0.2", 8)
			.record(0x1C, new HeapPart(8).instance(1, 0xDEAD, 30).instance(2, 0, 4).objects(3, 0xBEEF, 1).bytes())
			.end()
			.bytes();
		HeapContents contents = read(dump);
		assertThat(contents.state()).isEqualTo(State.WHOLE);
		assertThat(contents.classes()).containsExactly(new ClassCount("(unknown class)", 3, 48 + 16 + 24));
	}

	@Test
	void namesThatComeAfterTheHeapAreFoundForClassesLoadedAfterIt() {
		byte[] dump = HprofFile.empty("1.0.2", 8)
			.record(0x1C, new HeapPart(8).instance(1, SampleHeap.ORDER, 4).bytes())
			.loaded(8, SampleHeap.ORDER, "com/acme/Order")
			.end()
			.bytes();
		assertThat(read(dump).classes()).containsExactly(new ClassCount("com.acme.Order", 1, 16));
	}

	@Test
	void classesOfOneNameAreReportedTogether() {
		HprofFile names = HprofFile.empty("1.0.2", 8).loaded(8, 0x10, "com/acme/Order");
		names.record(0x02, new HeapPart(8).u4(1).id(0x20).u4(0).id(0x10).bytes());
		byte[] dump = names.record(0x1C, new HeapPart(8).instance(1, 0x10, 4).instance(2, 0x20, 4).bytes())
			.end()
			.bytes();
		assertThat(read(dump).classes()).containsExactly(new ClassCount("com.acme.Order", 2, 32));
	}

	@Test
	void namesCannotActOnATerminalOrAPage() {
		String hostile = "evil\u001b[2J\u202e\n name<script>" + "x".repeat(1000);
		byte[] dump = HprofFile.empty("1.0.2", 8)
			.loaded(8, 1, hostile)
			.record(0x1C, new HeapPart(8).instance(2, 1, 4).bytes())
			.end()
			.bytes();
		assertThat(read(dump).classes()).singleElement().satisfies((type) -> {
			assertThat(type.name()).startsWith("evil?[2J???name<script>xx").hasSizeLessThanOrEqualTo(200);
			assertThat(type.name().codePoints()).allMatch((character) -> character > 32 && character != 0x202E);
		});
	}

	@Test
	void theBudgetOfBytesHoldsForTheFile() {
		byte[] dump = SampleHeap.big(8, 60_000);
		HeapContents contents = HeapReading.read(new ByteArrayInputStream(dump), dump.length,
				Budget.of(1_500_000, Duration.ofMinutes(1)));
		assertThat(contents.state()).isEqualTo(State.OVER_BUDGET);
		assertThat(contents.reason()).isEqualTo("the budget of 1500000 bytes is used up");
		assertThat(contents.fileBytes()).isBetween(1_500_000L, 1_500_000L + DumpStream.WINDOW);
		assertThat(contents.instances()).isGreaterThan(10_000);
		assertThat(HeapReading
			.read(new ByteArrayInputStream(dump), dump.length, Budget.of(dump.length, Duration.ofMinutes(1)))
			.state()).isEqualTo(State.WHOLE);
	}

	@Test
	void theBudgetOfBytesHoldsForWhatACompressedFileBecomes() {
		HeapPart part = new HeapPart(8).array(1, HeapPart.LONG, 5_000_000, new byte[40_000_000]);
		byte[] bomb = HprofFile.gzip(SampleHeap.names("1.0.2", 8).record(0x1C, part.bytes()).end().bytes());
		assertThat(bomb.length).isLessThan(100_000);
		HeapContents contents = HeapReading.read(new ByteArrayInputStream(bomb), bomb.length,
				Budget.of(10_000_000, Duration.ofMinutes(1)));
		assertThat(contents.state()).isEqualTo(State.OVER_BUDGET);
		assertThat(read(bomb).biggestArrays()).containsExactly(new BigArray("long[]", 5_000_000, 40_000_016));
	}

	@Test
	void whatACompressedFileBecomesHasABudgetOfItsOwn() {
		byte[] dump = SampleHeap.big(8, 60_000);
		byte[] file = HprofFile.gzip(dump);
		Duration minute = Duration.ofMinutes(1);
		assertThat(HeapReading
			.read(new ByteArrayInputStream(file), file.length, new Budget(file.length, dump.length, minute, () -> 0))
			.state()).isEqualTo(State.WHOLE);
		HeapContents contents = HeapReading.read(new ByteArrayInputStream(file), file.length,
				new Budget(file.length / 2, dump.length, minute, () -> 0));
		assertThat(contents.state()).isEqualTo(State.OVER_BUDGET);
		assertThat(contents.reason()).isEqualTo("the budget of " + file.length / 2 + " bytes is used up");
	}

	@Test
	void theBudgetOfTimeHolds() {
		AtomicLong clock = new AtomicLong();
		byte[] dump = SampleHeap.big(8, 60_000);
		InputStream slow = new FilterInputStream(new ByteArrayInputStream(dump)) {

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				clock.addAndGet(100_000_000);
				return super.read(bytes, offset, Math.min(length, 10_000));
			}

		};
		HeapContents contents = HeapReading.read(slow, dump.length,
				new Budget(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofSeconds(5), clock::get));
		assertThat(contents.state()).isEqualTo(State.OVER_BUDGET);
		assertThat(contents.reason()).isEqualTo("the budget of 5000 ms is used up");
		assertThat(contents.fileBytes()).isBetween(480_000L, 500_000L);
	}

	@Test
	void aBudgetOfNothingIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Budget.of(0, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new Budget(1, 0, Duration.ofSeconds(1), () -> 0));
		assertThatIllegalArgumentException().isThrownBy(() -> Budget.of(1, Duration.ZERO));
	}

	@Test
	void aDamagedMemberIsBroken() {
		byte[] file = HprofFile.gzipLikeHotspot(SampleHeap.segments(8), 6, 500);
		file[file.length - 6] ^= 1;
		assertBroken(file, "the checksum of a gzip member does not fit");
		byte[] longer = Arrays.copyOf(HprofFile.gzip(SampleHeap.segments(8)),
				HprofFile.gzip(SampleHeap.segments(8)).length + 20);
		assertBroken(longer, "what follows a gzip member is none");
	}

	@Test
	void aFewBigArraysAreTheFirstSuspect() {
		HeapContents contents = HeapReading.read(bigArrays(3, 110 * 1024 * 1024, 100), -1, ENOUGH);
		assertThat(contents.state()).as(contents.reason()).isEqualTo(State.WHOLE);
		assertThat(contents.sentence()).isEqualTo("100 % of the heap is byte[] held in 3 arrays over 100 MiB");
		assertThat(contents.suspects()).singleElement().satisfies((suspect) -> {
			assertThat(suspect.kind()).isEqualTo(SuspectKind.BIG_ARRAYS);
			assertThat(suspect.name()).isEqualTo("byte[]");
			assertThat(suspect.count()).isEqualTo(3);
			assertThat(suspect.overBytes()).isEqualTo(100 * 1024 * 1024);
		});
		assertThat(contents.biggestArrays())
			.startsWith(Collections.nCopies(3, new BigArray("byte[]", 110 * 1024 * 1024, 110 * 1024 * 1024 + 16))
				.toArray(BigArray[]::new));
	}

	@Test
	void aStreamThatSkipsPastItsEndIsStillCutOff() {
		byte[] begun = HprofFile.empty("1.0.2", 8)
			.record(0x1C, 18 + 500_000_000, new HeapPart(8).arrayHead(1, HeapPart.BYTE, 500_000_000).bytes())
			.bytes();
		InputStream file = new FilterInputStream(new ByteArrayInputStream(begun)) {

			@Override
			public long skip(long count) {
				return count;
			}

		};
		HeapContents contents = HeapReading.read(file, begun.length, ENOUGH);
		assertThat(contents.state()).isEqualTo(State.TRUNCATED);
		assertThat(contents.instances()).isZero();
		assertThat(contents.fileBytes()).isEqualTo(begun.length);
	}

	@Test
	void manyThreadsAreASuspect() {
		HeapPart part = new HeapPart(8).instance(1, SampleHeap.ORDER, 16);
		for (int i = 0; i < 10_000; i++) {
			part.thread();
		}
		HeapContents contents = read(SampleHeap.names("1.0.2", 8).record(0x1C, part.bytes()).end().bytes());
		assertThat(contents.threads()).isEqualTo(10_000);
		assertThat(contents.sentence()).startsWith("there are 10,000 threads");
	}

	@Test
	void manyClassesAreASuspectWithTheirLoaders() {
		HprofFile names = SampleHeap.names("1.0.2", 8);
		HeapPart part = SampleHeap.classes(8);
		for (int i = 0; i < 40_000; i++) {
			part.defined(0x100_0000 + i, SampleHeap.OBJECT, 0x200_0000 + i / 10);
		}
		for (int i = 0; i < 4_000; i++) {
			part.instance(0x200_0000 + i, SampleHeap.APP_LOADER, 12);
		}
		HeapContents contents = read(names.record(0x1C, part.bytes()).end().bytes());
		assertThat(contents.loaders()).startsWith(new LoaderCount("com.acme.AppLoader", 4_000, 40_000));
		assertThat(contents.suspects()).anySatisfy((suspect) -> assertThat(suspect.sentence())
			.isEqualTo("there are 40,005 classes, 40,000 of them by 4,000 loaders com.acme.AppLoader"));
	}

	@Test
	void repeatedStringsAreEstimatedWithoutTheirValues() {
		HeapPart part = new HeapPart(8);
		for (int i = 0; i < 150_000; i++) {
			part.text(i, "a text of which there are three, number %07d".formatted(i / 3));
		}
		for (int i = 0; i < 1_000; i++) {
			part.array(i, HeapPart.BYTE, 100, new byte[100]);
		}
		HeapContents contents = read(SampleHeap.names("1.0.2", 8).record(0x1C, part.bytes()).end().bytes());
		Repeated repeated = contents.repeated();
		assertThat(repeated.arrays()).isBetween(97_000L, 103_000L);
		assertThat(repeated.bytes()).isEqualTo(repeated.arrays() * 64);
		assertThat(contents.sentence()).contains("of it is strings that are there more than once");
		assertThat(contents.toString()).doesNotContain("number 0");
	}

	@Test
	void fewRepeatedStringsAreCountedExactly() {
		assertThat(read(SampleHeap.segments(8)).repeated()).isEqualTo(new Repeated(1, 48));
	}

	@Test
	void fewerClassesMayBeKept() {
		HeapContents contents = read(SampleHeap.segments(8));
		HeapContents fewer = contents.withMostClasses(2);
		assertThat(fewer.classes()).isEqualTo(contents.classes().subList(0, 2));
		assertThat(fewer.classesLeftOut()).isEqualTo(4);
		assertThat(contents.withMostClasses(10)).isSameAs(contents);
	}

	@Test
	void whatGrewIsReportedByName() {
		HeapContents earlier = read(SampleHeap.segments(8));
		HeapContents later = read(SampleHeap.big(8, 1000));
		Growth growth = Growth.between(earlier, later);
		assertThat(growth.instances()).isEqualTo(1000);
		assertThat(growth.shallowBytes()).isEqualTo(later.shallowBytes() - earlier.shallowBytes());
		assertThat(growth.classes()).extracting(Growth.GrownClass::name)
			.containsExactlyInAnyOrder("com.acme.Order[]", "long[]", "byte[]", "com.acme.Order");
		assertThat(growth.classes()).isSortedAccordingTo((a, b) -> Long.compare(b.shallowBytes(), a.shallowBytes()));
		assertThat(Growth.between(later, earlier).classes()).isEmpty();
	}

	@Test
	void ofAClassThatWasNotListedBeforeTheLeastIsReported() {
		HeapContents earlier = read(SampleHeap.segments(8)).withMostClasses(1);
		HeapContents later = read(SampleHeap.big(8, 1000));
		assertThat(Growth.between(earlier, later).classes()).filteredOn((type) -> type.name().equals("long[]"))
			.singleElement()
			.satisfies((type) -> {
				assertThat(type.atLeast()).isTrue();
				assertThat(type.shallowBytes()).isEqualTo(type.instances() * 48 - 112);
			});
	}

	/** Arrays of zeros that nobody has to hold. */
	private static InputStream bigArrays(int count, int bytes, int small) {
		long all = (long) count * (18 + bytes) + small;
		InputStream dump = new ByteArrayInputStream(HprofFile.empty("1.0.2", 8).record(0x1C, all, new byte[0]).bytes());
		for (int i = 0; i < count; i++) {
			dump = new SequenceInputStream(dump,
					new ByteArrayInputStream(new HeapPart(8).arrayHead(i, HeapPart.BYTE, bytes).bytes()));
			dump = new SequenceInputStream(dump, new ByteArrayInputStream(new byte[bytes]));
		}
		dump = new SequenceInputStream(dump, new ByteArrayInputStream(
				new HeapPart(8).arrayHead(9, HeapPart.BYTE, small - 18).raw(new byte[small - 18]).bytes()));
		return new SequenceInputStream(dump, new ByteArrayInputStream(new byte[] { 0x2C, 0, 0, 0, 0, 0, 0, 0, 0 }));
	}

	private static void assertBroken(byte[] file, String reason) {
		HeapContents contents = read(file);
		assertThat(contents.state()).as(contents.reason()).isEqualTo(State.BROKEN);
		assertThat(contents.reason()).contains(reason);
	}

	private static HeapContents read(byte[] file) {
		return HeapReading.read(new ByteArrayInputStream(file), file.length, ENOUGH);
	}

}
