package dev.dumpkeeper.gateway;

import java.util.List;
import java.util.OptionalInt;

/**
 * The gateway with its volumes.
 */
public interface DumpGateway {

	/**
	 * Lists the volumes, which also verifies endpoints and keys. In the layout
	 * {@code buckets} the gateway silently omits directories whose names are not valid
	 * bucket names.
	 * @return their names, sorted; where one of several gateways fails,
	 * {@link VolumeName#isUnlisted()} in the place of its volumes
	 * @throws GatewayException when no gateway can be reached, or all refuse
	 */
	List<String> volumes();

	/**
	 * Returns a volume, without a request.
	 * @param name its name, whether or not it exists
	 * @return the volume
	 * @throws GatewayException when its gateway is not configured, or could not list its
	 * volumes
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
	 * @param volume the volume
	 * @return days, 0 for no trash, or empty if not configured
	 */
	OptionalInt trashDays(String volume);

	/**
	 * Returns whether a key can lead to another's file.
	 * @return what is known of the paths behind the keys of all volumes: {@code UNKNOWN}
	 * if it is for one
	 */
	PathTrust pathTrust();

	/**
	 * Returns whether a key of a volume can lead to another's file.
	 * @param volume the volume
	 * @return what is known of the paths behind its keys
	 */
	default PathTrust pathTrust(String volume) {
		return pathTrust();
	}

}
