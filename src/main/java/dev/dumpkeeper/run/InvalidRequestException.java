package dev.dumpkeeper.run;

/**
 * What was asked for cannot be done as it was asked: a wrong argument or property. Ends
 * the run with one line and exit code 2.
 */
public final class InvalidRequestException extends RuntimeException {

	/**
	 * Creates it.
	 * @param message one line that names the property or argument and what it wants
	 */
	public InvalidRequestException(String message) {
		super(message);
	}

}
