package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.capacity.AlertPolicy.Decision;
import dev.dumpkeeper.capacity.AlertPolicy.Shares;
import dev.dumpkeeper.capacity.SyntheticVolume.Kind;
import dev.dumpkeeper.capacity.SyntheticVolume.Pass;
import dev.dumpkeeper.capacity.WarningScore.Span;
import dev.dumpkeeper.capacity.forecast.ByteSample;
import dev.dumpkeeper.capacity.forecast.Forecast;
import dev.dumpkeeper.capacity.forecast.Forecaster;

/**
 * Lets forecaster and alert policy watch synthetic volumes, pass by pass as a run does,
 * and prints how good they were beside Prometheus's {@code predict_linear} and the last
 * value. Started by {@code bench/forecast}, which says what the columns mean.
 */
final class ForecastBench {

	private static final Duration HORIZON = Duration.ofHours(72);

	/** By default the 90th percentile alone decides. */
	private static final double MARGIN = 1;

	private static final double NARROW_MARGIN = 0.05;

	private static final Duration INTERVAL = Duration.ofHours(6);

	private static final int[] AHEAD = { 6, 24, 72 };

	/** So many of its samples does {@code predict_linear} see. */
	private static final int WINDOW = 6 * SyntheticVolume.STEPS_OF_AN_HOUR;

	private final Forecaster forecaster = new Forecaster();

	private final Map<Kind, Map<Method, Score>> scores = new EnumMap<>(Kind.class);

	private final Map<Kind, Integer> months = new EnumMap<>(Kind.class);

	private final Map<Kind, Lean> leans = new EnumMap<>(Kind.class);

	private long forecasts;

	private long nanos;

	public static void main(String[] args) {
		long set = Long.parseLong(args[0]);
		int volumes = Integer.parseInt(args[1]);
		ForecastBench bench = new ForecastBench();
		for (Kind kind : Kind.values()) {
			// New volumes are short.
			int count = (kind == Kind.NEW) ? volumes * 2 : volumes;
			for (int number = 0; number < count; number++) {
				bench.watch(kind, new SyntheticVolume(kind, set, number));
			}
		}
		System.out.print(bench.report(set));
	}

	private void watch(Kind kind, SyntheticVolume volume) {
		Map<Method, Score> scores = this.scores.computeIfAbsent(kind, (key) -> new EnumMap<>(Method.class));
		for (Method method : Method.values()) {
			scores.computeIfAbsent(method, (key) -> new Score());
		}
		this.months.merge(kind, kind.months(), Integer::sum);
		List<ByteSample> course = new ArrayList<>();
		for (int step = volume.scoredFrom(); step < volume.steps(); step++) {
			course.add(new ByteSample(SyntheticVolume.instant(step), volume.used(step)));
		}
		List<ByteSample> passes = volume.passes()
			.stream()
			.map((pass) -> new ByteSample(pass.facts().now(), pass.usedBytes()))
			.toList();
		List<Crossing> crossings = Crossing.of(course, passes, volume.threshold(), INTERVAL);
		Map<Method, List<Span>> warnings = new EnumMap<>(Method.class);
		Lean lean = this.leans.computeIfAbsent(kind, (key) -> new Lean());
		warnings.putAll(dumpkeeper(volume, scores.get(Method.DUMPKEEPER), lean));
		warnings.putAll(prometheus(volume, scores));
		warnings.put(Method.LAST_VALUE, lastValue(volume, scores.get(Method.LAST_VALUE)));
		warnings.forEach((method, spans) -> scores.get(method).warnings.add(course, volume.threshold(), crossings,
				spans, HORIZON, INTERVAL, (crossing) -> isForeseeable(volume, crossing)));
	}

	private static boolean isForeseeable(SyntheticVolume volume, Crossing crossing) {
		Pass last = null;
		for (Pass pass : volume.passes()) {
			if (!pass.facts().now().isAfter(crossing.at().minus(Duration.ofHours(24)))) {
				last = pass;
			}
		}
		return last != null && volume.isForeseeable(last, 48);
	}

	private Map<Method, List<Span>> dumpkeeper(SyntheticVolume volume, Score score, Lean lean) {
		Watch usual = new Watch(MARGIN);
		Watch narrow = new Watch(NARROW_MARGIN);
		for (Pass pass : volume.passes()) {
			long begin = System.nanoTime();
			Forecast forecast = this.forecaster.forecast(pass.facts(), HORIZON.plus(AlertPolicy.BEYOND));
			this.nanos += System.nanoTime() - begin;
			this.forecasts++;
			for (int i = 0; i < AHEAD.length; i++) {
				int target = pass.step() + AHEAD[i] * SyntheticVolume.STEPS_OF_AN_HOUR;
				if (isScored(volume, target)) {
					score.errors[i].add(percent(volume, volume.used(target)),
							percent(volume, forecast.p50().get(AHEAD[i] - 1)),
							percent(volume, forecast.p90().get(AHEAD[i] - 1)));
					lean.add(volume.keepsNewest(), i, percent(volume, volume.used(target)),
							percent(volume, forecast.p50().get(AHEAD[i] - 1)),
							percent(volume, forecast.p90().get(AHEAD[i] - 1)));
				}
			}
			Shares shares = Shares.of(forecast, HORIZON, pass.facts().usedBytes(), volume.capacity(),
					pass.facts().passInterval());
			usual.pass(pass.facts().now(), shares);
			narrow.pass(pass.facts().now(), shares);
		}
		return Map.of(Method.DUMPKEEPER, usual.warned.end(volume), Method.NARROW, narrow.warned.end(volume));
	}

	private Map<Method, List<Span>> prometheus(SyntheticVolume volume, Map<Method, Score> scores) {
		Warned line = new Warned();
		Warned mixin = new Warned();
		boolean linePending = false;
		boolean mixinPending = false;
		double capacity = volume.capacity();
		for (int step = volume.scoredFrom(); step < volume.steps(); step += SyntheticVolume.STEPS_OF_AN_HOUR) {
			int samples = Math.min(WINDOW, step - volume.scoredFrom()) + 1;
			if (samples < 2) {
				continue;
			}
			List<ByteSample> window = new ArrayList<>();
			for (int at = step - samples + 1; at <= step; at++) {
				window.add(new ByteSample(SyntheticVolume.instant(at), volume.used(at)));
			}
			Instant now = SyntheticVolume.instant(step);
			for (int i = 0; i < AHEAD.length; i++) {
				int target = step + AHEAD[i] * SyntheticVolume.STEPS_OF_AN_HOUR;
				if (volume.isWatched(step) && isScored(volume, target)) {
					double value = percent(volume, predict(window, now, AHEAD[i]));
					scores.get(Method.PREDICT_LINEAR).errors[i].add(percent(volume, volume.used(target)), value, value);
				}
			}
			double used = volume.used(step);
			boolean crosses = used >= volume.threshold()
					|| predict(window, now, (int) HORIZON.toHours()) >= volume.threshold();
			line.set(now, crosses && (linePending || line.isOn()));
			linePending = crosses;
			boolean fills = used > 0.85 * capacity && predict(window, now, 4 * 24) > capacity;
			mixin.set(now, fills && (mixinPending || mixin.isOn()));
			mixinPending = fills;
		}
		return Map.of(Method.PREDICT_LINEAR, line.end(volume), Method.MIXIN, mixin.end(volume));
	}

	private static double predict(List<ByteSample> window, Instant now, int hours) {
		return PredictLinear.of(window, now, Duration.ofHours(hours)).orElseThrow();
	}

	private static List<Span> lastValue(SyntheticVolume volume, Score score) {
		Warned warned = new Warned();
		for (Pass pass : volume.passes()) {
			for (int i = 0; i < AHEAD.length; i++) {
				int target = pass.step() + AHEAD[i] * SyntheticVolume.STEPS_OF_AN_HOUR;
				if (isScored(volume, target)) {
					double value = percent(volume, pass.usedBytes());
					score.errors[i].add(percent(volume, volume.used(target)), value, value);
				}
			}
			warned.set(pass.facts().now(), pass.usedBytes() >= volume.threshold());
		}
		return warned.end(volume);
	}

	private static boolean isScored(SyntheticVolume volume, int target) {
		return target < volume.steps() && volume.isWatched(target);
	}

	private static double percent(SyntheticVolume volume, double bytes) {
		return 100 * bytes / volume.capacity();
	}

	private String report(long set) {
		StringBuilder text = new StringBuilder();
		int total = this.months.values().stream().mapToInt(Integer::intValue).sum();
		text.append(String.format(Locale.ROOT, "Set %d: %d volume-months, %,d forecasts, %.0f µs each.%n%n", set, total,
				this.forecasts, this.nanos / 1e3 / this.forecasts));
		text.append("| class | MAE 6 h | 24 h | 72 h | predict_linear 6 h | 24 h | 72 h | last value 6 h | 24 h | 72 h "
				+ "| of predict_linear | of last value |\n|---|" + "--:|".repeat(11) + "\n");
		this.scores.forEach((kind, scores) -> {
			text.append("| ").append(name(kind));
			for (Method method : List.of(Method.DUMPKEEPER, Method.PREDICT_LINEAR, Method.LAST_VALUE)) {
				for (ForecastErrors errors : scores.get(method).errors) {
					text.append(number(" | %.2f", errors.meanAbsolute()));
				}
			}
			double ours = scores.get(Method.DUMPKEEPER).errors[2].meanAbsolute();
			text.append(number(" | %.2f", ours / scores.get(Method.PREDICT_LINEAR).errors[2].meanAbsolute()))
				.append(number(" | %.2f |\n", ours / scores.get(Method.LAST_VALUE).errors[2].meanAbsolute()));
		});
		text.append("\n| class | P90 covers 6 h | 24 h | 72 h | pinball P50 6 h | 24 h | 72 h | P90 6 h | 24 h | 72 h "
				+ "| predict_linear P90 72 h | last value P90 72 h |\n|---|" + "--:|".repeat(11) + "\n");
		this.scores.forEach((kind, scores) -> {
			ForecastErrors[] errors = scores.get(Method.DUMPKEEPER).errors;
			text.append("| ").append(name(kind));
			for (ForecastErrors ahead : errors) {
				text.append(number(" | %.1f %%", 100 * ahead.coverage()));
			}
			for (ForecastErrors ahead : errors) {
				text.append(number(" | %.2f", ahead.pinball50()));
			}
			for (ForecastErrors ahead : errors) {
				text.append(number(" | %.2f", ahead.pinball90()));
			}
			text.append(number(" | %.2f", scores.get(Method.PREDICT_LINEAR).errors[2].pinball90()))
				.append(number(" | %.2f |\n", scores.get(Method.LAST_VALUE).errors[2].pinball90()));
		});
		text.append("\n| class | P50 above use, keep-newest=1: 24 h | 72 h | MAE 72 h | P90 covers 72 h "
				+ "| keep-newest=0: 24 h | 72 h | MAE 72 h | P90 covers 72 h |\n|---|" + "--:|".repeat(8) + "\n");
		Lean all = new Lean();
		this.leans.forEach((kind, lean) -> {
			text.append(lean.row(name(kind)));
			all.add(lean);
		});
		text.append(all.row("all"));
		text.append(
				"\n| class | method | warnings | false | a volume-month | crossings | missed | of these seen growing "
						+ "| foreseeable | median lead h | flaps |\n|---|---|" + "--:|".repeat(9) + "\n");
		this.scores.forEach((kind, scores) -> scores.forEach((method, score) -> {
			WarningScore warnings = score.warnings;
			text.append("| ")
				.append(name(kind))
				.append(" | ")
				.append(method.text)
				.append(String.format(Locale.ROOT, " | %d | %d | %.2f | %d | %d | %d | %d | %s | %d |%n",
						warnings.warnings(), warnings.falseWarnings(),
						warnings.falseWarnings() / (double) this.months.get(kind), warnings.crossings(),
						warnings.missed(), warnings.missedGrown(), warnings.foreseeable(),
						warnings.medianLead().map((lead) -> String.valueOf(lead.toHours())).orElse("-"),
						warnings.flaps()));
		}));
		return text.toString();
	}

	private static String name(Kind kind) {
		return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

	private static String number(String format, double value) {
		return String.format(Locale.ROOT, format, value);
	}

	/** A method of forecasting. */
	private enum Method {

		DUMPKEEPER("dumpkeeper"), NARROW("early-margin 0.05"), PREDICT_LINEAR("predict_linear"),
		MIXIN("kubernetes-mixin"), LAST_VALUE("last value");

		private final String text;

		Method(String text) {
			this.text = text;
		}

	}

	/** What one method made of one class. */
	private static final class Score {

		private final ForecastErrors[] errors = { new ForecastErrors(), new ForecastErrors(), new ForecastErrors() };

		private final WarningScore warnings = new WarningScore();

	}

	/**
	 * How much too high P50 was, apart for volumes that keep the newest dump of each
	 * workload and those that do not.
	 */
	private static final class Lean {

		private final double[][] above = new double[2][AHEAD.length];

		private final ForecastErrors[][] errors = new ForecastErrors[2][AHEAD.length];

		Lean() {
			for (ForecastErrors[] errors : this.errors) {
				Arrays.setAll(errors, (i) -> new ForecastErrors());
			}
		}

		void add(boolean keepsNewest, int ahead, double truth, double p50, double p90) {
			int which = keepsNewest ? 0 : 1;
			this.above[which][ahead] += p50 - truth;
			this.errors[which][ahead].add(truth, p50, p90);
		}

		void add(Lean other) {
			for (int which = 0; which < 2; which++) {
				for (int i = 0; i < AHEAD.length; i++) {
					this.above[which][i] += other.above[which][i];
					this.errors[which][i].add(other.errors[which][i]);
				}
			}
		}

		String row(String name) {
			StringBuilder row = new StringBuilder("| ").append(name);
			for (int which = 0; which < 2; which++) {
				for (int i = 1; i < AHEAD.length; i++) {
					row.append(number(" | %.2f", this.above[which][i] / this.errors[which][i].count()));
				}
				ForecastErrors last = this.errors[which][AHEAD.length - 1];
				row.append(number(" | %.2f", last.meanAbsolute())).append(number(" | %.1f %%", 100 * last.coverage()));
			}
			return row.append(" |\n").toString();
		}

	}

	/** The warnings of a policy. */
	private static final class Watch {

		private final AlertPolicy policy;

		private final Warned warned = new Warned();

		private AlertState state = AlertState.NEW;

		Watch(double earlyMargin) {
			this.policy = new AlertPolicy(SyntheticVolume.THRESHOLD, earlyMargin);
		}

		void pass(Instant now, Shares shares) {
			Decision decision = this.policy.decide(this.state, now, shares);
			this.state = decision.state();
			decision.transition().ifPresent((transition) -> this.warned.set(now, transition != AlertTransition.END));
		}

	}

	/** When a warning was on. */
	private static final class Warned {

		private final List<Span> spans = new ArrayList<>();

		private @Nullable Instant since;

		void set(Instant at, boolean on) {
			Instant since = this.since;
			if (on && since == null) {
				this.since = at;
			}
			else if (!on && since != null) {
				this.spans.add(new Span(since, at));
				this.since = null;
			}
		}

		boolean isOn() {
			return this.since != null;
		}

		List<Span> end(SyntheticVolume volume) {
			set(SyntheticVolume.instant(volume.steps()), false);
			return this.spans;
		}

	}

}
