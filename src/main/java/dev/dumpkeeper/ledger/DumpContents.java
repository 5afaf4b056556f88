package dev.dumpkeeper.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.hprof.FirstLook;
import dev.dumpkeeper.hprof.Growth;
import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapLook;
import dev.dumpkeeper.hprof.HeapLook.Budget;
import dev.dumpkeeper.ledger.ContentsRows.DueDump;
import dev.dumpkeeper.ledger.KnownFailures.Sightings;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.UsageException;
import dev.dumpkeeper.text.SafeText;

/**
 * Reads the heaps of dumps where they lie, once each, as the last and least urgent work
 * of a run.
 */
public final class DumpContents {

	private static final Logger logger = LoggerFactory.getLogger(DumpContents.class);

	private static final long MEBI = 1024 * 1024;

	private final ContentsRows rows;

	private final DumpRows dumps;

	private final KnownFailures failures;

	private final Twins twins;

	private final DumpGateway gateway;

	private final ContentsProperties properties;

	private final Progress progress;

	private final StopSignal stop;

	private final Clock clock;

	DumpContents(ContentsRows rows, DumpRows dumps, KnownFailures failures, DumpGateway gateway,
			ContentsProperties properties, Progress progress, StopSignal stop, Clock clock) {
		this.rows = rows;
		this.dumps = dumps;
		this.failures = failures;
		this.twins = new Twins(dumps.jdbc(), gateway);
		this.gateway = gateway;
		this.properties = properties;
		this.progress = progress;
		this.stop = stop;
		this.clock = clock;
	}

	/**
	 * Reads heaps that nobody has read: the volumes take turns, a dump each, and in a
	 * volume its workloads, what waits longest first. Of a workload those come first that
	 * an earlier run has begun. What time and bytes do not allow, and what a stop, the
	 * gateway or the end of the process cut off, is read on by the next run; a dump that
	 * exceeds its own bounds, or is not read any further by a run that has only read this
	 * one, is kept as far as it was read. Nothing happens in a dry run.
	 * @param run the run
	 * @param volumes only dumps in these are read
	 * @throws dev.dumpkeeper.run.StoppedException when a stop was asked for
	 */
	void readDue(Run run, Set<String> volumes) {
		if (run.dryRun()) {
			return;
		}
		this.rows.dropCheckpoints();
		if (this.properties.isOff()) {
			return;
		}
		ReadingShare share = new ReadingShare(this.properties.bytesPerRun().toBytes(), this.properties.timePerRun(),
				this.clock);
		Queue<Deque<DueDump>> turns = new ArrayDeque<>();
		this.rows.dueVolumes()
			.stream()
			.filter(volumes::contains)
			.forEach((volume) -> turns.add(new ArrayDeque<>(this.rows.due(volume))));
		while (!turns.isEmpty() && !share.isUsedUp()) {
			this.stop.check();
			Deque<DueDump> next = turns.remove();
			if (!next.isEmpty() && readIfPossible(next.remove(), share)) {
				turns.add(next);
			}
		}
		long left = this.rows.countDue();
		if (left > 0) {
			logger.info(
					"the heaps of {} dumps are read by later runs (dumpkeeper.contents.time-per-run, bytes-per-run)",
					left);
		}
	}

	/**
	 * Reads one and says whether its volume can be read. One with a twin stays due: the
	 * twin may be gone some day.
	 */
	private boolean readIfPossible(DueDump dump, ReadingShare share) {
		if (this.twins.of(dump.volume(), dump.key(), dump.size(), dump.lastModified()).isPresent()) {
			return true;
		}
		try {
			read(dump, share);
			return true;
		}
		catch (GatewayException ex) {
			logger.warn("{}: reading heaps ended early: {}", dump.volume(), ex.getMessage());
			return false;
		}
	}

	private void read(DueDump dump, ReadingShare share) {
		boolean whole = share.isWhole();
		ObjectBytes object = new ObjectBytes(this.gateway.volume(dump.volume()), new ObjectKey(dump.key()));
		HeldReading reading = HeldReading.takeUp(this.rows, dump, object, this.clock);
		try {
			Budget own = Budget.of(this.properties.bytesPerDump().toBytes(), this.properties.timePerDump());
			HeapContents contents = reading.read(own, (more) -> {
				this.stop.check();
				share.take(more);
				this.progress.add("MiB read of heaps", dump.volume(), more / MEBI);
			}).orElse(null);
			if (contents == null) {
				// Another run would come no further with it, as it has no more to give.
				if (whole && !reading.isFurther() && !reading.isToBeginAgain()) {
					save(dump, reading.giveUp("what a run may read is used up"));
				}
			}
			else if (contents.state() != State.NOT_READABLE) {
				save(dump, contents);
			}
			else {
				// An error of the gateway as a whole ends the step; it is not the dump's
				// fault.
				object.bucket().stat(object.key());
				Instant now = this.clock.instant();
				Instant written = FileTimes.trusted(dump.lastModified(), dump.firstSeen(), now);
				if (!written.plus(DumpLook.UNREADABLE_FOR).isAfter(now)) {
					save(dump, contents);
				}
			}
		}
		finally {
			reading.putDown();
		}
	}

	private void save(DueDump dump, HeapContents contents) {
		this.rows.save(dump, contents, this.clock.instant());
		logger.info("{}: {}: {}", dump.volume(), SafeText.oneLine(dump.key()),
				contents.sentence().isEmpty() ? contents.reason() : contents.sentence());
	}

	/**
	 * Looks into one dump now, whether or not the ledger knows it. Nothing is kept of it.
	 * @param volume the volume
	 * @param key the dump's key
	 * @param whole whether to read the heap too, which reads all of the dump
	 * @param more is told how many bytes of the heap were read since the last call
	 * @return what is in it
	 * @throws UsageException when there is no such object, or it may be another's under a
	 * second key
	 * @throws GatewayException when the gateway fails
	 */
	public Insight inspect(String volume, ObjectKey key, boolean whole, LongConsumer more) {
		DumpBucket bucket = this.gateway.volume(volume);
		ObjectEntry entry = bucket.stat(key)
			.orElseThrow(() -> new UsageException("there is no " + key + " in the volume " + volume));
		this.twins.of(volume, key.value(), entry.size(), entry.lastModified()).ifPresent((twin) -> {
			throw new UsageException(key + " is not read: " + Twins.reason(twin));
		});
		ObjectBytes object = new ObjectBytes(bucket, key);
		FirstLook look = FirstLook.take(object, entry.size());
		Optional<Dump> known = this.dumps.find(volume, key);
		HeapContents contents = whole
				? HeapLook.read(new ObjectStream(object, 0, entry.size(), more), entry.size(),
						new Budget(Long.MAX_VALUE, Duration.ofDays(1), System::nanoTime))
				: known.filter((dump) -> entry.isUnchangedSince(dump.size(), dump.lastModified()))
					.flatMap((dump) -> this.rows.of(dump.id()))
					.orElse(null);
		Earlier earlier = (contents == null) ? null
				: known.flatMap(this.rows::earlier)
					.map((heap) -> new Earlier(heap.key(), heap.at(), HeapLook.compare(heap.contents(), contents)))
					.orElse(null);
		Sightings sightings = look.death()
			.flatMap((death) -> death.fingerprint())
			.map((fingerprint) -> this.failures.sightings(List.of(fingerprint)).get(fingerprint))
			.orElse(null);
		return new Insight(entry.size(), entry.lastModified(), (contents != null) ? look.settledBy(contents) : look,
				contents, sightings, earlier);
	}

	/**
	 * The dumps whose heaps were read in a span of time.
	 * @param from its first instant
	 * @param to its last
	 * @param most how many at most
	 * @return in the order in which they were read
	 */
	public List<ReadDump> readBetween(Instant from, Instant to, int most) {
		return this.rows.readBetween(from, to, most);
	}

	/**
	 * How many heaps have to be read.
	 * @return the number of dumps
	 */
	public long countDue() {
		return this.rows.countDue();
	}

	/**
	 * What is in a dump.
	 *
	 * @param size bytes of the file
	 * @param lastModified when it was written last
	 * @param look whether it is whole and why it was made
	 * @param contents what is on its heap; {@code null} where that was not read
	 * @param sightings how often the same failure was seen; {@code null} where never, or
	 * without a failure
	 * @param earlier how the heap grew; {@code null} without another to compare with
	 */
	public record Insight(long size, Instant lastModified, FirstLook look, @Nullable HeapContents contents,
			@Nullable Sightings sightings, @Nullable Earlier earlier) {

	}

	/**
	 * A comparison with the last dump of the same workload before.
	 *
	 * @param key its key
	 * @param at when its JVM died
	 * @param growth what grew since
	 */
	public record Earlier(String key, Instant at, Growth growth) {

	}

	/**
	 * A dump whose heap was read.
	 *
	 * @param volume the volume
	 * @param key its key
	 * @param bytes its size
	 * @param workload of what, empty where the name does not tell
	 * @param state how the reading ended
	 * @param sentence what stands out, or why there is nothing; without a full stop
	 */
	public record ReadDump(String volume, String key, long bytes, String workload, State state, String sentence) {

	}

}
