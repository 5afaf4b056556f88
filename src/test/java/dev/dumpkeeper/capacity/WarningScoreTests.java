package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.capacity.WarningScore.Span;
import dev.dumpkeeper.capacity.forecast.ByteSample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for what a warning, a crossing and an error are worth.
 */
class WarningScoreTests {

	private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

	private static final Duration INTERVAL = Duration.ofHours(6);

	@Test
	void aWarningBeforeACrossingIsItsLead() {
		WarningScore score = score(rising(), List.of(new Span(hours(48), hours(100))));
		assertThat(score.crossings()).isOne();
		assertThat(score.missed()).isZero();
		assertThat(score.falseWarnings()).isZero();
		assertThat(score.medianLead()).contains(Duration.ofHours(30));
	}

	@Test
	void aWarningAtTheCrossingCameTooLate() {
		WarningScore score = score(rising(), List.of(new Span(hours(78), hours(100))));
		assertThat(score.missed()).isOne();
		assertThat(score.missedGrown()).isOne();
		assertThat(score.medianLead()).contains(Duration.ZERO);
	}

	@Test
	void aLeadIsNotLongerThanTheHorizon() {
		assertThat(score(rising(), List.of(new Span(hours(0), hours(100)))).medianLead())
			.contains(Duration.ofHours(72));
	}

	@Test
	void aWarningThatNothingFollowedIsFalseAndOneRightAfterItFlaps() {
		List<ByteSample> calm = course(200, (hour) -> 10);
		WarningScore score = score(calm, List.of(new Span(hours(6), hours(18)), new Span(hours(36), hours(48)),
				new Span(hours(100), hours(110)), new Span(hours(150), hours(160))));
		assertThat(score.warnings()).isEqualTo(4);
		// Of the last one nobody knows yet.
		assertThat(score.falseWarnings()).isEqualTo(3);
		assertThat(score.flaps()).isOne();
	}

	@Test
	void aVolumeThatSwingsAroundTheThresholdCrossesItOnce() {
		List<ByteSample> course = course(100, (hour) -> (hour >= 50 && hour % 12 < 6) ? 81 : 75);
		assertThat(Crossing.of(course, course, 80, INTERVAL)).hasSize(1);
	}

	@Test
	void whatJumpedUpBetweenTwoPassesDidNotGrow() {
		List<ByteSample> course = course(100, (hour) -> (hour >= 50) ? 90 : 10);
		List<ByteSample> passes = course.stream().filter((used) -> isPass(used.at())).toList();
		Crossing crossing = Crossing.of(course, passes, 80, INTERVAL).get(0);
		assertThat(crossing.watched()).isTrue();
		assertThat(crossing.grewLongerThan(INTERVAL)).isFalse();
	}

	@Test
	void nobodyCanBeWarnedInAGap() {
		List<ByteSample> course = rising();
		List<ByteSample> passes = course.stream()
			.filter((used) -> isPass(used.at()) && used.at().isBefore(hours(60)))
			.toList();
		assertThat(Crossing.of(course, passes, 80, INTERVAL).get(0).watched()).isFalse();
	}

	@Test
	void errorsAreAddedUp() {
		ForecastErrors errors = new ForecastErrors();
		errors.add(10, 8, 12);
		errors.add(20, 24, 19);
		assertThat(errors.meanAbsolute()).isEqualTo(3);
		assertThat(errors.pinball50()).isEqualTo(1.5);
		assertThat(errors.pinball90()).isCloseTo((0.1 * 2 + 0.9 * 1) / 2, within(1e-9));
		assertThat(errors.coverage()).isEqualTo(0.5);
	}

	@Test
	void aLineGoesOn() {
		List<ByteSample> course = rising();
		assertThat(PredictLinear.of(course, hours(20), Duration.ofHours(10)).orElseThrow()).isCloseTo(31, within(1e-6));
		assertThat(PredictLinear.of(course.subList(0, 1), hours(20), Duration.ofHours(10))).isEmpty();
	}

	private static WarningScore score(List<ByteSample> course, List<Span> spans) {
		List<ByteSample> passes = course.stream().filter((used) -> isPass(used.at())).toList();
		WarningScore score = new WarningScore();
		score.add(course, 80, Crossing.of(course, passes, 80, INTERVAL), spans, Duration.ofHours(72), INTERVAL,
				(crossing) -> true);
		return score;
	}

	private static boolean isPass(Instant at) {
		return Duration.between(START, at).toHours() % 6 == 0;
	}

	private static List<ByteSample> rising() {
		// The threshold of 80 is reached after 79 hours, by the sample after 78.
		return course(120, (hour) -> hour + ((hour >= 78) ? 2 : 1));
	}

	private static List<ByteSample> course(int hours, java.util.function.IntToLongFunction bytes) {
		List<ByteSample> course = new ArrayList<>();
		for (int hour = 0; hour < hours; hour++) {
			course.add(new ByteSample(hours(hour), bytes.applyAsLong(hour)));
		}
		return course;
	}

	private static Instant hours(long hours) {
		return START.plus(Duration.ofHours(hours));
	}

}
