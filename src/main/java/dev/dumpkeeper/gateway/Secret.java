package dev.dumpkeeper.gateway;

/**
 * A secret that cannot be printed by accident: records print their components.
 *
 * @param value the secret itself
 */
public record Secret(String value) {

	@Override
	public String toString() {
		return "******";
	}

}
