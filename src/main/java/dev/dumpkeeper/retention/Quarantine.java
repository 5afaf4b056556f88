package dev.dumpkeeper.retention;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.gateway.ObjectKey;

/**
 * Objects that could not be deleted. Each failure excludes the object from sweeps for
 * longer, so that it blocks nothing and is still retried occasionally.
 */
final class Quarantine {

	/**
	 * Shorter than the usual interval between passes: a first failure is retried by the
	 * next one.
	 */
	private static final Duration FIRST_DELAY = Duration.ofHours(1);

	/** Between the end of a delay and the pass that tries the object again. */
	private static final Duration LONGEST_WAIT = Duration.ofDays(1);

	private static final int GROWTH = 4;

	private static final Duration LONGEST_DELAY = Duration.ofDays(7);

	private final JdbcTemplate jdbc;

	Quarantine(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/** Returns how long an object is excluded after a number of failures. */
	static Duration delay(int attempts) {
		Duration delay = FIRST_DELAY;
		for (int i = 1; i < attempts && delay.compareTo(LONGEST_DELAY) < 0; i++) {
			delay = delay.multipliedBy(GROWTH);
		}
		return (delay.compareTo(LONGEST_DELAY) < 0) ? delay : LONGEST_DELAY;
	}

	/** Records a failure. Repeated for the same run it counts once. */
	void add(String volume, ObjectKey key, String reason, long runId, Instant now) {
		List<Integer> known = this.jdbc.queryForList(
				"SELECT attempts FROM quarantined_object WHERE volume = ? AND object_key = ? AND run_id < ?",
				Integer.class, volume, key.bytes(), runId);
		int attempts = known.isEmpty() ? 1 : known.get(0) + 1;
		String text = (reason.length() <= 500) ? reason : reason.substring(0, 500);
		this.jdbc.update("DELETE FROM quarantined_object WHERE volume = ? AND object_key = ?", volume, key.bytes());
		this.jdbc.update(
				"INSERT INTO quarantined_object (volume, object_key, attempts, not_before, reason, run_id) VALUES (?, ?, ?, ?, ?, ?)",
				volume, key.bytes(), attempts, now.plus(delay(attempts)).toEpochMilli(), text, runId);
	}

	/**
	 * Releases the objects of a volume plan that were deleted after all or have changed.
	 */
	void release(String volume, long volumePlanId) {
		this.jdbc.update("""
				DELETE FROM quarantined_object WHERE volume = ? AND EXISTS (
				SELECT 1 FROM expiry_item i WHERE i.volume_plan_id = ? AND i.object_key = quarantined_object.object_key
				AND i.outcome IN ('DELETED', 'DELETE_ACCEPTED', 'ALREADY_GONE', 'CHANGED'))""", volume, volumePlanId);
	}

	/** Returns the excluded objects, longest delay last. */
	List<Entry> of(String volume, int limit) {
		return this.jdbc.query("""
				SELECT object_key, attempts, not_before, reason FROM quarantined_object
				WHERE volume = ? ORDER BY not_before, object_key LIMIT ?""",
				(row, number) -> new Entry(new String(row.getBytes(1), StandardCharsets.UTF_8), row.getInt(2),
						Instant.ofEpochMilli(row.getLong(3)), row.getString(4)),
				volume, limit);
	}

	/**
	 * Returns objects that could not be deleted.
	 * @param now one that no pass tried for a day although it was time is gone by other
	 * hands, or is kept
	 * @param most how many at most
	 * @return in the order of keys
	 */
	List<Entry> stuck(String volume, Instant now, int most) {
		return this.jdbc.query("""
				SELECT object_key, attempts, not_before, reason FROM quarantined_object
				WHERE volume = ? AND not_before > ? ORDER BY object_key LIMIT ?""",
				(row, number) -> new Entry(new String(row.getBytes(1), StandardCharsets.UTF_8), row.getInt(2),
						Instant.ofEpochMilli(row.getLong(3)), row.getString(4)),
				volume, now.minus(LONGEST_WAIT).toEpochMilli(), most);
	}

	/** Removes objects that are no longer tried: a sweep never met them again. */
	void forget(Instant before) {
		this.jdbc.update("DELETE FROM quarantined_object WHERE not_before < ?", before.toEpochMilli());
	}

	/**
	 * An excluded object.
	 *
	 * @param key its key
	 * @param attempts how often it failed
	 * @param notBefore when it is retried at the earliest
	 * @param reason the last failure
	 */
	public record Entry(String key, int attempts, Instant notBefore, String reason) {

	}

}
