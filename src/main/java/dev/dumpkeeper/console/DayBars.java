package dev.dumpkeeper.console;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Counts of days as bars, in the coordinates of an SVG of 720 to {@value #HEIGHT}. A
 * table beside it has the same values.
 *
 * @param bars a bar a day, the earliest first
 * @param most the highest of them
 */
record DayBars(List<Bar> bars, long most) {

	private static final int WIDTH = 720;

	private static final int HEIGHT = 80;

	static DayBars of(Map<LocalDate, Long> days) {
		long most = days.values().stream().mapToLong(Long::longValue).max().orElse(0);
		int step = WIDTH / Math.max(1, days.size());
		List<Bar> bars = new ArrayList<>();
		days.forEach((day, count) -> {
			// What is not 0 can be seen.
			long height = (count == 0) ? 0 : Math.max(2, HEIGHT * count / most);
			bars.add(new Bar(bars.size() * (long) step, HEIGHT - height, step - 2L, height, day, count));
		});
		return new DayBars(bars, most);
	}

	/**
	 * A day.
	 *
	 * @param x from the left
	 * @param y from above
	 * @param width of the bar
	 * @param height of the bar
	 * @param day which
	 * @param count how many
	 */
	record Bar(long x, long y, long width, long height, LocalDate day, long count) {

	}

}
