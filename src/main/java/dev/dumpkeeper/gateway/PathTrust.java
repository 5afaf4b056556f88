package dev.dumpkeeper.gateway;

/**
 * Whether a key can lead to another's file, which a symbolic link does without a sign.
 */
public enum PathTrust {

	/**
	 * JuiceFS's metadata tells: volumes show and touch nothing that is reached through a
	 * link.
	 */
	CHECKED,

	/**
	 * Somebody has said that nobody who mounts the volumes makes such links
	 * ({@code dumpkeeper.gateway.trusted-mounts}).
	 */
	TRUSTED,

	/**
	 * Nobody knows. Only what proves to be a heap dump, and has no second key, may be
	 * given out or deleted.
	 */
	UNKNOWN

}
