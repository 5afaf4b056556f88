package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.capacity.Forecaster.Facts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Forecaster}.
 */
class ForecasterTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	private static final Duration HORIZON = Duration.ofHours(72);

	private final Forecaster forecaster = new Forecaster();

	@Test
	void anEmptyHistoryKeepsTheLevelAndSaysThatItIsShort() {
		Forecast forecast = this.forecaster.forecast(facts(1000, List.of(), List.of(), Duration.ZERO, List.of()),
				HORIZON);
		assertThat(forecast.shortHistory()).isTrue();
		assertThat(forecast.p50()).hasSize(72).containsOnly(1000L);
		assertThat(forecast.p90()).containsOnly(1000L);
	}

	@Test
	void aKnownExpiryHappensAtTheFirstPassAfterIt() {
		Forecast forecast = this.forecaster.forecast(facts(1000, List.of(new Flow(NOW.plus(Duration.ofHours(25)), 400)),
				List.of(), Duration.ofDays(30), List.of()), HORIZON);
		assertThat(forecast.p50().get(47)).isEqualTo(1000);
		assertThat(forecast.p50().get(48)).isEqualTo(600);
	}

	@Test
	void steadyArrivalsGrowUntilTheirOwnExpiry() {
		Forecast forecast = this.forecaster
			.forecast(facts(0, List.of(), hourly(30 * 24, 10), Duration.ofDays(30), List.of()), HORIZON);
		assertThat(forecast.p50().get(47)).isEqualTo(480);
		assertThat(forecast.highest(forecast.p90())).isEqualTo(600);
		assertThat(forecast.crossing(forecast.p50(), 300)).contains(NOW.plus(Duration.ofHours(30)));
	}

	@Test
	void theResidueFollowsATrendThatOneOutlierDoesNotTurn() {
		List<Flow> residue = new ArrayList<>();
		for (int day = 30; day >= 0; day--) {
			residue.add(new Flow(NOW.minus(Duration.ofDays(day)), (day == 10) ? 1_000_000 : (30 - day) * 24L));
		}
		Forecast forecast = this.forecaster.forecast(facts(720, List.of(), List.of(), Duration.ofDays(30), residue),
				HORIZON);
		assertThat(forecast.p50().get(71)).isEqualTo(792);
	}

	@Test
	void burstsWidenTheForecast() {
		List<Flow> bursts = List.of(new Flow(NOW.minus(Duration.ofDays(3)), 500),
				new Flow(NOW.minus(Duration.ofDays(8)), 500), new Flow(NOW.minus(Duration.ofDays(9)), 500));
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
				List.of(new Flow(NOW.plus(Duration.ofDays(400)), 1L << 50)), Duration.ofDays(-3), List.of()), HORIZON);
		assertThat(forecast.p90()).containsOnly(5L);
	}

	private static List<Flow> hourly(int hours, long bytes) {
		List<Flow> flows = new ArrayList<>();
		for (int hour = 0; hour < hours; hour++) {
			flows.add(new Flow(NOW.minus(Duration.ofHours(hour)), bytes));
		}
		return flows;
	}

	private static Facts facts(long used, List<Flow> expiries, List<Flow> arrivals, Duration history,
			List<Flow> residue) {
		return new Facts(NOW, used, expiries, arrivals, NOW.minus(history), residue, Duration.ofDays(2),
				Duration.ofDays(1));
	}

}
