package dev.dumpkeeper.retention;

import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface ExpiryPlanRepository extends ListCrudRepository<ExpiryPlan, Long> {

	/** Returns the plan that a run made or sweeps after an approval. */
	@Query("SELECT * FROM expiry_plan WHERE run_id = :runId OR approving_run_id = :runId")
	Optional<ExpiryPlan> findOf(long runId);

	@Query("""
			SELECT p.id, p.run_id AS run, p.state, p.cutoff, p.policy, p.refusal, p.approving_run_id AS approving_run,
			(SELECT COALESCE(SUM(v.candidate_objects), 0) FROM volume_plan v WHERE v.plan_id = p.id) AS objects,
			(SELECT COALESCE(SUM(v.candidate_bytes), 0) FROM volume_plan v WHERE v.plan_id = p.id) AS bytes
			FROM expiry_plan p WHERE p.id < :before ORDER BY p.id DESC LIMIT :most""")
	List<PlanBook.PlanRow> findBefore(long before, int most);

}
