package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.capacity.AlertPolicy.Decision;
import dev.dumpkeeper.capacity.forecast.Forecast;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AlertPolicy}.
 */
class AlertPolicyTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	private final AlertPolicy policy = new AlertPolicy(0.8, 1);

	private final AlertPolicy narrow = new AlertPolicy(0.8, 0.05);

	private AlertState state = AlertState.NEW;

	private Instant now = NOW;

	@Test
	void aForecastCrossingIsReportedEarlyAndOnce() {
		assertThat(pass(0.5, 0.81, 0.6).transition()).contains(AlertTransition.BEGIN);
		assertThat(this.state.level()).isEqualTo(CapacityLevel.EARLY);
		assertThat(pass(0.5, 0.81, 0.6).transition()).isEmpty();
	}

	@Test
	void aHigherLevelIsReportedAtOnce() {
		pass(0.5, 0.81, 0.6);
		assertThat(pass(0.8, 0.85, 0.8).transition()).contains(AlertTransition.WORSE);
		assertThat(pass(0.95, 0.95, 0.95).transition()).contains(AlertTransition.WORSE);
		assertThat(this.state.level()).isEqualTo(CapacityLevel.CRITICAL);
	}

	@Test
	void fullBeforeTheNextPassIsCritical() {
		pass(0.6, 1, 1);
		assertThat(this.state.level()).isEqualTo(CapacityLevel.CRITICAL);
	}

	@Test
	void aLevelIsLeftOnlyAfterTwoPassesBelowItsLowerBound() {
		pass(0.81, 0.81, 0.81);
		assertThat(pass(0.76, 0.76, 0.76).state().level()).isEqualTo(CapacityLevel.HIGH);
		assertThat(pass(0.5, 0.5, 0.5).transition()).isEmpty();
		assertThat(pass(0.76, 0.76, 0.76).transition()).isEmpty();
		assertThat(pass(0.5, 0.5, 0.5).transition()).isEmpty();
		assertThat(pass(0.5, 0.5, 0.5).transition()).contains(AlertTransition.END);
		assertThat(pass(0.5, 0.5, 0.5).transition()).isEmpty();
	}

	@Test
	void aReminderComesAfterADay() {
		pass(0.81, 0.81, 0.81);
		this.now = NOW.plus(Duration.ofHours(23));
		assertThat(pass(0.81, 0.81, 0.81).transition()).isEmpty();
		this.now = NOW.plus(Duration.ofHours(24));
		assertThat(pass(0.81, 0.81, 0.81).transition()).contains(AlertTransition.REMINDER);
		assertThat(pass(0.81, 0.81, 0.81).transition()).isEmpty();
	}

	@Test
	void aVolumeThatSwingsAroundTheThresholdIsReportedOnce() {
		long notified = 0;
		for (int i = 0; i < 20; i++) {
			notified += pass((i % 2 == 0) ? 0.81 : 0.79, 0.81, 0.81).transition().isPresent() ? 1 : 0;
		}
		assertThat(notified).isEqualTo(1);
	}

	@Test
	void theEndOfWhatNobodyHeardOfIsNotReported() {
		assertThat(pass(0.1, 0.1, 0.1).transition()).isEmpty();
	}

	@Test
	void wheneverTheForecastCrossesTheVolumeIsEarly() {
		assertThat(pass(0.1, 0.1, 0.799, 0.2).state()).isEqualTo(AlertState.NEW);
		assertThat(pass(0.1, 0.1, 0.8, 0.2).transition()).contains(AlertTransition.BEGIN);
		assertThat(this.state.level()).isEqualTo(CapacityLevel.EARLY);
	}

	@Test
	void whatCrossesBeyondTheHorizonIsNotEarlyYet() {
		assertThat(decide(this.policy, AlertState.NEW, 0.5, 0.79, 0.9, 0.6).state()).isEqualTo(AlertState.NEW);
	}

	@Test
	void withANarrowMarginACrossingThatIsFarFromLikelyIsNoLevel() {
		assertThat(decide(this.narrow, AlertState.NEW, 0.74, 0.9, 0.9, 0.6).state()).isEqualTo(AlertState.NEW);
		assertThat(decide(this.narrow, AlertState.NEW, 0.75, 0.79, 0.79, 0.6).state()).isEqualTo(AlertState.NEW);
		Decision decision = decide(this.narrow, AlertState.NEW, 0.75, 0.9, 0.9, 0.6);
		assertThat(decision.transition()).contains(AlertTransition.BEGIN);
		assertThat(decide(this.narrow, decision.state(), 0.6, 0.9, 0.9, 0.6).state().level())
			.isEqualTo(CapacityLevel.EARLY);
	}

	@Test
	void withANarrowMarginWhatMayCrossWithinTwoPassesIsReportedAtOnce() {
		assertThat(decide(this.narrow, AlertState.NEW, 0.5, 0.8, 0.8, 0.8).transition())
			.contains(AlertTransition.BEGIN);
		assertThat(decide(this.narrow, AlertState.NEW, 0.5, 0.8, 0.8, 0.79).transition()).isEmpty();
	}

	/** What is stored, reported and shown is what was announced. */
	@Test
	void levelAndMessageAreOne() {
		SplittableRandom random = new SplittableRandom(33);
		for (int pass = 0; pass < 10_000; pass++) {
			double used = random.nextDouble();
			double next = used + 0.3 * random.nextDouble();
			double p90 = next + 0.3 * random.nextDouble();
			CapacityLevel before = this.state.level();
			Decision decision = pass(used, used + (p90 - used) * random.nextDouble(), p90, next);
			assertThat(decision.state().notifiedLevel()).isGreaterThanOrEqualTo(decision.state().level());
			assertThat(decision.state().notifiedLevel() == CapacityLevel.CALM)
				.isEqualTo(decision.state().level() == CapacityLevel.CALM);
			if (decision.state().level().compareTo(before) > 0) {
				assertThat(decision.transition()).isPresent();
			}
			this.now = this.now.plus(Duration.ofMinutes(1));
		}
	}

	@Test
	void anEarlyLevelHoldsUntilTheForecastIsAQuarterLower() {
		pass(0.5, 0.8, 0.8, 0.6);
		for (int i = 0; i < 5; i++) {
			assertThat(pass(0.5, 0.5, 0.551, 0.5).state().level()).isEqualTo(CapacityLevel.EARLY);
		}
		pass(0.5, 0.5, 0.549, 0.5);
		assertThat(pass(0.5, 0.5, 0.549, 0.5).transition()).contains(AlertTransition.END);
	}

	@Test
	void anEarlyLevelEndsWithALowThresholdToo() {
		AlertPolicy low = new AlertPolicy(0.2, 1);
		AlertState early = decide(low, AlertState.NEW, 0.2, 0.2, 0.2, 0.2).state();
		assertThat(early.level()).isEqualTo(CapacityLevel.EARLY);
		AlertPolicy.Shares calm = new AlertPolicy.Shares(0.01, 0.01, 0.09, 0.09, 0.01, 0.01);
		assertThat(low.decide(low.decide(early, NOW, calm).state(), NOW, calm).transition())
			.contains(AlertTransition.END);
	}

	@Test
	void anEarlyLevelHoldsWhileTheNextDayWouldBringItBack() {
		AlertState early = decide(this.policy, AlertState.NEW, 0.5, 0.8, 0.8, 0.6).state();
		for (int i = 0; i < 5; i++) {
			early = decide(this.policy, early, 0.2, 0.3, 0.551, 0.25).state();
			assertThat(early.level()).isEqualTo(CapacityLevel.EARLY);
		}
		early = decide(this.policy, early, 0.2, 0.3, 0.549, 0.25).state();
		assertThat(decide(this.policy, early, 0.2, 0.3, 0.549, 0.25).transition()).contains(AlertTransition.END);
	}

	@Test
	void aLevelThatWasReallyLeftIsReportedAtOnceWhenItComesAgain() {
		pass(0.81, 0.85, 0.9, 0.85);
		pass(0.7, 0.85, 0.9, 0.75);
		assertThat(pass(0.7, 0.85, 0.9, 0.75).state().level()).isEqualTo(CapacityLevel.EARLY);
		this.now = this.now.plus(Duration.ofHours(6));
		assertThat(pass(0.81, 0.85, 0.9, 0.85).transition()).contains(AlertTransition.WORSE);
	}

	@Test
	void aFallBetweenLevelsIsNoNews() {
		pass(0.96, 0.96, 0.96, 0.96);
		pass(0.7, 0.85, 0.9, 0.75);
		assertThat(pass(0.7, 0.85, 0.9, 0.75).transition()).isEmpty();
		assertThat(this.state.level()).isEqualTo(CapacityLevel.EARLY);
		pass(0.5, 0.5, 0.5, 0.5);
		assertThat(pass(0.5, 0.5, 0.5, 0.5).transition()).contains(AlertTransition.END);
	}

	@Test
	void sharesAreReadOffAForecast() {
		Forecast forecast = new Forecast(NOW, List.of(10L, 20L, 30L, 40L), List.of(20L, 40L, 60L, 80L), false);
		Duration horizon = Duration.ofHours(3);
		assertThat(AlertPolicy.Shares.of(forecast, horizon, 10, 100, Duration.ofHours(2)))
			.isEqualTo(new AlertPolicy.Shares(0.1, 0.3, 0.6, 0.8, 0.4, 0.6));
		assertThat(AlertPolicy.Shares.of(forecast, horizon, 10, 100, Duration.ofHours(1)))
			.isEqualTo(new AlertPolicy.Shares(0.1, 0.3, 0.6, 0.8, 0.2, 0.4));
		assertThat(AlertPolicy.Shares.of(forecast, horizon, 10, 100, Duration.ofDays(2)).nextPassP90()).isEqualTo(0.6);
	}

	private Decision pass(double used, double highestP90, double nextPassP90) {
		return pass(used, highestP90, highestP90, nextPassP90);
	}

	private Decision pass(double used, double highestP50, double highestP90, double nextPassP90) {
		Decision decision = this.policy.decide(this.state, this.now,
				new AlertPolicy.Shares(used, highestP50, highestP90, highestP90, nextPassP90, nextPassP90));
		this.state = decision.state();
		return decision;
	}

	/** Of a volume that is hardly used. */
	private static Decision decide(AlertPolicy policy, AlertState before, double highestP50, double highestP90,
			double beyondP90, double soonP90) {
		return policy.decide(before, NOW, new AlertPolicy.Shares(0.1, highestP50, highestP90, beyondP90, 0.2, soonP90));
	}

}
