package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.capacity.LevelRule.News;
import dev.dumpkeeper.capacity.LevelRule.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LevelRule}.
 */
class LevelRuleTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	private final LevelRule rule = new LevelRule(0.8, 1);

	private final LevelRule narrow = new LevelRule(0.8, 0.05);

	private LevelState watch = LevelState.NEW;

	private Instant now = NOW;

	@Test
	void aForecastCrossingIsToldEarlyAndOnce() {
		assertThat(pass(0.5, 0.81, 0.6).news()).contains(News.BEGIN);
		assertThat(this.watch.level()).isEqualTo(CapacityLevel.EARLY);
		assertThat(pass(0.5, 0.81, 0.6).news()).isEmpty();
	}

	@Test
	void aHigherLevelIsToldAtOnce() {
		pass(0.5, 0.81, 0.6);
		assertThat(pass(0.8, 0.85, 0.8).news()).contains(News.WORSE);
		assertThat(pass(0.95, 0.95, 0.95).news()).contains(News.WORSE);
		assertThat(this.watch.level()).isEqualTo(CapacityLevel.CRITICAL);
	}

	@Test
	void fullBeforeTheNextPassIsCritical() {
		pass(0.6, 1, 1);
		assertThat(this.watch.level()).isEqualTo(CapacityLevel.CRITICAL);
	}

	@Test
	void aLevelIsLeftOnlyAfterTwoPassesBelowItsLowerBound() {
		pass(0.81, 0.81, 0.81);
		assertThat(pass(0.76, 0.76, 0.76).watch().level()).isEqualTo(CapacityLevel.HIGH);
		assertThat(pass(0.5, 0.5, 0.5).news()).isEmpty();
		assertThat(pass(0.76, 0.76, 0.76).news()).isEmpty();
		assertThat(pass(0.5, 0.5, 0.5).news()).isEmpty();
		assertThat(pass(0.5, 0.5, 0.5).news()).contains(News.END);
		assertThat(pass(0.5, 0.5, 0.5).news()).isEmpty();
	}

	@Test
	void aReminderComesAfterADay() {
		pass(0.81, 0.81, 0.81);
		this.now = NOW.plus(Duration.ofHours(23));
		assertThat(pass(0.81, 0.81, 0.81).news()).isEmpty();
		this.now = NOW.plus(Duration.ofHours(24));
		assertThat(pass(0.81, 0.81, 0.81).news()).contains(News.REMINDER);
		assertThat(pass(0.81, 0.81, 0.81).news()).isEmpty();
	}

	@Test
	void aVolumeThatSwingsAroundTheThresholdIsToldOfOnce() {
		long told = 0;
		for (int i = 0; i < 20; i++) {
			told += pass((i % 2 == 0) ? 0.81 : 0.79, 0.81, 0.81).news().isPresent() ? 1 : 0;
		}
		assertThat(told).isEqualTo(1);
	}

	@Test
	void theEndOfWhatNobodyHeardOfIsNotTold() {
		assertThat(pass(0.1, 0.1, 0.1).news()).isEmpty();
	}

	@Test
	void wheneverTheForecastCrossesTheVolumeIsEarly() {
		assertThat(pass(0.1, 0.1, 0.799, 0.2).watch()).isEqualTo(LevelState.NEW);
		assertThat(pass(0.1, 0.1, 0.8, 0.2).news()).contains(News.BEGIN);
		assertThat(this.watch.level()).isEqualTo(CapacityLevel.EARLY);
	}

	@Test
	void whatCrossesBeyondTheHorizonIsNotEarlyYet() {
		assertThat(judge(this.rule, LevelState.NEW, 0.5, 0.79, 0.9, 0.6).watch()).isEqualTo(LevelState.NEW);
	}

	@Test
	void withANarrowMarginACrossingThatIsFarFromLikelyIsNoLevel() {
		assertThat(judge(this.narrow, LevelState.NEW, 0.74, 0.9, 0.9, 0.6).watch()).isEqualTo(LevelState.NEW);
		assertThat(judge(this.narrow, LevelState.NEW, 0.75, 0.79, 0.79, 0.6).watch()).isEqualTo(LevelState.NEW);
		Verdict verdict = judge(this.narrow, LevelState.NEW, 0.75, 0.9, 0.9, 0.6);
		assertThat(verdict.news()).contains(News.BEGIN);
		assertThat(judge(this.narrow, verdict.watch(), 0.6, 0.9, 0.9, 0.6).watch().level())
			.isEqualTo(CapacityLevel.EARLY);
	}

	@Test
	void withANarrowMarginWhatMayCrossWithinTwoPassesIsToldAtOnce() {
		assertThat(judge(this.narrow, LevelState.NEW, 0.5, 0.8, 0.8, 0.8).news()).contains(News.BEGIN);
		assertThat(judge(this.narrow, LevelState.NEW, 0.5, 0.8, 0.8, 0.79).news()).isEmpty();
	}

	/** What is stored, reported and shown is what people were told. */
	@Test
	void levelAndMessageAreOne() {
		SplittableRandom random = new SplittableRandom(33);
		for (int pass = 0; pass < 10_000; pass++) {
			double used = random.nextDouble();
			double next = used + 0.3 * random.nextDouble();
			double p90 = next + 0.3 * random.nextDouble();
			CapacityLevel before = this.watch.level();
			Verdict verdict = pass(used, used + (p90 - used) * random.nextDouble(), p90, next);
			assertThat(verdict.watch().toldLevel()).isGreaterThanOrEqualTo(verdict.watch().level());
			assertThat(verdict.watch().toldLevel() == CapacityLevel.CALM)
				.isEqualTo(verdict.watch().level() == CapacityLevel.CALM);
			if (verdict.watch().level().compareTo(before) > 0) {
				assertThat(verdict.news()).isPresent();
			}
			this.now = this.now.plus(Duration.ofMinutes(1));
		}
	}

	@Test
	void anEarlyLevelHoldsUntilTheForecastIsAQuarterLower() {
		pass(0.5, 0.8, 0.8, 0.6);
		for (int i = 0; i < 5; i++) {
			assertThat(pass(0.5, 0.5, 0.551, 0.5).watch().level()).isEqualTo(CapacityLevel.EARLY);
		}
		pass(0.5, 0.5, 0.549, 0.5);
		assertThat(pass(0.5, 0.5, 0.549, 0.5).news()).contains(News.END);
	}

	@Test
	void anEarlyLevelEndsWithALowThresholdToo() {
		LevelRule low = new LevelRule(0.2, 1);
		LevelState early = judge(low, LevelState.NEW, 0.2, 0.2, 0.2, 0.2).watch();
		assertThat(early.level()).isEqualTo(CapacityLevel.EARLY);
		LevelRule.Shares calm = new LevelRule.Shares(0.01, 0.01, 0.09, 0.09, 0.01, 0.01);
		assertThat(low.judge(low.judge(early, NOW, calm).watch(), NOW, calm).news()).contains(News.END);
	}

	@Test
	void anEarlyLevelHoldsWhileTheNextDayWouldBringItBack() {
		LevelState early = judge(this.rule, LevelState.NEW, 0.5, 0.8, 0.8, 0.6).watch();
		for (int i = 0; i < 5; i++) {
			early = judge(this.rule, early, 0.2, 0.3, 0.551, 0.25).watch();
			assertThat(early.level()).isEqualTo(CapacityLevel.EARLY);
		}
		early = judge(this.rule, early, 0.2, 0.3, 0.549, 0.25).watch();
		assertThat(judge(this.rule, early, 0.2, 0.3, 0.549, 0.25).news()).contains(News.END);
	}

	@Test
	void aLevelThatWasReallyLeftIsToldAtOnceWhenItComesAgain() {
		pass(0.81, 0.85, 0.9, 0.85);
		pass(0.7, 0.85, 0.9, 0.75);
		assertThat(pass(0.7, 0.85, 0.9, 0.75).watch().level()).isEqualTo(CapacityLevel.EARLY);
		this.now = this.now.plus(Duration.ofHours(6));
		assertThat(pass(0.81, 0.85, 0.9, 0.85).news()).contains(News.WORSE);
	}

	@Test
	void aFallBetweenLevelsIsNoNews() {
		pass(0.96, 0.96, 0.96, 0.96);
		pass(0.7, 0.85, 0.9, 0.75);
		assertThat(pass(0.7, 0.85, 0.9, 0.75).news()).isEmpty();
		assertThat(this.watch.level()).isEqualTo(CapacityLevel.EARLY);
		pass(0.5, 0.5, 0.5, 0.5);
		assertThat(pass(0.5, 0.5, 0.5, 0.5).news()).contains(News.END);
	}

	@Test
	void sharesAreReadOffAForecast() {
		Forecast forecast = new Forecast(NOW, List.of(10L, 20L, 30L, 40L), List.of(20L, 40L, 60L, 80L), false);
		Duration horizon = Duration.ofHours(3);
		assertThat(LevelRule.Shares.of(forecast, horizon, 10, 100, Duration.ofHours(2)))
			.isEqualTo(new LevelRule.Shares(0.1, 0.3, 0.6, 0.8, 0.4, 0.6));
		assertThat(LevelRule.Shares.of(forecast, horizon, 10, 100, Duration.ofHours(1)))
			.isEqualTo(new LevelRule.Shares(0.1, 0.3, 0.6, 0.8, 0.2, 0.4));
		assertThat(LevelRule.Shares.of(forecast, horizon, 10, 100, Duration.ofDays(2)).nextPassP90()).isEqualTo(0.6);
	}

	private Verdict pass(double used, double highestP90, double nextPassP90) {
		return pass(used, highestP90, highestP90, nextPassP90);
	}

	private Verdict pass(double used, double highestP50, double highestP90, double nextPassP90) {
		Verdict verdict = this.rule.judge(this.watch, this.now,
				new LevelRule.Shares(used, highestP50, highestP90, highestP90, nextPassP90, nextPassP90));
		this.watch = verdict.watch();
		return verdict;
	}

	/** Of a volume that is hardly used. */
	private static Verdict judge(LevelRule rule, LevelState before, double highestP50, double highestP90,
			double beyondP90, double soonP90) {
		return rule.judge(before, NOW, new LevelRule.Shares(0.1, highestP50, highestP90, beyondP90, 0.2, soonP90));
	}

}
