package dev.dumpkeeper.scan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.ListingPage;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.StopSignal;

/**
 * Lists one volume completely, from the gateway or another source, passes every object to
 * the visitors and counts.
 */
final class VolumeLister {

	private static final int PROGRESS_STEP = 1000;

	/** How many files of each volume are compared with the gateway. */
	private static final int SAMPLE = 16;

	/** How many files of the first page are compared before visitors receive any name. */
	private static final int FIRST_SAMPLE = 4;

	private final BucketLister lister;

	private final DumpGateway gateway;

	private final ObjectClassifier classifier;

	private final Progress progress;

	private final StopSignal stop;

	private final Duration betweenChecks;

	VolumeLister(BucketLister lister, DumpGateway gateway, ObjectClassifier classifier, Progress progress,
			StopSignal stop) {
		this(lister, gateway, classifier, progress, stop, SourceCheck.BETWEEN_CHECKS);
	}

	VolumeLister(BucketLister lister, DumpGateway gateway, ObjectClassifier classifier, Progress progress,
			StopSignal stop, Duration betweenChecks) {
		this.lister = lister;
		this.gateway = gateway;
		this.classifier = classifier;
		this.progress = progress;
		this.stop = stop;
		this.betweenChecks = betweenChecks;
	}

	VolumeScan.Totals list(String volume, List<ScanVisitor> visitors) {
		DumpBucket bucket = this.gateway.volume(volume);
		return count(volume, (continuation) -> bucket.list("", continuation), visitors, (entry) -> {
		});
	}

	/**
	 * Lists from another source and compares a sample with the gateway.
	 * @throws GatewayException when either fails or they differ
	 */
	VolumeScan.Totals list(ListingSource source, String volume, List<ScanVisitor> visitors) {
		DumpBucket bucket = this.gateway.volume(volume);
		SourceCheck check = new SourceCheck(source, this.stop, this.betweenChecks);
		Sample sample = new Sample(SAMPLE, ThreadLocalRandom.current());
		VolumeScan.Totals totals;
		try (ListingSource.Listing listing = source.open(volume)) {
			totals = count(volume, (continuation) -> {
				ListingPage page = listing.next();
				if (continuation == null) {
					refuse(check.difference(bucket, sample(page, FIRST_SAMPLE)));
				}
				return page;
			}, visitors, sample::offer);
		}
		refuse(check.difference(bucket, sample.entries()));
		if (sample.entries().isEmpty()) {
			refuse(check.differenceOfFirst(bucket));
		}
		return totals;
	}

	private static List<ObjectEntry> sample(ListingPage page, int size) {
		Sample sample = new Sample(size, ThreadLocalRandom.current());
		page.entries().forEach(sample::offer);
		return sample.entries();
	}

	private static void refuse(Optional<String> difference) {
		difference.ifPresent((words) -> {
			throw new GatewayException(Kind.REJECTED, words, null);
		});
	}

	private VolumeScan.Totals count(String volume, BucketLister.Pages pages, List<ScanVisitor> visitors,
			Consumer<ObjectEntry> beside) {
		VolumeScan.Totals totals = new VolumeScan.Totals();
		long[] unreported = new long[1];
		BucketLister.Links links = this.lister.forEach(pages, (entry) -> {
			ScannedObject object = this.classifier.of(entry);
			if (object.kind() != ScannedObject.Kind.DIRECTORY) {
				totals.objects++;
				totals.bytes += entry.size();
				totals.dumps += (object.kind() == ScannedObject.Kind.DUMP) ? 1 : 0;
				totals.unusable += ObjectKey.parse(entry.name()).isPresent() ? 0 : 1;
			}
			beside.accept(entry);
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

}
