package dev.dumpkeeper.ledger;

import java.util.Arrays;
import java.util.List;

/**
 * Whether a dump is complete.
 */
public enum DumpState {

	/** Listed, but not triaged yet. */
	NEW(false),

	/**
	 * Incomplete and recently modified, or not readable yet: it waits for the next
	 * triage.
	 */
	WRITING(false),

	/** Complete. */
	COMPLETE(true),

	/** Without an end, and not modified for a while. */
	TRUNCATED(true),

	/** Its end was not found, and only reading all of it would determine the state. */
	UNKNOWN(true),

	/** Zero bytes, and not modified for a while: usually the quota was exceeded. */
	EMPTY(true),

	/** Named like a dump, but without the header of one. */
	NOT_A_DUMP(true),

	/** A receipt reports that the JVM failed to write a dump. */
	FAILED(true),

	/** A receipt whose dump is gone, which needs no notification. */
	ORPHANED_RECEIPT(false);

	private final boolean announced;

	DumpState(boolean announced) {
		this.announced = announced;
	}

	/**
	 * Returns whether people are notified of dumps in this state.
	 * @return {@code false} for a state that may still change and for one that is not
	 * news
	 */
	public boolean isNotifiable() {
		return this.announced;
	}

	/** Whether triage may still find another state. */
	boolean isOpen() {
		return this == NEW || this == WRITING;
	}

	/** Whether there may be a heap to read. */
	boolean hasHeap() {
		return this == COMPLETE || this == TRUNCATED || this == UNKNOWN;
	}

	static String announced() {
		List<String> names = Arrays.stream(values())
			.filter(DumpState::isNotifiable)
			.map((state) -> "'" + state.name() + "'")
			.toList();
		return "(" + String.join(", ", names) + ")";
	}

}
