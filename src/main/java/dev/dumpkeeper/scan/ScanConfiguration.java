package dev.dumpkeeper.scan;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.gateway.ByGateway;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayNames;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.StopSignal;

/**
 * Publishes the volume selector, the lister and the record of scans.
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
	ListingSources listingSources(ScanProperties properties, ByGateway<ListingSource> metadata, DumpGateway gateway,
			GatewayNames gateways, StopSignal stop) {
		return new ListingSources(properties.source(), metadata, gateway, stop).require(gateways.all());
	}

	@Bean
	FileStats fileStats(VolumeScans scans, ByGateway<ListingSource> metadata) {
		return new MetadataFileStats(scans, metadata);
	}

	@Bean
	VolumeScanner volumeScanner(DumpGateway gateway, ListingSources sources, BucketLister lister,
			VolumeScanRepository repository, ObjectProvider<ScanObserver> observers, Plausibility plausibility,
			ObjectClassifier classifier, Progress progress, StopSignal stop, Clock clock) {
		List<ScanObserver> ordered = observers.orderedStream().toList();
		VolumeLister volumes = new VolumeLister(lister, gateway, classifier, progress, stop);
		return new VolumeScanner(sources, volumes, repository, ordered, plausibility, clock);
	}

	@Bean
	ReportSection scanReport(VolumeScans scans, VolumeSelector selector) {
		return new ScanSection(scans, selector);
	}

}
