package dev.dumpkeeper.scan;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.ByGateway;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.run.Run;

/**
 * Checks files in JuiceFS's metadata, for volumes that were listed from there and so were
 * compared with the gateway in the same run.
 */
final class MetadataFileStats implements FileStats {

	private static final Logger logger = LoggerFactory.getLogger(MetadataFileStats.class);

	private final VolumeScans scans;

	private final ByGateway<ListingSource> metadata;

	MetadataFileStats(VolumeScans scans, ByGateway<ListingSource> metadata) {
		this.scans = scans;
		this.metadata = metadata;
	}

	@Override
	public Optional<FileStat> forVolume(Run run, String volume) {
		ListingSource source = this.metadata.of(volume).orElse(null);
		boolean isListedThere = source != null && this.scans.findByRun(run)
			.stream()
			.anyMatch((scan) -> scan.volume().equals(volume) && scan.source() == VolumeScan.Source.METADATA);
		if (source == null || !isListedThere) {
			return Optional.empty();
		}
		if (source.mayLag()) {
			logger.warn("{}: {} is read-only, so it is a replica and may be late; each file is checked through the "
					+ "gateway before it is deleted", volume, source.description());
			return Optional.empty();
		}
		return Optional.of((keys) -> source.stat(volume, keys));
	}

}
