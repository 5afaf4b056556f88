package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How good the forecasts of a volume were.
 *
 * @param volume the volume
 * @param from the first pass that was forecast at
 * @param to the last one
 * @param forecasts at how many passes
 * @param methods the forecaster, and what it is compared with
 */
public record ForecastScore(String volume, Instant from, Instant to, int forecasts, List<Method> methods) {

	/**
	 * One way to look ahead.
	 *
	 * @param name what it is called
	 * @param errors by horizon; empty for what only warned
	 * @param warnings what its warnings were worth, {@code null} where no capacity was
	 * known
	 */
	public record Method(String name, List<Errors> errors, @Nullable Warnings warnings) {

	}

	/**
	 * How far off it was. Without a forecast to compare all numbers but the count are 0.
	 *
	 * @param hours the horizon
	 * @param count at how many passes forecast and truth are known
	 * @param meanAbsolute the mean absolute error of the median, in bytes
	 * @param pinball50 the mean pinball loss of the median, in bytes
	 * @param pinball90 that of the 90th percentile
	 * @param coverage the share of passes that found no more than the 90th percentile
	 */
	public record Errors(int hours, long count, double meanAbsolute, double pinball50, double pinball90,
			double coverage) {

	}

	/**
	 * What warnings were worth.
	 *
	 * @param raised how many there were
	 * @param falseOnes after how many the threshold was not reached
	 * @param falseAMonth those in 30 days
	 * @param crossings how often the threshold was reached
	 * @param missed how often without a warning before
	 * @param missedGrown how often of these a pass had seen the volume grow
	 * @param medianLead from warning to crossing, of those that grew for a day;
	 * {@code null} without one
	 * @param flaps how many came less than a day after another had ended
	 */
	public record Warnings(int raised, int falseOnes, double falseAMonth, int crossings, int missed, int missedGrown,
			@Nullable Duration medianLead, int flaps) {

	}

}
