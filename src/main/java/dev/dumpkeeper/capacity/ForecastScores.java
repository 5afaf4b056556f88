package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.capacity.LevelRule.News;
import dev.dumpkeeper.capacity.LevelRule.Shares;
import dev.dumpkeeper.capacity.LevelRule.Verdict;
import dev.dumpkeeper.capacity.WarningScore.Span;
import dev.dumpkeeper.usage.DirectoryUsage;

/**
 * Scores forecasts on what was recorded: at each past pass the forecaster of this version
 * is asked again with what was known then, and compared with what later passes found.
 * Beside it stand {@code predict_linear}, for which passes are the only samples there
 * are, the last value, and what people were really told. Reads only.
 */
public final class ForecastScores {

	private static final int[] AHEAD = { 6, 24, 72 };

	/** A pass so close to the horizon tells what came. */
	private static final Duration NEAR = Duration.ofHours(1);

	private static final Duration GREW_FOR = Duration.ofHours(24);

	private static final Duration MONTH = Duration.ofDays(30);

	private final CapacityProperties properties;

	private final CapacityRows rows;

	private final FactsReader facts;

	private final Forecaster forecaster = new Forecaster();

	ForecastScores(CapacityProperties properties, CapacityRows rows, FactsReader facts) {
		this.properties = properties;
		this.rows = rows;
		this.facts = facts;
	}

	/**
	 * Scores volumes, one after the other. Each pass of each volume is a forecast and two
	 * queries, hence the limit.
	 * @param volumes their names; none for those that were ever fullest
	 * @param most so many of the fullest at most
	 * @param from forecasts are made at passes from then on
	 * @param to and until then; what later passes found does not count
	 * @return without volumes whose capacity no pass looked at in that span
	 */
	public Scored score(List<String> volumes, int most, Instant from, Instant to) {
		List<String> known = volumes.isEmpty() ? this.rows.readVolumes(from, to) : volumes;
		int limit = volumes.isEmpty() ? Math.min(most, known.size()) : known.size();
		return new Scored(
				known.stream().limit(limit).map((volume) -> score(volume, from, to)).flatMap(Optional::stream).toList(),
				known.size() - limit);
	}

	private Optional<ForecastScore> score(String volume, Instant from, Instant to) {
		List<CapacityReading> readings = this.rows.of(volume, from, to);
		if (readings.isEmpty()) {
			return Optional.empty();
		}
		List<DirectoryUsage> history = this.facts.history(volume, from, to);
		Instant since = from.minus(PredictLinear.WINDOW.multipliedBy(2));
		List<UsedAt> found = history.stream()
			.filter((measured) -> measured.measuredAt().isAfter(since))
			.map(ForecastScores::used)
			.toList();
		Replay replay = new Replay(volume, history, found, readings);
		readings.forEach(replay::pass);
		return Optional.of(replay.score());
	}

	private static UsedAt used(DirectoryUsage measured) {
		return new UsedAt(measured.measuredAt(), measured.objectBytes());
	}

	/**
	 * The scores of some volumes.
	 *
	 * @param scores by volume
	 * @param leftOut how many less full volumes were beyond the limit
	 */
	public record Scored(List<ForecastScore> scores, int leftOut) {

	}

	/** Who looks ahead. */
	private enum Who {

		DUMPKEEPER("dumpkeeper"), TOLD("as told"), PREDICT_LINEAR("predict_linear"), LAST_VALUE("last value");

		private final String text;

		Who(String text) {
			this.text = text;
		}

	}

	/** One volume, pass after pass. */
	private final class Replay {

		private final String volume;

		private final List<DirectoryUsage> history;

		private final List<UsedAt> found;

		private final List<CapacityReading> readings;

		private final Map<Who, List<ForecastErrors>> errors = new EnumMap<>(Who.class);

		private final Map<Who, List<Span>> spans = new EnumMap<>(Who.class);

		private final Map<Who, Instant> since = new EnumMap<>(Who.class);

		private final LevelRule rule = new LevelRule(ForecastScores.this.properties.threshold(),
				ForecastScores.this.properties.earlyMargin());

		private LevelState watch = LevelState.NEW;

		Replay(String volume, List<DirectoryUsage> history, List<UsedAt> found, List<CapacityReading> readings) {
			this.volume = volume;
			this.history = history;
			this.found = found;
			this.readings = readings;
		}

		private ForecastErrors errors(Who who, int ahead) {
			return this.errors
				.computeIfAbsent(who,
						(key) -> List.of(new ForecastErrors(), new ForecastErrors(), new ForecastErrors()))
				.get(ahead);
		}

		private List<Span> spans(Who who) {
			return this.spans.computeIfAbsent(who, (key) -> new ArrayList<>());
		}

		void pass(CapacityReading reading) {
			Instant now = reading.readAt();
			long left = Math.max(0, reading.capacity().listedBytes());
			Duration horizon = ForecastScores.this.properties.horizon();
			Duration further = horizon.plus(LevelRule.BEYOND);
			Duration longest = Duration.ofHours(Math.max(further.toHours(), AHEAD[AHEAD.length - 1]));
			Forecaster.Facts facts = ForecastScores.this.facts.then(this.volume, left, now, this.history);
			Forecast forecast = ForecastScores.this.forecaster.forecast(facts, longest);
			double last = at(now).map(UsedAt::bytes).orElse((double) left);
			for (int i = 0; i < AHEAD.length; i++) {
				Optional<UsedAt> truth = at(now.plus(Duration.ofHours(AHEAD[i])));
				if (truth.isEmpty()) {
					continue;
				}
				double bytes = truth.get().bytes();
				Duration ahead = Duration.between(now, truth.get().at());
				int hour = (int) Math.max(0,
						Math.min(forecast.p50().size() - 1L, Math.round(ahead.toMinutes() / 60.0) - 1));
				errors(Who.DUMPKEEPER, i).add(bytes, forecast.p50().get(hour), forecast.p90().get(hour));
				errors(Who.LAST_VALUE, i).add(bytes, last, last);
				OptionalDouble line = PredictLinear.of(this.found, now, ahead);
				if (line.isPresent()) {
					errors(Who.PREDICT_LINEAR, i).add(bytes, line.getAsDouble(), line.getAsDouble());
				}
			}
			Long capacity = reading.capacity().capacityBytes();
			if (capacity != null) {
				double threshold = ForecastScores.this.properties.threshold() * capacity;
				Verdict verdict = this.rule.judge(this.watch, now,
						Shares.of(forecast.until(further), horizon, left, capacity, facts.passInterval()));
				this.watch = verdict.watch();
				verdict.news().ifPresent((news) -> set(Who.DUMPKEEPER, now, news != News.END));
				if (reading.news() != null) {
					set(Who.TOLD, now, !reading.news().equals(News.END.name()));
				}
				double line = PredictLinear.of(this.found, now, horizon).orElse(last);
				set(Who.PREDICT_LINEAR, now, Math.max(last, line) >= threshold);
				set(Who.LAST_VALUE, now, last >= threshold);
			}
		}

		/** What a pass found about then. */
		private Optional<UsedAt> at(Instant instant) {
			return this.found.stream()
				.filter((used) -> Duration.between(used.at(), instant).abs().compareTo(NEAR) <= 0)
				.min(Comparator.comparing((used) -> Duration.between(used.at(), instant).abs()));
		}

		private void set(Who who, Instant at, boolean on) {
			Instant since = this.since.get(who);
			if (on && since == null) {
				this.since.put(who, at);
			}
			else if (!on && since != null) {
				spans(who).add(new Span(since, at));
				this.since.remove(who);
			}
		}

		ForecastScore score() {
			Instant from = this.readings.get(0).readAt();
			CapacityReading last = this.readings.get(this.readings.size() - 1);
			// What is still told ends with the span.
			for (Who who : Who.values()) {
				set(who, last.readAt(), false);
			}
			List<ForecastScore.Method> methods = new ArrayList<>();
			for (Who who : Who.values()) {
				methods.add(new ForecastScore.Method(who.text, (who == Who.TOLD) ? List.of() : errors(who),
						warnings(who, last.capacity().capacityBytes(), Duration.between(from, last.readAt()))));
			}
			return new ForecastScore(this.volume, from, last.readAt(), this.readings.size(), methods);
		}

		private List<ForecastScore.Errors> errors(Who who) {
			List<ForecastScore.Errors> errors = new ArrayList<>();
			for (int i = 0; i < AHEAD.length; i++) {
				ForecastErrors ahead = errors(who, i);
				errors.add((ahead.count() > 0)
						? new ForecastScore.Errors(AHEAD[i], ahead.count(), ahead.meanAbsolute(), ahead.pinball50(),
								ahead.pinball90(), ahead.coverage())
						: new ForecastScore.Errors(AHEAD[i], 0, 0, 0, 0, 0));
			}
			return errors;
		}

		private ForecastScore.@Nullable Warnings warnings(Who who, @Nullable Long capacity, Duration span) {
			if (capacity == null) {
				return null;
			}
			double threshold = ForecastScores.this.properties.threshold() * capacity;
			Duration interval = PassInterval.of(this.found.stream().map(UsedAt::at).toList());
			WarningScore score = new WarningScore();
			score.add(this.found, threshold, Crossing.of(this.found, this.found, threshold, interval), spans(who),
					ForecastScores.this.properties.horizon(), interval,
					(crossing) -> crossing.grewFor().compareTo(GREW_FOR) >= 0);
			double months = Math.max(1, span.toHours()) / (double) MONTH.toHours();
			return new ForecastScore.Warnings(score.warnings(), score.falseWarnings(), score.falseWarnings() / months,
					score.crossings(), score.missed(), score.missedGrown(), score.medianLead().orElse(null),
					score.flaps());
		}

	}

}
