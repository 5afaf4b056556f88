package dev.dumpkeeper.run;

/**
 * Receives the progress of long work. Called often and from several threads;
 * implementations decide what is shown and how often.
 */
@FunctionalInterface
public interface Progress {

	/** Shows nothing. */
	Progress NONE = (work, volume, more) -> {
	};

	/**
	 * Adds progress.
	 * @param work the kind of work, such as {@code scanned}
	 * @param volume the volume
	 * @param more how many objects since the last call
	 */
	void add(String work, String volume, long more);

}
