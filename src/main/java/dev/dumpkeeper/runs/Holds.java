package dev.dumpkeeper.runs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.Dump;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.settings.Quantities;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.SafeText;

/**
 * Operations on single dumps. They take no lease: a hold must not wait for a pass that is
 * about to delete the dump.
 */
public final class Holds {

	private static final Logger logger = LoggerFactory.getLogger(Holds.class);

	/** Follows volume and key in logs and records, and must leave space for them. */
	private static final int LONGEST_REASON = 200;

	private final DumpLedger ledger;

	private final Clock clock;

	Holds(DumpLedger ledger, Clock clock) {
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Holds a dump; a longer or shorter hold replaces an earlier one.
	 * @param volume the volume
	 * @param key the dump's key
	 * @param time how long, such as {@code 36h} or {@code 7d}
	 * @param why the reason, for later readers, at most 200 characters
	 * @param by who holds it
	 * @return what was done, in one line
	 * @throws InvalidRequestException when there is no such dump, or the time cannot be
	 * parsed
	 * @throws dev.dumpkeeper.gateway.GatewayException when the gateway fails
	 */
	public String hold(String volume, ObjectKey key, String time, String why, String by) {
		if (why.length() > LONGEST_REASON) {
			throw new InvalidRequestException("why may have at most " + LONGEST_REASON + " characters");
		}
		Instant until = this.clock.instant().plus(duration(time)).truncatedTo(ChronoUnit.SECONDS);
		Dump dump = this.ledger.hold(volume, key, until, why, by, this.clock.instant());
		logger.info("{}: {} is held until {} by {}: {}", SafeText.oneLine(volume), SafeText.oneLine(dump.key()), until,
				SafeText.oneLine(by), SafeText.oneLine(why));
		return "held until " + until + ": " + SafeText.oneLine(dump.key()) + " in " + SafeText.oneLine(volume) + " ("
				+ ByteSizeFormat.format(dump.size()) + ")";
	}

	/**
	 * Ends a hold, if there is one.
	 * @param volume the volume
	 * @param key the dump's key
	 * @param by who releases it
	 * @return what was done, in one line
	 * @throws InvalidRequestException when there is no such dump
	 */
	public String release(String volume, ObjectKey key, String by) {
		Dump dump = this.ledger.release(volume, key);
		logger.info("{}: {} is released by {}", volume, SafeText.oneLine(dump.key()), SafeText.oneLine(by));
		return ((dump.heldUntil() != null) ? "released: " : "was not held: ") + SafeText.oneLine(dump.key()) + " in "
				+ SafeText.oneLine(volume);
	}

	private static Duration duration(String time) {
		Duration duration;
		try {
			duration = Quantities.duration(time.strip(), "d");
		}
		catch (IllegalArgumentException ex) {
			String reason = String.valueOf(ex.getMessage());
			throw new InvalidRequestException(
					"for " + (reason.startsWith("is '") ? reason : "is '" + time + "' and " + reason));
		}
		if (duration.isZero() || duration.toDays() > 3660) {
			throw new InvalidRequestException("for must be a time ahead, at most ten years");
		}
		return duration;
	}

}
