package dev.dumpkeeper.scan;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;

/**
 * Scans one volume: walks it once, shows every object to the visitors and judges the
 * result.
 */
final class VolumeScanner {

	private static final Logger logger = LoggerFactory.getLogger(VolumeScanner.class);

	private static final int PROGRESS_STEP = 1000;

	private final DumpGateway gateway;

	private final BucketLister lister;

	private final VolumeScanRepository scans;

	private final List<ScanObserver> observers;

	private final Plausibility plausibility;

	private final ObjectClassifier classifier;

	private final Progress progress;

	private final Clock clock;

	VolumeScanner(DumpGateway gateway, BucketLister lister, VolumeScanRepository scans, List<ScanObserver> observers,
			Plausibility plausibility, ObjectClassifier classifier, Progress progress, Clock clock) {
		this.gateway = gateway;
		this.lister = lister;
		this.scans = scans;
		this.observers = observers;
		this.plausibility = plausibility;
		this.classifier = classifier;
		this.progress = progress;
		this.clock = clock;
	}

	/**
	 * Scans a volume and records how it ended. A failing gateway is a recorded outcome,
	 * no exception: other volumes go on.
	 */
	void scan(Run run, String volume) {
		VolumeScan scan = this.scans.findByRunIdAndVolume(run.id(), volume).orElseThrow();
		List<ScanVisitor> visitors = this.observers.stream()
			.map((observer) -> observer.join(run, volume))
			.flatMap(Optional::stream)
			.toList();
		Instant startedAt = this.clock.instant();
		VolumeScan result;
		try {
			VolumeScan.Totals totals = walk(volume, visitors);
			Optional<String> doubt = doubt(run, volume, totals);
			result = scan.judged(totals, doubt.orElse(null), startedAt, this.clock.instant());
		}
		catch (GatewayException ex) {
			result = scan.failed(String.valueOf(ex.getMessage()), startedAt, this.clock.instant());
		}
		catch (UntrustedListingException ex) {
			result = scan.judged(new VolumeScan.Totals(), ex.getMessage(), startedAt, this.clock.instant());
		}
		catch (RuntimeException ex) {
			visitors.forEach(ScanVisitor::abandon);
			throw ex;
		}
		finish(result, visitors);
	}

	private void finish(VolumeScan result, List<ScanVisitor> visitors) {
		if (result.state() == VolumeScan.State.TRUSTED) {
			visitors.forEach((visitor) -> visitor.complete(result));
			logger.info("{}: {} objects, {} of them dumps", result.volume(), result.objects(), result.dumps());
		}
		else {
			visitors.forEach(ScanVisitor::abandon);
			logger.warn("{}: {}, nothing will be deleted there: {}", result.volume(), result.state(), result.reason());
		}
		this.scans.save(result);
	}

	private VolumeScan.Totals walk(String volume, List<ScanVisitor> visitors) {
		VolumeScan.Totals totals = new VolumeScan.Totals();
		long[] unreported = new long[1];
		BucketLister.Links links = this.lister.forEach(this.gateway.volume(volume), "", (entry) -> {
			ScannedObject object = this.classifier.of(entry);
			if (object.kind() != ScannedObject.Kind.DIRECTORY) {
				totals.objects++;
				totals.bytes += entry.size();
				totals.dumps += (object.kind() == ScannedObject.Kind.DUMP) ? 1 : 0;
				totals.unusable += ObjectKey.parse(entry.name()).isPresent() ? 0 : 1;
			}
			for (ScanVisitor visitor : visitors) {
				visitor.visit(object);
			}
			if (++unreported[0] == PROGRESS_STEP) {
				this.progress.add("scanned", volume, unreported[0]);
				unreported[0] = 0;
			}
		});
		this.progress.add("scanned", volume, unreported[0]);
		totals.linked = links.names();
		totals.linkedExample = (links.example() != null) ? abridged(links.example()) : null;
		return totals;
	}

	private static String abridged(String name) {
		return name.substring(0, Math.min(name.length(), 250));
	}

	private Optional<String> doubt(Run run, String volume, VolumeScan.Totals totals) {
		VolumeScan trusted = this.scans.findLastTrustedBefore(volume, run.id()).orElse(null);
		VolumeScan last = this.scans.findLastBefore(volume, run.id()).orElse(null);
		return this.plausibility.doubt(totals.objects, trusted, last);
	}

}
