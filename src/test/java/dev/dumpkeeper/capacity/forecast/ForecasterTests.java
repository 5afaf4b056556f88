package dev.dumpkeeper.capacity.forecast;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.capacity.forecast.Forecaster.Facts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Forecaster}.
 */
class ForecasterTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	private static final Duration HORIZON = Duration.ofHours(72);

	private final Forecaster forecaster = new Forecaster();

	@Test
	void anEmptyHistoryIsSaidToBeShortAndRaisesNoAlarm() {
		Forecast forecast = this.forecaster.forecast(facts(1000, List.of(), List.of(), Duration.ZERO, List.of()),
				HORIZON);
		assertThat(forecast.shortHistory()).isTrue();
		assertThat(forecast.p50()).hasSize(72);
		assertThat(forecast.p90().get(71)).isEqualTo(1000L);
	}

	@Test
	void aKnownExpiryHappensAtTheFirstPassAfterIt() {
		Forecast forecast = this.forecaster
			.forecast(facts(1000, List.of(new ByteSample(NOW.plus(Duration.ofHours(25)), 400)), List.of(),
					Duration.ofDays(30), List.of()), HORIZON);
		assertThat(forecast.p50().get(47)).isEqualTo(1000);
		assertThat(forecast.p50().get(48)).isEqualTo(600);
	}

	@Test
	void steadyArrivalsGrowUntilTheirOwnExpiry() {
		Forecast forecast = this.forecaster
			.forecast(facts(0, List.of(), hourly(30 * 24, 10), Duration.ofDays(30), List.of()), HORIZON);
		assertThat(forecast.p50().get(47)).isEqualTo(480);
		// What came in the first hour is due after 48 h, and the next pass is at 72 h.
		assertThat(forecast.highest(forecast.p90())).isEqualTo(720);
		assertThat(forecast.crossing(forecast.p50(), 300)).contains(NOW.plus(Duration.ofHours(30)));
	}

	@Test
	void underAnotherRetentionAsMuchOfTheHistoryIsKnown() {
		List<ByteSample> daily = new ArrayList<>();
		for (int day = 30; day >= 0; day--) {
			daily.add(new ByteSample(NOW.minus(Duration.ofDays(day)), 0));
		}
		Facts facts = facts(0, List.of(), hourly(30 * 24, 10), Duration.ofDays(30), daily);
		Forecast shorter = this.forecaster.forecast(facts, HORIZON, Duration.ofHours(1));
		assertThat(shorter.shortHistory()).isFalse();
		assertThat(shorter.p50().get(23)).isEqualTo(240);
		assertThat(shorter.highest(shorter.p90())).isBetween(240L, 260L);
		Forecast longer = this.forecaster.forecast(facts, Duration.ofDays(10), Duration.ofDays(20));
		assertThat(longer.p50().get(239)).isEqualTo(2400);
		assertThat(this.forecaster.forecast(facts, HORIZON, Duration.ofDays(2)))
			.isEqualTo(this.forecaster.forecast(facts, HORIZON));
	}

	@Test
	void theBaselineFollowsATrendThatOneOutlierDoesNotTurn() {
		List<ByteSample> baseline = new ArrayList<>();
		for (int day = 30; day >= 0; day--) {
			baseline.add(new ByteSample(NOW.minus(Duration.ofDays(day)), (day == 10) ? 1_000_000 : (30 - day) * 24L));
		}
		Forecast forecast = this.forecaster.forecast(facts(720, List.of(), List.of(), Duration.ofDays(30), baseline),
				HORIZON);
		assertThat(forecast.p50().get(71)).isEqualTo(792);
	}

	@Test
	void aGrowthOfDaysIsFollowedAndALargeFileIsNot() {
		List<ByteSample> growing = new ArrayList<>();
		List<ByteSample> jumped = new ArrayList<>();
		for (int pass = 120; pass >= 0; pass--) {
			Instant at = NOW.minus(Duration.ofHours(6L * pass));
			growing.add(new ByteSample(at, Math.max(0, 12 - pass) * 25L));
			jumped.add(new ByteSample(at, (pass < 4) ? 300 : 0));
		}
		assertThat(this.forecaster.forecast(facts(300, List.of(), List.of(), Duration.ofDays(30), growing), HORIZON)
			.p50()
			.get(71)).isEqualTo(600);
		assertThat(this.forecaster.forecast(facts(300, List.of(), List.of(), Duration.ofDays(30), jumped), HORIZON)
			.p50()
			.get(71)).isEqualTo(300);
	}

	@Test
	void burstsWidenTheForecast() {
		List<ByteSample> bursts = List.of(new ByteSample(NOW.minus(Duration.ofDays(3)), 500),
				new ByteSample(NOW.minus(Duration.ofDays(8)), 500), new ByteSample(NOW.minus(Duration.ofDays(9)), 500));
		Forecast forecast = this.forecaster.forecast(facts(0, List.of(), bursts, Duration.ofDays(20), List.of()),
				HORIZON);
		assertThat(forecast.p50().get(40)).isLessThan(forecast.p90().get(40));
	}

	@Test
	void theSameFactsGiveTheSameForecast() {
		Facts facts = facts(5, List.of(), hourly(100, 7), Duration.ofDays(10), List.of());
		assertThat(this.forecaster.forecast(facts, HORIZON)).isEqualTo(new Forecaster().forecast(facts, HORIZON));
	}

	@Test
	void arrivalsInTheFutureOfAClockThatJumpedAreLeftOut() {
		Forecast forecast = this.forecaster.forecast(facts(5, List.of(),
				List.of(new ByteSample(NOW.plus(Duration.ofDays(400)), 1L << 50)), Duration.ofDays(-3), List.of()),
				HORIZON);
		assertThat(forecast.p90())
			.isEqualTo(this.forecaster.forecast(facts(5, List.of(), List.of(), Duration.ofDays(-3), List.of()), HORIZON)
				.p90());
	}

	@Test
	void aClockThatJumpedAheadMakesTheHoursBetweenUnknown() {
		Instant last = NOW.minus(Duration.ofDays(20));
		Forecast forecast = this.forecaster.forecast(facts(0, List.of(), List.of(), Duration.ofDays(22),
				List.of(new ByteSample(last.minus(Duration.ofHours(6)), 0), new ByteSample(last, 0))), HORIZON);
		assertThat(forecast.shortHistory()).isTrue();
	}

	@Test
	void aMonthWithoutAnArrivalThinksOfNone() {
		Forecast forecast = this.forecaster.forecast(facts(5, List.of(), List.of(), Duration.ofDays(30), List.of()),
				HORIZON);
		assertThat(forecast.shortHistory()).isFalse();
		assertThat(forecast.p90()).containsOnly(5L);
	}

	@Test
	void lessHistoryMeansAWiderForecast() {
		long longer = steady(30).p90().get(71);
		long shorter = steady(2).p90().get(71);
		assertThat(shorter).isGreaterThan(longer * 5 / 4);
	}

	@Test
	void aBandOfFewDaysIsWiderThanTheSameOfMany() {
		// Days past the fear of a worse one, so that only the number of samples differs.
		assertThat(band(16)).isGreaterThan(band(60) * 11 / 10);
		assertThat(band(32)).isBetween(band(60), band(16));
	}

	@Test
	void aBandOfFewWeeksIsWiderThanTheSameOfMany() {
		// Every third Friday is larger: of three of them less is known than of eight.
		assertThat(fridays(3)).isGreaterThan(fridays(8) * 13 / 10);
	}

	private long band(int days) {
		List<ByteSample> samples = new ArrayList<>();
		for (int day = 1; day <= days; day++) {
			for (int hour = 0; hour < 24; hour++) {
				samples.add(new ByteSample(NOW.minus(Duration.ofHours(24L * day - hour)), 1000 * (day % 4)));
			}
		}
		Forecast forecast = this.forecaster.forecast(facts(0, List.of(), samples, Duration.ofDays(days), List.of()),
				HORIZON);
		return forecast.p90().get(47) - forecast.p50().get(47);
	}

	private long fridays(int weeks) {
		List<ByteSample> samples = new ArrayList<>();
		for (int week = 1; week <= weeks; week++) {
			samples.add(new ByteSample(NOW.minus(Duration.ofDays(7L * week - 2)).plus(Duration.ofHours(10)),
					(week % 3 == 1) ? 11_000 : 10_000));
		}
		Forecast forecast = this.forecaster
			.forecast(facts(0, List.of(), samples, Duration.ofDays(7L * weeks), List.of()), HORIZON);
		return forecast.p90().get(48 + 11) - forecast.p50().get(48 + 11);
	}

	private Forecast steady(int days) {
		return this.forecaster.forecast(facts(0, List.of(), hourly(days * 24, 10), Duration.ofDays(days), List.of()),
				HORIZON);
	}

	@Test
	void aWeeklyRhythmIsFollowed() {
		List<ByteSample> tuesdays = new ArrayList<>();
		// Now is a Wednesday, midnight: the next Tuesday begins in six days, a Friday in
		// two.
		for (int week = 1; week <= 5; week++) {
			tuesdays.add(new ByteSample(NOW.minus(Duration.ofDays(7L * week - 2)).plus(Duration.ofHours(10)), 1000));
		}
		Forecast forecast = this.forecaster.forecast(facts(0, List.of(), tuesdays, Duration.ofDays(35), List.of()),
				HORIZON);
		assertThat(forecast.p90().get(48 + 9)).isZero();
		assertThat(forecast.p50().get(48 + 11)).isEqualTo(1000);
	}

	@Test
	void hoursThatNobodyMeasuredAreNotHoursWithoutArrivals() {
		List<ByteSample> arrivals = new ArrayList<>();
		List<ByteSample> measured = new ArrayList<>();
		for (int hour = 40 * 24; hour > 0; hour -= 6) {
			if (hour > 20 * 24 || hour <= 8 * 24) {
				measured.add(new ByteSample(NOW.minus(Duration.ofHours(hour)), 0));
				arrivals.add(new ByteSample(NOW.minus(Duration.ofHours(hour)), 60));
			}
		}
		measured.add(new ByteSample(NOW, 0));
		Facts facts = new Facts(NOW, 0, List.of(), arrivals, NOW.minus(Duration.ofDays(40)), measured,
				Duration.ofDays(5), Duration.ofHours(6), Newest.NONE);
		assertThat(this.forecaster.forecast(facts, HORIZON).p50().get(71)).isEqualTo(720);
	}

	@Test
	void aBurstThatIsUnderWayGoesOn() {
		List<ByteSample> quiet = new ArrayList<>();
		for (int day = 1; day <= 30; day++) {
			quiet.add(new ByteSample(NOW.minus(Duration.ofDays(day)), 10));
		}
		List<ByteSample> loop = new ArrayList<>(quiet);
		for (int hour = 1; hour <= 5; hour++) {
			loop.add(new ByteSample(NOW.minus(Duration.ofHours(hour)), 1000));
		}
		Forecast calm = this.forecaster.forecast(facts(0, List.of(), quiet, Duration.ofDays(31), List.of()), HORIZON);
		Forecast forecast = this.forecaster.forecast(facts(0, List.of(), loop, Duration.ofDays(31), List.of()),
				HORIZON);
		assertThat(calm.p90().get(10)).isLessThan(100);
		// As long again in every second case, nine times as long in every tenth.
		assertThat(forecast.p50().get(10)).isBetween(4000L, 6500L);
		assertThat(forecast.p90().get(47)).isGreaterThan(30_000L);
	}

	@Test
	void aBurstGoesOnAsThoseBeforeItDid() {
		List<ByteSample> loops = new ArrayList<>();
		for (int day = 3; day <= 36; day += 3) {
			for (int hour = 0; hour < 8; hour++) {
				loops.add(new ByteSample(NOW.minus(Duration.ofDays(day)).plus(Duration.ofHours(hour + 9L)), 1000));
			}
		}
		loops.add(new ByteSample(NOW.minus(Duration.ofHours(1)), 1000));
		loops.add(new ByteSample(NOW.minus(Duration.ofHours(2)), 1000));
		Forecast forecast = this.forecaster.forecast(facts(0, List.of(), loops, Duration.ofDays(37), List.of()),
				HORIZON);
		// Six hours more, and not twice as long as ever in each tenth case.
		assertThat(forecast.p50().get(8)).isBetween(5000L, 7000L);
		assertThat(forecast.p90().get(8)).isBetween(6000L, 8500L);
	}

	@Test
	void theHourInWhichABurstBeganIsNoMeasureOfIt() {
		List<ByteSample> loop = new ArrayList<>(List.of(new ByteSample(NOW.minus(Duration.ofHours(4)), 100)));
		for (int hour = 1; hour <= 3; hour++) {
			loop.add(new ByteSample(NOW.minus(Duration.ofHours(hour)), 1000));
		}
		Forecast forecast = this.forecaster.forecast(facts(0, List.of(), loop, Duration.ofDays(31), List.of()),
				HORIZON);
		assertThat(forecast.p90().get(5)).isGreaterThanOrEqualTo(6000);
	}

	@Test
	void negativeNumbersDoNoHarm() {
		Forecast forecast = this.forecaster.forecast(facts(-7, List.of(new ByteSample(NOW.plusSeconds(3600), 50)),
				List.of(new ByteSample(NOW.minus(Duration.ofHours(5)), -100)), Duration.ofDays(30),
				List.of(new ByteSample(NOW.minus(Duration.ofDays(1)), -5), new ByteSample(NOW, -9))), HORIZON);
		assertThat(forecast.p50()).allMatch((bytes) -> bytes >= 0);
	}

	@Test
	void whatComesNowGoesAtThePassAfterItsRetention() {
		Facts facts = new Facts(NOW, 0, List.of(), hourly(30 * 24, 10), NOW.minus(Duration.ofDays(30)), List.of(),
				Duration.ofHours(20), Duration.ofHours(6), Newest.NONE);
		List<Long> p50 = this.forecaster.forecast(facts, HORIZON).p50();
		assertThat(p50.get(23)).isEqualTo(240);
		// At 24 h the pass takes what came in the first four hours.
		assertThat(p50.get(24)).isEqualTo(210);
	}

	@Test
	void aNewestDumpGoesAtThePassAfterANewerOneCame() {
		List<Long> p50 = newest(1, Duration.ofDays(14), List.of(newestDump(0, 1, 0, 1000)), 0, 1).p50();
		assertThat(p50.get(11)).isEqualTo(1000);
		assertThat(p50.get(17)).isEqualTo(1010);
		assertThat(p50.get(18)).as("replaced at noon, passes are at 12 and 18 h").isEqualTo(10);
	}

	@Test
	void aDumpOfAnotherWorkloadTakesNobodysPlace() {
		List<Long> p50 = newest(1, Duration.ofDays(14), List.of(newestDump(0, 1, 0, 1000)), 1, 1).p50();
		assertThat(p50.get(71)).isEqualTo(1010);
	}

	@Test
	void aReplacedDumpStaysUntilItsOwnTime() {
		List<Long> p50 = newest(1, Duration.ofDays(14), List.of(newestDump(0, 1, 35, 1000)), 0, 1).p50();
		assertThat(p50.get(35)).isEqualTo(1010);
		assertThat(p50.get(36)).isEqualTo(20);
	}

	@Test
	void ofTwoThatStayTheOlderOneIsReplacedFirst() {
		List<Newest.Dump> two = List.of(newestDump(0, 1, 0, 1000), newestDump(0, 2, 0, 5000));
		List<Long> p50 = newest(2, Duration.ofDays(14), two, 0, 1).p50();
		assertThat(p50.get(18)).isEqualTo(1010);
		assertThat(p50.get(42)).isEqualTo(20);
		List<Long> oneOfThem = newest(2, Duration.ofDays(14), two.subList(0, 1), 0, 1).p50();
		assertThat(oneOfThem.get(18)).as("a place that nobody holds is taken first").isEqualTo(1010);
		assertThat(oneOfThem.get(42)).isEqualTo(20);
	}

	@Test
	void whatComesAndIsTheNewestStays() {
		// Of five dumps at noon two are the newest; the others go at 18 h.
		List<Long> p50 = newest(2, Duration.ofDays(14), List.of(), 0, 5).p50();
		assertThat(p50.get(17)).isEqualTo(10);
		assertThat(p50.get(18)).isEqualTo(4);
		assertThat(p50.get(42)).isEqualTo(4);
		assertThat(newest(0, Duration.ZERO, List.of(), 0, 5).p50().get(18)).isZero();
	}

	@Test
	void nothingStaysLongerThanTheNewestMay() {
		List<Long> p50 = newest(1, Duration.ofHours(10), List.of(newestDump(0, 1, 0, 1000)), 0, 1).p50();
		assertThat(p50.get(23)).isEqualTo(10);
		assertThat(p50.get(24)).isZero();
	}

	/**
	 * What is there may go at 6 h where its time is no later; passes are every six hours,
	 * and each noon a workload writes dumps of 10 bytes together, which stay for four
	 * hours.
	 */
	private Forecast newest(int number, Duration keepFor, List<Newest.Dump> dumps, int workload, int atNoon) {
		List<ByteSample> samples = new ArrayList<>();
		List<Newest.Arrivals> arrivals = new ArrayList<>();
		for (int day = 1; day <= 30; day++) {
			Instant noon = NOW.minus(Duration.ofDays(day)).plus(Duration.ofHours(12));
			samples.add(new ByteSample(noon, 10));
			arrivals.add(new Newest.Arrivals(noon, workload, atNoon, 10));
		}
		return this.forecaster.forecast(new Facts(NOW, dumps.stream().mapToLong(Newest.Dump::bytes).sum(), List.of(),
				samples, NOW.minus(Duration.ofDays(30)), List.of(), Duration.ofHours(4), Duration.ofHours(6),
				(number > 0) ? new Newest(number, keepFor, dumps, arrivals) : Newest.NONE), HORIZON);
	}

	private static Newest.Dump newestDump(int workload, int rank, int hour, long bytes) {
		return new Newest.Dump(workload, rank, NOW.plus(Duration.ofHours(hour)), NOW.plus(Duration.ofDays(10)), bytes);
	}

	@Test
	void fiveThousandVolumesTakeSeconds() {
		List<ByteSample> baseline = new ArrayList<>();
		for (int pass = 240; pass >= 0; pass--) {
			baseline.add(new ByteSample(NOW.minus(Duration.ofHours(6L * pass)), pass % 7));
		}
		Facts facts = facts(100, List.of(), hourly(60 * 24, 10), Duration.ofDays(60), baseline);
		assertThat(IntStream.range(0, 500).mapToObj((i) -> this.forecaster.forecast(facts, HORIZON))).hasSize(500);
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadCpuTime();
		for (int i = 0; i < 200; i++) {
			this.forecaster.forecast(facts, HORIZON);
		}
		// CPU time, so that a busy machine does not matter; far above the usual.
		assertThat(Duration.ofNanos((threads.getCurrentThreadCpuTime() - before) / 200))
			.isLessThan(Duration.ofMillis(10));
	}

	private static List<ByteSample> hourly(int hours, long bytes) {
		List<ByteSample> samples = new ArrayList<>();
		for (int hour = 1; hour <= hours; hour++) {
			samples.add(new ByteSample(NOW.minus(Duration.ofHours(hour)), bytes));
		}
		return samples;
	}

	private static Facts facts(long used, List<ByteSample> expiries, List<ByteSample> arrivals, Duration history,
			List<ByteSample> baseline) {
		return new Facts(NOW, used, expiries, arrivals, NOW.minus(history), baseline, Duration.ofDays(2),
				Duration.ofDays(1), Newest.NONE);
	}

}
