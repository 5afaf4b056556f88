package dev.dumpkeeper.console;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bars stand within their picture, and what is not 0 can be seen.
 */
class DayBarsTests {

	@Test
	void theHighestFillsThePictureAndASingleDumpIsSeen() {
		LocalDate day = LocalDate.parse("2026-11-30");
		DayBars bars = DayBars.of(new TreeMap<>(Map.of(day, 1_000L, day.minusDays(1), 1L, day.minusDays(2), 0L)));
		assertThat(bars.most()).isEqualTo(1000);
		assertThat(bars.bars()).extracting(DayBars.Bar::height).containsExactly(0L, 2L, 80L);
		assertThat(bars.bars()).allMatch((bar) -> bar.x() >= 0 && bar.x() + bar.width() <= 720 && bar.y() >= 0);
	}

	@Test
	void withoutDumpsThereIsNoBar() {
		assertThat(DayBars.of(Map.of(LocalDate.parse("2026-11-30"), 0L)).bars()).extracting(DayBars.Bar::height)
			.containsExactly(0L);
		assertThat(DayBars.of(Map.of()).bars()).isEmpty();
	}

}
