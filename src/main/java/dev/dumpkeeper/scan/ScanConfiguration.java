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
	VolumeSelector volumeCatalogue(DumpGateway gateway, VolumeProperties properties) {
		return new VolumeSelector(gateway, properties);
	}

	@Bean
	VolumeScans scans(VolumeScanRepository repository) {
		return new VolumeScans(repository);
	}

	@Bean
	BucketLister walk(ScanProperties properties, StopSignal stop) {
		return new BucketLister(properties, stop);
	}

	@Bean
	VolumeScanner volumeScanner(DumpGateway gateway, BucketLister lister, VolumeScanRepository repository,
			ObjectProvider<ScanObserver> observers, Plausibility plausibility, ObjectClassifier classifier,
			Progress progress, Clock clock) {
		List<ScanObserver> ordered = observers.orderedStream().toList();
		return new VolumeScanner(gateway, lister, repository, ordered, plausibility, classifier, progress, clock);
	}

	@Bean
	ReportSection scanReport(VolumeScans scans, VolumeSelector selector) {
		return new ScanSection(scans, selector);
	}

}
