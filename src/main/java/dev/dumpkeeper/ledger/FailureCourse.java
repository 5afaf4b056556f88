package dev.dumpkeeper.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When and where a failure was seen, by its newest dumps.
 *
 * @param days how many dumps were seen first on each day of the span, the earliest first
 * @param places where, the latest first; at most {@value #PLACES}
 * @param dumps how many dumps these are
 * @param isCut whether older ones were not read
 */
public record FailureCourse(Map<LocalDate, Long> days, List<Place> places, long dumps, boolean isCut) {

	/** The newest dumps that count. */
	static final int MOST_DUMPS = 10_000;

	static final int PLACES = 50;

	/**
	 * Collects what is seen of it, the newest first.
	 */
	static final class Collector {

		private final Map<LocalDate, Long> days = new TreeMap<>();

		private final Map<String, Place> places = new LinkedHashMap<>();

		private final ZoneId zone;

		private long dumps;

		Collector(LocalDate last, int span, ZoneId zone) {
			this.zone = zone;
			for (int day = 0; day < span; day++) {
				this.days.put(last.minusDays(day), 0L);
			}
		}

		void add(ResultSet row) throws SQLException {
			this.dumps++;
			if (this.dumps > MOST_DUMPS) {
				return;
			}
			Instant seen = DumpRepository.instant(row, 2);
			this.days.computeIfPresent(LocalDate.ofInstant(seen, this.zone), (day, count) -> count + 1);
			Place place = new Place(row.getString(3), row.getString(4), DumpNames.version(row.getString(5)), 1, seen,
					seen, row.getLong(1));
			this.places.merge(place.environment() + "/" + place.workload() + "/" + place.version(), place,
					(known, one) -> known.and(seen));
		}

		FailureCourse result() {
			return new FailureCourse(this.days,
					this.places.values()
						.stream()
						.sorted(Comparator.comparing(Place::last).reversed())
						.limit(PLACES)
						.toList(),
					Math.min(this.dumps, MOST_DUMPS), this.dumps > MOST_DUMPS);
		}

	}

	/**
	 * Where a failure was seen.
	 *
	 * @param environment the environment, empty where unknown
	 * @param workload the workload, likewise
	 * @param version the hash in the names of its pods, by which a Deployment tells its
	 * versions apart; empty for others
	 * @param dumps how many
	 * @param first when the first of them was seen
	 * @param last when the last of them was seen
	 * @param newest the number of the last of them
	 */
	public record Place(String environment, String workload, String version, long dumps, Instant first, Instant last,
			long newest) {

		private Place and(Instant seen) {
			return new Place(this.environment, this.workload, this.version, this.dumps + 1,
					seen.isBefore(this.first) ? seen : this.first, seen.isAfter(this.last) ? seen : this.last,
					this.newest);
		}

	}

}
