package dev.dumpkeeper.scan;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.StopSignal;

/**
 * Publishes the catalogue of volumes, the walk and the record of scans.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ScanProperties.class, VolumeProperties.class })
class ScanConfiguration {

	@Bean
	VolumeCatalogue volumeCatalogue(DumpGateway gateway, VolumeProperties properties) {
		return new VolumeCatalogue(gateway, properties);
	}

	@Bean
	Scans scans(VolumeScanRepository repository) {
		return new Scans(repository);
	}

	@Bean
	Walk walk(ScanProperties properties, StopSignal stop) {
		return new Walk(properties, stop);
	}

	@Bean
	ListingSources listingSources(ScanProperties properties, Optional<ListingSource> metadata, DumpGateway gateway,
			StopSignal stop) {
		return new ListingSources(properties.source(), metadata.orElse(null), gateway, stop);
	}

	@Bean
	FileLooks fileLooks(Scans scans, Optional<ListingSource> metadata) {
		return new MetadataLooks(scans, metadata.orElse(null));
	}

	@Bean
	VolumeScanner volumeScanner(DumpGateway gateway, ListingSources sources, Walk walk, VolumeScanRepository repository,
			ObjectProvider<ScanObserver> observers, Plausibility plausibility, ObjectKinds kinds, Progress progress,
			StopSignal stop, Clock clock) {
		List<ScanObserver> ordered = observers.orderedStream().toList();
		VolumeLister lister = new VolumeLister(walk, gateway, kinds, progress, stop);
		return new VolumeScanner(sources, lister, repository, ordered, plausibility, clock);
	}

	@Bean
	ReportSection scanReport(Scans scans, VolumeCatalogue catalogue) {
		return new ScanReport(scans, catalogue);
	}

}
