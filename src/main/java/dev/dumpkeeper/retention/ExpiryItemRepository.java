package dev.dumpkeeper.retention;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.gateway.ObjectKey;

/**
 * The items of all plans. There may be millions, so they are read in pages and written in
 * batches, and items with the same outcome are updated in one statement.
 */
final class ExpiryItemRepository {

	private static final int PAGE = 1000;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	ExpiryItemRepository(JdbcTemplate jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	void insert(long volumePlanId, List<ExpiryItem> items) {
		this.transaction.executeWithoutResult((status) -> this.jdbc.batchUpdate(
				"INSERT INTO expiry_item (volume_plan_id, seq, object_key, is_directory, size, last_modified, inode) VALUES (?, ?, ?, ?, ?, ?, ?)",
				items, PAGE, (statement, item) -> {
					statement.setLong(1, volumePlanId);
					statement.setInt(2, item.seq());
					statement.setBytes(3, item.key().bytes());
					statement.setBoolean(4, item.isDirectory());
					statement.setLong(5, item.size());
					statement.setLong(6, item.lastModified().toEpochMilli());
					statement.setLong(7, item.inode());
				}));
	}

	void delete(long volumePlanId) {
		this.jdbc.update("DELETE FROM expiry_item WHERE volume_plan_id = ?", volumePlanId);
	}

	void remove(long volumePlanId, List<Integer> seqs) {
		this.transaction.executeWithoutResult((status) -> this.jdbc.batchUpdate(
				"DELETE FROM expiry_item WHERE volume_plan_id = ? AND seq = ?", seqs, PAGE, (statement, seq) -> {
					statement.setLong(1, volumePlanId);
					statement.setInt(2, seq);
				}));
	}

	/** Returns items without a final outcome, in key order. */
	Iterator<ExpiryItem> unresolved(long volumePlanId) {
		return new Cursor(volumePlanId, "(outcome IS NULL OR outcome = 'DELETE_SENT')");
	}

	/** Returns items whose delete was accepted but not verified, in key order. */
	Iterator<ExpiryItem> unproven(long volumePlanId) {
		return new Cursor(volumePlanId, "outcome IN ('DELETE_ACCEPTED', 'DELETE_SENT')");
	}

	/** Returns items that this service deleted, in key order. */
	Iterator<ExpiryItem> deleted(long volumePlanId) {
		return new Cursor(volumePlanId, "outcome IN ('DELETED', 'DELETE_ACCEPTED')");
	}

	/**
	 * Marks the objects in a range as about to be deleted; the directories among them are
	 * removed later.
	 * @return {@code false}, with nothing marked, when the volume plan has another fence
	 */
	boolean send(long volumePlanId, int fence, int first, int last, Instant at) {
		int sent = this.jdbc.update("""
				UPDATE expiry_item SET outcome = 'DELETE_SENT', resolved_at = ?
				WHERE volume_plan_id = ? AND seq BETWEEN ? AND ? AND is_directory = FALSE AND outcome IS NULL
				AND EXISTS (SELECT 1 FROM volume_plan v WHERE v.id = ? AND v.fence = ?)""", at.toEpochMilli(),
				volumePlanId, first, last, volumePlanId, fence);
		// None is left to mark when a lost answer is followed by another attempt.
		return sent > 0 || !this.jdbc
			.queryForList("SELECT 1 FROM volume_plan WHERE id = ? AND fence = ?", Integer.class, volumePlanId, fence)
			.isEmpty();
	}

	/**
	 * Sets the outcome of the objects in a range that were sent and have no other one.
	 */
	void answer(long volumePlanId, int first, int last, Outcome outcome, Instant at) {
		this.jdbc
			.update("""
					UPDATE expiry_item SET outcome = ?, resolved_at = ?
					WHERE volume_plan_id = ? AND seq BETWEEN ? AND ? AND is_directory = FALSE AND outcome = 'DELETE_SENT'""",
					outcome.name(), at.toEpochMilli(), volumePlanId, first, last);
	}

	void resolve(long volumePlanId, Collection<Resolution> resolutions, Instant at) {
		if (resolutions.isEmpty()) {
			return;
		}
		this.transaction.executeWithoutResult((status) -> this.jdbc.batchUpdate(
				"UPDATE expiry_item SET outcome = ?, detail = ?, resolved_at = ? WHERE volume_plan_id = ? AND seq = ?",
				resolutions, PAGE, (statement, resolution) -> {
					statement.setString(1, resolution.outcome().name());
					statement.setString(2, abridged(resolution.detail()));
					statement.setLong(3, at.toEpochMilli());
					statement.setLong(4, volumePlanId);
					statement.setInt(5, resolution.item().seq());
				}));
	}

	/** Marks accepted deletes as done once a later scan no longer lists the objects. */
	void confirmAsked(long volumePlanId, Instant at) {
		this.jdbc.update(
				"UPDATE expiry_item SET outcome = 'DELETED', resolved_at = ? WHERE volume_plan_id = ? AND outcome IN ('DELETE_ACCEPTED', 'DELETE_SENT')",
				at.toEpochMilli(), volumePlanId);
	}

	/** Sets the outcome of objects that failed too often recently. */
	void quarantine(long volumePlanId, String volume, Instant now) {
		this.jdbc.update(
				"""
						UPDATE expiry_item SET outcome = 'QUARANTINED', resolved_at = ? WHERE volume_plan_id = ? AND outcome IS NULL
						AND EXISTS (SELECT 1 FROM quarantined_object q WHERE q.volume = ? AND q.not_before > ?
						AND q.object_key = expiry_item.object_key)""",
				now.toEpochMilli(), volumePlanId, volume, now.toEpochMilli());
	}

	List<PlanBook.ItemRow> rows(long volumePlanId, int after, int most) {
		return this.jdbc.query("""
				SELECT seq, object_key, size, last_modified, COALESCE(outcome, ''), COALESCE(detail, '')
				FROM expiry_item WHERE volume_plan_id = ? AND seq > ? ORDER BY seq LIMIT ?""",
				(row, number) -> new PlanBook.ItemRow(row.getInt(1),
						new String(row.getBytes(2), StandardCharsets.UTF_8), row.getLong(3),
						Instant.ofEpochMilli(row.getLong(4)), row.getString(5), row.getString(6)),
				volumePlanId, after, most);
	}

	Map<Outcome, Tally> tally(long volumePlanId) {
		Map<Outcome, Tally> tally = new EnumMap<>(Outcome.class);
		this.jdbc.query("""
				SELECT outcome, COUNT(*), SUM(size) FROM expiry_item
				WHERE volume_plan_id = ? AND outcome IS NOT NULL AND is_directory = FALSE GROUP BY outcome""",
				(row) -> {
					tally.put(Outcome.valueOf(row.getString(1)), new Tally(row.getLong(2), row.getLong(3)));
				}, volumePlanId);
		return tally;
	}

	/** Returns the first items with an outcome, each with its recorded detail. */
	List<Map.Entry<String, String>> details(long volumePlanId, Outcome outcome, int limit) {
		return this.jdbc.query(
				"SELECT object_key, detail FROM expiry_item WHERE volume_plan_id = ? AND outcome = ? ORDER BY seq LIMIT ?",
				(row, number) -> Map.entry(new String(row.getBytes(1), StandardCharsets.UTF_8),
						(row.getString(2) != null) ? row.getString(2) : ""),
				volumePlanId, outcome.name(), limit);
	}

	/** Removes the items of plans made before an instant, in batches. */
	void forget(Instant before) {
		List<Long> volumePlanIds = this.jdbc.queryForList("""
				SELECT v.id FROM volume_plan v JOIN expiry_plan p ON p.id = v.plan_id
				WHERE p.cutoff < ?""", Long.class, before.toEpochMilli());
		for (Long volumePlanId : volumePlanIds) {
			delete(volumePlanId);
			this.jdbc.update("DELETE FROM volume_plan WHERE id = ?", volumePlanId);
		}
		this.jdbc.update("""
				DELETE FROM expiry_plan WHERE cutoff < ?
				AND NOT EXISTS (SELECT 1 FROM volume_plan v WHERE v.plan_id = expiry_plan.id)""",
				before.toEpochMilli());
	}

	private static @Nullable String abridged(@Nullable String text) {
		return (text == null || text.length() <= 500) ? text : text.substring(0, 500);
	}

	/**
	 * How many objects have an outcome.
	 *
	 * @param objects their number, without empty directories
	 * @param bytes the sum of their sizes
	 */
	public record Tally(long objects, long bytes) {

		static final Tally NONE = new Tally(0, 0);

		Tally plus(Tally other) {
			return new Tally(this.objects + other.objects, this.bytes + other.bytes);
		}

	}

	/** The outcome of one item. */
	record Resolution(ExpiryItem item, Outcome outcome, @Nullable String detail) {

	}

	/** Reads pages by key, so that no result set stays open while the gateway is slow. */
	private final class Cursor implements Iterator<ExpiryItem> {

		private final long volumePlanId;

		private final String condition;

		private List<ExpiryItem> page = new ArrayList<>();

		private int next;

		private int last;

		private boolean end;

		Cursor(long volumePlanId, String condition) {
			this.volumePlanId = volumePlanId;
			this.condition = condition;
		}

		@Override
		public boolean hasNext() {
			if (this.next == this.page.size() && !this.end) {
				this.page = read();
				this.next = 0;
				this.end = this.page.size() < PAGE;
			}
			return this.next < this.page.size();
		}

		@Override
		public ExpiryItem next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			ExpiryItem item = this.page.get(this.next++);
			this.last = item.seq();
			return item;
		}

		private List<ExpiryItem> read() {
			return ExpiryItemRepository.this.jdbc.query(
					"SELECT seq, object_key, size, last_modified, inode, outcome FROM expiry_item WHERE volume_plan_id = ? AND seq > ? AND "
							+ this.condition + " ORDER BY seq LIMIT " + PAGE,
					(row, number) -> {
						String outcome = row.getString(6);
						return new ExpiryItem(row.getInt(1),
								new ObjectKey(new String(row.getBytes(2), StandardCharsets.UTF_8)), row.getLong(3),
								Instant.ofEpochMilli(row.getLong(4)), row.getLong(5),
								(outcome != null) ? Outcome.valueOf(outcome) : null);
					}, this.volumePlanId, this.last);
		}

	}

}
