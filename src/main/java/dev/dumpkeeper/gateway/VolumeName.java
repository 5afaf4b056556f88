package dev.dumpkeeper.gateway;

/**
 * The name of a volume among several gateways: {@code VOLUME} at the gateway under
 * {@code dumpkeeper.gateway}, {@code NAME/VOLUME} at the one under
 * {@code dumpkeeper.gateways.NAME}. No gateway shows a volume with a slash in its name.
 *
 * @param gateway NAME, or the empty string
 * @param local the volume's name at its gateway; empty for a gateway whose volumes could
 * not be listed
 */
public record VolumeName(String gateway, String local) {

	/**
	 * Reads a name.
	 * @param volume any text, whether or not such a volume exists
	 * @return its parts
	 */
	public static VolumeName parse(String volume) {
		int slash = volume.indexOf('/');
		return new VolumeName(volume.substring(0, Math.max(0, slash)), volume.substring(slash + 1));
	}

	/**
	 * Returns the name that stands for all volumes of a gateway, which are not known
	 * because the gateway does not answer.
	 * @param gateway NAME, or the empty string
	 * @return the name, which is the name of no volume
	 */
	static VolumeName unlisted(String gateway) {
		return new VolumeName(gateway, "");
	}

	/**
	 * Returns whether this stands for all volumes of a gateway that does not answer.
	 * @return {@code false} for the name of a volume
	 */
	public boolean isUnlisted() {
		return this.local.isEmpty();
	}

	@Override
	public String toString() {
		return (this.gateway.isEmpty() && !isUnlisted()) ? this.local : this.gateway + "/" + this.local;
	}

}
