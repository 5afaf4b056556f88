package dev.dumpkeeper.scan;

import java.time.Clock;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.gateway.DumpGateway;
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
	VolumeScanner volumeScanner(DumpGateway gateway, Walk walk, VolumeScanRepository repository,
			ObjectProvider<ScanObserver> observers, Plausibility plausibility, ObjectKinds kinds, Progress progress,
			Clock clock) {
		List<ScanObserver> ordered = observers.orderedStream().toList();
		return new VolumeScanner(gateway, walk, repository, ordered, plausibility, kinds, progress, clock);
	}

	@Bean
	ReportSection scanReport(Scans scans, VolumeCatalogue catalogue) {
		return new ScanReport(scans, catalogue);
	}

}
