package dev.dumpkeeper.scan;

import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Judges whether a listing can be believed. JuiceFS's gateway answers 200 with an
 * arbitrary part of a directory when it loses a database connection while reading it, so
 * a listing that lost much since the last pass is not believed at once. The loss is
 * random: a second pass that finds the same number is.
 */
public final class Plausibility {

	/** Two counts this close are the same: dumps come and go between passes. */
	private static final double SAME = 0.05;

	private final double maxShrink;

	/**
	 * Creates it.
	 * @param maxShrink the share (0 to 1) of its objects that a volume may have lost
	 * since the last pass, own deletions aside
	 */
	public Plausibility(double maxShrink) {
		this.maxShrink = maxShrink;
	}

	/**
	 * Judges a count.
	 * @param objects what was listed now
	 * @param trusted the last listing that was believed, if there is one
	 * @param last the last listing, believed or not
	 * @return why it is not believed, or empty when it is
	 */
	Optional<String> doubt(long objects, @Nullable VolumeScan trusted, @Nullable VolumeScan last) {
		if (trusted == null) {
			return Optional.empty();
		}
		long expected = Math.max(0, trusted.objects() - trusted.deleted());
		long lost = expected - objects;
		if (lost <= 0 || lost <= this.maxShrink * expected && objects > 0) {
			return Optional.empty();
		}
		if (last != null && last.state() == VolumeScan.State.UNTRUSTED && isSame(last.objects(), objects)) {
			return Optional.empty();
		}
		return Optional.of((objects == 0)
				? String.format(Locale.ROOT, "the volume is listed as empty, but held %d objects at the last pass",
						expected)
				: String.format(Locale.ROOT,
						"%d objects listed where the last pass left %d: lost %.0f %%, more than brake.max-shrink (%.0f %%) allows at once",
						objects, expected, 100.0 * lost / expected, 100 * this.maxShrink));
	}

	private static boolean isSame(long before, long now) {
		return Math.abs(before - now) <= Math.max(1, SAME * before);
	}

}
