package dev.dumpkeeper.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface VolumePlanRepository extends ListCrudRepository<VolumePlan, Long> {

	List<VolumePlan> findByPlanIdOrderByVolume(long planId);

	Optional<VolumePlan> findByPlanIdAndVolume(long planId, String volume);

	@Query("""
			SELECT v.* FROM volume_plan v JOIN expiry_plan p ON p.id = v.plan_id
			WHERE v.volume = :volume AND v.confirmed = FALSE AND v.swept_at IS NOT NULL AND p.run_id < :runId
			ORDER BY v.id""")
	List<VolumePlan> findUnconfirmed(String volume, long runId);

	/**
	 * Returns how many objects sweeps deleted since an instant, including killed and
	 * unfinished sweeps.
	 */
	@Query("""
			SELECT (SELECT COALESCE(SUM(deleted), 0) FROM volume_plan WHERE volume = :volume AND swept_at >= :since)
			+ (SELECT COUNT(*) FROM expiry_item i JOIN volume_plan v ON v.id = i.volume_plan_id
			WHERE v.volume = :volume AND v.swept_at IS NULL AND i.resolved_at >= :since AND i.is_directory = FALSE
			AND i.outcome IN ('DELETED', 'DELETE_ACCEPTED', 'DELETE_SENT'))""")
	long countDeletedSince(String volume, Instant since);

	@Modifying
	@Query("UPDATE volume_plan SET confirmed = TRUE WHERE id = :id")
	void confirm(long id);

}
