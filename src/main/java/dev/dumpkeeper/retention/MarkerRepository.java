package dev.dumpkeeper.retention;

import java.util.List;
import java.util.Optional;

import org.springframework.data.repository.ListCrudRepository;

interface MarkerRepository extends ListCrudRepository<Marker, Long> {

	Optional<Marker> findByVolumeAndDirectory(String volume, String directory);

	List<Marker> findByRunIdOrderByVolumeAscDirectoryAsc(long runId);

	List<Marker> findByVolumeAndRunId(String volume, long runId);

}
