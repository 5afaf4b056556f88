package dev.dumpkeeper.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.capacity.ForecastScore;
import dev.dumpkeeper.capacity.ForecastScore.Errors;
import dev.dumpkeeper.capacity.ForecastScore.Method;
import dev.dumpkeeper.capacity.ForecastScore.Warnings;
import dev.dumpkeeper.capacity.ForecastScores;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ScoreTable}.
 */
class ScoreTableTests {

	private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");

	private static final long GIB = 1L << 30;

	private static final ForecastScore SCORE = new ForecastScore("jfs\u202edata", FROM, FROM.plus(Duration.ofDays(30)),
			121, List.of(
					new Method("dumpkeeper",
							List.of(new Errors(6, 120, 1.5 * GIB, 0.75 * GIB, 0.4 * GIB, 0.9),
									new Errors(72, 109, 3.0 * GIB, 1.5 * GIB, 0.6 * GIB, 0.925)),
							new Warnings(2, 1, 1, 1, 0, 0, Duration.ofMinutes(44 * 60 + 30), 0)),
					new Method("as told", List.of(), new Warnings(1, 0, 0, 1, 1, 1, null, 0)),
					new Method("predict_linear", List.of(new Errors(6, 0, 0, 0, 0, 0),
							new Errors(72, 109, 9.0 * GIB, 4.5 * GIB, 4.0 * GIB, 0.7)), null)));

	@Test
	void theTablesReadLikeThis() {
		assertThat(ScoreTable.text(List.of(SCORE))).isEqualTo(
				"""
						VOLUME         METHOD          AHEAD  FORECASTS      MAE  PINBALL P50  PINBALL P90  P90 COVERS
						jfs\\u202edata  dumpkeeper        6 h        120  1.5 GiB    768.0 MiB    409.6 MiB      90.0 %
						jfs\\u202edata  dumpkeeper       72 h        109  3.0 GiB      1.5 GiB    614.4 MiB      92.5 %
						jfs\\u202edata  predict_linear    6 h          0        -            -            -           -
						jfs\\u202edata  predict_linear   72 h        109  9.0 GiB      4.5 GiB      4.0 GiB      70.0 %

						VOLUME         METHOD      WARNINGS  FALSE  FALSE A MONTH  CROSSINGS  MISSED  SEEN GROWING  MEDIAN LEAD  FLAPS
						jfs\\u202edata  dumpkeeper         2      1            1.0          1       0             0         44 h      0
						jfs\\u202edata  as told            1      0            0.0          1       1             1            -      0
						""");
	}

	@Test
	void volumesBeyondTheLimitAreCounted() {
		ForecastScores.Scored scored = new ForecastScores.Scored(List.of(SCORE), 7);
		assertThat(ScoreTable.text(scored)).startsWith(ScoreTable.text(List.of(SCORE)))
			.endsWith("7 less full volumes were left out: --most or --volume scores them\n");
		assertThat(ScoreTable.json(scored)).contains("\"volumesLeftOut\":7");
	}

	@Test
	void nothingToScoreIsSaid() {
		assertThat(ScoreTable.text(List.of())).isEqualTo("no pass has looked at a capacity in that time\n");
		assertThat(ScoreTable.json(new ForecastScores.Scored(List.of(), 0)))
			.isEqualTo("{\"forecastScore\":[],\"volumesLeftOut\":0}");
	}

	@Test
	void aNumberThatIsNotKnownIsLeftOutForMachines() {
		assertThat(ScoreTable.json(new ForecastScores.Scored(List.of(SCORE), 7)))
			.contains("\"method\":\"predict_linear\",\"errors\":[{\"hours\":6,\"count\":0},")
			.contains("\"medianLeadHours\":44.5")
			.doesNotContain("NaN");
	}

}
