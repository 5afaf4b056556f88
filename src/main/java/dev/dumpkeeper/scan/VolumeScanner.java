package dev.dumpkeeper.scan;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.ListingSource;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.VolumeScan.Source;

/**
 * Lists one volume, passes every object to the visitors and decides whether to trust the
 * result.
 */
final class VolumeScanner {

	private static final Logger logger = LoggerFactory.getLogger(VolumeScanner.class);

	private final ListingSources sources;

	private final VolumeLister lister;

	private final VolumeScanRepository scans;

	private final List<ScanObserver> observers;

	private final Plausibility plausibility;

	private final Clock clock;

	VolumeScanner(ListingSources sources, VolumeLister lister, VolumeScanRepository scans, List<ScanObserver> observers,
			Plausibility plausibility, Clock clock) {
		this.sources = sources;
		this.lister = lister;
		this.scans = scans;
		this.observers = observers;
		this.plausibility = plausibility;
		this.clock = clock;
	}

	/**
	 * Scans a volume and records the result. A failing gateway is recorded rather than
	 * thrown, so that other volumes continue. When the metadata fails or is not trusted,
	 * the gateway lists the volume from the start.
	 */
	void scan(Run run, String volume) {
		VolumeScan scan = this.scans.findByRunIdAndVolume(run.id(), volume).orElseThrow();
		ListingSources.Choice choice;
		try {
			choice = this.sources.choose(run, volume);
		}
		catch (GatewayException ex) {
			attempt(run, scan.from(Source.METADATA, null), (visitors) -> {
				throw ex;
			}, false);
			return;
		}
		String reason = choice.reason();
		ListingSource source = choice.source();
		if (source != null) {
			reason = attempt(run, scan.from(Source.METADATA, null),
					(visitors) -> this.lister.list(source, volume, visitors), !this.sources.isWanted());
			if (reason == null) {
				return;
			}
			logger.warn("{}: listed by the gateway and not from JuiceFS's metadata: {}", volume, reason);
		}
		attempt(run, scan.from(Source.GATEWAY, reason), (visitors) -> this.lister.list(volume, visitors), false);
	}

	/**
	 * Lists and records the result, unless it failed and another source remains.
	 * @return why the other source is needed, {@code null} when the result was recorded
	 */
	private @Nullable String attempt(Run run, VolumeScan scan, Function<List<ScanVisitor>, VolumeScan.Totals> listing,
			boolean anotherWay) {
		List<ScanVisitor> visitors = this.observers.stream()
			.map((observer) -> observer.join(run, scan.volume()))
			.flatMap(Optional::stream)
			.toList();
		Instant startedAt = this.clock.instant();
		VolumeScan result;
		try {
			VolumeScan.Totals totals = listing.apply(visitors);
			Optional<String> doubt = doubt(run, scan.volume(), totals);
			result = scan.judged(totals, doubt.orElse(null), startedAt, this.clock.instant());
		}
		catch (GatewayException ex) {
			if (anotherWay) {
				visitors.forEach(ScanVisitor::abandon);
				return String.valueOf(ex.getMessage());
			}
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
		return null;
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

	private Optional<String> doubt(Run run, String volume, VolumeScan.Totals totals) {
		VolumeScan trusted = this.scans.findLastTrustedBefore(volume, run.id()).orElse(null);
		VolumeScan last = this.scans.findLastBefore(volume, run.id()).orElse(null);
		return this.plausibility.doubt(totals.objects, trusted, last);
	}

}
