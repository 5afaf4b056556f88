package dev.dumpkeeper.capacity;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.lab.MigratedDatabase;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link CapacityRepository} says of each volume and of the whole file
 * system.
 */
class CapacityRepositoryTests {

	private final JdbcTemplate jdbc = new JdbcTemplate(MigratedDatabase.h2().dataSource());

	private final CapacityRepository rows = new CapacityRepository(this.jdbc);

	@Test
	void ofEachVolumeTheLastReadingWithAKnownCapacityCounts() {
		reading(1, "x", 1000, 50L, CapacityLevel.HIGH);
		reading(2, "x", 2000, 60L, CapacityLevel.EARLY);
		reading(3, "x", 3000, null, CapacityLevel.CALM);
		reading(3, "y", 3000, 70L, CapacityLevel.CRITICAL);
		reading(3, "unknown", 3000, null, CapacityLevel.CALM);
		reading(4, "y", 9000, 80L, CapacityLevel.CALM);
		Instant since = Instant.ofEpochMilli(500);
		Instant at = Instant.ofEpochMilli(3000);
		Map<String, CapacityReading> latest = this.rows.latest(since, at);
		assertThat(latest).containsOnlyKeys("x", "y");
		assertThat(latest.get("x")).satisfies((x) -> {
			assertThat(x.level()).isEqualTo(CapacityLevel.EARLY);
			assertThat(x.capacity().capacityBytes()).isEqualTo(60);
			assertThat(x.outlook().p90Bytes()).isEqualTo(54);
		});
		assertThat(latest.get("y").level()).isEqualTo(CapacityLevel.CRITICAL);
		assertThat(latest.get("y").capacity().capacityBytes()).isEqualTo(70);
		assertThat(this.rows.latest(at, at)).isEmpty();
	}

	@Test
	void ofTheWholeFileSystemWhatWasReportedLastCounts() {
		assertThat(this.rows.latestSpace(Instant.EPOCH, Instant.ofEpochMilli(9000))).isEmpty();
		FileSystemSpace first = new FileSystemSpace(CapacitySource.METRICS, 70, null, 30L, null, null);
		FileSystemSpace second = new FileSystemSpace(CapacitySource.METADATA, 80, 100L, null, 1, 75L);
		done(1, 1000, first);
		done(2, 2000, second);
		done(3, 3000, null);
		done(4, 9000, first);
		assertThat(this.rows.latestSpace(Instant.EPOCH, Instant.ofEpochMilli(3000))).contains(second);
		assertThat(this.rows.latestSpace(Instant.EPOCH, Instant.ofEpochMilli(1000))).contains(first);
		assertThat(this.rows.latestSpace(Instant.ofEpochMilli(2000), Instant.ofEpochMilli(3000))).isEmpty();
	}

	private void done(long run, long at, @Nullable FileSystemSpace space) {
		this.rows.done(new Run(run, Instant.ofEpochMilli(at), false), List.of(), 0, false, space);
	}

	private void reading(long run, String volume, long at, @Nullable Long capacity, CapacityLevel level) {
		Long forecast = (capacity != null) ? capacity * 9 / 10 : null;
		this.jdbc.update("""
				INSERT INTO capacity_reading (run_id, volume, read_at, used_bytes, used_source, listed_bytes,
				capacity_bytes, capacity_source, p50_bytes, p90_bytes, short_history, level)
				VALUES (?, ?, ?, 40, 'LISTING', 40, ?, ?, ?, ?, FALSE, ?)""", run, volume, at, capacity,
				(capacity != null) ? "LIMIT" : null, forecast, forecast, level.name());
	}

}
