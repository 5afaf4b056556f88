package dev.dumpkeeper.runs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/**
 * All runs.
 */
public interface RunRepository extends ListCrudRepository<RunRecord, Long> {

	@Query("""
			SELECT * FROM maintenance_run WHERE job = :job AND arguments = :arguments AND started_at > :since
			AND (outcome IS NULL OR outcome IN ('STOPPED', 'FAILED')) ORDER BY id DESC LIMIT 1""")
	Optional<RunRecord> findUnfinished(String job, String arguments, Instant since);

	@Query("SELECT * FROM maintenance_run WHERE job = :job AND scheduled_for = :scheduledFor")
	Optional<RunRecord> findScheduled(String job, Instant scheduledFor);

	@Query("SELECT * FROM maintenance_run WHERE job = :job AND finished_at IS NOT NULL ORDER BY id DESC LIMIT 1")
	Optional<RunRecord> findLastEnded(String job);

	@Query("""
			SELECT * FROM maintenance_run WHERE job = :job AND exit_code = 0 AND finished_at IS NOT NULL
			ORDER BY id DESC LIMIT 1""")
	Optional<RunRecord> findLastSuccess(String job);

	@Query("""
			SELECT * FROM maintenance_run WHERE started_at > :since AND arguments = '' AND stop_requested_at IS NULL
			AND (outcome IS NULL OR outcome = 'STOPPED' OR outcome = 'FAILED' AND exit_code = 7) AND attempts < :attempts
			AND job <> 'expire-approved-plan' ORDER BY id DESC LIMIT 1""")
	List<RunRecord> findCutOff(Instant since, int attempts);

	/** Without their reports, which may be long. */
	@Query("""
			SELECT id, job, arguments, started_at, started_by, started_from, scheduled_for, finished_at, outcome, exit_code,
			holder, attempts, NULL AS report, stop_requested_at FROM maintenance_run
			WHERE job IN (:jobs) ORDER BY id DESC LIMIT :limit""")
	List<RunRecord> findLast(List<String> jobs, int limit);

	@Query("SELECT COUNT(*) FROM maintenance_run WHERE id = :id AND stop_requested_at IS NOT NULL")
	long countStopAsked(long id);

	@Modifying
	@Query("UPDATE maintenance_run SET stop_requested_at = :at WHERE id = :id AND finished_at IS NULL")
	int askToStop(long id, Instant at);

	@Modifying
	@Query("UPDATE maintenance_run SET stop_requested_at = NULL WHERE id = :id")
	void forgetStop(long id);

	@Modifying
	@Query("DELETE FROM maintenance_run WHERE started_at < :before")
	void deleteStartedBefore(Instant before);

}
