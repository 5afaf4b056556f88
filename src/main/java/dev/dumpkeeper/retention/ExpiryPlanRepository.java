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
			COALESCE(s.objects, 0) AS objects, COALESCE(s.bytes, 0) AS bytes
			FROM (SELECT * FROM expiry_plan WHERE id < :before ORDER BY id DESC LIMIT :most) p
			LEFT JOIN (SELECT plan_id, SUM(candidate_objects) AS objects, SUM(candidate_bytes) AS bytes FROM volume_plan
			WHERE plan_id < :before GROUP BY plan_id ORDER BY plan_id DESC LIMIT :most) s ON s.plan_id = p.id
			ORDER BY p.id DESC""")
	List<PlanBook.PlanRow> findBefore(long before, int most);

}
