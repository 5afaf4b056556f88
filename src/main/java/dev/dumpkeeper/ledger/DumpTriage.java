package dev.dumpkeeper.ledger;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.hprof.DumpFacts;
import dev.dumpkeeper.hprof.TriageResult;
import dev.dumpkeeper.ledger.DuplicateDumps.Obstacle;
import dev.dumpkeeper.ledger.TriageRepository.Due;
import dev.dumpkeeper.ledger.TriageRepository.Found;
import dev.dumpkeeper.run.NotificationStatus;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.ScannedObject.Kind;

/**
 * Triages dumps that are new or incomplete: a few small reads determine the state, and
 * the receipt supplies the rest.
 */
final class DumpTriage {

	private static final Logger logger = LoggerFactory.getLogger(DumpTriage.class);

	private static final int BATCH = 100;

	/** How long a volume is triaged while others wait. */
	private static final Duration TURN = Duration.ofSeconds(2);

	/** After this long, even a mount with delayed uploads has uploaded. */
	static final Duration UNREADABLE_FOR = Duration.ofDays(1);

	private final TriageRepository queue;

	private final FailureRepository failures;

	private final DuplicateDumps duplicates;

	private final DumpGateway gateway;

	private final DumpRules rules;

	private final LedgerProperties properties;

	/**
	 * Always {@code false} if this service notifies people, since anybody can write a
	 * receipt.
	 */
	private final boolean believesReceipts;

	private final Progress progress;

	private final StopSignal stop;

	private final Clock clock;

	DumpTriage(DumpRepository rows, FailureRepository failures, DumpGateway gateway, DumpRules rules,
			LedgerProperties properties, NotificationStatus notifications, Progress progress, StopSignal stop,
			Clock clock) {
		this.queue = new TriageRepository(rows);
		this.failures = failures;
		this.duplicates = new DuplicateDumps(rows.jdbc(), gateway);
		this.gateway = gateway;
		this.rules = rules;
		this.properties = properties;
		this.believesReceipts = properties.believeReceipts() && !notifications.notificationsEnabled();
		this.progress = progress;
		this.stop = stop;
		this.clock = clock;
	}

	/**
	 * Triages what is due, for {@code dumpkeeper.ledger.triage-time} at most.
	 * @param now the current time
	 * @param volumes only dumps in these are triaged
	 * @throws StoppedException when a stop was requested
	 */
	void triage(Instant now, List<String> volumes) {
		triage(now, volumes, this.properties.triageTime());
	}

	/**
	 * Triages what is due. Volumes take short turns, so that slow reads in one do not use
	 * up the time of the others; within a volume the longest waiting dumps come first,
	 * one of each workload at a time. Whatever the time does not allow, and the rest of a
	 * volume whose gateway fails, stays due for the next call.
	 * @param now the current time
	 * @param volumes only dumps in these are triaged
	 * @param time how long at most
	 * @throws StoppedException when a stop was requested
	 */
	void triage(Instant now, List<String> volumes, Duration time) {
		Instant start = this.clock.instant();
		Queue<VolumeTriage> waiting = new ConcurrentLinkedQueue<>();
		volumes.forEach((volume) -> waiting.add(new VolumeTriage(volume, now, start, start.plus(time))));
		int threads = Math.min(this.properties.parallelVolumes(), waiting.size());
		if (threads <= 1) {
			takeTurns(waiting);
		}
		else {
			inParallel(threads, () -> takeTurns(waiting));
		}
	}

	private static void takeTurns(Queue<VolumeTriage> waiting) {
		for (VolumeTriage next = waiting.poll(); next != null; next = waiting.poll()) {
			if (next.takeTurn()) {
				waiting.add(next);
			}
		}
	}

	private static void inParallel(int threads, Runnable work) {
		CustomizableThreadFactory daemons = new CustomizableThreadFactory("triageDumps-");
		daemons.setDaemon(true);
		ExecutorService executor = Executors.newFixedThreadPool(threads, daemons);
		try {
			// Completes when all have ended; the failure of one is thrown to the caller.
			List<CompletableFuture<Void>> all = Stream.generate(() -> CompletableFuture.runAsync(work, executor))
				.limit(threads)
				.toList();
			CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw ex;
		}
		finally {
			executor.shutdown();
		}
	}

	private void record(String volume, List<Found> found, List<Long> tried) {
		Map<String, String> stacks = new HashMap<>();
		found.stream()
			.map(Found::death)
			.filter(Objects::nonNull)
			.forEach((death) -> death.fingerprint()
				.ifPresent((fingerprint) -> stacks.put(fingerprint, DumpCause.stack(death).orElse(""))));
		this.failures.keep(stacks, this.clock.instant());
		this.queue.found(found, this.clock.instant());
		this.queue.recordAttempts(tried, this.clock.instant());
		this.progress.add("checked", volume, found.size());
		found.clear();
		tried.clear();
	}

	/**
	 * Triages one dump; empty when it is gone, which the next scan records, or may not be
	 * read yet.
	 */
	private Optional<Found> triage(Instant now, DumpBucket bucket, Due due) {
		if (this.rules.names().of(new ObjectEntry(due.key(), due.size(), due.lastModified())).kind() == Kind.RECEIPT) {
			return receipt(bucket, due.key()).map((receipt) -> alone(due, receipt));
		}
		Optional<Obstacle> obstacle = this.duplicates.against(bucket.volume(), due.key(), due.size(),
				due.lastModified());
		if (obstacle.isPresent()) {
			return obstacle.filter((duplicate) -> !duplicate.isPassing())
				.map((duplicate) -> new Found(due, DumpState.UNKNOWN, "not read: " + duplicate.reason(), null,
						due.origin(), "", false, null));
		}
		ObjectBytes object = new ObjectBytes(bucket, new ObjectKey(due.key()));
		TriageResult result = this.rules.formats().triage((offset, length) -> read(object, offset, length), due.size());
		Receipt receipt = (due.receiptAt() != null) ? receiptOf(bucket, due.key()).orElse(null) : null;
		return Optional.of(found(now, due, result, receipt));
	}

	private Found alone(Due due, Receipt receipt) {
		return new Found(due, receipt.isFailed() ? DumpState.FAILED : DumpState.ORPHANED_RECEIPT, receipt.reason(),
				null, origin(due, receipt), receipt.project(), this.believesReceipts && receipt.isNotified(), null);
	}

	private Found found(Instant now, Due due, TriageResult result, @Nullable Receipt receipt) {
		DumpFacts facts = result.facts();
		Instant touched = touched(due, now);
		// The script runs after the JVM has written what it could, so nothing follows.
		boolean settled = receipt != null || !touched.plus(this.properties.settleTime()).isAfter(now);
		DumpState state = switch (facts.verdict()) {
			case COMPLETE -> DumpState.COMPLETE;
			case EMPTY -> settled ? DumpState.EMPTY : DumpState.WRITING;
			case TRUNCATED -> settled ? DumpState.TRUNCATED : DumpState.WRITING;
			case UNKNOWN -> settled ? DumpState.UNKNOWN : DumpState.WRITING;
			case NOT_A_DUMP -> settled ? DumpState.NOT_A_DUMP : DumpState.WRITING;
			case NOT_READABLE -> touched.plus(UNREADABLE_FOR).isAfter(now) ? DumpState.WRITING : DumpState.TRUNCATED;
		};
		String reason = (receipt == null || !receipt.isFailed()) ? facts.reason()
				: receipt.reason() + (facts.reason().isEmpty() ? "" : "; " + facts.reason());
		return new Found(due, state, reason, facts.startedAt().orElse(null), origin(due, receipt),
				(receipt != null) ? receipt.project() : "",
				receipt != null && this.believesReceipts && receipt.isNotified(),
				state.isOpen() ? null : result.death().orElse(null));
	}

	/**
	 * A file or a fragment dated in the future must not count as being written for ever.
	 */
	private static Instant touched(Due due, Instant now) {
		Instant written = FileTimes.trusted(due.lastModified(), due.firstSeen(), now);
		Instant fragmentAt = due.fragmentAt();
		if (fragmentAt == null) {
			return written;
		}
		Instant pieceWritten = FileTimes.trusted(fragmentAt, due.firstSeen(), now);
		return pieceWritten.isAfter(written) ? pieceWritten : written;
	}

	/** The path takes precedence over the receipt. */
	private static DumpOrigin origin(Due due, @Nullable Receipt receipt) {
		DumpOrigin origin = due.origin();
		if (receipt == null) {
			return origin;
		}
		if (!origin.isKnown()) {
			String workload = DumpNames.workload(receipt.pod());
			return new DumpOrigin(receipt.environment(), workload, receipt.pod(),
					workload.isEmpty() ? origin.directory() : "");
		}
		// A path such as POD/java_pid1.hprof does not contain the environment.
		return origin.environment().isEmpty() && origin.pod().equals(receipt.pod())
				? new DumpOrigin(receipt.environment(), origin.workload(), origin.pod(), origin.directory()) : origin;
	}

	/**
	 * Trustworthy as far as the dump is, since the script runs as the same user as the
	 * JVM.
	 */
	private static Optional<Receipt> receiptOf(DumpBucket bucket, String dump) {
		String key = dump + ObjectClassifier.RECEIPT;
		boolean own = ObjectKey.parse(key)
			.map((receipt) -> bucket.haveOneOwner(new ObjectKey(dump), receipt))
			.orElse(false);
		return own ? receipt(bucket, key) : Optional.empty();
	}

	private static Optional<Receipt> receipt(DumpBucket bucket, String key) {
		String dump = key.substring(key.lastIndexOf('/') + 1, key.length() - ObjectClassifier.RECEIPT.length());
		return ObjectKey.parse(key)
			.flatMap((parsed) -> bucket.read(parsed, Receipt.MAX_BYTES))
			.map((content) -> Receipt.parse(content, dump).orElse(Receipt.UNREADABLE));
	}

	/**
	 * A read that fails means that the dump is not uploaded yet, unless a HEAD request
	 * shows that the gateway is unavailable.
	 */
	private static byte[] read(ObjectBytes object, long offset, int length) throws IOException {
		try {
			return object.read(offset, length);
		}
		catch (IOException ex) {
			object.bucket().stat(object.key());
			throw ex;
		}
	}

	/** The dumps of one volume that are due. Used by one thread at a time. */
	private final class VolumeTriage {

		private final String volume;

		private final Instant now;

		private final Instant start;

		private final Instant end;

		private final Deque<Due> due = new ArrayDeque<>();

		private final List<Found> found = new ArrayList<>();

		private final List<Long> tried = new ArrayList<>();

		VolumeTriage(String volume, Instant now, Instant start, Instant end) {
			this.volume = volume;
			this.now = now;
			this.start = start;
			this.end = end;
		}

		/** Triages for one turn and returns whether dumps and time remain. */
		boolean takeTurn() {
			try (MDC.MDCCloseable scope = MDC.putCloseable("volume", this.volume)) {
				return triageUntil(DumpTriage.this.clock.instant().plus(TURN));
			}
			catch (GatewayException ex) {
				logger.warn("{}: checking dumps ended early: {}", this.volume, ex.getMessage());
				return false;
			}
		}

		private boolean triageUntil(Instant turnsEnd) {
			DumpBucket bucket = DumpTriage.this.gateway.volume(this.volume);
			try {
				while (hasNext()) {
					Instant time = DumpTriage.this.clock.instant();
					if (!time.isBefore(this.end)) {
						logger.info("{}: more dumps than there is time to check; a later run continues", this.volume);
						return false;
					}
					if (!time.isBefore(turnsEnd)) {
						return true;
					}
					DumpTriage.this.stop.check();
					Due next = this.due.remove();
					// Also after a failure, so that it does not come first again.
					this.tried.add(next.id());
					triage(this.now, bucket, next).ifPresent(this.found::add);
					if (this.tried.size() == BATCH) {
						record(this.volume, this.found, this.tried);
					}
				}
				return false;
			}
			finally {
				record(this.volume, this.found, this.tried);
			}
		}

		private boolean hasNext() {
			if (this.due.isEmpty()) {
				record(this.volume, this.found, this.tried);
				this.due.addAll(DumpTriage.this.queue.due(this.volume, this.start));
			}
			return !this.due.isEmpty();
		}

	}

}
