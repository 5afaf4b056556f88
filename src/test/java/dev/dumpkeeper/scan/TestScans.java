package dev.dumpkeeper.scan;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.beans.factory.BeanFactory;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.run.StopSignal;

/**
 * Records of scans for tests of other rooms.
 */
public final class TestScans {

	private TestScans() {
	}

	/**
	 * A record in which no volume was ever scanned.
	 * @return the record
	 */
	public static VolumeScans none() {
		return of(List.of());
	}

	/**
	 * A record of one run's scans.
	 * @param scans what every run is said to have scanned
	 * @return the record, in which no earlier scan is found
	 */
	public static VolumeScans of(List<VolumeScan> scans) {
		return new VolumeScans((VolumeScanRepository) Proxy.newProxyInstance(TestScans.class.getClassLoader(),
				new Class<?>[] { VolumeScanRepository.class },
				(proxy, method, arguments) -> (method.getReturnType() == List.class) ? scans : Optional.empty()));
	}

	/**
	 * The record in a database.
	 * @param repositories has the repository of scans
	 * @return the record
	 */
	public static VolumeScans stored(BeanFactory repositories) {
		return new VolumeScans(repositories.getBean(VolumeScanRepository.class));
	}

	/**
	 * What lists volumes to their end.
	 * @param stop ends it
	 * @return the walk, with bounds that nothing reaches
	 */
	public static BucketLister walk(StopSignal stop) {
		return new BucketLister(new ScanProperties(1, Long.MAX_VALUE, Duration.ofHours(1), ListingOrigin.AUTO), stop);
	}

	/**
	 * What does not trust a volume that has more objects than it should.
	 * @param stop ends it
	 * @param maxObjects how many objects it lists
	 * @return the walk
	 */
	public static BucketLister walk(StopSignal stop, long maxObjects) {
		return new BucketLister(new ScanProperties(1, maxObjects, Duration.ofHours(1), ListingOrigin.AUTO), stop);
	}

	/**
	 * The record of a listing that can be trusted.
	 * @param run the run
	 * @param volume the volume
	 * @param objects how many were listed
	 * @return the record, which is not stored
	 */
	public static VolumeScan trusted(long run, String volume, long objects) {
		VolumeScan.Totals totals = new VolumeScan.Totals();
		totals.objects = objects;
		return VolumeScan.selected(run, volume).judged(totals, null, Instant.EPOCH, Instant.EPOCH);
	}

	/**
	 * Volumes of which none is named.
	 * @param gateway has them
	 * @param named those that are named all the same
	 * @return the catalogue
	 */
	public static VolumeSelector catalogue(DumpGateway gateway, String... named) {
		return new VolumeSelector(gateway, new VolumeProperties(List.of(named), List.of()));
	}

}
