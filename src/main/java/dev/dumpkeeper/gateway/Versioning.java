package dev.dumpkeeper.gateway;

/**
 * What a store keeps of an object that is deleted.
 */
public enum Versioning {

	/**
	 * Nothing, and it does not know the question, as JuiceFS's gateway, which answers
	 * 501.
	 */
	NONE,

	/** Nothing: a deleted object is gone. */
	OFF,

	/** Its versions, behind a delete marker, until a lifecycle rule removes them. */
	ON,

	/** Its versions, which nobody can remove before a lock ends (object lock). */
	LOCKED,

	/** The keys of the gateway may not ask ({@code s3:GetBucketVersioning}). */
	UNKNOWN;

	/**
	 * Returns whether deleted objects go on taking space.
	 * @return {@code true} if they are known to
	 */
	public boolean keepsDeleted() {
		return this == ON || this == LOCKED;
	}

}
