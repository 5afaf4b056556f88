package dev.dumpkeeper.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.hprof.Death;
import dev.dumpkeeper.hprof.DumpFacts;
import dev.dumpkeeper.hprof.Growth;
import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.hprof.HeapContents.ClassCount;
import dev.dumpkeeper.hprof.HeapReading.Budget;
import dev.dumpkeeper.hprof.HeapReading.ScratchSpace;
import dev.dumpkeeper.hprof.Holders;
import dev.dumpkeeper.hprof.StackFrame;
import dev.dumpkeeper.hprof.TriageResult;
import dev.dumpkeeper.ledger.DumpContents;
import dev.dumpkeeper.ledger.DumpContents.Earlier;
import dev.dumpkeeper.ledger.DumpContents.Insight;
import dev.dumpkeeper.ledger.DumpFormats;
import dev.dumpkeeper.ledger.FailureRepository.FailureStatistics;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.SafeText;
import dev.dumpkeeper.text.TextTable;

/**
 * The description of one dump, as text and as JSON.
 *
 * @param name where it is
 * @param insight what it contains
 */
record Inspection(String name, Insight insight) {

	/** How many classes the text lists; JSON has more. */
	private static final int ROWS = 20;

	private static final int JSON_CLASSES = 200;

	private static final int FRAMES = 40;

	private static final long MEBI = 1024 * 1024;

	/** Inspects a file, without gateway and database. */
	static Inspection ofFile(Path file, boolean whole, @Nullable Path scratch, PrintStream progress) {
		if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
			throw new InvalidRequestException("--file '" + file + "' is not a file that can be read");
		}
		if (scratch != null && (!Files.isDirectory(scratch) || !Files.isWritable(scratch))) {
			throw new InvalidRequestException("--scratch '" + scratch + "' is not a directory that can be written to");
		}
		try (RandomAccessFile dump = new RandomAccessFile(file.toFile(), "r")) {
			long size = dump.length();
			TriageResult triage = DumpFormats.KNOWN.triage((offset, length) -> {
				byte[] bytes = new byte[length];
				dump.seek(offset);
				dump.readFully(bytes);
				return bytes;
			}, size);
			HeapContents contents = whole ? contents(file, size, scratch, progress(size, progress)) : null;
			return new Inspection(file.toString(), new Insight(size, Files.getLastModifiedTime(file).toInstant(),
					(contents != null) ? triage.settledBy(contents) : triage, contents, null, null));
		}
		catch (IOException ex) {
			throw new InvalidRequestException("--file '" + file + "' cannot be read: " + ex.getMessage());
		}
	}

	private static HeapContents contents(Path file, long size, @Nullable Path scratch, LongConsumer more)
			throws IOException {
		Budget budget = Budget.of(Long.MAX_VALUE, Duration.ofDays(1));
		try (InputStream in = new Counted(Files.newInputStream(file), more)) {
			if (scratch == null) {
				return DumpFormats.KNOWN.read(in, size, budget, null);
			}
			ScratchSpace space = new ScratchSpace(scratch, Long.MAX_VALUE, Duration.ofDays(1));
			space.sweep();
			return DumpFormats.KNOWN.read(in, size, budget, space);
		}
	}

	static Inspection of(DumpContents contents, String volume, ObjectKey key, boolean whole, PrintStream progress) {
		return new Inspection(volume + "/" + key.value(), contents.inspect(volume, key, whole, progress(-1, progress)));
	}

	/** Shows the progress of the reading every two seconds. */
	private static LongConsumer progress(long size, PrintStream out) {
		return new LongConsumer() {

			private long read;

			private long saidAt = System.nanoTime();

			@Override
			public void accept(long more) {
				this.read += more;
				if (System.nanoTime() - this.saidAt > Duration.ofSeconds(2).toNanos()) {
					this.saidAt = System.nanoTime();
					out.println("read " + this.read / MEBI + " MiB"
							+ ((size > 0) ? " (" + 100 * this.read / size + " %)" : ""));
				}
			}

		};
	}

	String text() {
		StringBuilder text = new StringBuilder();
		DumpFacts facts = this.insight.triage().facts();
		text.append(SafeText.oneLine(this.name))
			.append(": ")
			.append(verdict(facts.verdict()))
			.append(", ")
			.append(ByteSizeFormat.format(this.insight.size()))
			.append(facts.gzip() ? ", gzip" : "")
			.append(facts.startedAt().map((at) -> ", begun " + at).orElse(""))
			.append(facts.reason().isEmpty() ? "" : " (" + SafeText.oneLine(facts.reason()) + ")")
			.append('\n');
		this.insight.triage().death().ifPresent((death) -> text.append('\n').append(text(death)));
		HeapContents contents = this.insight.contents();
		if (contents != null) {
			text.append('\n').append(text(contents));
		}
		Earlier earlier = this.insight.earlier();
		if (earlier != null) {
			text.append('\n').append(text(earlier));
		}
		return text.toString();
	}

	private static String verdict(DumpFacts.Verdict verdict) {
		return switch (verdict) {
			case COMPLETE -> "a whole heap dump";
			case TRUNCATED -> "the front of a heap dump";
			case UNKNOWN -> "a heap dump, completeness unknown";
			case EMPTY -> "an empty file";
			case NOT_A_DUMP -> "not a heap dump";
			case NOT_READABLE -> "not readable now";
		};
	}

	private String text(Death death) {
		StringBuilder text = new StringBuilder(switch (death.kind()) {
			case HEAP_SPACE -> "OutOfMemoryError where an object was allocated (heap space, as a rule)";
			case METASPACE -> "OutOfMemoryError where a class was defined (metaspace, as a rule)";
			case THREAD -> "OutOfMemoryError where a thread was started";
			case ASKED_FOR -> "no OutOfMemoryError: the dump was requested";
			case UNKNOWN -> "unknown cause: " + SafeText.oneLine(death.note());
		});
		death.fingerprint().ifPresent((fingerprint) -> text.append(", failure ").append(fingerprint));
		FailureStatistics seen = this.insight.statistics();
		if (seen != null) {
			text.append(", seen ")
				.append(seen.dumps())
				.append(" times since ")
				.append(seen.since())
				.append(" in ")
				.append(seen.workloads())
				.append((seen.workloads() == 1) ? " workload" : " workloads");
		}
		text.append('\n');
		List<StackFrame> stack = death.stack();
		stack.stream().limit(FRAMES).forEach((frame) -> text.append("  at ").append(frame).append('\n'));
		if (stack.size() > FRAMES) {
			text.append("  ... ").append(stack.size() - FRAMES).append(" more\n");
		}
		return text.toString();
	}

	private static String text(HeapContents contents) {
		StringBuilder text = new StringBuilder();
		text.append(String.format(Locale.ROOT, "heap: %,d objects, %s shallow, %,d threads, %,d classes%s%n",
				contents.instances(), ByteSizeFormat.format(contents.shallowBytes()), contents.threads(),
				contents.loadedClasses(),
				contents.reason().isEmpty() ? "" : " (" + SafeText.oneLine(contents.reason()) + ")"));
		contents.suspects().forEach((suspect) -> text.append("  ").append(suspect.sentence()).append('\n'));
		if (!contents.hasObjects()) {
			return text.toString();
		}
		if (contents.holders() != null) {
			text.append('\n').append(text(contents.holders()));
		}
		TextTable classes = new TextTable("CLASS", "INSTANCES", "BYTES", "SHARE");
		contents.classes()
			.stream()
			.limit(ROWS)
			.forEach((type) -> classes.row(type.name(), String.format(Locale.ROOT, "%,d", type.instances()),
					ByteSizeFormat.format(type.shallowBytes()), share(type, contents)));
		text.append('\n').append(classes);
		if (!contents.biggestArrays().isEmpty()) {
			TextTable arrays = new TextTable("BIGGEST ARRAYS", "LENGTH", "BYTES");
			contents.biggestArrays()
				.forEach((array) -> arrays.row(array.name(), String.format(Locale.ROOT, "%,d", array.length()),
						ByteSizeFormat.format(array.shallowBytes())));
			text.append('\n').append(arrays);
		}
		if (!contents.loaders().isEmpty()) {
			TextTable loaders = new TextTable("CLASS LOADER", "LOADERS", "CLASSES");
			contents.loaders()
				.forEach((loader) -> loaders.row(loader.name(), String.format(Locale.ROOT, "%,d", loader.loaders()),
						String.format(Locale.ROOT, "%,d", loader.classes())));
			text.append('\n').append(loaders);
		}
		text.append("\nrepeated strings, estimated: ")
			.append(ByteSizeFormat.format(contents.repeated().bytes()))
			.append(" in ")
			.append(String.format(Locale.ROOT, "%,d", contents.repeated().arrays()))
			.append(" arrays\nopens the file: ")
			.append(HeapContents.TOOLS)
			.append('\n');
		return text.toString();
	}

	private static String text(Holders holders) {
		if (!holders.unknown().isEmpty() || holders.holders().isEmpty()) {
			return SafeText.oneLine(holders.sentence()) + "\n";
		}
		TextTable table = new TextTable("HELD BY", "BYTES", "<");
		holders.holders()
			.forEach((holder) -> table.row(Holders.share(holder.permille()), ByteSizeFormat.format(holder.bytes()),
					holder.sentence()));
		return table.toString();
	}

	private static String share(ClassCount type, HeapContents contents) {
		return Math.round(100.0 * type.shallowBytes() / Math.max(1, contents.shallowBytes())) + " %";
	}

	private static String text(Earlier earlier) {
		TextTable classes = new TextTable("GREW", "INSTANCES", "BYTES");
		earlier.growth()
			.classes()
			.forEach((type) -> classes.row(type.name(), String.format(Locale.ROOT, "%+,d", type.instances()),
					(type.atLeast() ? "at least " : "+") + ByteSizeFormat.format(type.shallowBytes())));
		return "since " + SafeText.oneLine(earlier.key()) + " of " + earlier.at() + ", which is of the same workload:\n"
				+ (earlier.growth().classes().isEmpty() ? "no class grew\n" : classes.toString());
	}

	String json() {
		Map<String, Object> json = new LinkedHashMap<>();
		DumpFacts facts = this.insight.triage().facts();
		json.put("name", this.name);
		json.put("bytes", this.insight.size());
		json.put("lastModified", this.insight.lastModified().toString());
		json.put("verdict", facts.verdict().name());
		json.put("reason", facts.reason());
		json.put("gzip", facts.gzip());
		put(json, "begunAt", facts.startedAt().map(Instant::toString));
		this.insight.triage().death().ifPresent((death) -> {
			json.put("cause", death.kind().name());
			put(json, "fingerprint", death.fingerprint());
			put(json, "topFrame", death.topFrame().map(StackFrame::toString));
			json.put("stack", death.stack().stream().map(StackFrame::toString).toList());
			json.put("note", death.note());
		});
		put(json, "seen", Optional.ofNullable(this.insight.statistics()).map(Inspection::json));
		put(json, "heap",
				Optional.ofNullable(this.insight.contents()).map((contents) -> contents.withMostClasses(JSON_CLASSES)));
		put(json, "grew", Optional.ofNullable(this.insight.earlier()).map(Inspection::json));
		return JsonMapper.shared().writeValueAsString(json);
	}

	private static Map<String, Object> json(FailureStatistics seen) {
		return Map.of("dumps", seen.dumps(), "since", seen.since().toString(), "workloads", seen.workloads());
	}

	private static Map<String, Object> json(Earlier earlier) {
		Growth growth = earlier.growth();
		return Map.of("sinceKey", earlier.key(), "since", earlier.at().toString(), "instances", growth.instances(),
				"shallowBytes", growth.shallowBytes(), "classes", growth.classes());
	}

	private static void put(Map<String, Object> json, String name, Optional<?> value) {
		value.ifPresent((present) -> json.put(name, present));
	}

	private static final class Counted extends InputStream {

		private final InputStream in;

		private final LongConsumer more;

		Counted(InputStream in, LongConsumer more) {
			this.in = in;
			this.more = more;
		}

		@Override
		public int read() throws IOException {
			this.more.accept(1);
			return this.in.read();
		}

		@Override
		public int read(byte[] bytes, int from, int length) throws IOException {
			int count = this.in.read(bytes, from, length);
			this.more.accept(Math.max(0, count));
			return count;
		}

		@Override
		public void close() throws IOException {
			this.in.close();
		}

	}

}
