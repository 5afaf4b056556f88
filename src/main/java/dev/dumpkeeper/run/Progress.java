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

	/**
	 * Tells how far the partitions of a step are, whichever process works on them.
	 * @param step the step
	 * @param partitions their state
	 */
	default void share(String step, Share partitions) {
	}

	/**
	 * The state of a step's partitions.
	 *
	 * @param done how many have ended
	 * @param running how many somebody works on
	 * @param waiting how many nobody works on
	 * @param workers how many processes work
	 * @param work what is counted, such as {@code scanned}; empty before that is known
	 * @param objects how many by all of them
	 */
	record Share(long done, long running, long waiting, long workers, String work, long objects) {

	}

}
