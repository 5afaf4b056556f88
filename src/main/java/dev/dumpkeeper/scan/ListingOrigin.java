package dev.dumpkeeper.scan;

/**
 * The configured source of listings.
 */
enum ListingOrigin {

	/** The metadata database where possible, otherwise the gateway. */
	AUTO,

	/** The gateway. */
	GATEWAY,

	/** The metadata database only. */
	METADATA

}
