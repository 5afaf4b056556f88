package dev.dumpkeeper.retention;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.ledger.DumpHistory.WorkloadSum;
import dev.dumpkeeper.ledger.DumpOrigin;
import dev.dumpkeeper.ledger.PlannedDumps;

/**
 * Plans as people read them: what would go or went, by volume, and why a brake refused.
 */
public final class PlanBook {

	private static final String PLAN = """
			SELECT p.id, p.run_id, p.state, p.cutoff, p.policy, p.refusal, p.approving_run_id,
			(SELECT SUM(v.candidate_objects) FROM volume_plan v WHERE v.plan_id = p.id) AS objects,
			(SELECT SUM(v.candidate_bytes) FROM volume_plan v WHERE v.plan_id = p.id) AS bytes FROM expiry_plan p""";

	private final JdbcTemplate jdbc;

	private final PlannedDumps dumps;

	PlanBook(JdbcTemplate jdbc, PlannedDumps dumps) {
		this.jdbc = jdbc;
		this.dumps = dumps;
	}

	/**
	 * Reads plans, the newest first.
	 * @param before only plans with a lower number; {@code null} for the newest
	 * @param most how many at most
	 * @return the plans
	 */
	public List<PlanRow> find(@Nullable Long before, int most) {
		return this.jdbc.query(PLAN + " WHERE p.id < ? ORDER BY p.id DESC LIMIT ?", (row, number) -> plan(row),
				(before != null) ? before : Long.MAX_VALUE, most);
	}

	/**
	 * Reads one plan.
	 * @param id its number
	 * @return the plan, or empty where there is none or it is forgotten
	 */
	public Optional<PlanRow> find(long id) {
		return this.jdbc.query(PLAN + " WHERE p.id = ?", (row, number) -> plan(row), id).stream().findFirst();
	}

	private static PlanRow plan(java.sql.ResultSet row) throws java.sql.SQLException {
		long approving = row.getLong("approving_run_id");
		return new PlanRow(row.getLong("id"), row.getLong("run_id"), ExpiryPlan.State.valueOf(row.getString("state")),
				Instant.ofEpochMilli(row.getLong("cutoff")), row.getString("policy"), row.getString("refusal"),
				(approving == 0) ? null : approving, row.getLong("objects"), row.getLong("bytes"));
	}

	/**
	 * The volumes that a plan is about.
	 * @param plan its number
	 * @return by name
	 */
	public List<VolumeRow> volumes(long plan) {
		return this.jdbc.query("""
				SELECT id, volume, objects, candidate_objects, candidate_bytes, waiting_objects, held_objects,
				newest_objects, unproven_objects, failure, swept_at, deleted FROM volume_plan
				WHERE plan_id = ? ORDER BY volume""", (row, number) -> {
			long swept = row.getLong(11);
			return new VolumeRow(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5),
					row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9), row.getString(10),
					(swept == 0) ? null : Instant.ofEpochMilli(swept), row.getLong(12));
		}, plan);
	}

	/**
	 * Reads what a plan names of a volume, in the order of keys.
	 * @param plan the plan's number
	 * @param part the volume's part of it
	 * @param after only items with a higher place; 0 for the first ones
	 * @param most how many at most
	 * @return the items; none where the part is another plan's
	 */
	public List<ItemRow> items(long plan, long part, int after, int most) {
		return this.jdbc.query("""
				SELECT i.seq, i.object_key, i.size, i.last_modified, i.outcome, i.detail FROM expiry_item i
				WHERE i.volume_plan_id = ? AND i.seq > ? AND EXISTS (SELECT 1 FROM volume_plan v
				WHERE v.id = ? AND v.plan_id = ?) ORDER BY i.seq LIMIT ?""",
				(row, number) -> new ItemRow(row.getInt(1), new String(row.getBytes(2), StandardCharsets.UTF_8),
						row.getLong(3), Instant.ofEpochMilli(row.getLong(4)),
						(row.getString(5) != null) ? row.getString(5) : "",
						(row.getString(6) != null) ? row.getString(6) : ""),
				part, after, part, plan, most);
	}

	/**
	 * Sums up what a plan names of a volume by workload, as far as names tell it.
	 * @param plan the plan's number
	 * @param part the volume's part of it
	 * @param most how many of its items are looked at
	 * @return the largest first
	 */
	public List<WorkloadSum> workloads(long plan, long part, int most) {
		Map<List<String>, WorkloadSum> sums = new HashMap<>();
		for (ItemRow item : items(plan, part, 0, most)) {
			DumpOrigin origin = this.dumps.originOf(item.key());
			sums.merge(List.of(origin.environment(), origin.workload()),
					new WorkloadSum(origin.environment(), origin.workload(), 1, item.size()),
					(sum, one) -> new WorkloadSum(sum.environment(), sum.workload(), sum.dumps() + 1,
							sum.bytes() + one.bytes()));
		}
		return sums.values().stream().sorted(Comparator.comparingLong(WorkloadSum::bytes).reversed()).toList();
	}

	/**
	 * A plan.
	 *
	 * @param id the number by which it is approved
	 * @param run the run that made it
	 * @param state how far it is
	 * @param cutoff what was written before this instant may expire
	 * @param policy the policy it was made under, in English words
	 * @param refusal why a brake refused it, {@code null} where none did
	 * @param approvingRun the run that sweeps or swept it by approval, {@code null}
	 * without one
	 * @param objects how many objects were to go
	 * @param bytes their sizes added up
	 */
	public record PlanRow(long id, long run, ExpiryPlan.State state, Instant cutoff, String policy,
			@Nullable String refusal, @Nullable Long approvingRun, long objects, long bytes) {

		/**
		 * Whether somebody can approve it.
		 * @return {@code true} when it was refused or a dry run made it
		 */
		public boolean isApprovable() {
			return this.state == ExpiryPlan.State.REFUSED || this.state == ExpiryPlan.State.DRY_RUN;
		}

	}

	/**
	 * A volume's part of a plan.
	 *
	 * @param id the part's number
	 * @param volume the volume's name
	 * @param objects how many objects the volume held
	 * @param candidates how many were to go
	 * @param bytes their sizes added up
	 * @param waiting how many are old enough and stay because nobody was told in time
	 * @param held how many because somebody holds them
	 * @param newest how many because they are among the newest
	 * @param unproven how many because they may be another's
	 * @param failure why its sweep ended early, {@code null} when it did not
	 * @param sweptAt when its sweep ended, {@code null} before
	 * @param deleted how many went
	 */
	public record VolumeRow(long id, String volume, long objects, long candidates, long bytes, long waiting, long held,
			long newest, long unproven, @Nullable String failure, @Nullable Instant sweptAt, long deleted) {

	}

	/**
	 * An object that a plan names.
	 *
	 * @param seq its place
	 * @param key its key
	 * @param size bytes
	 * @param lastModified when it had been written last
	 * @param outcome what became of it, the name of an {@link Outcome}; empty before
	 * @param detail why, in English; empty without
	 */
	public record ItemRow(int seq, String key, long size, Instant lastModified, String outcome, String detail) {

	}

}
