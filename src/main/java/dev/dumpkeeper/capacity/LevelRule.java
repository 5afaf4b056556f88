package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says how urgent a volume is and whether people hear of it. Pure. A level is what people
 * are told, at once. It is left only below a lower bound of its own in two passes one
 * after the other, so that a volume at the edge is not told of again and again. EARLY is
 * the 90th percentile at the threshold within the horizon; it holds while the same
 * forecast, a day further, comes within a quarter of the capacity of it. For whoever
 * would rather hear less the median has to come near the threshold too, or there is so
 * little time that only one more pass could tell.
 */
final class LevelRule {

	/** Between where a level begins and where it ends, as a share of the capacity. */
	private static final double GAP = 0.05;

	/** The same for a forecast, which moves more from pass to pass than a measurement. */
	private static final double FORECAST_GAP = 0.25;

	/**
	 * So much further than the horizon a forecast reaches. What the next day brings into
	 * view, such as the Tuesday of each week, would begin again what ended a day before.
	 */
	static final Duration BEYOND = Duration.ofHours(24);

	private static final double NEARLY_FULL = 0.95;

	private static final int CALM_PASSES = 2;

	private static final Duration REMIND_AFTER = Duration.ofHours(24);

	private final double threshold;

	private final double earlyMargin;

	/**
	 * Creates a rule.
	 * @param threshold the used share that people want to hear of before it is reached
	 * @param earlyMargin so far below it, as a share of the capacity, may the median stay
	 * in a volume that becomes EARLY; 1 for anywhere
	 */
	LevelRule(double threshold, double earlyMargin) {
		this.threshold = threshold;
		this.earlyMargin = earlyMargin;
	}

	/**
	 * Judges a volume.
	 * @param before the state the last pass left
	 * @param now the instant of this pass
	 * @param shares how full it is and will be
	 */
	Verdict judge(LevelState before, Instant now, Shares shares) {
		CapacityLevel level = level(shares, 0, isEarly(shares));
		CapacityLevel held = level(shares, GAP, shares.beyondP90() >= earlyEnds());
		LevelState after;
		if (level.compareTo(before.level()) >= 0) {
			after = new LevelState(level, before.toldLevel(), before.toldAt(), 0);
		}
		else if (held.compareTo(before.level()) >= 0) {
			after = new LevelState(before.level(), before.toldLevel(), before.toldAt(), 0);
		}
		else if (before.passesBelow() + 1 < CALM_PASSES) {
			after = new LevelState(before.level(), before.toldLevel(), before.toldAt(), before.passesBelow() + 1);
		}
		else {
			// A level that was really left is news when it comes again; but of the end
			// those
			// hear who heard of anything.
			boolean over = held == CapacityLevel.CALM || held.compareTo(before.toldLevel()) > 0;
			after = new LevelState(held, over ? before.toldLevel() : held, before.toldAt(), 0);
		}
		return verdict(after, now);
	}

	/** With a threshold so low that nothing were below it a level would never end. */
	private double earlyEnds() {
		return Math.max(this.threshold - FORECAST_GAP, this.threshold / 2);
	}

	private boolean isEarly(Shares shares) {
		return shares.highestP90() >= this.threshold
				&& (shares.highestP50() >= this.threshold - this.earlyMargin || shares.soonP90() >= this.threshold);
	}

	private CapacityLevel level(Shares shares, double gap, boolean early) {
		if (shares.used() >= NEARLY_FULL - gap || shares.nextPassP90() >= 1 - gap) {
			return CapacityLevel.CRITICAL;
		}
		if (shares.used() >= this.threshold - gap) {
			return CapacityLevel.HIGH;
		}
		return early ? CapacityLevel.EARLY : CapacityLevel.CALM;
	}

	private static Verdict verdict(LevelState watch, Instant now) {
		CapacityLevel told = watch.toldLevel();
		Instant toldAt = watch.toldAt();
		if (watch.level() == CapacityLevel.CALM) {
			// The end of what nobody heard of is no news.
			return (told == CapacityLevel.CALM) ? new Verdict(watch, Optional.empty()) : new Verdict(
					new LevelState(CapacityLevel.CALM, CapacityLevel.CALM, now, 0), Optional.of(News.END));
		}
		if (watch.level().compareTo(told) > 0) {
			return new Verdict(new LevelState(watch.level(), watch.level(), now, watch.passesBelow()),
					Optional.of((told == CapacityLevel.CALM) ? News.BEGIN : News.WORSE));
		}
		// A clock that was set back must not silence reminders for good.
		boolean due = toldAt == null || Duration.between(toldAt, now).abs().compareTo(REMIND_AFTER) >= 0;
		return due ? new Verdict(new LevelState(watch.level(), watch.level(), now, watch.passesBelow()),
				Optional.of(News.REMINDER)) : new Verdict(watch, Optional.empty());
	}

	/** What people hear. */
	enum News {

		/** A warning begins. */
		BEGIN,

		/** It is more urgent than people know. */
		WORSE,

		/** It still holds after a day. */
		REMINDER,

		/** It is over. */
		END

	}

	/**
	 * How full a volume is and will be, as shares of its capacity.
	 *
	 * @param used now
	 * @param highestP50 the highest in half of the cases within the horizon
	 * @param highestP90 the highest in nine of ten cases within the horizon
	 * @param beyondP90 the same, {@link LevelRule#BEYOND} further
	 * @param nextPassP90 the same until the next pass
	 * @param soonP90 the same until the pass after that
	 */
	record Shares(double used, double highestP50, double highestP90, double beyondP90, double nextPassP90,
			double soonP90) {

		/**
		 * Reads them off a forecast.
		 * @param forecast as far as the horizon and {@link LevelRule#BEYOND}
		 * @param horizon how far people look ahead
		 * @param usedBytes what is used now
		 * @param capacityBytes what may be used, above 0
		 * @param interval from one pass to the next
		 */
		static Shares of(Forecast forecast, Duration horizon, double usedBytes, double capacityBytes,
				Duration interval) {
			Forecast within = forecast.until(horizon);
			return new Shares(usedBytes / capacityBytes, within.highest(within.p50()) / capacityBytes,
					within.highest(within.p90()) / capacityBytes, forecast.highest(forecast.p90()) / capacityBytes,
					within.highest(within.until(interval).p90()) / capacityBytes,
					within.highest(within.until(interval.multipliedBy(2)).p90()) / capacityBytes);
		}

	}

	/**
	 * A verdict.
	 *
	 * @param watch the state to be kept
	 * @param news what to tell, or empty
	 */
	record Verdict(LevelState watch, Optional<News> news) {

	}

}
