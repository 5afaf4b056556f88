package dev.dumpkeeper.run;

/**
 * Where long work says how far it is. Called often and from several threads; what is
 * shown, and how seldom, is decided behind it.
 */
@FunctionalInterface
public interface Progress {

	/** Shows nothing. */
	Progress NONE = (work, volume, more) -> {
	};

	/**
	 * More was done.
	 * @param work what is done, such as {@code scanned}
	 * @param volume where
	 * @param more how many objects since the last call
	 */
	void add(String work, String volume, long more);

}
