package dev.dumpkeeper.maintenance;

import java.time.Instant;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/**
 * All runs.
 */
interface RunRepository extends ListCrudRepository<RunRecord, Long> {

	@Query("""
			SELECT * FROM maintenance_run WHERE job = :job AND arguments = :arguments AND started_at > :since
			AND (outcome IS NULL OR outcome IN ('STOPPED', 'FAILED')) ORDER BY id DESC LIMIT 1""")
	Optional<RunRecord> findUnfinished(String job, String arguments, Instant since);

	@Query("SELECT * FROM maintenance_run WHERE job = :job AND finished_at IS NOT NULL ORDER BY id DESC LIMIT 1")
	Optional<RunRecord> findLastEnded(String job);

	@Query("""
			SELECT * FROM maintenance_run WHERE job = :job AND exit_code = 0 AND finished_at IS NOT NULL
			ORDER BY id DESC LIMIT 1""")
	Optional<RunRecord> findLastSuccess(String job);

	@Modifying
	@Query("DELETE FROM maintenance_run WHERE started_at < :before AND finished_at IS NOT NULL")
	void deleteStartedBefore(Instant before);

}
