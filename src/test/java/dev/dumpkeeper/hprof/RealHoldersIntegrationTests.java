package dev.dumpkeeper.hprof;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;

import dev.dumpkeeper.hprof.HeapReading.Budget;
import dev.dumpkeeper.hprof.HeapReading.ScratchSpace;
import dev.dumpkeeper.hprof.Holders.Holder;
import dev.dumpkeeper.hprof.Holders.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Holders} of heaps that JVMs dumped.
 */
class RealHoldersIntegrationTests {

	private static final String HERE = "dev.dumpkeeper.hprof.Hoarder";

	@TempDir
	Path directory;

	static Stream<Arguments> ways() {
		return Jvm.all()
			.stream()
			.flatMap((jvm) -> Stream.of(Arguments.of(jvm, "cache", Kind.STATIC_FIELD, HERE + "$Cache.INSTANCE"),
					Arguments.of(jvm, "tree", Kind.STATIC_FIELD, HERE + "$Library.root"),
					Arguments.of(jvm, "list", Kind.STATIC_FIELD, HERE + "$Chain.first"),
					Arguments.of(jvm, "sessions", Kind.GROUP, HERE + "$Session"),
					Arguments.of(jvm, "one", Kind.STATIC_FIELD, HERE + ".SESSIONS"),
					Arguments.of(jvm, "thread", Kind.OBJECT, HERE + "$Worker"),
					Arguments.of(jvm, "soft", Kind.SOFT_REFERENCES, ""),
					Arguments.of(jvm, "finalizer", Kind.FINALIZATION, ""),
					Arguments.of(jvm, "loaders", Kind.STATIC_FIELD, HERE + ".KEPT"),
					Arguments.of(jvm, "local", Kind.LOCAL_VARIABLE, HERE + ".local")));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void whoHoldsMostIsReported(Jvm jvm, String way, Kind kind, String name) throws Exception {
		Holders holders = holders(dump(jvm, way, "-XX:+UseSerialGC"));
		System.out.println(jvm + " " + way + ": " + holders.sentence());
		assertThat(holders.unknown()).isEmpty();
		Holder first = holders.holders().get(0);
		assertThat(first.kind()).as(holders.toString()).isEqualTo(kind);
		assertThat(first.name()).as(holders.toString()).isEqualTo(name);
		assertThat(first.permille()).as(holders.toString()).isGreaterThan(700);
		assertThat(first.diedThere()).isEqualTo(way.equals("local"));
		switch (way) {
			case "cache" -> assertThat(first.sentence()).contains("ConcurrentHashMap -> " + HERE + "$Order (100,000)");
			case "one" -> assertThat(first.sentence()).contains("one of 40,000 " + HERE + "$Session");
			case "tree" -> assertThat(first.sentence()).endsWith("$Branch (8,191)");
			case "list" -> assertThat(first.sentence()).endsWith("$Chain (200,000)");
			case "sessions" -> assertThat(first.count()).isEqualTo(300);
			default -> assertThat(first.sentence()).isNotEmpty();
		}
	}

	static Stream<Arguments> collectors() {
		return Jvm.all()
			.stream()
			.flatMap((jvm) -> Stream.of("-XX:+UseG1GC", "-XX:+UseParallelGC", "-XX:+UseZGC", "-XX:-UseCompressedOops")
				.map((flag) -> Arguments.of(jvm, flag)));
	}

	@ParameterizedTest
	@MethodSource("collectors")
	void everyCollectorIsReadAndAnIndependentReaderAgrees(Jvm jvm, String collector) throws Exception {
		Path dump = dump(jvm, "cache", collector);
		Holders holders = holders(dump);
		assertThat(holders.unknown()).isEmpty();
		assertThat(holders.holders().get(0).name()).isEqualTo(HERE + "$Cache.INSTANCE");
		Heap heap = HeapFactory.createHeap(dump.toFile());
		long retained = heap.getJavaClassByName(HERE + "$Cache").getInstances().get(0).getRetainedSize();
		// That reader takes all references for 8 bytes wide and has its own headers.
		assertThat(holders.holders().get(0).bytes()).isCloseTo(retained, Percentage.withPercentage(20));
	}

	private Holders holders(Path dump) throws Exception {
		Path scratch = Files.createDirectory(this.directory.resolve("scratch"));
		try (InputStream in = Files.newInputStream(dump)) {
			Holders holders = HeapReading
				.read(in, Files.size(dump), Budget.of(1L << 40, Duration.ofMinutes(2)),
						new ScratchSpace(scratch, 1L << 30, Duration.ofMinutes(2)))
				.holders();
			assertThat(scratch).isEmptyDirectory();
			assertThat(holders).isNotNull();
			return holders;
		}
	}

	private Path dump(Jvm jvm, String way, String collector) throws Exception {
		Path dump = this.directory.resolve("held.hprof");
		List<String> flags = new ArrayList<>(List.of("-Xmx128m", collector));
		if (way.equals("local")) {
			flags.addAll(List.of("-Xmx32m", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=" + dump));
		}
		Process process = jvm.start(Hoarder.class, flags, way, dump.toString())
			.redirectOutput(this.directory.resolve("output").toFile())
			.start();
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(dump).as(Files.readString(this.directory.resolve("output"))).exists();
		return dump;
	}

}
