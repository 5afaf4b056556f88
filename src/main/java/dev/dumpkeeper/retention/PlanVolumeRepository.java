package dev.dumpkeeper.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/**
 * The parts of all plans.
 */
interface PlanVolumeRepository extends ListCrudRepository<PlanVolume, Long> {

	List<PlanVolume> findByPlanIdOrderByVolume(long planId);

	Optional<PlanVolume> findByPlanIdAndVolume(long planId, String volume);

	@Query("""
			SELECT v.* FROM expiry_plan_volume v JOIN expiry_plan p ON p.id = v.plan_id
			WHERE v.volume = :volume AND v.confirmed = FALSE AND v.swept_at IS NOT NULL AND p.run_id < :runId
			ORDER BY v.id""")
	List<PlanVolume> findUnconfirmed(String volume, long runId);

	@Query("SELECT COALESCE(SUM(deleted), 0) FROM expiry_plan_volume WHERE volume = :volume AND swept_at >= :since")
	long countDeletedSince(String volume, Instant since);

	@Modifying
	@Query("UPDATE expiry_plan_volume SET confirmed = TRUE WHERE id = :id")
	void confirm(long id);

}
