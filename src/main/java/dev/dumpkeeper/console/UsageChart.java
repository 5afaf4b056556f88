package dev.dumpkeeper.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.capacity.CapacityReading;
import dev.dumpkeeper.capacity.CapacityReading.Outlook;
import dev.dumpkeeper.usage.DirectoryUsage;

/**
 * A volume's use as a line, in the coordinates of an SVG of {@value #WIDTH} to
 * {@value #HEIGHT}. The table below it has the same values.
 *
 * @param line the points of the line
 * @param points a mark for each measurement
 * @param thresholdY where the threshold lies, {@code null} without a capacity
 * @param band from the last measurement to the most that is expected, empty without a
 * forecast
 * @param topBytes what the upper edge stands for
 */
record UsageChart(String line, List<Point> points, @Nullable String thresholdY, String band, long topBytes) {

	static final int WIDTH = 720;

	static final int HEIGHT = 200;

	/** Where the forecast begins. */
	private static final int NOW = 600;

	/** Nothing to draw. */
	public boolean isEmpty() {
		return this.points.size() < 2;
	}

	static UsageChart of(List<DirectoryUsage> history, @Nullable CapacityReading reading, double threshold) {
		if (history.size() < 2) {
			return new UsageChart("", List.of(), null, "", 0);
		}
		Long capacity = (reading != null) ? reading.capacity().capacityBytes() : null;
		Outlook outlook = (reading != null) ? reading.outlook() : null;
		long top = history.stream().mapToLong(DirectoryUsage::objectBytes).max().orElse(1);
		top = Math.max(top, (capacity != null) ? capacity : 0);
		top = Math.max(1, Math.max(top, (outlook != null) ? outlook.p90Bytes() : 0));
		Instant from = history.get(0).measuredAt();
		long span = Math.max(1, Duration.between(from, history.get(history.size() - 1).measuredAt()).toMillis());
		List<Point> points = new ArrayList<>();
		StringBuilder line = new StringBuilder();
		for (DirectoryUsage each : history) {
			double x = NOW * (double) Duration.between(from, each.measuredAt()).toMillis() / span;
			Point point = new Point(number(x), number(y(each.objectBytes(), top)), each.measuredAt(),
					each.objectBytes());
			points.add(point);
			line.append(point.x()).append(',').append(point.y()).append(' ');
		}
		Point last = points.get(points.size() - 1);
		String band = (outlook == null) ? "" : last.x() + "," + last.y() + " " + WIDTH + ","
				+ number(y(outlook.p90Bytes(), top)) + " " + WIDTH + "," + number(y(outlook.p50Bytes(), top));
		return new UsageChart(line.toString().strip(), points,
				(capacity != null) ? number(y((long) (capacity * threshold), top)) : null, band, top);
	}

	private static double y(long bytes, long top) {
		return HEIGHT - HEIGHT * (double) Math.max(0, bytes) / top;
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, "%.1f", value);
	}

	/**
	 * A measurement.
	 *
	 * @param x from the left
	 * @param y from above
	 * @param at when
	 * @param bytes how much
	 */
	record Point(String x, String y, Instant at, long bytes) {

	}

}
