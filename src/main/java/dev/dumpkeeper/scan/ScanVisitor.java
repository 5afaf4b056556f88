package dev.dumpkeeper.scan;

/**
 * Visits the objects of one volume. Methods are called from one thread; the last call is
 * either {@link #complete} or {@link #abandon}.
 */
public interface ScanVisitor {

	/**
	 * Visits the next object, in key order.
	 * @param object the listed object
	 */
	void visit(ScannedObject object);

	/**
	 * The listing is complete and trusted.
	 * @param scan its totals
	 */
	void complete(VolumeScan scan);

	/** The listing failed or is not trusted: nothing derived from it may be used. */
	void abandon();

}
