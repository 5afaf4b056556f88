package dev.dumpkeeper.workers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.workers.StepPartition.State;

/**
 * Who works on which partition. Each change names the fence that it saw, so that of two
 * processes one succeeds.
 */
final class StepPartitionRepository {

	private static final String COLUMNS = "SELECT step_execution_id, run_id, step, state, worker, fence, beat FROM step_partition";

	/** As a list, so that the index by state serves. */
	private static final String OPEN = "state IN ('WAITING', 'RUNNING', 'CANCELLED', 'TAKEN')";

	private final JdbcTemplate jdbc;

	private final NamedParameterJdbcTemplate named;

	private final TransactionTemplate transaction;

	private final Clock clock;

	StepPartitionRepository(JdbcTemplate jdbc, TransactionTemplate transaction, Clock clock) {
		this.jdbc = jdbc;
		this.named = new NamedParameterJdbcTemplate(jdbc);
		this.transaction = transaction;
		this.clock = clock;
	}

	/** Offers partitions, to be claimed in this order. */
	void offer(Offer offer, List<Long> partitions) {
		this.transaction.executeWithoutResult((status) -> {
			int place = 0;
			for (Long id : partitions) {
				this.jdbc.update(
						"""
								INSERT INTO step_partition (step_execution_id, run_id, step, manager, rules, place, state, at_manager,
								manager_beat, fence, beat, taken_over, objects, offered_at)
								VALUES (?, ?, ?, ?, ?, ?, 'WAITING', FALSE, 0, 0, 0, 0, 0, ?)""",
						id, offer.run(), offer.step(), offer.manager(), offer.rules(), ++place, now());
			}
		});
	}

	/** Claims the next partition that its manager offers. */
	Optional<StepPartition> claimOwn(String manager) {
		return claimNext(manager, "manager = ?", manager);
	}

	/** Claims the next partition of a step of any run with the same rules. */
	Optional<StepPartition> claim(String step, String rules, String worker) {
		return claimNext(worker, "step = ? AND rules = ? AND at_manager = FALSE", step, rules);
	}

	private Optional<StepPartition> claimNext(String worker, String which, Object... arguments) {
		while (true) {
			Optional<StepPartition> next = this.jdbc
				.query(COLUMNS + " WHERE state = 'WAITING' AND " + which + " ORDER BY place LIMIT 1",
						StepPartitionRepository::row, arguments)
				.stream()
				.findFirst();
			if (next.isEmpty()) {
				return next;
			}
			StepPartition claim = next.get().claimedBy(worker);
			if (this.jdbc.update("""
					UPDATE step_partition SET state = 'RUNNING', worker = ?, fence = ?, beat = beat + 1, claimed_at = ?
					WHERE step_execution_id = ? AND state = 'WAITING' AND fence = ?""", worker, claim.fence(), now(),
					claim.id(), next.get().fence()) > 0) {
				return Optional.of(claim);
			}
		}
	}

	/** Returns the steps of which this process may claim partitions. */
	Set<String> offered(String rules) {
		return new HashSet<>(this.jdbc.queryForList("""
				SELECT DISTINCT step FROM step_partition
				WHERE state = 'WAITING' AND at_manager = FALSE AND rules = ?""", String.class, rules));
	}

	/** Returns the runs that offer partitions which this process must not claim. */
	List<Long> refused(String rules) {
		return this.jdbc.queryForList(
				"SELECT DISTINCT run_id FROM step_partition WHERE state = 'WAITING' AND rules <> ?", Long.class, rules);
	}

	/**
	 * Renews claims.
	 * @return what their worker still holds and should go on with
	 */
	List<Renewed> renew(Collection<Long> claims, String worker) {
		Map<String, ?> arguments = Map.of("claims", claims, "worker", worker);
		this.named.update("""
				UPDATE step_partition SET beat = beat + 1
				WHERE step_execution_id IN (:claims) AND worker = :worker AND state IN ('RUNNING', 'CANCELLED')""",
				arguments);
		return this.named.query("""
				SELECT step_execution_id, fence, manager_beat FROM step_partition
				WHERE step_execution_id IN (:claims) AND worker = :worker AND state = 'RUNNING'""", arguments,
				(row, number) -> new Renewed(row.getLong(1), row.getInt(2), row.getLong(3)));
	}

	/**
	 * Shows workers that the manager of their partitions lives. Names each row: MySQL
	 * locks what it searches, and claims lock the same indices in another order.
	 */
	void manage(Collection<Long> partitions) {
		this.named.update(
				"UPDATE step_partition SET manager_beat = manager_beat + 1 WHERE step_execution_id IN (:partitions)",
				Map.of("partitions", partitions));
	}

	/** Records what was done so far of a claimed partition, unless it was taken away. */
	void progressed(long partition, int fence, String work, long objects) {
		this.jdbc.update("UPDATE step_partition SET work = ?, objects = ? WHERE step_execution_id = ? AND fence = ?",
				work, objects, partition, fence);
	}

	/** Returns how far the partitions of a step of a run are. */
	Progress.Share progress(long run, String step, long first) {
		return this.jdbc
			.query("""
					SELECT COUNT(CASE WHEN state = 'DONE' THEN 1 END),
					COUNT(CASE WHEN state IN ('RUNNING', 'CANCELLED') THEN 1 END),
					COUNT(CASE WHEN state IN ('WAITING', 'TAKEN') THEN 1 END),
					COUNT(DISTINCT CASE WHEN state IN ('RUNNING', 'CANCELLED') THEN worker END),
					COALESCE(MAX(work), ''), SUM(objects)
					FROM step_partition WHERE run_id = ? AND step = ? AND step_execution_id >= ?""",
					(row, number) -> new Progress.Share(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4),
							row.getString(5), row.getLong(6)),
					run, step, first)
			.get(0);
	}

	/** Records that a claimed partition has ended, unless it was taken away. */
	void end(StepPartition claim) {
		this.jdbc.update(
				"UPDATE step_partition SET state = 'DONE', ended_at = ? WHERE step_execution_id = ? AND fence = ?",
				now(), claim.id(), claim.fence());
	}

	/**
	 * Offers a claimed partition again, unless it was taken away; if it was cancelled it
	 * ends.
	 * @param atManager whether only the process that manages the run may claim it
	 */
	void giveBack(StepPartition claim, boolean atManager) {
		int offered = this.jdbc.update("""
				UPDATE step_partition SET state = 'WAITING', worker = NULL, at_manager = ?
				WHERE step_execution_id = ? AND fence = ? AND state = 'RUNNING'""", atManager, claim.id(),
				claim.fence());
		if (offered == 0) {
			end(claim);
		}
	}

	/** Returns the partitions of a manager that have not ended. */
	List<StepPartition> open(String manager) {
		return this.jdbc.query(COLUMNS + " WHERE " + OPEN + " AND manager = ?", StepPartitionRepository::row, manager);
	}

	/** Returns all partitions that have not ended. */
	List<StepPartition> open() {
		return this.jdbc.query(COLUMNS + " WHERE " + OPEN, StepPartitionRepository::row);
	}

	/**
	 * Takes a partition away from a worker, unless it has renewed its claim.
	 * @param silent the claim as it was found
	 * @return whether it is taken
	 */
	boolean takeAway(StepPartition silent) {
		return this.jdbc.update("""
				UPDATE step_partition SET state = 'TAKEN', fence = fence + 1, taken_over = taken_over + 1
				WHERE step_execution_id = ? AND fence = ? AND beat = ? AND state IN ('RUNNING', 'CANCELLED')""",
				silent.id(), silent.fence(), silent.beat()) > 0;
	}

	/** Offers a partition that was taken away. */
	void offerAgain(long partition) {
		this.jdbc.update(
				"UPDATE step_partition SET state = 'WAITING', worker = NULL WHERE step_execution_id = ? AND state = 'TAKEN'",
				partition);
	}

	/**
	 * Ends a partition that nobody works on, and tells the worker of another to end it.
	 */
	void cancel(StepPartition partition) {
		this.jdbc.update("""
				UPDATE step_partition SET state = 'DONE', ended_at = ?
				WHERE step_execution_id = ? AND state IN ('WAITING', 'TAKEN')""", now(), partition.id());
		this.jdbc.update(
				"UPDATE step_partition SET state = 'CANCELLED' WHERE step_execution_id = ? AND state = 'RUNNING'",
				partition.id());
	}

	/**
	 * Ends what other processes did of runs of their own. Their lease ran out, and their
	 * claims did before.
	 */
	void endManaged(String manager) {
		this.jdbc.update("UPDATE step_partition SET state = 'DONE', fence = fence + 1, ended_at = ? WHERE " + OPEN
				+ " AND worker = manager AND manager <> ?", now(), manager);
	}

	/** Returns the state of the partitions of a run, by step execution. */
	Map<Long, Workers.Share> shares(long run) {
		Map<Long, Workers.Share> shares = new HashMap<>();
		this.jdbc.query(
				"SELECT step_execution_id, state, worker, taken_over, work, objects FROM step_partition WHERE run_id = ?",
				(row) -> {
					String worker = row.getString(3);
					shares.put(row.getLong(1),
							new Workers.Share(State.valueOf(row.getString(2)).shown(),
									(worker != null) ? worker.replaceAll("#.*", "") : null, row.getInt(4),
									row.getString(5), row.getLong(6)));
				}, run);
		return shares;
	}

	/** Returns how often partitions of the last run were taken from a silent process. */
	long takenOver() {
		return Objects.requireNonNull(this.jdbc.queryForObject("""
				SELECT COALESCE(SUM(taken_over), 0) FROM step_partition
				WHERE run_id = (SELECT MAX(run_id) FROM step_partition)""", Long.class));
	}

	Workers.Counts counts() {
		return this.jdbc
			.query("""
					SELECT COUNT(CASE WHEN state IN ('WAITING', 'TAKEN') THEN 1 END),
					COUNT(CASE WHEN state IN ('RUNNING', 'CANCELLED') THEN 1 END),
					COUNT(DISTINCT CASE WHEN state IN ('RUNNING', 'CANCELLED') THEN worker END)
					FROM step_partition WHERE\s""" + OPEN,
					(row, number) -> new Workers.Counts(row.getLong(1), row.getLong(2), row.getLong(3), takenOver()))
			.get(0);
	}

	void forget(Instant before) {
		this.jdbc.update("DELETE FROM step_partition WHERE offered_at < ?", before.toEpochMilli());
	}

	private long now() {
		return this.clock.instant().toEpochMilli();
	}

	private static StepPartition row(ResultSet row, int number) throws SQLException {
		return new StepPartition(row.getLong(1), row.getLong(2), row.getString(3), State.valueOf(row.getString(4)),
				row.getString(5), row.getInt(6), row.getLong(7));
	}

	/**
	 * Who offers partitions of what.
	 *
	 * @param manager the process that manages the run
	 * @param rules what another process must have to claim one
	 */
	record Offer(long run, String step, String manager, String rules) {

	}

	/**
	 * A claim that its worker still has.
	 *
	 * @param managerBeat grows while the manager lives
	 */
	record Renewed(long id, int fence, long managerBeat) {

	}

}
