package dev.dumpkeeper.gateway;

import java.util.Set;
import java.util.TreeSet;

/**
 * The names of the configured gateways.
 *
 * @param further those below {@code dumpkeeper.gateways}, in any order
 */
public record GatewayNames(Set<String> further) {

	/**
	 * Returns the names of all gateways.
	 * @return see {@link VolumeName#gateway()}: that of {@code dumpkeeper.gateway} is
	 * empty
	 */
	public Set<String> all() {
		Set<String> all = new TreeSet<>(this.further);
		all.add("");
		return all;
	}

}
