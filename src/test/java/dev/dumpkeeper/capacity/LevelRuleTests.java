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

	private final LevelRule rule = new LevelRule(0.8, 0.05);

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
	void aCrossingThatIsFarFromLikelyIsNoLevel() {
		assertThat(pass(0.5, 0.74, 0.9, 0.6).watch()).isEqualTo(LevelState.NEW);
		assertThat(pass(0.5, 0.75, 0.79, 0.6).watch()).isEqualTo(LevelState.NEW);
		assertThat(pass(0.5, 0.75, 0.9, 0.6).news()).contains(News.BEGIN);
		assertThat(this.watch.level()).isEqualTo(CapacityLevel.EARLY);
		assertThat(pass(0.5, 0.6, 0.9, 0.6).watch().level()).isEqualTo(CapacityLevel.EARLY);
	}

	@Test
	void withAMarginOfOneTheUnlikelyCrossingIsALevelToo() {
		LevelRule rule = new LevelRule(0.8, 1);
		LevelRule.Shares unlikely = new LevelRule.Shares(0.5, 0.5, 0.8, 0.6, 0.6);
		assertThat(rule.judge(LevelState.NEW, NOW, unlikely).news()).contains(News.BEGIN);
		assertThat(this.rule.judge(LevelState.NEW, NOW, unlikely).watch()).isEqualTo(LevelState.NEW);
	}

	@Test
	void whatMayCrossBeforeTheNextPassIsToldAtOnce() {
		assertThat(pass(0.5, 0.5, 0.8, 0.8).news()).contains(News.BEGIN);
	}

	@Test
	void whatMayCrossBeforeThePassAfterTheNextIsToldAtOnce() {
		Verdict verdict = this.rule.judge(LevelState.NEW, NOW, new LevelRule.Shares(0.5, 0.6, 0.8, 0.6, 0.8));
		assertThat(verdict.news()).contains(News.BEGIN);
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
	void anEarlyLevelHoldsUntilTheForecastIsTwentyPointsLower() {
		pass(0.5, 0.8, 0.8, 0.6);
		for (int i = 0; i < 5; i++) {
			assertThat(pass(0.5, 0.5, 0.601, 0.5).watch().level()).isEqualTo(CapacityLevel.EARLY);
		}
		pass(0.5, 0.5, 0.599, 0.5);
		assertThat(pass(0.5, 0.5, 0.599, 0.5).news()).contains(News.END);
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
		Forecast forecast = new Forecast(NOW, List.of(10L, 20L, 30L), List.of(20L, 40L, 60L), false);
		assertThat(LevelRule.Shares.of(forecast, 10, 100, Duration.ofHours(2)))
			.isEqualTo(new LevelRule.Shares(0.1, 0.3, 0.6, 0.4, 0.6));
		assertThat(LevelRule.Shares.of(forecast, 10, 100, Duration.ofHours(1)))
			.isEqualTo(new LevelRule.Shares(0.1, 0.3, 0.6, 0.2, 0.4));
		assertThat(LevelRule.Shares.of(forecast, 10, 100, Duration.ofDays(2)).nextPassP90()).isEqualTo(0.6);
	}

	private Verdict pass(double used, double highestP90, double nextPassP90) {
		return pass(used, highestP90, highestP90, nextPassP90);
	}

	private Verdict pass(double used, double highestP50, double highestP90, double nextPassP90) {
		Verdict verdict = this.rule.judge(this.watch, this.now,
				new LevelRule.Shares(used, highestP50, highestP90, nextPassP90, nextPassP90));
		this.watch = verdict.watch();
		return verdict;
	}

}
