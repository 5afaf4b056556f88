package dev.dumpkeeper.settings;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Quantities}.
 */
class QuantitiesTests {

	@ParameterizedTest
	@ValueSource(strings = { "500ms", "90s", "10m", "36h", "2d", "0s", "PT24H", "P2D", "P1DT12H", "PT1M", "PT0.5S",
			"36500d" })
	void aDurationWithAUnitIsReadAsSpringReadsIt(String text) {
		assertThat(Quantities.duration(text, "d")).isEqualTo(DurationStyle.detectAndParse(text));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			172800 | d | is '172800', without a unit: probably 172800s (2d) is meant
			3600   | h | is '3600', without a unit: probably 3600s (1h) is meant
			5000   | h | is '5000', without a unit: probably 5000s is meant
			24     | h | is '24', without a unit: probably 24h is meant
			14     | d | is '14', without a unit: probably 14d is meant
			0      | d | is '0', without a unit: probably 0s is meant
			1M     | d | is '1M', which could be minutes or months: write 1m for minutes or 30d for months
			2D     | h | is '2D': probably 2d is meant
			2 d    | h | is '2 d': probably 2d is meant
			2days  | h | is '2days': probably 2d is meant
			30min  | h | is '30min': probably 30m is meant
			2w     | h | is '2w': probably 14d is meant
			3mo    | h | is '3mo': probably 90d is meant
			1y     | h | is '1y': probably 365d is meant
			""")
	void whatWasProbablyMeantIsSaid(String text, String usual, String reason) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Quantities.duration(text, usual))
			.withMessage(reason + "; expected a duration such as 90s, 36h or 2d");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-2d", "+2d", "1h30m", "soon", "P1M", "P1Y", "P", "PT", "P1DT", "-PT1H", "pt1h", "2d ",
			"99999999999999999999d", "999999999999999d", "36501d", "1.5h", "5ns", "5us", "PT99999999999999H",
			"\u0662d" })
	void everythingElseIsRefused(String text) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Quantities.duration(text, "d"))
			.withMessageContaining("a duration such as 90s, 36h or 2d");
	}

	@ParameterizedTest
	@CsvSource({ "0B, 0", "4096B, 4096", "4Ki, 4096", "4KB, 4096", "4KiB, 4096", "512Mi, 536870912",
			"50Gi, 53687091200", "50GB, 53687091200", "2Ti, 2199023255552" })
	void aSizeWithAUnitIsRead(String text, long bytes) {
		assertThat(Quantities.size(text)).isEqualTo(DataSize.ofBytes(bytes));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			50          | is '50', without a unit: probably 50Gi is meant
			53687091200 | is '53687091200', without a unit: probably 53687091200B is meant
			0           | is '0', without a unit: probably 0B is meant
			50G         | is '50G', which others read as powers of 1000: probably 50Gi is meant
			50M         | is '50M', which others read as powers of 1000: probably 50Mi is meant
			50m         | is '50m', which others read as powers of 1000 or as thousandths: probably 50Mi is meant
			50gb        | is '50gb', which others read as powers of 1000: probably 50Gi is meant
			""")
	void whatSizeWasProbablyMeantIsSaid(String text, String reason) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Quantities.size(text))
			.withMessage(reason + "; expected a size such as 512Mi or 50Gi");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a lot", "-5Gi", "1.5Gi", "5Pi", "9999999999999Ti", "Gi", "5 Giga bytes" })
	void everyOtherSizeIsRefused(String text) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Quantities.size(text))
			.withMessageContaining("a size such as 512Mi or 50Gi");
	}

	@Test
	void whatIsNoQuantityIsNotShown() {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Quantities.duration("hunter2", "d"))
			.withMessageNotContaining("hunter2");
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Quantities.size("hunter2"))
			.withMessageNotContaining("hunter2");
		assertThat(Quantities.duration("1d", "d")).isEqualTo(Duration.ofDays(1));
	}

}
