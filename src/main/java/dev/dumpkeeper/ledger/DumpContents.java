package dev.dumpkeeper.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.hprof.Growth;
import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.hprof.HeapContents.State;
import dev.dumpkeeper.hprof.HeapReading.Budget;
import dev.dumpkeeper.hprof.TriageResult;
import dev.dumpkeeper.ledger.DumpContentsRepository.DueDump;
import dev.dumpkeeper.ledger.DumpContentsRepository.EarlierHeap;
import dev.dumpkeeper.ledger.FailureRepository.FailureStatistics;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.VolumeStepBuilder;
import dev.dumpkeeper.text.SafeText;

/**
 * Reads the heaps of dumps in place, once each, as the last and least urgent work of a
 * run.
 */
public final class DumpContents {

	private static final Logger logger = LoggerFactory.getLogger(DumpContents.class);

	private static final long MEBI = 1024 * 1024;

	/**
	 * After this many processes in a row ended abruptly while reading a dump, the dump is
	 * skipped as the cause.
	 */
	private static final int MOST_ATTEMPTS = 3;

	/** Each is a partition of the run. */
	private static final int MOST_PER_RUN = 500;

	private final DumpContentsRepository rows;

	private final DumpRepository dumps;

	private final FailureRepository failures;

	private final DuplicateDumps duplicates;

	private final DumpGateway gateway;

	private final DumpFormats formats;

	private final ContentsProperties properties;

	private final Progress progress;

	private final StopSignal stop;

	private final Clock clock;

	/** The run to which the following belong. */
	private long reading = -1;

	private @Nullable HeapReadBudget share;

	/** Volumes whose gateway failed. */
	private final Set<String> ended = new HashSet<>();

	DumpContents(DumpContentsRepository rows, DumpRepository dumps, FailureRepository failures, DumpGateway gateway,
			DumpFormats formats, ContentsProperties properties, Progress progress, StopSignal stop, Clock clock) {
		this.rows = rows;
		this.dumps = dumps;
		this.failures = failures;
		this.duplicates = new DuplicateDumps(dumps.jdbc(), gateway);
		this.gateway = gateway;
		this.formats = formats;
		this.properties = properties;
		this.progress = progress;
		this.stop = stop;
		this.clock = clock;
		sweepScratch();
	}

	/**
	 * Returns the heaps that a run reads. Volumes take turns with one dump each; within a
	 * volume its workloads do, longest waiting first. The last is the one after which the
	 * next would not fit into the run's budget of bytes. None in a dry run.
	 * @param run the run
	 * @param volumes only dumps in these are read
	 * @return each as the volume, a slash and the dump's number, in the order in which
	 * they are to be read
	 * @throws dev.dumpkeeper.run.StoppedException when a stop was requested
	 */
	List<String> due(Run run, Set<String> volumes) {
		if (run.dryRun() || this.properties.isOff()) {
			return List.of();
		}
		begin(run);
		HeapReadBudget bytes = new HeapReadBudget(this.properties, this.clock);
		List<String> due = new ArrayList<>();
		Queue<Deque<DueDump>> turns = new ArrayDeque<>();
		this.rows.dueVolumes()
			.stream()
			.filter(volumes::contains)
			.forEach((volume) -> turns.add(new ArrayDeque<>(this.rows.due(volume))));
		while (!turns.isEmpty() && due.size() < MOST_PER_RUN) {
			this.stop.check();
			Deque<DueDump> next = turns.remove();
			if (next.isEmpty()) {
				continue;
			}
			DueDump dump = next.remove();
			try {
				if (mayBeRead(dump)) {
					if (!bytes.take(dump.size())) {
						// No smaller dump overtakes it, so that it comes first in the
						// next run.
						break;
					}
					due.add(dump.volume() + VolumeStepBuilder.SEPARATOR + dump.id());
				}
				turns.add(next);
			}
			catch (GatewayException ex) {
				endedEarly(dump.volume(), ex);
			}
		}
		long left = this.rows.countDue() - due.size();
		if (left > 0) {
			logger.info("the heaps of {} dumps are read by later runs (dumpkeeper.contents.bytes-per-run)", left);
		}
		return due;
	}

	/**
	 * Reads a heap, unless it was read or written again meanwhile. It is started only if
	 * its whole budget fits into the rest of this process's time for the run. A reading
	 * that exceeds its budget keeps its partial result; one that is interrupted by a
	 * stop, the gateway or the end of the process starts again in the next run.
	 * @param run the run
	 * @param part one of those that {@link #due} returned
	 * @throws dev.dumpkeeper.run.StoppedException when a stop was requested
	 */
	void read(Run run, String part) {
		this.stop.check();
		String volume = part.split(VolumeStepBuilder.SEPARATOR)[0];
		HeapReadBudget share = share(run, volume);
		if (share == null) {
			return;
		}
		try {
			this.rows.due(Long.parseLong(part.substring(volume.length() + VolumeStepBuilder.SEPARATOR.length())))
				.filter(this::mayBeRead)
				.ifPresent((dump) -> readOnce(dump, share));
		}
		catch (GatewayException ex) {
			endedEarly(volume, ex);
		}
	}

	private synchronized void begin(Run run) {
		this.reading = run.id();
		this.share = new HeapReadBudget(this.properties, this.clock);
		this.ended.clear();
	}

	/** Returns the budget while it has time, unless the volume's gateway failed. */
	private synchronized @Nullable HeapReadBudget share(Run run, String volume) {
		if (this.reading != run.id()) {
			begin(run);
		}
		HeapReadBudget current = this.share;
		if (current == null || this.ended.contains(volume)) {
			return null;
		}
		if (!current.hasTime()) {
			logger.info("no time is left to read heaps (dumpkeeper.contents.time-per-run); later runs read the rest");
			this.share = null;
			return null;
		}
		return current;
	}

	private synchronized void endedEarly(String volume, GatewayException failure) {
		this.ended.add(volume);
		logger.warn("{}: reading heaps ended early: {}", volume, failure.getMessage());
	}

	/** A dump that may not be read stays due, since its duplicate may be removed. */
	private boolean mayBeRead(DueDump dump) {
		return this.duplicates.against(dump.volume(), dump.key(), dump.size(), dump.lastModified()).isEmpty();
	}

	private void readOnce(DueDump dump, HeapReadBudget share) {
		this.rows.readingBegins(dump);
		try {
			if (dump.attempts() >= MOST_ATTEMPTS) {
				save(dump, HeapContents.nothing(State.OVER_BUDGET, String.format(Locale.ROOT,
						"it was begun %d times, and each time the process was killed or crashed", dump.attempts()), 0));
			}
			else {
				read(dump, share);
			}
		}
		finally {
			readingEnded(dump);
		}
	}

	private void read(DueDump dump, HeapReadBudget share) {
		ObjectBytes object = new ObjectBytes(this.gateway.volume(dump.volume()), new ObjectKey(dump.key()));
		HeapContents contents = read(new ObjectStream(object, dump.size(), (more) -> {
			this.stop.check();
			this.progress.add("MiB read of heaps", dump.volume(), more / MEBI);
		}), dump.size(), share.budget());
		if (contents.state() == State.NOT_READABLE) {
			// A gateway that is unavailable ends the step; the dump is not the cause.
			object.bucket().stat(object.key());
			Instant now = this.clock.instant();
			Instant written = FileTimes.trusted(dump.lastModified(), dump.firstSeen(), now);
			if (written.plus(DumpTriage.UNREADABLE_FOR).isAfter(now)) {
				return;
			}
		}
		save(dump, contents);
	}

	private HeapContents read(InputStream object, long size, Budget budget) {
		return this.formats.read(object, size, budget, this.properties.scratchSpace().orElse(null));
	}

	/** Removes the files of a process that was killed. */
	private void sweepScratch() {
		this.properties.scratchSpace().ifPresent((scratch) -> {
			try {
				scratch.sweep();
			}
			catch (IOException ex) {
				logger.warn("dumpkeeper.contents.scratch: old files cannot be removed: {}", ex.getMessage());
			}
		});
	}

	private void readingEnded(DueDump dump) {
		try {
			this.rows.readingEnded(dump);
		}
		catch (DataAccessException ex) {
			logger.warn("{}: {}: that the reading of its heap has ended cannot be recorded: {}", dump.volume(),
					SafeText.oneLine(dump.key()), ex.getMessage());
		}
	}

	private void save(DueDump dump, HeapContents contents) {
		this.rows.save(dump, contents, this.clock.instant());
		logger.info("{}: {}: {}", dump.volume(), SafeText.oneLine(dump.key()),
				contents.sentence().isEmpty() ? contents.reason() : contents.sentence());
	}

	/**
	 * Inspects one dump now, whether or not the ledger knows it. Stores nothing.
	 * @param volume the volume
	 * @param key the dump's key
	 * @param whole whether to read the heap too, which reads the whole dump
	 * @param more receives the number of bytes of the heap read since the last call
	 * @return what the dump contains
	 * @throws InvalidRequestException when there is no such object or it may be a
	 * duplicate of another
	 * @throws GatewayException when the gateway fails
	 */
	public Insight inspect(String volume, ObjectKey key, boolean whole, LongConsumer more) {
		DumpBucket bucket = this.gateway.volume(volume);
		ObjectEntry entry = bucket.stat(key)
			.orElseThrow(() -> new InvalidRequestException("there is no " + key + " in the volume " + volume));
		this.duplicates.against(volume, key.value(), entry.size(), entry.lastModified()).ifPresent((obstacle) -> {
			throw new InvalidRequestException(key + " is not read: " + obstacle.reason());
		});
		ObjectBytes object = new ObjectBytes(bucket, key);
		TriageResult triage = this.formats.triage(object, entry.size());
		Optional<Dump> known = this.dumps.find(volume, key);
		HeapContents contents = whole
				? read(new ObjectStream(object, entry.size(), more), entry.size(),
						Budget.of(Long.MAX_VALUE, Duration.ofDays(1)))
				: known.filter((dump) -> entry.isUnchangedSince(dump.size(), dump.lastModified()))
					.flatMap((dump) -> this.rows.of(dump.id()))
					.orElse(null);
		Earlier earlier = null;
		if (contents != null) {
			EarlierHeap before = known.flatMap(this.rows::earlier).orElse(null);
			if (before != null) {
				earlier = new Earlier(before.key(), before.at(), Growth.between(before.contents(), contents));
				contents = contents.since(before.contents());
			}
		}
		FailureStatistics statistics = triage.death()
			.flatMap((death) -> death.fingerprint())
			.map((fingerprint) -> this.failures.statistics(List.of(fingerprint)).get(fingerprint))
			.orElse(null);
		return new Insight(entry.size(), entry.lastModified(), (contents != null) ? triage.settledBy(contents) : triage,
				contents, statistics, earlier);
	}

	/**
	 * Returns the dumps whose heaps were read in a period.
	 * @param from its first instant
	 * @param to its last instant
	 * @param most the maximum number of dumps
	 * @return in the order in which they were read
	 */
	public List<ReadDump> readBetween(Instant from, Instant to, int most) {
		return this.rows.readBetween(from, to, most);
	}

	/**
	 * Returns how many heaps are due to be read.
	 * @return the number of dumps
	 */
	public long countDue() {
		return this.rows.countDue();
	}

	/**
	 * What a dump contains.
	 *
	 * @param size bytes of the file
	 * @param lastModified when it was last written
	 * @param triage whether it is complete and why it was made
	 * @param contents the content of its heap; {@code null} if that was not read
	 * @param statistics statistics of the same failure; {@code null} if it is unknown or
	 * there is none
	 * @param earlier how the heap grew; {@code null} without an earlier one to compare
	 * with
	 */
	public record Insight(long size, Instant lastModified, TriageResult triage, @Nullable HeapContents contents,
			@Nullable FailureStatistics statistics, @Nullable Earlier earlier) {

	}

	/**
	 * A comparison with the previous dump of the same workload.
	 *
	 * @param key its key
	 * @param at when its JVM died
	 * @param growth the growth since then
	 */
	public record Earlier(String key, Instant at, Growth growth) {

	}

	/**
	 * A dump whose heap was read.
	 *
	 * @param volume the volume
	 * @param key its key
	 * @param bytes its size
	 * @param workload its workload, empty if the name does not contain it
	 * @param state how the reading ended
	 * @param sentence the most notable finding, or why there is none; without a full stop
	 */
	public record ReadDump(String volume, String key, long bytes, String workload, State state, String sentence) {

	}

}
