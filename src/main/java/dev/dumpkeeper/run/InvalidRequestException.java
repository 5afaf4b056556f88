package dev.dumpkeeper.run;

/**
 * A request that cannot be fulfilled because of a wrong argument or property. Ends the
 * run with one line and exit code 2.
 */
public final class InvalidRequestException extends RuntimeException {

	/**
	 * Creates the exception.
	 * @param message one line that names the property or argument and the expected value
	 */
	public InvalidRequestException(String message) {
		super(message);
	}

}
