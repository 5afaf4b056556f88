package dev.dumpkeeper.scan;

/**
 * Watches the walk over one volume. Methods are called from one thread; exactly one of
 * {@link #complete} and {@link #abandon} is the last call.
 */
public interface ScanVisitor {

	/**
	 * One more object, in key order.
	 * @param object what was listed
	 */
	void visit(ScannedObject object);

	/**
	 * The walk came to its end and can be trusted.
	 * @param scan its totals
	 */
	void complete(VolumeScan scan);

	/**
	 * The walk failed or cannot be trusted: whatever was derived from it must not be
	 * used.
	 */
	void abandon();

}
