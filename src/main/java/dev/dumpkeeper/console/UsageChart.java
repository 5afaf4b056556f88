package dev.dumpkeeper.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.capacity.CapacityOutlooks.Course;
import dev.dumpkeeper.usage.DirectoryUsage;

/**
 * Shows a volume's use as a line and its forecast as a band, in the coordinates of an SVG
 * of {@value #WIDTH} to {@value #HEIGHT}. The tables below it have the same values.
 *
 * @param line the points of the measurements
 * @param likely the points of the forecast's P50, empty without a forecast
 * @param band between P50 and P90, likewise
 * @param marks what can be read exactly, in order of time
 * @param expiries what passes are expected to delete
 * @param thresholdY where the threshold lies, {@code null} without a capacity
 * @param topBytes what the upper edge stands for
 */
record UsageChart(String line, String likely, String band, List<Mark> marks, List<Mark> expiries,
		@Nullable String thresholdY, long topBytes) {

	static final int WIDTH = 720;

	static final int HEIGHT = 200;

	/** Where the forecast begins. */
	private static final int NOW = 480;

	/** Hours between two marks of a forecast. */
	private static final int EVERY = 12;

	private static final long DAY = Duration.ofDays(1).toMillis();

	/** Nothing to draw. */
	public boolean isEmpty() {
		return this.line.isEmpty();
	}

	static UsageChart of(List<DirectoryUsage> history, @Nullable Course course) {
		if (history.size() < 2) {
			return new UsageChart("", "", "", List.of(), List.of(), null, 0);
		}
		long top = Math.max(1, history.stream().mapToLong(DirectoryUsage::objectBytes).max().orElse(1));
		if (course != null) {
			top = Math.max(top, Math.max(course.p90Bytes(), course.capacityBytes()));
		}
		Scale past = new Scale(history.get(0).measuredAt(), history.get(history.size() - 1).measuredAt(), 0,
				(course != null) ? NOW : WIDTH, top);
		List<Mark> marks = new ArrayList<>();
		StringBuilder line = new StringBuilder();
		for (int i = 0; i < history.size(); i++) {
			DirectoryUsage each = history.get(i);
			line.append(past.point(each.measuredAt(), each.objectBytes())).append(' ');
			// Keys lead to the last one of each day.
			boolean isLast = i + 1 == history.size() || day(each.measuredAt()) != day(history.get(i + 1).measuredAt());
			marks.add(past.mark(each.measuredAt(), each.objectBytes(), null, isLast));
		}
		if (course == null) {
			return new UsageChart(line.toString().strip(), "", "", marks, List.of(), null, top);
		}
		Scale next = new Scale(course.from(), course.to(), NOW, WIDTH, top);
		String likely = points(course, course.p50(), next);
		List<String> upper = List.of(points(course, course.p90(), next).split(" "));
		StringBuilder band = new StringBuilder(likely);
		for (int i = upper.size() - 1; i >= 0; i--) {
			band.append(' ').append(upper.get(i));
		}
		for (int hour = EVERY; hour <= course.p50().size(); hour += EVERY) {
			marks.add(next.mark(course.from().plus(Duration.ofHours(hour)), course.p50().get(hour - 1),
					course.p90().get(hour - 1), hour % (2 * EVERY) == 0));
		}
		return new UsageChart(line.toString().strip(), likely, band.toString(), marks,
				course.expiries()
					.stream()
					.filter((expiry) -> expiry.bytes() > 0)
					.map((expiry) -> next.mark(expiry.at(), expiry.bytes(), null, true))
					.toList(),
				(course.capacityBytes() > 0) ? number(next.y(course.thresholdBytes())) : null, top);
	}

	private static long day(Instant at) {
		return Math.floorDiv(at.toEpochMilli(), DAY);
	}

	private static String points(Course course, List<Long> hours, Scale scale) {
		return String.join(" ",
				IntStream.range(0, hours.size())
					.mapToObj((hour) -> scale.point(course.from().plus(Duration.ofHours(hour + 1L)), hours.get(hour)))
					.toList());
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, "%.1f", value);
	}

	/** Times from left to right, bytes upwards. */
	private record Scale(Instant from, Instant to, int left, int right, long top) {

		double y(long bytes) {
			return HEIGHT - HEIGHT * (double) Math.min(this.top, Math.max(0, bytes)) / this.top;
		}

		String x(Instant at) {
			double share = Duration.between(this.from, at).toMillis()
					/ (double) Math.max(1, Duration.between(this.from, this.to).toMillis());
			return number(this.left + (this.right - this.left) * Math.min(1, Math.max(0, share)));
		}

		String point(Instant at, long bytes) {
			return x(at) + "," + number(y(bytes));
		}

		Mark mark(Instant at, long bytes, @Nullable Long worst, boolean isStop) {
			return new Mark(x(at), number(y(bytes)), at, bytes, worst, isStop);
		}

	}

	/**
	 * A value that can be read.
	 *
	 * @param x from the left
	 * @param y from above
	 * @param at when
	 * @param bytes how much, or how much is expected
	 * @param worst how much at worst, {@code null} for what was measured
	 * @param isStop whether keys lead to it
	 */
	record Mark(String x, String y, Instant at, long bytes, @Nullable Long worst, boolean isStop) {

	}

}
