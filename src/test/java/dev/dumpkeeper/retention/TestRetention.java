package dev.dumpkeeper.retention;

import java.util.List;

/**
 * Retention for tests of other rooms.
 */
public final class TestRetention {

	private TestRetention() {
	}

	/**
	 * One that knows where dumps are, and no plan.
	 * @param directories where dumps are kept in each volume
	 * @return the operations, of which those on plans fail
	 */
	public static RetentionOperations of(String... directories) {
		return new RetentionOperations(null, null, null, List.of(directories));
	}

}
