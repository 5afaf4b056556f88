package dev.dumpkeeper.hprof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.netbeans.lib.profiler.heap.Field;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;
import org.netbeans.lib.profiler.heap.ObjectArrayInstance;
import org.netbeans.lib.profiler.heap.PrimitiveArrayInstance;

import dev.dumpkeeper.hprof.HeapContents.ClassCount;
import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapContents.SuspectKind;
import dev.dumpkeeper.hprof.HeapReading.Budget;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link HeapReading} on dumps that JVMs made, beside the reader of NetBeans and VisualVM
 * and beside what the JVM itself says of its heap.
 */
class RealHeapIntegrationTests {

	private static final Budget ENOUGH = Budget.of(1L << 40, Duration.ofMinutes(5));

	/** A row of {@code jcmd GC.class_histogram}. */
	private static final Pattern ROW = Pattern.compile(" *\\d+: +(\\d+) +(\\d+) +(\\S+).*");

	@TempDir
	Path directory;

	static List<Jvm> jvms() {
		return Jvm.all();
	}

	static Stream<Arguments> jvmsAndLevels() {
		return jvms().stream().flatMap((jvm) -> Stream.of(1, 9).map((level) -> Arguments.of(jvm, level)));
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void aListThatFillsTheHeap(Jvm jvm) throws Exception {
		HeapContents contents = likeAnIndependentReader(dump(jvm, "list", List.of("-Xmx12m")));
		assertThat(contents.compressedReferences()).isTrue();
		assertThat(contents.classes().subList(0, 6)).extracting(ClassCount::name)
			.contains("dev.dumpkeeper.hprof.Glutton$Express", "dev.dumpkeeper.hprof.Glutton$Order");
		assertThat(contents.shallowBytes()).isBetween(7L * 1024 * 1024, 13L * 1024 * 1024);
		assertThat(contents.repeated().arrays()).isGreaterThan(5_000);
		assertThat(contents.suspects()).extracting(HeapContents.Suspect::kind).contains(SuspectKind.INSTANCES);
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void wideReferencesAreSeen(Jvm jvm) throws Exception {
		HeapContents contents = likeAnIndependentReader(
				dump(jvm, "list", List.of("-Xmx12m", "-XX:-UseCompressedOops")));
		assertThat(contents.compressedReferences()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void aHugeArray(Jvm jvm) throws Exception {
		HeapContents contents = likeAnIndependentReader(dump(jvm, "array", List.of("-Xmx20m")));
		assertThat(contents.suspects()).first().satisfies((suspect) -> {
			assertThat(suspect.kind()).isEqualTo(SuspectKind.BIG_ARRAYS);
			assertThat(suspect.sentence()).matches("\\d\\d % of the heap is byte\\[] held in one array over 1 MiB");
		});
		assertThat(contents.biggestArrays()).first()
			.isEqualTo(new HeapContents.BigArray("byte[]", 9 * 1024 * 1024, 9 * 1024 * 1024 + 16));
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void manyThreads(Jvm jvm) throws Exception {
		HeapContents contents = likeAnIndependentReader(dump(jvm, "threads", List.of("-Xmx20m")));
		assertThat(contents.threads()).isBetween(1500L, 1530L);
		assertThat(contents.suspects()).extracting(HeapContents.Suspect::kind).contains(SuspectKind.THREADS);
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void aMetaspaceThatIsFull(Jvm jvm) throws Exception {
		HeapContents contents = likeAnIndependentReader(
				dump(jvm, "classes", List.of("-Xmx64m", "-XX:MaxMetaspaceSize=16m")));
		assertThat(contents.loaders()).filteredOn((loader) -> loader.name().equals(Glutton.Loader.class.getName()))
			.singleElement()
			.satisfies((loader) -> {
				assertThat(loader.loaders()).isGreaterThan(500);
				assertThat(loader.classes()).isBetween(loader.loaders() - 1, loader.loaders());
			});
	}

	@ParameterizedTest
	@MethodSource("jvmsAndLevels")
	void aCompressedDump(Jvm jvm, int level) throws Exception {
		// What fills the list above is so regular that level 9 takes half a minute over
		// it.
		Path packed = dump(jvm, "array", List.of("-Xmx20m", "-XX:HeapDumpGzipLevel=" + level));
		Path plain = this.directory.resolve("plain.hprof");
		try (InputStream in = new GZIPInputStream(Files.newInputStream(packed));
				OutputStream out = Files.newOutputStream(plain)) {
			in.transferTo(out);
		}
		HeapContents contents = read(packed);
		assertThat(contents.dumpBytes()).isEqualTo(Files.size(plain));
		assertThat(contents.classes()).isEqualTo(likeAnIndependentReader(plain).classes());
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void aDumpWhoseWriterWasKilled(Jvm jvm) throws Exception {
		Path dump = this.directory.resolve("killed.hprof");
		Process process = jvm
			.start(Glutton.class, List.of("-Xmx100m", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=" + dump),
					"list")
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(100))
				.pollInterval(Duration.ofMillis(1))
				.pollDelay(Duration.ZERO)
				.until(() -> Files.exists(dump) && Files.size(dump) > 3_000_000 || !process.isAlive());
		}
		finally {
			process.destroyForcibly().waitFor();
		}
		Assumptions.assumeTrue(process.exitValue() == 137, "the dump was done before the kill");
		HeapContents contents = read(dump);
		assertThat(contents.state()).as(contents.reason()).isEqualTo(State.TRUNCATED);
		assertThat(contents.loadedClasses()).isGreaterThan(300);
	}

	@ParameterizedTest
	@MethodSource("jvms")
	void aDumpThatSomebodyAskedForHasTheSizesThatTheJvmShows(Jvm jvm) throws Exception {
		Assumptions.assumeTrue(Files.isExecutable(jvm.jcmd()), "no jcmd in " + jvm);
		Path dump = this.directory.resolve("asked.hprof");
		Map<String, long[]> reported;
		Process process = jvm.start(Glutton.class, List.of("-Xmx64m", "-XX:+UseSerialGC"), "hold").start();
		try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
			assertThat(output.readLine()).isEqualTo("ready");
			jcmd(jvm, process, "GC.heap_dump", dump.toString());
			reported = histogram(jcmd(jvm, process, "GC.class_histogram"));
		}
		finally {
			process.destroyForcibly();
		}
		HeapContents contents = likeAnIndependentReader(dump);
		int same = 0;
		Map<String, String> other = new TreeMap<>();
		for (ClassCount type : contents.classes()) {
			long[] row = reported.get(type.name());
			if (row == null || row[0] != type.instances()) {
				// What the commands themselves leave on the heap.
				continue;
			}
			if (row[1] == type.shallowBytes()) {
				same++;
			}
			else {
				other.put(type.name(), row[1] + " and not " + type.shallowBytes());
			}
		}
		assertThat(same).isGreaterThan(150);
		assertThat(contents.classes()).filteredOn((type) -> type.name().startsWith("dev.dumpkeeper"))
			.hasSize(2)
			.allSatisfy((type) -> assertThat(reported.get(type.name())).containsExactly(type.instances(),
					type.shallowBytes()));
		// Fields that only the JVM knows, and the padding of @Contended.
		assertThat(other).as("%d are the same", same).hasSizeLessThan(12);
		assertThat(other.keySet()).allMatch((name) -> name.startsWith("java.") || name.startsWith("jdk.internal."));
		long all = reported.values().stream().mapToLong((row) -> row[1]).sum();
		long classes = reported.getOrDefault("java.lang.Class", new long[2])[1];
		assertThat((double) contents.shallowBytes() / (all - classes)).isBetween(0.97, 1.03);
	}

	@Test
	void moreThanCanBeKeptIsCountedInLittleMemory() throws Exception {
		for (List<String> arguments : List.of(List.<String>of(), List.of("random"))) {
			Process process = jvms().get(0)
				.start(HostileHeap.class, List.of("-Xmx64m", "-XX:+UseSerialGC"), arguments.toArray(String[]::new))
				.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor()).as(output).isZero();
			assertThat(output).startsWith("WHOLE 2000000 ").contains("are beyond what is kept");
		}
	}

	/** All classes, their instances and their sizes. */
	private HeapContents likeAnIndependentReader(Path dump) throws IOException {
		HeapContents contents = read(dump);
		assertThat(contents.state()).as(contents.reason()).isEqualTo(State.WHOLE);
		assertThat(contents.classesLeftOut()).isZero();
		Map<String, ClassCount> expected = independently(dump, contents.compressedReferences() ? 4 : 8);
		Map<String, ClassCount> read = contents.classes()
			.stream()
			.collect(Collectors.toMap(ClassCount::name, (type) -> type));
		assertThat(read).containsExactlyInAnyOrderEntriesOf(expected);
		return contents;
	}

	private static Map<String, ClassCount> independently(Path dump, int reference) throws IOException {
		Heap heap = HeapFactory.createHeap(dump.toFile());
		Map<String, ClassCount> counts = new HashMap<>();
		Map<JavaClass, Long> sizes = new HashMap<>();
		for (Instance instance : heap.getAllInstances()) {
			JavaClass type = instance.getJavaClass();
			boolean array = instance instanceof ObjectArrayInstance || instance instanceof PrimitiveArrayInstance;
			long size = array ? size(instance, type, reference)
					: sizes.computeIfAbsent(type, (key) -> size(instance, key, reference));
			counts.merge(type.getName(), new ClassCount(type.getName(), 1, size), (a, b) -> new ClassCount(a.name(),
					a.instances() + b.instances(), a.shallowBytes() + b.shallowBytes()));
		}
		return counts;
	}

	private static long size(Instance instance, JavaClass type, int reference) {
		if (instance instanceof ObjectArrayInstance array) {
			return aligned(16 + (long) array.getLength() * reference);
		}
		if (instance instanceof PrimitiveArrayInstance array) {
			return aligned(16 + (long) array.getLength() * bytes(type.getName().replace("[]", ""), reference));
		}
		long size = 12;
		for (JavaClass at = type; at != null; at = at.getSuperClass()) {
			for (Object field : at.getFields()) {
				if (!((Field) field).isStatic()) {
					size += bytes(((Field) field).getType().getName(), reference);
				}
			}
		}
		return aligned(size);
	}

	private static int bytes(String type, int reference) {
		return switch (type) {
			case "boolean", "byte" -> 1;
			case "char", "short" -> 2;
			case "int", "float" -> 4;
			case "long", "double" -> 8;
			default -> reference;
		};
	}

	private static long aligned(long bytes) {
		return (bytes + 7) / 8 * 8;
	}

	private static Map<String, long[]> histogram(String output) {
		Map<String, long[]> rows = new HashMap<>();
		output.lines().map(ROW::matcher).filter(Matcher::matches).forEach((row) -> {
			long[] numbers = { Long.parseLong(row.group(1)), Long.parseLong(row.group(2)) };
			rows.merge(ClassNames.java(row.group(3)), numbers, (a, b) -> new long[] { a[0] + b[0], a[1] + b[1] });
		});
		return rows;
	}

	private Path dump(Jvm jvm, String way, List<String> flags) throws Exception {
		Path dump = this.directory.resolve("died.hprof");
		List<String> all = Stream
			.concat(Stream.of("-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=" + dump, "-XX:+UseSerialGC"),
					flags.stream())
			.toList();
		Process process = jvm.start(Glutton.class, all, way)
			.redirectOutput(this.directory.resolve("output").toFile())
			.start();
		process.getOutputStream().close();
		assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
		assertThat(dump).as(Files.readString(this.directory.resolve("output"))).exists();
		return dump;
	}

	private static String jcmd(Jvm jvm, Process process, String... arguments) throws Exception {
		List<String> command = Stream
			.concat(Stream.of(jvm.jcmd().toString(), Long.toString(process.pid())), Stream.of(arguments))
			.toList();
		Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(jcmd.waitFor()).as(output).isZero();
		return output;
	}

	private static HeapContents read(Path dump) throws IOException {
		try (InputStream in = Files.newInputStream(dump)) {
			return HeapReading.read(in, Files.size(dump), ENOUGH);
		}
	}

}
