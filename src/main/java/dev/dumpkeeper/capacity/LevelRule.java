package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says how urgent a volume is and whether people hear of it. Pure. A level is left only
 * below a lower bound of its own in two passes one after the other, so that a volume at
 * the edge is not told of again and again.
 */
final class LevelRule {

	/** Between where a level begins and where it ends, as a share of the capacity. */
	private static final double GAP = 0.05;

	private static final double NEARLY_FULL = 0.95;

	private static final int CALM_PASSES = 2;

	private static final Duration REMIND_AFTER = Duration.ofHours(24);

	private final double threshold;

	LevelRule(double threshold) {
		this.threshold = threshold;
	}

	/**
	 * Judges a volume.
	 * @param before the state the last pass left
	 * @param now the instant of this pass
	 * @param used the used share of the capacity
	 * @param highestP90 the highest share in nine of ten cases within the horizon
	 * @param nextPassP90 the highest share in nine of ten cases until the next pass
	 */
	Verdict judge(Watch before, Instant now, double used, double highestP90, double nextPassP90) {
		CapacityLevel level = level(used, highestP90, nextPassP90, 0);
		CapacityLevel held = level(used, highestP90, nextPassP90, GAP);
		Watch after;
		if (level.compareTo(before.level()) >= 0) {
			after = new Watch(level, before.toldLevel(), before.toldAt(), 0);
		}
		else if (held.compareTo(before.level()) >= 0) {
			after = new Watch(before.level(), before.toldLevel(), before.toldAt(), 0);
		}
		else if (before.passesBelow() + 1 < CALM_PASSES) {
			after = new Watch(before.level(), before.toldLevel(), before.toldAt(), before.passesBelow() + 1);
		}
		else {
			after = new Watch(held, before.toldLevel(), before.toldAt(), 0);
		}
		return verdict(after, now);
	}

	private CapacityLevel level(double used, double highestP90, double nextPassP90, double gap) {
		if (used >= NEARLY_FULL - gap || nextPassP90 >= 1 - gap) {
			return CapacityLevel.CRITICAL;
		}
		if (used >= this.threshold - gap) {
			return CapacityLevel.HIGH;
		}
		return (highestP90 >= this.threshold - gap) ? CapacityLevel.EARLY : CapacityLevel.CALM;
	}

	private static Verdict verdict(Watch watch, Instant now) {
		CapacityLevel told = watch.toldLevel();
		Instant toldAt = watch.toldAt();
		if (watch.level() == CapacityLevel.CALM) {
			// The end of what nobody heard of is no news.
			return (told == CapacityLevel.CALM) ? new Verdict(watch, Optional.empty())
					: new Verdict(new Watch(CapacityLevel.CALM, CapacityLevel.CALM, now, 0), Optional.of(News.END));
		}
		if (watch.level().compareTo(told) > 0) {
			return new Verdict(new Watch(watch.level(), watch.level(), now, watch.passesBelow()),
					Optional.of((told == CapacityLevel.CALM) ? News.BEGIN : News.WORSE));
		}
		// A clock that was set back must not silence reminders for good.
		boolean due = toldAt == null || Duration.between(toldAt, now).abs().compareTo(REMIND_AFTER) >= 0;
		return due ? new Verdict(new Watch(watch.level(), watch.level(), now, watch.passesBelow()),
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
	 * A verdict.
	 *
	 * @param watch the state to be kept
	 * @param news what to tell, or empty
	 */
	record Verdict(Watch watch, Optional<News> news) {

	}

}
