package dev.dumpkeeper.gateway;

import java.util.List;
import java.util.OptionalInt;

/**
 * The gateway with its volumes.
 */
public interface DumpGateway {

	/**
	 * Lists the volumes, which also verifies endpoint and keys. In the layout
	 * {@code buckets} the gateway silently omits directories whose names are not valid
	 * bucket names.
	 * @return their names, sorted
	 * @throws GatewayException when the gateway cannot be reached or refuses
	 */
	List<String> volumes();

	/**
	 * Returns a volume, without a request.
	 * @param name its name, whether or not it exists
	 * @return the volume
	 */
	DumpBucket volume(String name);

	/**
	 * Interrupts every call in progress, so that a stop does not wait for a gateway that
	 * hangs. Each of them fails as {@link GatewayException.Kind#UNAVAILABLE}; later calls
	 * work.
	 */
	void cutOff();

	/**
	 * Returns how long JuiceFS keeps deleted files, as configured.
	 * @return days, 0 for no trash, or empty if not configured
	 */
	OptionalInt trashDays();

	/**
	 * Returns whether a key can lead to another's file.
	 * @return what is known of the paths behind the keys of all volumes
	 */
	PathTrust pathTrust();

}
