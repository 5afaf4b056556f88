package dev.dumpkeeper.usage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface DirectoryUsageRepository extends ListCrudRepository<DirectoryUsage, Long> {

	@Modifying
	@Query("DELETE FROM directory_usage WHERE run_id = :runId AND volume = :volume")
	void deleteByRunIdAndVolume(long runId, String volume);

	@Query("SELECT * FROM directory_usage WHERE run_id = :runId ORDER BY volume, directory LIMIT :limit")
	List<DirectoryUsage> findOf(long runId, int limit);

	@Query("SELECT * FROM directory_usage WHERE run_id = :runId AND directory = '' AND duplicate_bytes > 0 ORDER BY volume")
	List<DirectoryUsage> findWithDuplicates(long runId);

	@Query("""
			SELECT * FROM directory_usage WHERE run_id = :runId AND volume = :volume AND directory <> ''
			ORDER BY object_bytes DESC, directory LIMIT :most""")
	List<DirectoryUsage> findDirectories(long runId, String volume, int most);

	@Query("""
			SELECT u.* FROM directory_usage u JOIN (SELECT volume, MAX(measured_at) AS newest FROM directory_usage
			WHERE whole = TRUE AND measured_at > :since AND measured_at <= :at GROUP BY volume) n
			ON n.volume = u.volume AND n.newest = u.measured_at
			WHERE u.whole = TRUE ORDER BY u.volume""")
	List<DirectoryUsage> findLatest(Instant at, Instant since);

	@Query("""
			SELECT * FROM directory_usage WHERE volume = :volume AND whole = TRUE AND measured_at <= :at
			ORDER BY measured_at DESC LIMIT 1""")
	Optional<DirectoryUsage> findLastBefore(String volume, Instant at);

	@Query("""
			SELECT * FROM directory_usage WHERE volume = :volume AND whole = TRUE AND measured_at > :since
			AND measured_at <= :at ORDER BY measured_at""")
	List<DirectoryUsage> findHistory(String volume, Instant since, Instant at);

	@Modifying
	@Query("DELETE FROM directory_usage WHERE measured_at < :before")
	void deleteMeasuredBefore(Instant before);

}
