package dev.dumpkeeper.scan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface VolumeScanRepository extends ListCrudRepository<VolumeScan, Long> {

	List<VolumeScan> findByRunIdOrderByVolume(long runId);

	Optional<VolumeScan> findByRunIdAndVolume(long runId, String volume);

	@Query("""
			SELECT * FROM volume_scan WHERE volume = :volume AND run_id < :runId
			AND state IN ('TRUSTED', 'UNTRUSTED') ORDER BY run_id DESC LIMIT 1""")
	Optional<VolumeScan> findLastBefore(String volume, long runId);

	@Query("""
			SELECT * FROM volume_scan WHERE volume = :volume AND run_id < :runId
			AND state = 'TRUSTED' ORDER BY run_id DESC LIMIT 1""")
	Optional<VolumeScan> findLastTrustedBefore(String volume, long runId);

	@Modifying
	@Query("UPDATE volume_scan SET deleted = :deleted WHERE run_id = :runId AND volume = :volume")
	void setDeleted(long runId, String volume, long deleted);

	@Modifying
	@Query("""
			DELETE FROM volume_scan WHERE finished_at < :before
			AND run_id < (SELECT * FROM (SELECT MAX(s.run_id) FROM volume_scan s) AS newest)""")
	int deleteOlderThan(Instant before);

}
