package dev.dumpkeeper.retention;

import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface ExpiryPlanRepository extends ListCrudRepository<ExpiryPlan, Long> {

	/** Returns the plan that a run made or sweeps after an approval. */
	@Query("SELECT * FROM expiry_plan WHERE run_id = :runId OR approving_run_id = :runId")
	Optional<ExpiryPlan> findOf(long runId);

}
