package dev.dumpkeeper.hprof;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.hprof.Death.Kind;
import dev.dumpkeeper.hprof.DumpFacts.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link TriageResult} on dumps built by hand.
 */
class TriageResultTests {

	private static final int ERROR = 1;

	private static final int CACHE = 2;

	private static final int JDK = 3;

	@Test
	void theStackOfTheThreadThatRanOutOfMemoryIsFound() {
		Death death = death(dump());
		assertThat(death.kind()).isEqualTo(Kind.HEAP_SPACE);
		assertThat(death.note()).isEmpty();
		assertThat(death.stack()).extracting(StackFrame::toString)
			.containsExactly("java.util.Arrays.copyOf(Arrays.java:3537)", "com.acme.Cache.load(Cache.java:42)",
					"com.acme.Cache.start(Native Method)", "com.acme.Cache.main(Unknown Source)");
		assertThat(death.topFrame()).hasToString("Optional[com.acme.Cache.load(Cache.java:42)]");
	}

	@Test
	void compressedDumpsShowTheSame() {
		byte[] plain = dump();
		Death death = death(plain);
		assertThat(death(HprofFile.gzip(plain))).isEqualTo(death);
		assertThat(death(HprofFile.gzipLikeHotspot(plain, 1, 40, 200))).isEqualTo(death);
	}

	@Test
	void aDumpWithoutAnOutOfMemoryErrorWasAskedFor() {
		Death death = death(without("java/lang/OutOfMemoryError"));
		assertThat(death.kind()).isEqualTo(Kind.ASKED_FOR);
		assertThat(death.fingerprint()).isEmpty();
	}

	@Test
	void aDumpWithoutStacksDoesNotShowWhyItWasMade() {
		HprofFile none = HprofFile.empty(8).record(0x01, 1L, "java/lang/Object").record(0x05, 1, 0, 0);
		HprofFile unused = HprofFile.empty(8).record(0x01, 1L, "main");
		frame(unused, 101, 1, 0, JDK, 0);
		unused.record(0x05, 1, 0, 0);
		for (HprofFile file : List.of(none, unused)) {
			byte[] dump = file.record(0x1C, HprofFile.heap(3000)).end().bytes();
			assertThat(death(dump)).isEqualTo(Death.unknown("it holds no stacks before its heap"));
		}
	}

	@Test
	void stacksThatMayLieBehindTheHeapShowNothing() {
		HprofFile behind = HprofFile.empty(8).record(0x01, 1L, "main");
		frame(behind, 101, 1, 0, JDK, 0);
		byte[] dump = behind.record(0x05, 1, 0, 1, 101L)
			.record(0x0C, HprofFile.heap(3000))
			.record(0x05, 1, 0, 1, 101L)
			.bytes();
		assertThat(death(dump).kind()).isEqualTo(Kind.UNKNOWN);
		HprofFile agent = HprofFile.empty(8).record(0x0E, new byte[6]).record(0x01, 1L, "main");
		frame(agent, 101, 1, 0, JDK, 0);
		dump = agent.record(0x05, 1, 0, 1, 101L).record(0x0C, HprofFile.heap(3000)).bytes();
		assertThat(death(dump).kind()).isEqualTo(Kind.UNKNOWN);
	}

	@Test
	void aReadingOfAllOfItKnowsBetterThanTheTriage() {
		HeapContents whole = HeapReading.read(new ByteArrayInputStream(SampleHeap.segments(8)), -1,
				HeapReading.Budget.of(1_000_000, Duration.ofMinutes(1)));
		byte[] cut = Arrays.copyOf(SampleHeap.segments(8), SampleHeap.segments(8).length - 9);
		HeapContents front = HeapReading.read(new ByteArrayInputStream(cut), -1,
				HeapReading.Budget.of(1_000_000, Duration.ofMinutes(1)));
		for (Verdict verdict : List.of(Verdict.COMPLETE, Verdict.TRUNCATED, Verdict.UNKNOWN)) {
			DumpFacts facts = new DumpFacts(verdict, true, Optional.empty(), "why");
			assertThat(facts.settledBy(whole)).isEqualTo(new DumpFacts(Verdict.COMPLETE, true, Optional.empty(), ""));
			assertThat(facts.settledBy(front).verdict()).isEqualTo(Verdict.TRUNCATED);
		}
		DumpFacts other = new DumpFacts(Verdict.NOT_A_DUMP, true, Optional.empty(), "why");
		assertThat(other.settledBy(whole)).isEqualTo(other);
	}

	@Test
	void whereTheStacksAreNotReachedNobodyKnows() {
		byte[] whole = dump();
		byte[] cut = Arrays.copyOf(whole, whole.length - 3200);
		assertThat(TriageResult.of(new CountingSource(cut), cut.length).facts().verdict()).isEqualTo(Verdict.TRUNCATED);
		assertThat(death(cut).kind()).isEqualTo(Kind.UNKNOWN);
		assertThat(death(cut).note()).isNotEmpty();
	}

	@Test
	void stacksOfACutOffDumpAreReadAllTheSame() {
		byte[] whole = dump();
		byte[] cut = Arrays.copyOf(whole, whole.length - 1000);
		assertThat(death(cut)).isEqualTo(death(whole));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 3, 16, -1 })
	void identifiersOfAnotherSizeShowNothing(int size) {
		byte[] dump = HprofFile.empty(size).record(0x1C, HprofFile.heap(100)).end().bytes();
		assertThat(death(dump).note()).isEqualTo("identifiers of %d bytes".formatted(size));
	}

	@Test
	void aLongFrontIsReadUpToTheBound() {
		HprofFile file = HprofFile.empty(8);
		for (int i = 0; i < 200; i++) {
			file.record(0x01, HprofFile.heap(100_000));
		}
		byte[] dump = file.record(0x1C, HprofFile.heap(100)).end().bytes();
		CountingSource source = new CountingSource(dump);
		TriageResult result = TriageResult.of(source, dump.length);
		assertThat(result.death()).get().extracting(Death::kind).isEqualTo(Kind.UNKNOWN);
		assertThat(source.bytesRead()).isLessThanOrEqualTo(Ranges.MOST).isGreaterThan(Ranges.MOST / 2);
	}

	@Test
	void nothingIsReadTwice() {
		byte[] dump = dump();
		CountingSource source = new CountingSource(dump);
		TriageResult.of(source, dump.length);
		assertThat(source.bytesRead()).isLessThanOrEqualTo(dump.length + 9);
	}

	@Test
	void aFrontThatCannotBeReadYetIsNoDamage() {
		byte[] dump = HprofFile.begun().record(0x1C, HprofFile.heap(100_000)).end().bytes();
		CountingSource source = new CountingSource(dump) {
			@Override
			public byte[] read(long offset, int length) throws java.io.IOException {
				return (offset == 8192) ? new byte[0] : super.read(offset, length);
			}
		};
		TriageResult result = TriageResult.of(source, dump.length);
		assertThat(result.facts().verdict()).isEqualTo(Verdict.COMPLETE);
		assertThat(result.death()).get().extracting(Death::note).asString().startsWith("the front cannot be read now");
	}

	@Test
	void whatIsNoDumpShowsNothing() {
		assertThat(TriageResult.of(new CountingSource(new byte[5000]), 5000).death()).isEmpty();
		assertThat(TriageResult.of(new CountingSource(new byte[0]), 0).death()).isEmpty();
	}

	@Test
	void aFailureHasTheSameNameWhateverChancePutIntoIt() {
		Optional<String> name = fingerprint("com.acme.Job$$Lambda$14/0x0000000800c03000.run",
				"com.acme.Job.lambda$all$3", "com.acme.$Proxy12.x");
		assertThat(fingerprint("com.acme.Job$$Lambda+0x00007f20e4000a08.run", "com.acme.Job.lambda$all$11",
				"com.acme.$Proxy3.x"))
			.isEqualTo(name)
			.isPresent();
		assertThat(fingerprint("com.acme.Job$$Lambda$14/0x0000000800c03000.stop", "com.acme.Job.lambda$all$3",
				"com.acme.$Proxy12.x"))
			.isNotEqualTo(name);
	}

	@ParameterizedTest
	@CsvSource({ "jdk.internal.reflect.GeneratedMethodAccessor12, jdk.internal.reflect.GeneratedMethodAccessor",
			"a.B$$SpringCGLIB$$0, a.B$$SpringCGLIB$$", "a.B$$EnhancerBySpringCGLIB$$3f2a, a.B$$EnhancerBySpringCGLIB$$",
			"a.B$HibernateProxy$x9Z, a.B$HibernateProxy$", "a.B$1, a.B$1", "a.B$$Lambda$14/102312, a.B$$Lambda",
			"a.B$$Lambda$14/102312, a.B$$Lambda", "a.Lambda14, a.Lambda14", "jdk.proxy2.$Proxy45, jdk.proxy.$Proxy" })
	void namesLoseOnlyWhatChancePutIntoThem(String name, String lasting) {
		assertThat(ClassNames.lasting(name)).isEqualTo(lasting);
	}

	@Test
	void recursionAndLinesDoNotChangeTheName() {
		List<StackFrame> once = List.of(new StackFrame("a.B", "f", "B.java", 1),
				new StackFrame("a.B", "main", null, 9));
		List<StackFrame> deep = IntStream.range(0, 40)
			.mapToObj((i) -> new StackFrame("a.B", (i < 39) ? "f" : "main", "B.java", i))
			.toList();
		assertThat(Death.of(deep).fingerprint()).isEqualTo(Death.of(once).fingerprint()).isPresent();
	}

	@ParameterizedTest
	@CsvSource({ "java.lang.ClassLoader.defineClass1, METASPACE", "java.lang.Thread.start0, THREAD",
			"java.util.HashMap.resize, HEAP_SPACE", "com.acme.Loader.defineClass, HEAP_SPACE" })
	void theKindFollowsFromWhatTheJdkWasDoing(String top, Kind kind) {
		assertThat(Death.of(List.of(frame(top), frame("com.acme.Main.main"))).kind()).isEqualTo(kind);
	}

	@ParameterizedTest
	@CsvSource({ "java/lang/String, java.lang.String", "[I, int[]", "[[Ljava/lang/String;, java.lang.String[][]",
			"[, []", "[Q, Q[]", "'', ''" })
	void classesHaveTheirNamesInJava(String name, String type) {
		assertThat(ClassNames.java(name)).isEqualTo(type);
	}

	@Test
	void hostileNamesAreHarmless() {
		String name = "a\u0000\u001B[2J\u202E" + "x".repeat(100_000);
		StackFrame frame = new StackFrame(name, name, name, 1);
		assertThat(frame.toString()).hasSizeLessThan(1000).doesNotContain("\u0000", "\u001B", "\u202E");
	}

	private static Optional<String> fingerprint(String... frames) {
		return Death.of(Arrays.stream(frames).map(TriageResultTests::frame).toList()).fingerprint();
	}

	private static StackFrame frame(String text) {
		int dot = text.lastIndexOf('.');
		return new StackFrame(text.substring(0, dot), text.substring(dot + 1), null, 0);
	}

	private static Death death(byte[] dump) {
		return TriageResult.of(new CountingSource(dump), dump.length).death().orElseThrow();
	}

	private static byte[] dump() {
		return dump(UnaryOperator.identity());
	}

	private static byte[] without(String name) {
		return dump((text) -> text.equals(name) ? "some/thing/Else" : text);
	}

	private static byte[] dump(UnaryOperator<String> names) {
		HprofFile file = HprofFile.empty(8);
		List<String> texts = List.of("java/lang/OutOfMemoryError", "com/acme/Cache", "java/util/Arrays", "<init>",
				"load", "start", "main", "copyOf", "()V", "Cache.java", "Arrays.java");
		for (int i = 0; i < texts.size(); i++) {
			file.record(0x01, (long) i + 1, names.apply(texts.get(i)));
		}
		for (int type = ERROR; type <= JDK; type++) {
			file.record(0x02, type, 1000L + type, 0, (long) type);
		}
		frame(file, 101, 4, 0, ERROR, 0);
		frame(file, 102, 8, 11, JDK, 3537);
		frame(file, 103, 5, 10, CACHE, 42);
		frame(file, 104, 6, 10, CACHE, -3);
		frame(file, 105, 7, 0, CACHE, -1);
		file.record(0x05, 1, 0, 0);
		file.record(0x05, 2, 7, 2, 104L, 105L);
		file.record(0x05, 3, 8, 5, 101L, 102L, 103L, 104L, 105L);
		return file.record(0x1C, HprofFile.heap(3000)).end().bytes();
	}

	private static void frame(HprofFile file, long frame, long method, long source, int type, int line) {
		file.record(0x04, frame, method, 9L, source, type, line);
	}

}
