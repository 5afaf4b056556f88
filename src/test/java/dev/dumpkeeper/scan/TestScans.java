package dev.dumpkeeper.scan;

import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * Records of scans for tests of other rooms.
 */
public final class TestScans {

	private TestScans() {
	}

	/**
	 * A record in which no volume was ever scanned.
	 * @return the record, in which nothing is looked for but the last trusted scan
	 */
	public static Scans none() {
		return new Scans((VolumeScanRepository) Proxy.newProxyInstance(TestScans.class.getClassLoader(),
				new Class<?>[] { VolumeScanRepository.class }, (proxy, method, arguments) -> Optional.empty()));
	}

}
