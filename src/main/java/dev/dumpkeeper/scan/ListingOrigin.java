package dev.dumpkeeper.scan;

/**
 * Where volumes are listed, as configured.
 */
enum ListingOrigin {

	/** In the metadata database where that can be, otherwise by the gateway. */
	AUTO,

	/** By the gateway. */
	GATEWAY,

	/** In the metadata database, or not at all. */
	METADATA

}
