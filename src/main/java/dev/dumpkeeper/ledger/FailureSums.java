package dev.dumpkeeper.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.ledger.DumpSearch.DumpRow;

/**
 * Who died in a span, by failure. An index has all that is summed up, and only of the
 * failures that are looked at the newest dump is read.
 */
public final class FailureSums {

	private final List<Sum> sums;

	private final boolean cut;

	private final Function<Collection<Long>, List<DumpRow>> dumps;

	private FailureSums(List<Sum> sums, boolean cut, Function<Collection<Long>, List<DumpRow>> dumps) {
		this.sums = sums;
		this.cut = cut;
		this.dumps = dumps;
	}

	static FailureSums read(JdbcTemplate jdbc, Instant since, int most,
			Function<Collection<Long>, List<DumpRow>> dumps) {
		Map<String, Sum> sums = new HashMap<>();
		long[] read = new long[1];
		jdbc.query("SELECT id, first_seen, size, environment, workload, fingerprint FROM dump"
				+ " /*! USE INDEX (dump_by_first_seen) */ WHERE first_seen >= ? AND state <> 'ORPHANED_RECEIPT'"
				+ " ORDER BY first_seen DESC, id DESC LIMIT " + (most + 1), (row) -> {
					if (++read[0] > most) {
						return;
					}
					String fingerprint = row.getString(6);
					String environment = row.getString(4);
					String workload = environment.isEmpty() ? row.getString(5) : environment + "/" + row.getString(5);
					sums.computeIfAbsent((fingerprint != null) ? fingerprint : "-" + workload,
							(name) -> new Sum(fingerprint))
						.add(row.getLong(1), row.getLong(2), row.getLong(3), workload);
				}, since.toEpochMilli());
		return new FailureSums(sums.values()
			.stream()
			.sorted(Comparator.comparingLong((Sum sum) -> sum.last).thenComparingLong((sum) -> sum.newest).reversed())
			.toList(), read[0] > most, dumps);
	}

	/**
	 * Returns those of dumps with an OutOfMemoryError.
	 * @return the others are left out
	 */
	public FailureSums ofErrors() {
		return new FailureSums(this.sums.stream().filter((sum) -> sum.fingerprint != null).toList(), this.cut,
				this.dumps);
	}

	/**
	 * Returns those that a page has which is ordered by the numbers of the newest dumps.
	 * @param before the number of the newest dump of the last one of the page before;
	 * {@code null} for the first page
	 * @return those behind it, the highest number first
	 */
	public FailureSums behind(@Nullable Long before) {
		return new FailureSums(this.sums.stream()
			.filter((sum) -> before == null || sum.newest < before)
			.sorted(Comparator.comparingLong((Sum sum) -> sum.newest).reversed())
			.toList(), this.cut, this.dumps);
	}

	/**
	 * Returns whether the span has more dumps than are summed up.
	 * @return {@code true} when only the {@value DumpSearch#SUMMED_UP} newest are
	 */
	public boolean isCut() {
		return this.cut;
	}

	/**
	 * Returns how many there are.
	 * @return the number
	 */
	public int size() {
		return this.sums.size();
	}

	/**
	 * Returns the first ones.
	 * @param most how many at most, up to 1,000
	 * @return with their details
	 */
	public List<FailureSum> first(int most) {
		List<Sum> some = this.sums.stream().limit(most).toList();
		Map<Long, DumpRow> newest = this.dumps.apply(some.stream().map((sum) -> sum.newest).toList())
			.stream()
			.collect(Collectors.toMap(DumpRow::id, Function.identity()));
		return some.stream().map((sum) -> sum.with(newest.get(sum.newest))).filter(Objects::nonNull).toList();
	}

	/** Grows while rows are read, the newest first. */
	private static final class Sum {

		private final @Nullable String fingerprint;

		private final Set<String> workloads = new TreeSet<>();

		private long newest;

		private long last;

		private long first;

		private long dumps;

		private long bytes;

		Sum(@Nullable String fingerprint) {
			this.fingerprint = fingerprint;
		}

		void add(long id, long seen, long size, String workload) {
			if (this.dumps == 0) {
				this.last = seen;
				this.newest = id;
			}
			this.first = seen;
			this.dumps++;
			this.bytes += size;
			this.workloads.add(workload);
		}

		/** Nothing where the newest dump was forgotten meanwhile. */
		@Nullable FailureSum with(@Nullable DumpRow dump) {
			return (dump != null) ? new FailureSum(this.fingerprint, dump.topFrame(), this.dumps, this.bytes,
					this.workloads, dump, Instant.ofEpochMilli(this.first)) : null;
		}

	}

	/**
	 * Dumps of one failure in a span.
	 *
	 * @param fingerprint the failure, {@code null} for dumps of one workload without an
	 * OutOfMemoryError
	 * @param topFrame the frame that says most, empty without one
	 * @param dumps how many
	 * @param bytes their sizes added up
	 * @param workloads environment and workload of each, in order of names
	 * @param newest the newest of them
	 * @param first when the first of them was seen
	 */
	public record FailureSum(@Nullable String fingerprint, String topFrame, long dumps, long bytes,
			Set<String> workloads, DumpRow newest, Instant first) {

	}

}
