package dev.dumpkeeper.hprof;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.hprof.DumpFacts.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link DumpCheck}.
 */
class DumpCheckTests {

	private static final int END = 9;

	@Test
	void aDumpWithItsEndIsComplete() {
		assertThat(check(HprofFile.whole()))
			.isEqualTo(new DumpFacts(Verdict.COMPLETE, false, Optional.of(HprofFile.STARTED), ""));
	}

	@Test
	void aUsualDumpTakesTwoSmallReads() {
		CountingSource source = new CountingSource(
				HprofFile.begun().record(0x1C, HprofFile.heap(100_000)).end().bytes());
		assertThat(source.check().verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(source.reads()).hasSize(2);
		assertThat(source.bytesRead()).isLessThan(10_000);
	}

	@ParameterizedTest
	@CsvSource({ "1.0.1, 4", "1.0.1, 8", "1.0.2, 4", "1.0.2, 8" })
	void theFirstHeapRecordDecidesAndNotTheVersion(String version, int identifierSize) {
		long millis = HprofFile.STARTED.toEpochMilli();
		byte[] one = HprofFile.begun(version, identifierSize, millis).record(0x0C, HprofFile.heap(20_000)).bytes();
		byte[] segments = HprofFile.begun(version, identifierSize, millis)
			.record(0x1C, HprofFile.heap(20_000))
			.end()
			.bytes();
		assertThat(check(one).verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(check(segments).verdict()).isEqualTo(Verdict.COMPLETE);
		assertCutOff(cut(one, 1), "the heap lacks its last 1 bytes");
		assertCutOff(cut(segments, 1), "among the segments");
	}

	static Stream<HprofFile> wholeWithMoreThanOneHeap() {
		byte[] heap = HprofFile.heap(20_000);
		return Stream.of(HprofFile.begun().record(0x0C, heap).record(0x01, new byte[8]),
				HprofFile.begun().record(0x0C, heap).record(0x0C, heap),
				HprofFile.begun().record(0x0C, heap).record(0x04, new byte[40]).record(0x05, new byte[20]),
				HprofFile.begun().record(0x0C, heap).end(), HprofFile.begun().record(0x0C, heap).end(17),
				HprofFile.begun().record(0x0C, new byte[0]).record(0x0C, heap),
				HprofFile.begun().record(0x1C, heap).end().record(0x0D, new byte[8]),
				HprofFile.begun().record(0x1C, heap).end(17), HprofFile.begun().record(0x1C, new byte[0]).end(17),
				HprofFile.begun().record(0x1C, heap).end(17).record(0x01, new byte[8]).record(0x1C, heap).end(17),
				HprofFile.begun().record(0x1C, heap).end().record(0x04, new byte[40]));
	}

	@ParameterizedTest
	@MethodSource("wholeWithMoreThanOneHeap")
	void whatFollowsAHeapIsLegalAndEveryFrontWithoutItIsCutOff(HprofFile dump) {
		byte[] whole = dump.bytes();
		assertThat(check(whole).reason()).isEmpty();
		assertThat(check(whole).verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(check(HprofFile.gzip(whole)).verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(check(cut(whole, 1)).verdict()).isEqualTo(Verdict.TRUNCATED);
	}

	@Test
	void whatAToolAppendsToACompressedDumpIsSeen() {
		byte[] whole = HprofFile.begun()
			.record(0x1C, HprofFile.heap(20_000))
			.end()
			.record(0x01, HprofFile.heap(3_000))
			.bytes();
		for (int border : new int[] { 3_000, whole.length - 20, whole.length - 3_009 }) {
			assertThat(check(HprofFile.gzipLikeHotspot(whole, 6, 1000, border)).verdict()).isEqualTo(Verdict.COMPLETE);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 40 })
	void whatAToolAppendsToManySegmentsIsSeen(int records) {
		HprofFile dump = HprofFile.begun();
		for (int i = 0; i < 40; i++) {
			dump.record(0x1C, HprofFile.heap(100_000));
		}
		assertCutOff(dump.bytes(), "among the segments");
		dump.end();
		for (int i = 0; i < records; i++) {
			dump.record(0x01, HprofFile.heap(1_000));
		}
		CountingSource source = new CountingSource(dump.bytes());
		assertThat(source.check())
			.isEqualTo(new DumpFacts(Verdict.COMPLETE, false, Optional.of(HprofFile.STARTED), ""));
		assertThat(source.reads()).hasSizeLessThan(12);
		assertThat(source.bytesRead()).isLessThan(200_000);
		assertCutOff(cut(dump.bytes(), 1), "among the segments");
	}

	@Test
	void whatTheAgentMayHaveWrittenBehindManySegmentsIsNotKnown() {
		HprofFile dump = HprofFile.empty("1.0.2", 8).record(0x0E, new byte[6]);
		for (int i = 0; i < 40; i++) {
			dump.record(0x1C, HprofFile.heap(10_000));
		}
		assertThat(check(dump.bytes()).verdict()).isEqualTo(Verdict.UNKNOWN);
	}

	@Test
	void muchBehindAHeapInOneRecordIsNotReadToItsEnd() {
		HprofFile dump = HprofFile.begun().record(0x0C, HprofFile.heap(100));
		for (int i = 0; i < 200_000; i++) {
			dump.record(0x01, new byte[40]);
		}
		CountingSource source = new CountingSource(dump.bytes());
		DumpFacts facts = source.check();
		assertThat(facts.verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(facts.reason()).contains("what follows was not read to its end");
		assertThat(source.bytesRead()).isLessThan(3_000_000);
	}

	@Test
	void whatFollowsAHeapAndIsNoRecordIsNotKnown() {
		DumpFacts facts = check(HprofFile.begun().record(0x0C, HprofFile.heap(100)).record(0x77, new byte[8]).bytes());
		assertThat(facts.verdict()).isEqualTo(Verdict.UNKNOWN);
		assertThat(facts.reason()).contains("what follows its heap at byte", "is no record");
	}

	@Test
	void aHeapWhoseLengthWasNeverFilledInIsCutOff() {
		String reason = "the length of its heap was never filled in";
		assertCutOff(HprofFile.begun().record(0x0C, 0, HprofFile.heap(100)).bytes(), reason);
		assertCutOff(HprofFile.begun().record(0x0C, new byte[0]).bytes(), reason);
	}

	@Test
	void aHeapOfMoreThanTwoGigabytesHasAnUnsignedLength() {
		assertCutOff(HprofFile.begun().record(0x0C, 3_000_000_000L, HprofFile.heap(100)).bytes(),
				"the heap lacks its last 2999999900 bytes");
	}

	@Test
	void aDumpKilledOnTheBorderOfASegmentIsCutOff() {
		assertCutOff(HprofFile.begun().record(0x1C, HprofFile.heap(3000)).bytes(), "without an end record");
	}

	@Test
	void everyFrontOfADumpIsCutOffAndNothingElse() {
		byte[] whole = HprofFile.whole();
		for (int length = 1; length < whole.length; length++) {
			assertThat(check(Arrays.copyOf(whole, length)).verdict()).as("%d bytes", length)
				.isEqualTo(Verdict.TRUNCATED);
		}
		byte[] one = HprofFile.wholeInOneRecord();
		for (int length = 1; length < one.length; length++) {
			assertThat(check(Arrays.copyOf(one, length)).verdict()).as("%d bytes", length).isEqualTo(Verdict.TRUNCATED);
		}
	}

	@Test
	void theReasonNamesWhereADumpIsCut() {
		byte[] begun = HprofFile.begun().bytes();
		assertCutOff(Arrays.copyOf(begun, 10), "within its header");
		assertCutOff(Arrays.copyOf(begun, 30), "within its header");
		assertCutOff(Arrays.copyOf(begun, 31), "before the heap");
		assertCutOff(Arrays.copyOf(begun, 35), "before the heap");
		assertCutOff(Arrays.copyOf(begun, 45), "within a record before the heap");
		assertCutOff(begun, "before the heap");
	}

	@Test
	void theTimeIsKnownAsSoonAsTheHeaderIs() {
		assertThat(check(Arrays.copyOf(HprofFile.whole(), 31)).startedAt()).contains(HprofFile.STARTED);
		assertThat(check(Arrays.copyOf(HprofFile.whole(), 30)).startedAt()).isEmpty();
	}

	@Test
	void whatIsNoRecordEndsTheWalk() {
		byte[] begun = HprofFile.begun().bytes();
		assertCutOff(HprofFile.begun().record(0x77, new byte[20]).bytes(), "no record at byte " + begun.length);
	}

	@Test
	void aRecordThatReachesPastTheEndIsCutOff() {
		assertCutOff(HprofFile.begun().record(0x01, 0xFFFFFFFFL, new byte[20]).bytes(), "within a record");
	}

	@Test
	void theWalkToAHeapInOneRecordReadsOnlyTheFront() {
		HprofFile begun = HprofFile.begun();
		for (int i = 0; i < 20_000; i++) {
			begun.record(0x01, new byte[40]);
		}
		CountingSource source = new CountingSource(begun.record(0x0C, HprofFile.heap(5_000_000)).bytes());
		assertThat(source.check().verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(source.bytesRead()).isLessThan(2_100_000);
	}

	@Test
	void longRecordsAreSteppedOver() {
		HprofFile begun = HprofFile.begun();
		for (int i = 0; i < 20; i++) {
			begun.record(0x01, new byte[100_000]);
		}
		CountingSource source = new CountingSource(begun.record(0x0C, HprofFile.heap(100)).bytes());
		assertThat(source.check().verdict()).isEqualTo(Verdict.COMPLETE);
	}

	@Test
	void aWalkWithoutAHeapIsBoundedAndRunsOut() {
		HprofFile begun = HprofFile.begun();
		for (int i = 0; i < 2_000; i++) {
			begun.record(0x01, new byte[10_000]);
		}
		CountingSource source = new CountingSource(begun.bytes());
		DumpFacts facts = source.check();
		assertThat(facts.verdict()).isEqualTo(Verdict.UNKNOWN);
		assertThat(facts.reason()).contains("no heap was found in its front");
		assertThat(source.bytesRead()).isLessThanOrEqualTo(Ranges.MOST);
		assertThat(source.reads()).hasSizeLessThan(20);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "hello, world", "JAVA PROFILE 1.0.3\0abcdefghijklmnopqrstuvwxyz",
			"JAVA PROFILE 1.0.2 no", "java profile 1.0.2\0", "PK\u0003\u0004", "JAVB" })
	void otherFilesAreNoDumps(String content) {
		assertThat(check(content.getBytes(StandardCharsets.ISO_8859_1)).verdict()).isEqualTo(Verdict.NOT_A_DUMP);
	}

	@Test
	void zerosAreNoDump() {
		assertThat(check(new byte[100_000]).verdict()).isEqualTo(Verdict.NOT_A_DUMP);
	}

	@Test
	void aFileWithoutBytesIsEmptyAndNotRead() {
		CountingSource source = new CountingSource(new byte[0]);
		assertThat(source.check().verdict()).isEqualTo(Verdict.EMPTY);
		assertThat(source.reads()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "0, false", "-1, false", "946684799999, false", "946684800000, true", "1795579445678, true",
			"4102444799999, true", "4102444800000, false", "9223372036854775807, false" })
	void aTimeThatCannotBeIsNone(long millis, boolean plausible) {
		DumpFacts facts = check(HprofFile.begun("1.0.2", 8, millis).record(0x1C, new byte[5]).end().bytes());
		assertThat(facts.verdict()).isEqualTo(Verdict.COMPLETE);
		if (plausible) {
			assertThat(facts.startedAt()).contains(Instant.ofEpochMilli(millis));
		}
		else {
			assertThat(facts.startedAt()).isEmpty();
		}
	}

	@Test
	void aShortRangeSaysNotYetAndNotBroken() {
		byte[] whole = HprofFile.begun().record(0x1C, HprofFile.heap(100_000)).end().bytes();
		for (int readable : new int[] { 0, 1, 31, 8191, 8192, 50_000, whole.length - 1 }) {
			DumpFacts facts = new CountingSource(whole).readableUpTo(readable).check();
			assertThat(facts.verdict()).as("%d bytes", readable).isEqualTo(Verdict.NOT_READABLE);
			assertThat(facts.startedAt().isPresent()).as("%d bytes", readable).isEqualTo(readable >= 8192);
		}
	}

	@Test
	void aShortRangeInTheWalkSaysNotYet() {
		HprofFile begun = HprofFile.begun();
		for (int i = 0; i < 20; i++) {
			begun.record(0x01, new byte[100_000]);
		}
		byte[] dump = begun.record(0x1C, HprofFile.heap(100)).bytes();
		DumpSource hole = (offset, length) -> Arrays.copyOfRange(dump, (int) offset,
				(int) offset + ((offset > 1_000_000 && offset < 2_000_000) ? length / 2 : length));
		assertThat(DumpCheck.check(hole, dump.length).verdict()).isEqualTo(Verdict.NOT_READABLE);
	}

	@Test
	void aBrokenRangeSaysNotYet() {
		byte[] whole = HprofFile.begun().record(0x1C, HprofFile.heap(100_000)).end().bytes();
		DumpFacts facts = new CountingSource(whole).failsFrom(50_000).check();
		assertThat(facts.verdict()).isEqualTo(Verdict.NOT_READABLE);
		assertThat(facts.reason()).isEqualTo("it cannot be read now: connection reset");
	}

	@Test
	void moreBytesThanAskedForAreNotBelieved() {
		assertThat(DumpCheck.check((offset, length) -> new byte[length + 1], 100).verdict())
			.isEqualTo(Verdict.NOT_READABLE);
	}

	static Stream<byte[]> hotspotsMembers() {
		byte[] whole = HprofFile.whole();
		int size = whole.length;
		int end = size - END;
		return Stream.of(HprofFile.gzipLikeHotspot(whole, 1), HprofFile.gzipLikeHotspot(whole, 9, 1000, 2000),
				HprofFile.gzipLikeHotspot(whole, 1, end), HprofFile.gzipLikeHotspot(whole, 6, 5, 10, end),
				HprofFile.gzipLikeHotspot(whole, 6, 1000, size - 4),
				HprofFile.gzipLikeHotspot(whole, 6, IntStream.range(1, size).toArray()),
				HprofFile.gzipLikeHotspot(whole, 0, 1000, 2000, end));
	}

	@ParameterizedTest
	@MethodSource("hotspotsMembers")
	void theLastMembersOfACompressedDumpShow(byte[] file) {
		assertThat(check(file)).isEqualTo(new DumpFacts(Verdict.COMPLETE, true, Optional.of(HprofFile.STARTED), ""));
	}

	@Test
	void everyFrontOfACompressedDumpIsCutOff() {
		byte[] whole = HprofFile.whole();
		byte[] file = HprofFile.gzipLikeHotspot(whole, 6, 1000, 2000, whole.length - END);
		for (int length = 40; length < file.length; length++) {
			assertThat(check(Arrays.copyOf(file, length)).verdict()).as("%d bytes", length)
				.isEqualTo(Verdict.TRUNCATED);
		}
	}

	@Test
	void aCompressedDumpCutAtAMembersBorderLacksItsEnd() {
		byte[] begun = HprofFile.begun().record(0x1C, HprofFile.heap(3000)).bytes();
		assertCutOff(HprofFile.gzipLikeHotspot(begun, 6, 1000, 2000), "whole gzip member, but without an end record");
	}

	@Test
	void manyMembersBeforeOneThatIsCutOffAreNotTooMuch() {
		byte[] whole = HprofFile.begun().record(0x1C, new byte[20 << 20]).end().bytes();
		byte[] file = HprofFile.gzipLikeHotspot(whole, 1, IntStream.rangeClosed(1, 20).map((i) -> i << 20).toArray());
		assertThat(check(file).reason()).isEmpty();
		assertCutOff(cut(file, 1), "it ends within a gzip member");
	}

	@Test
	void aChangedByteInTheLastMemberIsNoEnd() {
		byte[] file = HprofFile.gzipLikeHotspot(HprofFile.whole(), 6, 1000);
		file[file.length - 12] ^= 1;
		assertThat(check(file).verdict()).isEqualTo(Verdict.TRUNCATED);
	}

	@Test
	void whatLooksLikeAMemberInsideCompressedDataIsNotTakenForOne() {
		byte[] inner = HprofFile.gzip(new byte[] { 1, 2, 3 });
		HprofFile dump = HprofFile.begun();
		for (int i = 0; i < 50; i++) {
			dump.record(0x1C, inner);
		}
		byte[] plain = dump.end().bytes();
		// Level 0 stores the inner members as they are.
		byte[] file = HprofFile.gzipLikeHotspot(plain, 0, 500);
		assertThat(check(file).verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(check(cut(file, 8)).verdict()).isEqualTo(Verdict.TRUNCATED);
	}

	@Test
	void aLargeCompressedDumpTakesItsTailOnly() {
		byte[] plain = HprofFile.begun().record(0x1C, HprofFile.heap(9_000_000)).end().bytes();
		int[] borders = IntStream.iterate(1 << 20, (border) -> border < plain.length, (border) -> border + (1 << 20))
			.toArray();
		CountingSource source = new CountingSource(HprofFile.gzipLikeHotspot(plain, 0, borders));
		assertThat(source.check().verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(source.reads()).hasSize(2);
		assertThat(source.bytesRead()).isLessThan(1_300_000);
	}

	@Test
	void aSmallDumpInOneMemberIsInflated() {
		assertThat(check(HprofFile.gzip(HprofFile.whole())).reason()).isEmpty();
		assertThat(check(HprofFile.gzip(HprofFile.wholeInOneRecord())).reason()).isEmpty();
		assertCutOff(HprofFile.gzip(cut(HprofFile.whole(), END)), "among the segments");
		assertCutOff(HprofFile.gzip(cut(HprofFile.wholeInOneRecord(), 1)), "the heap lacks");
		assertCutOff(cut(HprofFile.gzip(HprofFile.whole()), 1), "within a gzip member");
	}

	@Test
	void aSmallDamagedMemberIsReportedAsThat() {
		byte[] file = HprofFile.gzip(HprofFile.whole());
		file[file.length - 5] ^= 1;
		assertCutOff(file, "its gzip data are damaged");
	}

	@Test
	void aLargeDumpInOneMemberIsTakenForCompleteAndSaysSo() {
		byte[] plain = HprofFile.begun().record(0x1C, HprofFile.heap(6_000_000)).bytes();
		CountingSource source = new CountingSource(withoutComment(plain));
		assertThat(source.check().verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(source.check().reason()).isEqualTo("one gzip member, end not checked");
	}

	private static byte[] withoutComment(byte[] plain) {
		byte[] marked = HprofFile.gzipLikeHotspot(plain, 0);
		byte[] file = new byte[marked.length - 24];
		System.arraycopy(marked, 0, file, 0, 10);
		System.arraycopy(marked, 34, file, 10, file.length - 10);
		file[3] = 0;
		return file;
	}

	@Test
	void aBombIsNotInflatedToItsEnd() {
		byte[] plain = HprofFile.begun().record(0x1C, new byte[100_000_000]).bytes();
		byte[] bomb = HprofFile.gzip(plain);
		assertThat(bomb).hasSizeLessThan(200_000);
		assertThat(check(bomb).reason()).isEqualTo("one gzip member, end not checked");
		assertThat(check(HprofFile.gzipLikeHotspot(plain, 9)).reason()).isIn("the end holds too much to be checked",
				"it ends within a gzip member");
	}

	@Test
	void aTailFullOfWhatLooksLikeMembersIsBounded() {
		byte[] front = HprofFile.gzipLikeHotspot(HprofFile.whole(), 6);
		byte[] file = Arrays.copyOf(front, 2_000_000);
		for (int at = front.length; at + 4 < file.length; at += 4) {
			file[at] = 0x1F;
			file[at + 1] = (byte) 0x8B;
			file[at + 2] = 8;
		}
		assertThat(check(file).reason()).isEqualTo("the end holds too much to be checked");
	}

	@Test
	void otherCompressedFilesAreNoDumps() {
		assertThat(check(HprofFile.gzip("a log".getBytes(StandardCharsets.UTF_8))).verdict())
			.isEqualTo(Verdict.NOT_A_DUMP);
		assertThat(check(HprofFile.gzip(HprofFile.heap(100_000))).verdict()).isEqualTo(Verdict.NOT_A_DUMP);
		assertThat(check(new byte[] { 0x1F, (byte) 0x8B, 8, 0, 1, 2, 3 }).verdict()).isEqualTo(Verdict.NOT_A_DUMP);
	}

	@Test
	void aCompressedDumpWithABrokenTailSaysNotYet() {
		byte[] plain = HprofFile.begun().record(0x1C, HprofFile.heap(50_000)).end().bytes();
		DumpFacts facts = new CountingSource(HprofFile.gzipLikeHotspot(plain, 0)).readableUpTo(30_000).check();
		assertThat(facts.verdict()).isEqualTo(Verdict.NOT_READABLE);
		assertThat(facts.gzip()).isTrue();
		assertThat(facts.startedAt()).contains(HprofFile.STARTED);
	}

	@Test
	void aVerdictAgainstADumpHasAReason() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new DumpFacts(Verdict.TRUNCATED, false, Optional.empty(), ""));
	}

	private static DumpFacts check(byte[] file) {
		return new CountingSource(file).check();
	}

	private static void assertCutOff(byte[] file, String reason) {
		DumpFacts facts = check(file);
		assertThat(facts.reason()).contains(reason);
		assertThat(facts.verdict()).isEqualTo(Verdict.TRUNCATED);
	}

	private static byte[] cut(byte[] file, int bytes) {
		return Arrays.copyOf(file, file.length - bytes);
	}

}
