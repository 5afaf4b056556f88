package dev.dumpkeeper.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapLook;
import dev.dumpkeeper.hprof.HprofFile;
import dev.dumpkeeper.hprof.HeapLook.Budget;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.StoppedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Dumps that more than one run reads, each with a {@link DumpContents} of its own, on the
 * embedded database.
 */
class ReadingOnTests {

	static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private static final int MB = 1024 * 1024;

	/** One range is read, and the one that was begun when the share was used up. */
	private static final long ONE_RANGE = 1;

	private static final long ENOUGH = 1L << 40;

	private static final byte[] DUMP = dump(30);

	private final LedgerDatabase database = database();

	private final InMemoryBucket bucket = new InMemoryBucket("v").clock(InstantSource.fixed(NOW));

	private final DumpGateway gateway = new InMemoryGateway().with(this.bucket);

	private final AtomicInteger reads = new AtomicInteger();

	private Runnable actions = () -> {
	};

	private Instant now = NOW;

	private StopSignal stop = new StopSignal();

	LedgerDatabase database() {
		return LedgerDatabase.h2();
	}

	@Test
	void whatARunMayNotReadTheNextReadsOn() {
		byte[] dump = DUMP;
		put("one", dump, 1);
		int runs = 1;
		for (run(ONE_RANGE, ENOUGH); found("one") == null; run(ONE_RANGE, ENOUGH)) {
			assertThat(checkpoints()).isOne();
			runs++;
		}
		assertThat(runs).isEqualTo(dump.length / (8 * MB) + 1);
		assertThat(found("one")).isEqualTo(inOneGo(dump));
		assertThat(bytesAsked()).isBetween((long) dump.length, dump.length + runs * 4096L);
		assertThat(checkpoints()).isZero();
	}

	@Test
	void aStopIsReadOnFrom() {
		byte[] dump = DUMP;
		put("one", dump, 1);
		atRead(2, () -> this.stop.raise());
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> run(ENOUGH, ENOUGH));
		assertThat(found("one")).isNull();
		assertThat(checkpoints()).isOne();
		this.stop = new StopSignal();
		run(ENOUGH, ENOUGH);
		assertThat(found("one")).isEqualTo(inOneGo(dump));
		assertThat(bytesAsked()).isLessThan(dump.length + 4096);
	}

	@Test
	void aCompressedDumpIsInflatedAgainAndFoundTheSame() {
		byte[] dump = HprofFile.gzip(DUMP);
		assertThat(dump.length).isGreaterThan(19 * MB);
		put("one", dump, 1);
		atRead(2, () -> this.stop.raise());
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> run(ENOUGH, ENOUGH));
		assertThat(checkpoints()).isOne();
		this.stop = new StopSignal();
		run(ENOUGH, ENOUGH);
		assertThat(found("one")).isEqualTo(inOneGo(dump));
		assertThat(bytesAsked()).isGreaterThan(dump.length + 8L * MB);
	}

	@Test
	void aCompressedDumpThatNoRunReadsFurtherIsKeptAsFarAsItWasRead() {
		put("one", HprofFile.gzip(DUMP), 1);
		run(ONE_RANGE, ENOUGH);
		assertThat(checkpoints()).isOne();
		run(ONE_RANGE, ENOUGH);
		assertThat(found("one").state()).isEqualTo(State.OVER_BUDGET);
		assertThat(found("one").hasObjects()).isTrue();
		assertThat(checkpoints()).isZero();
	}

	@Test
	void aGatewayThatFailsInTheMidstIsReadOnFrom() {
		byte[] dump = DUMP;
		put("one", dump, 1);
		atRead(3, () -> this.bucket.outage(GatewayException.Kind.UNAVAILABLE));
		for (int run = 1; run <= 5; run++) {
			run(ENOUGH, ENOUGH);
			assertThat(checkpoints()).isOne();
			assertThat(takes()).isZero();
		}
		this.bucket.outage(null);
		run(ENOUGH, ENOUGH);
		assertThat(found("one")).isEqualTo(inOneGo(dump));
		assertThat(asked().stream().filter((range) -> range[0] == 0)).hasSize(1);
	}

	@Test
	void aProcessThatIsKilledLosesAMinuteAtMost() {
		byte[] dump = DUMP;
		put("one", dump, 1);
		atRead(2, () -> this.now = this.now.plusSeconds(61));
		atRead(4, () -> {
			throw new Killed();
		});
		assertThatExceptionOfType(Killed.class).isThrownBy(() -> run(ENOUGH, ENOUGH));
		assertThat(checkpoints()).isOne();
		run(ENOUGH, ENOUGH);
		assertThat(found("one")).isEqualTo(inOneGo(dump));
		assertThat(asked().get(3)[0]).isBetween(14L * MB, 17L * MB);
	}

	@Test
	void aPlaceThatEndsOneProcessAfterTheOtherIsNotReadForEver() {
		put("one", DUMP, 1);
		run(ONE_RANGE, ENOUGH);
		List<Integer> takes = new ArrayList<>();
		atRead(1, () -> takes.add(takes()));
		run(ONE_RANGE, ENOUGH);
		assertThat(takes).containsExactly(1);
		assertThat(takes()).isZero();
		this.database.jdbc().update("UPDATE heap_checkpoint SET takes = 3");
		int asked = asked().size();
		run(ENOUGH, ENOUGH);
		assertThat(asked()).hasSize(asked);
		assertThat(found("one").state()).isEqualTo(State.OVER_BUDGET);
		assertThat(found("one").reason()).isEqualTo("3 processes that read on ended without a word");
		assertThat(found("one").hasObjects()).isTrue();
	}

	@Test
	void theBoundsOfADumpAreThoseOfAllRuns() {
		put("one", DUMP, 1);
		for (int run = 1; run <= 3; run++) {
			assertThat(found("one")).isNull();
			run(ONE_RANGE, 20L * MB);
		}
		assertThat(found("one").state()).isEqualTo(State.OVER_BUDGET);
		assertThat(found("one").reason()).isEqualTo("the budget of 20971520 bytes is used up");
		assertThat(found("one").fileBytes()).isBetween(20L * MB, 22L * MB);
	}

	@Test
	void whatIsBegunComesFirst() {
		put("old", dump(10), 1);
		run(ONE_RANGE, ENOUGH);
		put("new", dump(1), 2);
		run(3L * MB, ENOUGH);
		assertThat(found("old")).isNotNull();
		assertThat(found("new")).isNotNull();
		assertThat(this.bucket.calls("read")).last().asString().startsWith("new");
	}

	@Test
	void aDumpThatWasWrittenToIsReadFromItsStart() {
		put("one", DUMP, 1);
		run(ONE_RANGE, ENOUGH);
		byte[] other = dump(12);
		this.bucket.put(new ObjectKey("one"), other);
		this.database.jdbc().update("UPDATE dump SET size = ?", other.length);
		run(ENOUGH, ENOUGH);
		assertThat(asked().get(1)[0]).isZero();
		assertThat(found("one")).isEqualTo(inOneGo(other));
	}

	@Test
	void aDumpThatWasWrittenToBehindTheLedgersBackIsReadFromItsStart() {
		byte[] dump = dump(20);
		put("one", dump, 1);
		run(ONE_RANGE, ENOUGH);
		this.bucket.clock(InstantSource.fixed(NOW.plusSeconds(1)));
		this.bucket.put(new ObjectKey("one"), dump);
		run(ENOUGH, ENOUGH);
		assertThat(asked().get(1)[0]).isZero();
		assertThat(found("one")).isEqualTo(inOneGo(dump));
	}

	@Test
	void whatIsDamagedIsDropped() {
		byte[] dump = dump(20);
		put("one", dump, 1);
		run(ONE_RANGE, ENOUGH);
		byte[] state = this.database.jdbc().queryForObject("SELECT state FROM heap_checkpoint", byte[].class);
		state[state.length / 2] ^= 1;
		this.database.jdbc().update("UPDATE heap_checkpoint SET state = ?", state);
		run(ENOUGH, ENOUGH);
		assertThat(asked().get(1)[0]).isZero();
		assertThat(found("one")).isEqualTo(inOneGo(dump));
	}

	@Test
	void aDatabaseThatTakesNoneFailsNothing() {
		put("one", dump(20), 1);
		put("two", dump(10), 2);
		this.database.jdbc().execute("ALTER TABLE heap_checkpoint DROP COLUMN saved_at");
		run(17L * MB, ENOUGH);
		assertThat(found("one").state()).isEqualTo(State.WHOLE);
		assertThat(found("two")).isNull();
		run(ONE_RANGE, ENOUGH);
		assertThat(found("two").state()).isEqualTo(State.OVER_BUDGET);
		assertThat(found("two").reason()).isEqualTo("what a run may read is used up");
	}

	@Test
	void whatIsGoneLeavesNothing() {
		put("one", dump(20), 1);
		run(ONE_RANGE, ENOUGH);
		assertThat(checkpoints()).isOne();
		this.database.jdbc().update("UPDATE dump SET present = NULL, contents_due = NULL");
		run(ONE_RANGE, ENOUGH);
		assertThat(checkpoints()).isZero();
	}

	@Test
	void aDumpThatNamesAClassAfterItsHeapIsReadInOneGo() {
		byte[] dump = dump(20, true);
		put("one", dump, 1);
		run(ONE_RANGE, ENOUGH);
		run(ENOUGH, ENOUGH);
		assertThat(found("one")).isNull();
		run(ENOUGH, ENOUGH);
		assertThat(found("one")).isEqualTo(inOneGo(dump));
		assertThat(checkpoints()).isZero();
	}

	@Test
	void aDumpThatHasToBeReadInOneGoIsNotBegunForEver() {
		put("one", dump(20, true), 1);
		run(ONE_RANGE, ENOUGH);
		run(ENOUGH, ENOUGH);
		assertThat(checkpoints()).isZero();
		run(ONE_RANGE, ENOUGH);
		assertThat(found("one").state()).isEqualTo(State.OVER_BUDGET);
	}

	/** Reads with a new instance, as another process does. */
	private void run(long bytesPerRun, long bytesPerDump) {
		Clock clock = new Clock() {

			@Override
			public Instant instant() {
				return ReadingOnTests.this.now;
			}

			@Override
			public ZoneOffset getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(java.time.ZoneId zone) {
				throw new UnsupportedOperationException();
			}

		};
		DumpRows rows = new DumpRows(this.database.jdbc(), this.database.transaction());
		new DumpContents(rows(), rows, new KnownFailures(this.database.jdbc()), this.gateway,
				new ContentsProperties(Duration.ofMinutes(10), DataSize.ofBytes(bytesPerRun), Duration.ofMinutes(5),
						DataSize.ofBytes(bytesPerDump)),
				Progress.NONE, this.stop, clock)
			.readDue(new Run(1, NOW, false), Set.of("v"));
	}

	private ContentsRows rows() {
		return new ContentsRows(this.database.jdbc(), this.database.transaction());
	}

	private HeapContents found(String key) {
		return rows()
			.of(this.database.jdbc()
				.queryForObject("SELECT id FROM dump WHERE object_key = ?", Long.class,
						key.getBytes(StandardCharsets.UTF_8)))
			.orElse(null);
	}

	private int checkpoints() {
		return this.database.jdbc()
			.queryForObject("SELECT COUNT(*) FROM heap_checkpoint WHERE state IS NOT NULL", Integer.class);
	}

	private int takes() {
		return this.database.jdbc().queryForObject("SELECT takes FROM heap_checkpoint", Integer.class);
	}

	/** Does something before a read of a range, counted from 1 over all runs. */
	private void atRead(int number, Runnable action) {
		Runnable before = this.actions;
		this.actions = () -> {
			before.run();
			if (this.reads.get() == number) {
				action.run();
			}
		};
		this.bucket.beforeStat(() -> {
			boolean reading = StackWalker.getInstance()
				.walk((frames) -> frames.anyMatch((frame) -> frame.getClassName().endsWith("ObjectStream")));
			if (reading) {
				this.reads.incrementAndGet();
				this.actions.run();
			}
		});
	}

	private List<long[]> asked() {
		return this.bucket.calls("read").stream().map((call) -> {
			String[] words = call.split(" ");
			return new long[] { Long.parseLong(words[1]), Long.parseLong(words[2]) };
		}).toList();
	}

	private long bytesAsked() {
		return asked().stream().mapToLong((range) -> range[1]).sum();
	}

	private void put(String key, byte[] dump, int id) {
		this.bucket.put(new ObjectKey(key), dump);
		this.database.jdbc()
			.update("""
					INSERT INTO dump (id, volume, present, object_key, size, last_modified, state, contents_due, environment,
					workload, pod, project, first_seen) VALUES (?, 'v', TRUE, ?, ?, ?, 'COMPLETE', TRUE, '', '', '', '', 0)""",
					id, key.getBytes(StandardCharsets.UTF_8), dump.length, NOW.toEpochMilli());
	}

	static HeapContents inOneGo(byte[] dump) {
		return HeapLook.read(new ByteArrayInputStream(dump), dump.length, Budget.of(ENOUGH, Duration.ofMinutes(5)))
			.withMostClasses(500);
	}

	static byte[] dump(int megabytes) {
		return dump(megabytes, false);
	}

	/** Objects of 50 classes and texts, in segments of a MB. */
	private static byte[] dump(int megabytes, boolean named) {
		Random random = new Random(megabytes);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		try {
			out.writeBytes("JAVA PROFILE 1.0.2\0");
			out.writeInt(8);
			out.writeLong(NOW.toEpochMilli());
			for (int type = 1; type <= 51; type++) {
				String name = "com/acme/Type" + type;
				head(out, 0x01, 8 + name.length());
				out.writeLong(type);
				out.writeBytes(name);
				if (type < 51) {
					loaded(out, type);
				}
			}
			for (int segment = 0; segment < megabytes; segment++) {
				byte[] objects = objects(random, segment);
				head(out, 0x1C, objects.length);
				out.write(objects);
			}
			if (named) {
				loaded(out, 51);
			}
			head(out, 0x2C, 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static void loaded(DataOutputStream out, int type) throws IOException {
		head(out, 0x02, 24);
		out.writeInt(type);
		out.writeLong(1000 + type);
		out.writeInt(0);
		out.writeLong(type);
	}

	private static void head(DataOutputStream out, int tag, int length) throws IOException {
		out.writeByte(tag);
		out.writeInt(0);
		out.writeInt(length);
	}

	private static byte[] objects(Random random, int segment) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		byte[] content = new byte[600];
		for (int i = 0; bytes.size() < MB; i++) {
			out.writeByte(0x21);
			out.writeLong(segment * 100_000L + 2 * i);
			out.writeInt(0);
			out.writeLong(1001 + random.nextInt(51));
			out.writeInt(24);
			out.write(new byte[24]);
			int length = random.nextInt(content.length);
			if (random.nextInt(3) > 0) {
				random.nextBytes(content);
			}
			out.writeByte(0x23);
			out.writeLong(segment * 100_000L + 2 * i + 1);
			out.writeInt(0);
			out.writeInt(length);
			out.writeByte(8);
			out.write(content, 0, length);
		}
		return bytes.toByteArray();
	}

	/** The end of a process, as far as a test can make it. */
	private static final class Killed extends Error {

	}

}
