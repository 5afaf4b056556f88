package dev.dumpkeeper.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.springframework.core.annotation.Order;

import dev.dumpkeeper.capacity.ForecastScore;
import dev.dumpkeeper.capacity.ForecastScores;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.ReportSection;

/**
 * Reports once a day how good the forecasts were.
 */
@Order(65)
final class ScoreSection implements ReportSection {

	/** The fullest volumes. */
	private static final int VOLUMES = 5;

	private static final Duration SPAN = Duration.ofDays(14);

	private final ForecastScores scores;

	ScoreSection(ForecastScores scores) {
		this.scores = scores;
	}

	@Override
	public void write(Report report) {
		if (!report.hasStep("composeDailyReport")) {
			return;
		}
		Instant now = report.run().now();
		List<ForecastScore> scored = this.scores.score(List.of(), VOLUMES, now.minus(SPAN), now).scores();
		if (!scored.isEmpty()) {
			report.put("forecastScore", scored.stream().map(ScoreTable::json).toList());
			report.text("\nforecasts of the last 14 days:\n" + ScoreTable.text(scored));
		}
	}

}
