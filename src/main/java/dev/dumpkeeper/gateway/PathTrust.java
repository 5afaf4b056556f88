package dev.dumpkeeper.gateway;

/**
 * Whether a key can lead to another's file, as it does through a symbolic link.
 */
public enum PathTrust {

	/**
	 * JuiceFS's metadata identifies links: volumes neither show nor touch objects behind
	 * them.
	 */
	CHECKED,

	/**
	 * The configuration declares that nobody who mounts the volumes makes such links
	 * ({@code dumpkeeper.gateway.trusted-mounts}).
	 */
	TRUSTED,

	/**
	 * Unknown. Only known heap dumps without a duplicate key may be downloaded or
	 * deleted.
	 */
	UNKNOWN

}
