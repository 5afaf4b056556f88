package dev.dumpkeeper.run;

/**
 * Counts work in progress, so that the end of the process waits for it.
 */
public interface WorkInProgress {

	/** Registers the start of work. */
	void begin();

	/** Registers the end of work, successful or not. */
	void end();

}
