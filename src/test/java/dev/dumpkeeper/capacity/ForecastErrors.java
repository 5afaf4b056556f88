package dev.dumpkeeper.capacity;

/**
 * How far forecasts for one horizon were from what came, added up. Not for several
 * threads.
 */
final class ForecastErrors {

	private static final double UPPER = 0.9;

	private long count;

	private double absolute;

	private double pinball50;

	private double pinball90;

	private long covered;

	/**
	 * Adds a forecast.
	 * @param truth what came
	 * @param p50 the median that was forecast
	 * @param p90 the 90th percentile that was; a method without one gives its only number
	 */
	void add(double truth, double p50, double p90) {
		this.count++;
		this.absolute += Math.abs(truth - p50);
		this.pinball50 += pinball(truth - p50, 0.5);
		this.pinball90 += pinball(truth - p90, UPPER);
		this.covered += (truth <= p90) ? 1 : 0;
	}

	void add(ForecastErrors other) {
		this.count += other.count;
		this.absolute += other.absolute;
		this.pinball50 += other.pinball50;
		this.pinball90 += other.pinball90;
		this.covered += other.covered;
	}

	/** What a quantile costs that was missed by so much. */
	private static double pinball(double above, double quantile) {
		return (above >= 0) ? quantile * above : (quantile - 1) * above;
	}

	long count() {
		return this.count;
	}

	/** The mean absolute error of the median; not a number without forecasts. */
	double meanAbsolute() {
		return this.absolute / this.count;
	}

	double pinball50() {
		return this.pinball50 / this.count;
	}

	double pinball90() {
		return this.pinball90 / this.count;
	}

	/** The share of what came that was not above the 90th percentile. */
	double coverage() {
		return (double) this.covered / this.count;
	}

}
