package dev.dumpkeeper.gateway;

import java.util.Map;
import java.util.Optional;

/**
 * What some gateways have, such as a metadata database of their own.
 *
 * @param <T> what they have
 * @param parts by {@link VolumeName#gateway()}
 */
public record ByGateway<T>(Map<String, T> parts) {

	/**
	 * Returns what the gateway of a volume has.
	 * @param volume the volume, as {@link DumpGateway#volumes()} names it
	 * @return empty if it has none
	 */
	public Optional<T> of(String volume) {
		return Optional.ofNullable(this.parts.get(VolumeName.parse(volume).gateway()));
	}

}
