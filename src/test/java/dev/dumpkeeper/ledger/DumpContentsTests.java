package dev.dumpkeeper.ledger;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.hprof.DumpFacts;
import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.hprof.HeldHeap;
import dev.dumpkeeper.hprof.Holders;
import dev.dumpkeeper.hprof.Holders.Holder;
import dev.dumpkeeper.run.MovableClock;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.StoppedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DumpContents} on the embedded database.
 */
class DumpContentsTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private static final Run RUN = new Run(1, NOW, false);

	private static final int MB = 1024 * 1024;

	private final InMemoryBucket bucket = new InMemoryBucket("v").clock(InstantSource.fixed(NOW));

	private final InMemoryBucket east = new InMemoryBucket("east/v").clock(InstantSource.fixed(NOW));

	private StopSignal stop = new StopSignal();

	private Path scratch;

	private DataSize scratchLimit = DataSize.ofGigabytes(1);

	private Duration timeForHolders = Duration.ofMinutes(1);

	private final MovableClock clock = new MovableClock();

	private final LedgerDatabase database = LedgerDatabase.h2();

	private final JdbcTemplate jdbc = this.database.jdbc();

	private final TransactionTemplate transaction = this.database.transaction();

	@Test
	void everyHeapIsReadOnceOldestFirst() {
		dump("old", 1, NOW);
		dump("new", 2, NOW);
		DumpContents contents = contents(100 * MB, 100 * MB);
		readDue(contents);
		assertThat(this.bucket.calls("read")).extracting((call) -> call.replaceAll(".*(old|new).*", "$1"))
			.containsExactly("old", "new");
		assertThat(states()).containsExactly("WHOLE", "WHOLE");
		assertThat(contents.countDue()).isZero();
		readDue(contents);
		assertThat(this.bucket.calls("read")).hasSize(2);
		assertThat(contents.readBetween(NOW, NOW, 10)).hasSize(2);
	}

	@Test
	void aHeapOfAFurtherGatewayIsRead() {
		dump("one", 1, NOW);
		this.jdbc.update("UPDATE dump SET volume = 'east/v'");
		this.east.put(new ObjectKey("one"), dump(MB));
		DumpContents contents = contents(100 * MB, 100 * MB);
		List<String> due = contents.due(RUN, Set.of("v", "east/v"));
		assertThat(due).hasSize(1);
		due.forEach((part) -> contents.read(RUN, part));
		assertThat(states()).containsExactly("WHOLE");
		assertThat(this.bucket.calls("read")).isEmpty();
	}

	@Test
	void whatTheBytesOfARunDoNotAllowIsReadByTheNext() {
		dump("old", 5, NOW);
		dump("new", 20, NOW);
		DumpContents contents = contents(21 * MB, 100 * MB);
		readDue(contents);
		assertThat(states()).containsExactly("WHOLE");
		assertThat(contents.countDue()).isOne();
		readDue(contents);
		assertThat(states()).containsExactly("WHOLE", "WHOLE");
	}

	@Test
	void aDumpIsNotBegunWhereAllOfItsTimeDoesNotFit() {
		dump("one", 1, NOW);
		dump("two", 1, NOW);
		dump("three", 1, NOW);
		DumpContents contents = contents(100 * MB, 100 * MB);
		this.bucket.beforeStat(() -> this.clock.move(Duration.ofSeconds(151)));
		readDue(contents);
		assertThat(states()).hasSize(2);
		readDue(contents);
		assertThat(states()).containsExactly("WHOLE", "WHOLE", "WHOLE");
	}

	@Test
	void aRunWithLessTimeThanADumpMayTakeReadsMoreThanOne() {
		dump("one", 1, NOW);
		dump("two", 1, NOW);
		dump("three", 1, NOW);
		this.bucket.beforeStat(() -> this.clock.move(Duration.ofSeconds(60)));
		readDue(contents(Duration.ofMinutes(4), 100 * MB, 100 * MB));
		assertThat(states()).containsExactly("WHOLE", "WHOLE", "WHOLE");
	}

	@Test
	void whatTheBytesDoNotAllowIsOvertakenByNothing() {
		dump("first", 2, NOW);
		dump("big", 9, NOW);
		dump("small", 1, NOW);
		DumpContents contents = contents(10 * MB, 100 * MB);
		readDue(contents);
		assertThat(states()).hasSize(1);
		readDue(contents);
		assertThat(this.bucket.calls("read")).element(1).asString().startsWith("big");
	}

	@Test
	void aReadingThatWasStoppedBeginsAgain() {
		dump("one", 20, NOW);
		this.bucket.beforeStat(this.stop::raise);
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> readDue(contents(100 * MB, 100 * MB)));
		this.stop = new StopSignal();
		readDue(contents(100 * MB, 100 * MB));
		assertThat(states()).containsExactly("WHOLE");
		assertThat(this.bucket.calls("read")).extracting((call) -> call.split(" ")[1])
			.containsExactly("0", "0", Integer.toString(8 * MB), Integer.toString(16 * MB));
		assertThat(attempts()).isZero();
	}

	@Test
	void aGatewayThatFailsInTheMidstOfADumpIsNotTheDumpsFault() {
		dump("one", 20, NOW.minus(Duration.ofDays(3)));
		AtomicInteger reads = new AtomicInteger();
		this.bucket.beforeStat(() -> {
			if (reads.incrementAndGet() == 2) {
				this.bucket.outage(GatewayException.Kind.UNAVAILABLE);
			}
		});
		DumpContents contents = contents(100 * MB, 100 * MB);
		for (int run = 0; run < 5; run++) {
			readDue(contents);
			assertThat(states()).isEmpty();
			assertThat(attempts()).isZero();
		}
		this.bucket.outage(null);
		readDue(contents);
		assertThat(states()).containsExactly("WHOLE");
	}

	@Test
	void aDumpThatThreeProcessesDieOverIsGivenUp() throws InterruptedException {
		dump("one", 1, NOW);
		dump("two", 1, NOW);
		for (int process = 1; process <= 3; process++) {
			dieWhileReading();
			assertThat(attempts()).isEqualTo(process);
			assertThat(states()).isEmpty();
		}
		readDue(contents(100 * MB, 100 * MB));
		assertThat(states()).containsExactly("OVER_BUDGET", "WHOLE");
		assertThat(
				this.jdbc.queryForList("SELECT sentence FROM dump_contents WHERE state = 'OVER_BUDGET'", String.class))
			.containsExactly("it was begun 3 times, and each time the process was killed or crashed");
		assertThat(attempts()).isZero();
	}

	@Test
	void aDumpThatTwoProcessesDieOverIsReadFromItsStart() throws InterruptedException {
		dump("one", 1, NOW);
		dieWhileReading();
		dieWhileReading();
		readDue(contents(100 * MB, 100 * MB));
		assertThat(states()).containsExactly("WHOLE");
		assertThat(attempts()).isZero();
	}

	@Test
	void aDumpThatExceedsItsOwnBoundIsKeptAsFarAsItWasRead() {
		dump("big", 9, NOW);
		DumpContents contents = contents(100 * MB, 2 * MB);
		readDue(contents);
		assertThat(states()).containsExactly("OVER_BUDGET");
		assertThat(contents.countDue()).isZero();
	}

	@Test
	void aDumpWhoseNamesAreMoreThanARunMayReadDoesNotBlockTheOthersForEver() {
		dump("small", 1, NOW);
		dump("big", 9, NOW);
		DumpContents contents = contents(3 * MB, 100 * MB);
		readDue(contents);
		readDue(contents);
		assertThat(states()).containsExactly("OVER_BUDGET", "WHOLE");
	}

	@Test
	void whatIsNotUploadedYetIsTriedForADay() {
		dump("young", 1, NOW.minus(Duration.ofHours(23)));
		dump("aged", 1, NOW.minus(Duration.ofHours(25)));
		this.jdbc.update("UPDATE dump SET size = size + 1000");
		DumpContents contents = contents(100 * MB, 100 * MB);
		readDue(contents);
		assertThat(states()).containsExactly("NOT_READABLE");
		assertThat(contents.countDue()).isOne();
	}

	@Test
	void aGatewayThatFailsEndsTheReadingAndLosesNothing() {
		dump("one", 1, NOW.minus(Duration.ofDays(3)));
		dump("two", 1, NOW.minus(Duration.ofDays(3)));
		this.bucket.outage(GatewayException.Kind.UNAVAILABLE);
		DumpContents contents = contents(100 * MB, 100 * MB);
		readDue(contents);
		assertThat(states()).isEmpty();
		assertThat(contents.countDue()).isEqualTo(2);
	}

	@Test
	void aStopEndsTheReadingAndLosesNothing() {
		dump("one", 9, NOW);
		this.bucket.beforeStat(this.stop::raise);
		DumpContents contents = contents(100 * MB, 100 * MB);
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> readDue(contents));
		assertThat(states()).isEmpty();
		assertThat(contents.countDue()).isOne();
	}

	@Test
	void aDumpThatIsWrittenMeanwhileStaysDue() {
		dump("one", 1, NOW);
		this.bucket.beforeStat(() -> this.jdbc.update("UPDATE dump SET last_modified = last_modified + 1"));
		DumpContents contents = contents(100 * MB, 100 * MB);
		readDue(contents);
		assertThat(states()).isEmpty();
		assertThat(contents.countDue()).isOne();
	}

	@Test
	void dryRunsOtherVolumesAndARunWithoutTimeReadNothing() {
		dump("one", 1, NOW);
		assertThat(contents(100 * MB, 100 * MB).due(new Run(1, NOW, true), Set.of("v"))).isEmpty();
		assertThat(contents(100 * MB, 100 * MB).due(RUN, Set.of("w"))).isEmpty();
		readDue(contents(Duration.ZERO, 100 * MB, 100 * MB));
		assertThat(this.bucket.calls("read")).isEmpty();
	}

	@Test
	void whatIsNoDumpAfterAllIsAStateAndNotAnError() {
		dump("odd", 1, NOW);
		this.bucket.put(new ObjectKey("odd"), new byte[MB]);
		this.jdbc.update("UPDATE dump SET size = ?", MB);
		readDue(contents(100 * MB, 100 * MB));
		assertThat(states()).containsExactly("NOT_A_DUMP");
	}

	@ParameterizedTest
	@CsvSource({ "TRUNCATED, 0, COMPLETE", "UNKNOWN, 0, COMPLETE", "COMPLETE, 0, COMPLETE", "TRUNCATED, 9, TRUNCATED",
			"UNKNOWN, 9, TRUNCATED", "COMPLETE, 9, TRUNCATED" })
	void theLedgerFollowsTheReadingOfAllOfADump(String before, int missing, String after) {
		dump("one", 1, NOW);
		byte[] dump = dump(MB);
		this.bucket.put(new ObjectKey("one"), Arrays.copyOf(dump, dump.length - missing));
		this.jdbc.update("UPDATE dump SET state = ?, reason = 'why', size = ?", before, dump.length - missing);
		readDue(contents(100 * MB, 100 * MB));
		assertThat(this.jdbc.queryForList("SELECT state FROM dump", String.class)).containsExactly(after);
		assertThat(states()).containsExactly((missing == 0) ? "WHOLE" : "TRUNCATED");
	}

	@Test
	void aDumpThatExceedsItsOwnBoundKeepsItsState() {
		dump("big", 9, NOW);
		this.jdbc.update("UPDATE dump SET state = 'UNKNOWN', reason = 'why'");
		readDue(contents(100 * MB, 2 * MB));
		assertThat(this.jdbc.queryForList("SELECT state FROM dump", String.class)).containsExactly("UNKNOWN");
	}

	@Test
	void inspectDoesNotContradictItsOwnReading() {
		dump("one", 1, NOW);
		byte[] dump = dump(MB);
		// A name lacks its end, but its bytes end by chance like a dump.
		byte[] front = Arrays.copyOf(dump, dump.length - 100);
		front[front.length - 9] = 0x2C;
		this.bucket.put(new ObjectKey("odd"), front);
		DumpContents.Insight first = contents(MB, MB).inspect("v", new ObjectKey("odd"), false, (more) -> {
		});
		DumpContents.Insight whole = contents(MB, MB).inspect("v", new ObjectKey("odd"), true, (more) -> {
		});
		assertThat(first.triage().facts().verdict()).isEqualTo(DumpFacts.Verdict.COMPLETE);
		assertThat(whole.triage().facts().verdict()).isEqualTo(DumpFacts.Verdict.TRUNCATED);
	}

	@Test
	void whatTheLedgerForgetsIsForgotten() {
		dump("one", 1, NOW);
		readDue(contents(100 * MB, 100 * MB));
		assertThat(states()).hasSize(1);
		this.jdbc.update("DELETE FROM dump");
		assertThat(states()).isEmpty();
	}

	@Test
	void failuresAreCountedOverWorkloadsWithWhatTheirLastHeapHeld() {
		dump("one", 1, NOW.minus(Duration.ofDays(2)));
		dump("two", 1, NOW);
		dump("three", 1, NOW);
		readDue(contents(100 * MB, 100 * MB));
		this.jdbc.update("UPDATE dump SET fingerprint = 'abc' WHERE object_key <> ?",
				"three".getBytes(StandardCharsets.UTF_8));
		this.jdbc.update("UPDATE dump SET workload = 'other' WHERE object_key = ?",
				"two".getBytes(StandardCharsets.UTF_8));
		this.jdbc.update("UPDATE dump_contents SET top_class = 'byte[]', top_share = 71");
		FailureRepository failures = new FailureRepository(this.jdbc);
		assertThat(failures.statistics(List.of("abc", "abc", "gone"))).isEqualTo(Map.of("abc",
				new FailureRepository.FailureStatistics(2, NOW.minus(Duration.ofDays(2)), 2, "byte[]", 71)));
		failures.keep(Map.of("abc", "at a.B.c"), NOW);
		failures.keep(Map.of("abc", "at d.E.f", "def", "at g"), NOW);
		assertThat(failures.stack("abc")).contains("at a.B.c");
		failures.forget(NOW.plusMillis(1));
		assertThat(failures.stack("def")).isEmpty();
		assertThat(failures.stack("abc")).isPresent();
	}

	@Test
	void whoHoldsTheHeapIsKeptWhereThereIsScratch(@TempDir Path scratch) throws IOException {
		Path left = Files.createFile(scratch.resolve("dumpkeeper-holders-1.tmp"));
		dump("one", HeldHeap.cache(100), NOW);
		this.scratch = scratch;
		readDue(contents(100 * MB, 100 * MB));
		assertThat(left).doesNotExist();
		assertThat(scratch).isEmptyDirectory();
		assertThat(holders().holders()).first()
			.extracting(Holder::name, Holder::bytes)
			.containsExactly(HeldHeap.HOLDER, 10_016L);
		assertThat(
				this.jdbc.queryForMap("SELECT holder_kind, holder_name, holder_permille FROM dump_contents").values())
			.containsExactly("STATIC_FIELD", HeldHeap.HOLDER, 993);
		assertThat(this.jdbc.queryForObject("SELECT sentence FROM dump_contents", String.class)).startsWith(
				"the static field com.acme.OrderCache.INSTANCE holds 99.3 % of the heap, through com.acme.Order (100); ");
		this.jdbc.update("UPDATE dump SET fingerprint = 'abc'");
		assertThat(new FailureRepository(this.jdbc).statistics(List.of("abc")).get("abc").heldBy())
			.isEqualTo(new FailureRepository.HeldBy(Holders.Kind.STATIC_FIELD, HeldHeap.HOLDER, 993, null));
	}

	@Test
	void whatAHolderHeldInTheDumpBeforeIsKeptBesideIt(@TempDir Path scratch) {
		dump("other", HeldHeap.cache(4), NOW.minusSeconds(3));
		dump("first", HeldHeap.cache(1), NOW.minusSeconds(2));
		dump("second", HeldHeap.cache(100), NOW.minusSeconds(1));
		dump("third", HeldHeap.cache(101), NOW);
		this.jdbc.update("UPDATE dump SET workload = CASE WHEN object_key = ? THEN 'cart' ELSE 'shop' END",
				"other".getBytes(StandardCharsets.UTF_8));
		this.scratch = scratch;
		DumpContents contents = contents(100 * MB, 100 * MB);
		readDue(contents);
		assertThat(this.jdbc.queryForList(
				"SELECT holder_earlier FROM dump_contents c JOIN dump d ON d.id = c.dump_id ORDER BY d.id",
				Integer.class))
			.containsExactly(null, null, 652, 993);
		String told = "the static field com.acme.OrderCache.INSTANCE holds 99.3 % of the heap";
		List<String> sentences = this.jdbc.queryForList(
				"SELECT sentence FROM dump_contents c JOIN dump d ON d.id = c.dump_id ORDER BY d.id", String.class);
		assertThat(sentences.get(1)).doesNotContain("in the dump before");
		assertThat(sentences.get(2)).startsWith(told + ", up from 65.2 % in the dump before, through com.acme.Order");
		assertThat(sentences.get(3)).as("no more than before").startsWith(told + ", through com.acme.Order");
		assertThat(contents.inspect("v", new ObjectKey("second"), true, (more) -> {
		}).contents().holders().holders()).first().extracting(Holder::earlierPermille).isEqualTo(652);
		DumpSearch search = new DumpSearch(this.jdbc, new FailureRepository(this.jdbc),
				new DumpContentsRepository(this.jdbc, null));
		assertThat(search.detail(3).orElseThrow().heap().holders()).first()
			.asString()
			.startsWith(told + ", up from 65.2 % in the dump before");
		this.jdbc.update("UPDATE dump SET fingerprint = 'abc' WHERE id = 3");
		assertThat(new FailureRepository(this.jdbc).statistics(List.of("abc")).get("abc").heldBy())
			.isEqualTo(new FailureRepository.HeldBy(Holders.Kind.STATIC_FIELD, HeldHeap.HOLDER, 993, 652));
	}

	@Test
	void withoutScratchNobodySearchesForHolders() {
		dump("one", HeldHeap.cache(100), NOW);
		readDue(contents(100 * MB, 100 * MB));
		assertThat(kept().holders()).isNull();
		assertThat(
				this.jdbc.queryForMap("SELECT holder_kind, holder_name, holder_permille FROM dump_contents").values())
			.containsOnlyNulls();
		this.jdbc.update("UPDATE dump SET fingerprint = 'abc'");
		assertThat(new FailureRepository(this.jdbc).statistics(List.of("abc")).get("abc"))
			.extracting(FailureRepository.FailureStatistics::topClass, FailureRepository.FailureStatistics::heldBy)
			.containsExactly("byte[]", null);
	}

	@Test
	void aSearchThatNeedsMoreScratchThanItMayHaveSaysSo(@TempDir Path scratch) {
		dump("one", HeldHeap.cache(100), NOW);
		this.scratch = scratch;
		this.scratchLimit = DataSize.ofMegabytes(1);
		readDue(contents(100 * MB, 100 * MB));
		assertUnknown("more than 1 MiB of scratch would be needed");
		assertThat(scratch).isEmptyDirectory();
	}

	@Test
	void aSearchThatNeedsMoreTimeThanItMayHaveSaysSo(@TempDir Path scratch) {
		dump("one", HeldHeap.cache(30_000), NOW);
		this.scratch = scratch;
		this.timeForHolders = Duration.ofNanos(1);
		readDue(contents(100 * MB, 100 * MB));
		assertUnknown("the time for it is used up");
		assertThat(scratch).isEmptyDirectory();
	}

	private void assertUnknown(String reason) {
		assertThat(states()).containsExactly("WHOLE");
		assertThat(kept().classes()).isNotEmpty();
		assertThat(holders().unknown()).isEqualTo(reason);
		assertThat(this.jdbc.queryForList("SELECT holder_name FROM dump_contents", String.class)).containsOnlyNulls();
	}

	private Holders holders() {
		Holders holders = kept().holders();
		assertThat(holders).isNotNull();
		return holders;
	}

	/** What the ledger has of the only dump that was read. */
	private HeapContents kept() {
		Long id = this.jdbc.queryForObject("SELECT dump_id FROM dump_contents", Long.class);
		return new DumpContentsRepository(this.jdbc, this.transaction).of(id).orElseThrow();
	}

	private DumpContents contents(long bytesPerRun, long bytesPerDump) {
		return contents(Duration.ofMinutes(10), bytesPerRun, bytesPerDump);
	}

	private DumpContents contents(Duration time, long bytesPerRun, long bytesPerDump) {
		DumpRepository rows = new DumpRepository(this.jdbc, this.transaction);
		return new DumpContents(new DumpContentsRepository(this.jdbc, this.transaction), rows,
				new FailureRepository(this.jdbc), new InMemoryGateway().with(this.bucket).with(this.east),
				DumpFormats.KNOWN,
				new ContentsProperties(time, DataSize.ofBytes(bytesPerRun), Duration.ofMinutes(5),
						DataSize.ofBytes(bytesPerDump), this.scratch, this.scratchLimit, this.timeForHolders),
				Progress.NONE, this.stop, this.clock);
	}

	/** A process that is killed while it reads says nothing more. */
	private void dieWhileReading() throws InterruptedException {
		CountDownLatch reading = new CountDownLatch(1);
		Thread process = new Thread(() -> readDue(contents(100 * MB, 100 * MB)));
		this.bucket.beforeStat(() -> {
			if (Thread.currentThread() == process) {
				reading.countDown();
				while (true) {
					LockSupport.park();
				}
			}
		});
		process.setDaemon(true);
		process.start();
		assertThat(reading.await(1, TimeUnit.MINUTES)).isTrue();
	}

	/** How many processes died over the dump that the most died over. */
	private int attempts() {
		return this.jdbc.queryForObject("SELECT MAX(contents_attempts) FROM dump", Integer.class);
	}

	private List<String> states() {
		return this.jdbc.queryForList("SELECT state FROM dump_contents ORDER BY state", String.class);
	}

	private void dump(String key, int megabytes, Instant lastModified) {
		dump(key, dump(megabytes * MB), lastModified);
	}

	private void dump(String key, byte[] dump, Instant lastModified) {
		this.bucket.put(new ObjectKey(key), dump);
		this.jdbc.update("""
				INSERT INTO dump (volume, present, object_key, size, last_modified, state, contents_due, environment,
				workload, pod, project, first_seen) VALUES ('v', TRUE, ?, ?, ?, 'COMPLETE', TRUE, '', '', '', '', 0)""",
				key.getBytes(StandardCharsets.UTF_8), dump.length, lastModified.toEpochMilli());
	}

	/** A dump with a long name and no objects. */
	private static byte[] dump(int length) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		try {
			out.writeBytes("JAVA PROFILE 1.0.2\0");
			out.writeInt(8);
			out.writeLong(NOW.toEpochMilli());
			out.writeByte(0x01);
			out.writeInt(0);
			out.writeInt(length);
			out.write(new byte[length]);
			for (int tag : new int[] { 0x1C, 0x2C }) {
				out.writeByte(tag);
				out.writeLong(0);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static void readDue(DumpContents contents) {
		contents.due(RUN, Set.of("v")).forEach((part) -> contents.read(RUN, part));
	}

}
