package dev.dumpkeeper.gateway;

import java.util.List;
import java.util.OptionalInt;

/**
 * The gateway: which volumes it serves, and each of them.
 */
public interface DumpGateway {

	/**
	 * Asks for the volumes, which is also the check that endpoint and keys are right.
	 * Directories whose names are not valid bucket names are missing in the layout
	 * {@code buckets}, without a word from the gateway.
	 * @return their names, sorted
	 * @throws GatewayException when the gateway cannot be reached or refuses
	 */
	List<String> volumes();

	/**
	 * Opens a volume, without a call.
	 * @param name its name, whether or not it exists
	 * @return the volume
	 */
	DumpBucket volume(String name);

	/**
	 * Cuts off every call under way, so that a stop does not wait for a gateway that
	 * hangs. Each of them fails as {@link GatewayException.Kind#UNAVAILABLE}; later calls
	 * work.
	 */
	void cutOff();

	/**
	 * How long JuiceFS keeps deleted files, as configured.
	 * @return days, 0 for no trash, or empty where nobody said
	 */
	OptionalInt trashDays();

	/**
	 * Whether a key can lead to another's file.
	 * @return what is known of the paths behind the keys of all volumes
	 */
	PathTrust pathTrust();

}
