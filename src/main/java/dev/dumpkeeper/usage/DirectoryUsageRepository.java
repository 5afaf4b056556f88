package dev.dumpkeeper.usage;

import java.time.Instant;
import java.util.List;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

/**
 * The measured usage of all runs.
 */
interface DirectoryUsageRepository extends ListCrudRepository<DirectoryUsage, Long> {

	@Modifying
	@Query("DELETE FROM directory_usage WHERE run_id = :runId AND volume = :volume")
	void deleteByRunIdAndVolume(long runId, String volume);

	@Query("SELECT * FROM directory_usage WHERE run_id = :runId ORDER BY volume, directory LIMIT :limit")
	List<DirectoryUsage> findOf(long runId, int limit);

	@Modifying
	@Query("DELETE FROM directory_usage WHERE measured_at < :before")
	void deleteMeasuredBefore(Instant before);

}
