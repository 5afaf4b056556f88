package dev.dumpkeeper.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.capacity.CapacityOutlooks.Course;
import dev.dumpkeeper.capacity.GrowthContributors;
import dev.dumpkeeper.usage.DirectoryUsage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the chart of a volume shows can be read exactly, and stays within its picture.
 */
class UsageChartTests {

	private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

	@Test
	void keysLeadToOneMeasurementADayAndTheMouseToEach() {
		UsageChart chart = UsageChart.of(history(56), null);
		assertThat(chart.marks()).hasSize(56);
		assertThat(chart.marks().stream().filter(UsageChart.Mark::isStop)).hasSize(15);
		assertThat(chart.marks().get(55).x()).isEqualTo("720.0");
		assertThat(chart.band()).isEmpty();
		assertThat(chart.thresholdY()).isNull();
	}

	@Test
	void aForecastIsABandBehindTheMeasurementsWithWhatExpires() {
		UsageChart chart = UsageChart.of(history(4), course(100, 300, 1000));
		assertThat(chart.topBytes()).isEqualTo(1000);
		assertThat(chart.thresholdY()).isEqualTo("40.0");
		assertThat(chart.likely().split(" ")).hasSize(72).endsWith("720.0,180.0");
		assertThat(chart.band().split(" ")).hasSize(144).contains("720.0,140.0");
		assertThat(chart.marks().stream().filter((mark) -> mark.worst() != null)).hasSize(6).allSatisfy((mark) -> {
			assertThat(mark.bytes()).isEqualTo(100);
			assertThat(mark.worst()).isEqualTo(300);
		});
		assertThat(chart.expiries()).singleElement().satisfies((mark) -> {
			assertThat(mark.x()).isEqualTo("560.0");
			assertThat(mark.bytes()).isEqualTo(50);
		});
	}

	@Test
	void whatIsAboveTheCapacityStaysInThePicture() {
		UsageChart chart = UsageChart.of(history(4), course(100, 5000, 1000));
		assertThat(chart.topBytes()).isEqualTo(5000);
		assertThat(
				Stream.of(chart.band(), chart.line(), chart.likely()).flatMap((points) -> Stream.of(points.split(" "))))
			.allSatisfy((point) -> {
				assertThat(Double.parseDouble(point.split(",")[0])).isBetween(0.0, 720.0);
				assertThat(Double.parseDouble(point.split(",")[1])).isBetween(0.0, 200.0);
			});
	}

	@Test
	void aSingleMeasurementIsNoLine() {
		assertThat(UsageChart.of(history(1), course(1, 2, 3)).isEmpty()).isTrue();
		assertThat(UsageChart.of(List.of(), null).isEmpty()).isTrue();
	}

	private static Course course(long likely, long worst, long capacity) {
		return new Course(NOW, Collections.nCopies(72, likely), Collections.nCopies(72, worst),
				List.of(new GrowthContributors.Expiry(NOW.plus(Duration.ofHours(24)), 50),
						new GrowthContributors.Expiry(NOW.plus(Duration.ofHours(30)), 0)),
				Duration.ofDays(2), 0.8, capacity, capacity * 8 / 10, likely, worst, null, null);
	}

	/** Every six hours. */
	private static List<DirectoryUsage> history(int count) {
		List<DirectoryUsage> history = new ArrayList<>();
		for (int i = count - 1; i >= 0; i--) {
			history.add(new DirectoryUsage(null, 1, "v", "", NOW.minus(Duration.ofHours(6L * i)), 1, 100, 1, 100, null,
					null, 0));
		}
		return history;
	}

}
