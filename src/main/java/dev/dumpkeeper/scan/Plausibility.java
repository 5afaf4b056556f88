package dev.dumpkeeper.scan;

import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a listing can be trusted. JuiceFS's gateway answers 200 with an
 * arbitrary part of a directory when it loses a database connection while reading it, so
 * a listing that is much shorter than the previous one is not trusted at first. Such a
 * loss is random: a second pass with the same count is trusted.
 */
public final class Plausibility {

	/**
	 * Counts that differ by no more than this are equal, since dumps come and go between
	 * passes.
	 */
	private static final double SAME = 0.05;

	private final double maxShrink;

	/**
	 * Creates the check.
	 * @param maxShrink the share (0 to 1) of its objects that a volume may lose between
	 * passes, apart from this service's own deletions
	 */
	public Plausibility(double maxShrink) {
		this.maxShrink = maxShrink;
	}

	/**
	 * Checks a count.
	 * @param objects the number of objects listed now
	 * @param trusted the last trusted listing, if there is one
	 * @param last the last listing, trusted or not
	 * @return why the listing is not trusted, or empty when it is
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
