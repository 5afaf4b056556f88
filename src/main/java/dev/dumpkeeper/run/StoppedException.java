package dev.dumpkeeper.run;

/**
 * Work stopped early because the {@link StopSignal} was raised. What was done is
 * recorded; the next run continues.
 */
public final class StoppedException extends RuntimeException {

	public StoppedException() {
		super("stopped on request");
	}

}
