package dev.dumpkeeper.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.hprof.HeapLook.Budget;
import dev.dumpkeeper.hprof.HeapReading;
import dev.dumpkeeper.ledger.ContentsRows.DueDump;
import dev.dumpkeeper.ledger.ContentsRows.KeptCheckpoint;
import dev.dumpkeeper.text.SafeText;

/**
 * What one run reads of one dump: goes on where an earlier one ended, and keeps where
 * this one ends. A checkpoint is a saving and never a condition: one that is of no use,
 * or that the database does not take, costs another reading from the start.
 */
final class HeldReading {

	private static final Logger logger = LoggerFactory.getLogger(HeldReading.class);

	/** So much is read again at most after a kill. */
	private static final Duration BETWEEN = Duration.ofMinutes(1);

	/**
	 * So many processes in a row may end without a word while they read on from one
	 * place, before it is taken for the place's fault.
	 */
	private static final int MOST_TAKES = 3;

	private final ContentsRows rows;

	private final DueDump dump;

	private final ObjectBytes object;

	private final Clock clock;

	private final HeapReading reading;

	private final boolean inOneGo;

	private final int takes;

	private Instant keptAt;

	private boolean further;

	private HeldReading(ContentsRows rows, DueDump dump, ObjectBytes object, Clock clock, HeapReading reading,
			@Nullable KeptCheckpoint kept) {
		this.rows = rows;
		this.dump = dump;
		this.object = object;
		this.clock = clock;
		this.reading = reading;
		this.inOneGo = kept != null && kept.state() == null;
		this.takes = (kept != null) ? kept.takes() : 0;
		this.keptAt = clock.instant();
	}

	/**
	 * Takes a dump up.
	 * @throws dev.dumpkeeper.gateway.GatewayException when nobody can tell whether the
	 * dump is still the one that was begun
	 */
	static HeldReading takeUp(ContentsRows rows, DueDump dump, ObjectBytes object, Clock clock) {
		KeptCheckpoint kept = rows.checkpoint(dump).orElse(null);
		HeapReading reading = HeapReading.begin(dump.size());
		if (kept != null && kept.state() != null) {
			byte[] state = kept.state();
			Optional<HeapReading> next = object.bucket()
				.stat(object.key())
				.filter((entry) -> entry.isUnchangedSince(dump.size(), dump.lastModified()))
				.flatMap((entry) -> HeapReading.goOn(dump.size(), state));
			if (next.isEmpty()) {
				logger.info("{}: {}: what was kept of its heap is of no use; it is read from its start", dump.volume(),
						SafeText.oneLine(dump.key()));
				rows.dropCheckpoint(dump);
				kept = null;
			}
			reading = next.orElse(reading);
		}
		rows.takeUp(dump);
		return new HeldReading(rows, dump, object, clock, reading, kept);
	}

	/**
	 * Reads on to the end of the dump or of the run's share.
	 * @param budget the dump's own bounds
	 * @param more is told of each range, by its length, before it is read; what it throws
	 * ends the reading
	 * @return what is on the heap; empty when the share was used up before, and for a
	 * dump that has to be read again from its start
	 */
	Optional<HeapContents> read(Budget budget, LongConsumer more) {
		if (this.takes >= MOST_TAKES) {
			return Optional.of(this.reading
				.giveUp(String.format(Locale.ROOT, "%d processes that read on ended without a word", this.takes)));
		}
		try {
			HeapContents contents = this.reading
				.read(new ObjectStream(this.object, this.reading.from(), this.dump.size(), (length) -> {
					more.accept(length);
					if (!this.clock.instant().isBefore(this.keptAt.plus(BETWEEN))) {
						keep();
					}
				}), budget);
			if (this.reading.isToBeginAgain()) {
				quietly(() -> this.rows.keepCheckpoint(this.dump, null, this.clock.instant()));
				return Optional.empty();
			}
			if (contents.state() == HeapContents.State.NOT_READABLE) {
				keep();
			}
			return Optional.of(contents);
		}
		catch (ReadingShare.UsedUpException ex) {
			keep();
			return Optional.empty();
		}
		catch (RuntimeException ex) {
			keep();
			throw ex;
		}
	}

	/**
	 * Gives the dump up.
	 * @return what was found of it until now
	 */
	HeapContents giveUp(String reason) {
		return this.reading.giveUp(reason);
	}

	/**
	 * Whether the next run has less to read.
	 * @return {@code true} when something was kept that this one did not begin with
	 */
	boolean isFurther() {
		return this.further;
	}

	/** Whether it was found out that the dump has to be read in one go. */
	boolean isToBeginAgain() {
		return this.reading.isToBeginAgain();
	}

	/** Says that this process has not ended without a word. */
	void putDown() {
		quietly(() -> this.rows.putDown(this.dump));
	}

	private void keep() {
		this.keptAt = this.clock.instant();
		Optional<byte[]> state = this.inOneGo ? Optional.empty() : this.reading.checkpoint();
		state.ifPresent(
				(bytes) -> this.further |= quietly(() -> this.rows.keepCheckpoint(this.dump, bytes, this.keptAt)));
	}

	private boolean quietly(Runnable change) {
		try {
			change.run();
			return true;
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("{}: {}: how far its heap was read cannot be kept: {}", this.dump.volume(),
					SafeText.oneLine(this.dump.key()), ex.getMessage());
			return false;
		}
	}

}
