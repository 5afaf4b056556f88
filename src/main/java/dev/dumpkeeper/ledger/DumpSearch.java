package dev.dumpkeeper.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.ledger.HeapTable.GrownTable;

/**
 * Finds dumps for people. Newest is what the ledger saw last: the time of a file is
 * anybody's word, and one from the future would stay at the top for ever.
 * <p>
 * Whatever is asked for, a bounded number of rows is read, each time along an index:
 * among a million dumps a rare text takes several pages that say how far they searched.
 */
public final class DumpSearch {

	/** Rows that one page reads at most, unless it is a longer one. */
	static final int MOST_ROWS = 5_000;

	private static final int FIRST_READ = 200;

	private static final int LARGEST_READ = 2_000;

	/** Dumps that a summary of failures adds up at most. */
	public static final int SUMMED_UP = 10_000;

	private final JdbcTemplate jdbc;

	private final FailureRepository failures;

	private final DumpContentsRepository contents;

	DumpSearch(JdbcTemplate jdbc, FailureRepository failures, DumpContentsRepository contents) {
		this.jdbc = jdbc;
		this.failures = failures;
		this.contents = contents;
	}

	/**
	 * Finds dumps.
	 * @param filter which, and in which order
	 * @param after only those behind the dump of this number, which was the last of the
	 * page before; {@code null} for the first ones
	 * @param most how many at most, 1 or more
	 * @return a page of them; the first one again where the number is forgotten
	 */
	public DumpPage find(DumpFilter filter, @Nullable Long after, int most) {
		List<DumpRow> found = new ArrayList<>();
		DumpQuery query = DumpQuery.of(this.jdbc, filter, after);
		int read = filter.isNarrowed() ? FIRST_READ : most + 1;
		int searched = 0;
		while (true) {
			List<Object> arguments = new ArrayList<>();
			String sql = query.sql(arguments);
			arguments.add(read);
			List<DumpRow> rows = this.jdbc.query(sql, DumpQuery::row, arguments.toArray());
			for (DumpRow row : rows) {
				if (filter.matches(row)) {
					if (found.size() == most) {
						return new DumpPage(found, found.get(most - 1).id(), false);
					}
					found.add(row);
				}
			}
			searched += rows.size();
			if (rows.size() < read) {
				return new DumpPage(found, null, false);
			}
			DumpRow last = rows.get(rows.size() - 1);
			if (searched >= Math.max(MOST_ROWS, most)) {
				return new DumpPage(found, last.id(), true);
			}
			query = query.behind(last.id(), last.size());
			read = Math.min(read * 2, LARGEST_READ);
		}
	}

	/**
	 * Some dumps, there or gone.
	 * @param ids their numbers, at most 1,000
	 * @return those that there are, in order of numbers
	 */
	public List<DumpRow> of(Collection<Long> ids) {
		return ids.isEmpty() ? List.of() : this.jdbc.query("SELECT " + DumpQuery.COLUMNS + " FROM dump WHERE id IN ("
				+ DumpRepository.marks(ids.size()) + ") ORDER BY id", DumpQuery::row, ids.toArray());
	}

	/**
	 * All that is known of a dump, there or gone.
	 * @param id its number
	 * @return the dump, or empty when there never was one or it is forgotten
	 */
	public Optional<DumpDetail> detail(long id) {
		return this.jdbc.query("SELECT " + DumpQuery.COLUMNS
				+ ", reason, project, died_at, notified_by, hold_reason, receipt_at, triaged_at, message_id, message_page,"
				+ " plan_id, last_seen, present, has_duplicate FROM dump WHERE id = ?", this::detailOf, id)
			.stream()
			.findFirst();
	}

	private DumpDetail detailOf(ResultSet row, int number) throws SQLException {
		DumpRow dump = DumpQuery.row(row, number);
		String fingerprint = dump.fingerprint();
		return new DumpDetail(dump, DumpQuery.text(row, "reason"), DumpQuery.text(row, "project"),
				DumpQuery.at(row, "died_at"), row.getString("notified_by"), DumpQuery.text(row, "hold_reason"),
				DumpQuery.at(row, "receipt_at"), DumpQuery.at(row, "triaged_at"), DumpQuery.nullable(row, "message_id"),
				DumpQuery.nullable(row, "plan_id"), DumpQuery.at(row, "last_seen"), row.getBoolean("has_duplicate"),
				(fingerprint != null) ? this.failures.stack(fingerprint).orElse("") : "",
				this.contents.of(dump.id()).map((heap) -> HeapTable.of(heap, grown(dump, heap))).orElse(null));
	}

	private @Nullable GrownTable grown(DumpRow dump, HeapContents heap) {
		if (dump.workload().isEmpty() || heap.state() != HeapContents.State.WHOLE) {
			return null;
		}
		return this.contents.before(dump.id(), dump.environment(), dump.workload())
			.flatMap((id) -> this.contents.of(id)
				.flatMap((earlier) -> of(List.of(id)).stream()
					.findFirst()
					.map((since) -> GrownTable.of(since, earlier, heap))))
			.orElse(null);
	}

	/**
	 * Dumps of the same failure, there or gone.
	 * @param fingerprint the failure
	 * @param most how many at most
	 * @return newest first
	 */
	public List<DumpRow> ofFailure(String fingerprint, int most) {
		return this.jdbc.query("SELECT " + DumpQuery.COLUMNS
				+ " FROM dump WHERE fingerprint = ? ORDER BY id DESC LIMIT " + Math.max(1, most), DumpQuery::row,
				fingerprint);
	}

	/**
	 * Who died since an instant, by failure. Dumps without an OutOfMemoryError are summed
	 * up by their workload. Of more than {@value #SUMMED_UP} dumps the newest count.
	 * @param since when dumps were seen first
	 * @return those with the newest dumps first, without their details
	 */
	public FailureSums failuresSince(Instant since) {
		return FailureSums.read(this.jdbc, since, SUMMED_UP, this::of);
	}

	/** The orders that an index serves. */
	public enum Order {

		/** The last that was seen comes first. */
		NEWEST,

		/** By size. */
		LARGEST

	}

	/**
	 * Which dumps. Empty texts ask for all.
	 *
	 * @param gone whether those that are gone, instead of those that are there
	 * @param volume of this volume
	 * @param environment of this environment
	 * @param workload of this workload
	 * @param state in this state, {@code null} for all
	 * @param failure of this failure, there or gone
	 * @param text with this in key, pod, workload or frame, whatever its case
	 * @param from first seen at this instant or later, {@code null} for all
	 * @param to first seen before this instant, {@code null} for all
	 * @param order which come first; of one failure only by number
	 */
	public record DumpFilter(boolean gone, String volume, String environment, String workload,
			@Nullable DumpState state, String failure, String text, @Nullable Instant from, @Nullable Instant to,
			Order order) {

		/** Has no order that no index serves. */
		public DumpFilter {
			order = (order == Order.LARGEST && !failure.isEmpty()) ? Order.NEWEST : order;
		}

		/**
		 * Dumps of all times, the newest first.
		 * @param gone whether those that are gone, instead of those that are there
		 * @param volume of this volume
		 * @param environment of this environment
		 * @param workload of this workload
		 * @param state in this state, {@code null} for all
		 * @param failure of this failure, there or gone
		 * @param text with this in key, pod, workload or frame, whatever its case
		 */
		public DumpFilter(boolean gone, String volume, String environment, String workload, @Nullable DumpState state,
				String failure, String text) {
			this(gone, volume, environment, workload, state, failure, text, null, null, Order.NEWEST);
		}

		/** Whether rows are left out beside those that an index leaves out. */
		boolean isNarrowed() {
			return this.from != null || this.to != null || !this.text.isEmpty() || !this.environment.isEmpty()
					|| !this.volume.isEmpty() || !this.workload.isEmpty() || this.state != null
					|| !this.failure.isEmpty();
		}

		boolean matches(DumpRow row) {
			return (this.volume.isEmpty() || this.volume.equals(row.volume()))
					&& (this.environment.isEmpty() || this.environment.equals(row.environment()))
					&& (this.workload.isEmpty() || this.workload.equals(row.workload()))
					&& (this.from == null || !row.firstSeen().isBefore(this.from))
					&& (this.to == null || row.firstSeen().isBefore(this.to))
					&& (this.state == null || this.state == row.state()) && (this.text.isEmpty() || contains(row.key())
							|| contains(row.pod()) || contains(row.workload()) || contains(row.topFrame()));
		}

		private boolean contains(String value) {
			return value.toLowerCase(Locale.ROOT).contains(this.text.toLowerCase(Locale.ROOT));
		}

	}

	/**
	 * A page of dumps.
	 *
	 * @param rows in the order that was asked for
	 * @param next the number behind which the next page begins, {@code null} at the end
	 * @param isCut whether the page ends here because enough was read, so that more may
	 * follow
	 */
	public record DumpPage(List<DumpRow> rows, @Nullable Long next, boolean isCut) {

	}

	/**
	 * A dump in a list.
	 *
	 * @param id its number
	 * @param volume the volume's name
	 * @param key its key
	 * @param size bytes
	 * @param lastModified when the file says it was written
	 * @param firstSeen when the ledger saw it first
	 * @param state how whole it is
	 * @param environment where, empty where unknown
	 * @param workload of what, likewise
	 * @param pod likewise
	 * @param cause why it was made, the name of a
	 * {@link dev.dumpkeeper.hprof.Death.Kind}; empty where it does not say
	 * @param fingerprint its failure, {@code null} without one
	 * @param topFrame the frame that says most, empty without one
	 * @param notifiedAt when it was announced, {@code null} before
	 * @param heldUntil until when it is held, {@code null} without a hold; may be past
	 * @param heldBy who holds it, empty without a hold
	 * @param fate how it went: EXPIRED, VANISHED or REPLACED; empty while it is there
	 * @param goneAt when it went, {@code null} while it is there
	 */
	public record DumpRow(long id, String volume, String key, long size, Instant lastModified, Instant firstSeen,
			DumpState state, String environment, String workload, String pod, String cause,
			@Nullable String fingerprint, String topFrame, @Nullable Instant notifiedAt, @Nullable Instant heldUntil,
			String heldBy, String fate, @Nullable Instant goneAt) {

		/**
		 * Whether it is held.
		 * @param now the present
		 * @return {@code false} after the hold's end
		 */
		public boolean isHeld(Instant now) {
			return this.heldUntil != null && this.heldUntil.isAfter(now);
		}

		/**
		 * Whether it is there.
		 * @return {@code false} for what expired, vanished or was replaced
		 */
		public boolean isThere() {
			return this.fate.isEmpty();
		}

		/**
		 * The name of its file.
		 * @return what stands behind the last slash of its key
		 */
		public String file() {
			return this.key.substring(this.key.lastIndexOf('/') + 1);
		}

	}

	/**
	 * A dump as a whole.
	 *
	 * @param dump what lists show of it
	 * @param reason why it is in its state, in English; empty where there is nothing to
	 * say
	 * @param project the project that its receipt names, anybody's words; empty without
	 * @param diedAt when its JVM died, {@code null} where it does not say
	 * @param notifiedBy how it was announced, DIGEST or NOTIFIER; {@code null} before
	 * @param holdReason why it is held, empty without a hold
	 * @param receiptAt when its receipt was written, {@code null} without one
	 * @param triagedAt when it was triaged last, {@code null} before
	 * @param message the message that announces it, {@code null} without
	 * @param plan the plan that expired it, {@code null} otherwise
	 * @param lastSeen when a listing showed it last before it went; {@code null} while it
	 * is there
	 * @param hasDuplicate whether a second key shows the same file
	 * @param stack the stack of its failure, a frame a line; empty without one
	 * @param heap what is on its heap, {@code null} if not read yet
	 */
	public record DumpDetail(DumpRow dump, String reason, String project, @Nullable Instant diedAt,
			@Nullable String notifiedBy, String holdReason, @Nullable Instant receiptAt, @Nullable Instant triagedAt,
			@Nullable Long message, @Nullable Long plan, @Nullable Instant lastSeen, boolean hasDuplicate, String stack,
			@Nullable HeapTable heap) {

	}

}
