package dev.dumpkeeper.ledger;

import java.util.Arrays;
import java.util.List;

/**
 * How whole a dump is.
 */
public enum DumpState {

	/** Seen in a listing and not looked at yet. */
	NEW(false),

	/** Not whole and touched lately, or not readable yet: it waits for the next look. */
	WRITING(false),

	/** Whole. */
	COMPLETE(true),

	/** Without an end, and nobody has touched it for a while. */
	TRUNCATED(true),

	/** A dump whose end was not found; nobody has read all of it, which would tell. */
	UNKNOWN(true),

	/** Zero bytes, and nobody has touched it for a while: usually the quota was full. */
	EMPTY(true),

	/** Named like a dump, but it does not begin like one. */
	NOT_A_DUMP(true),

	/** No dump at all: a receipt says that the JVM failed to write one. */
	FAILED(true),

	/** No dump at all: a receipt whose dump is gone. There is nothing to tell. */
	ORPHANED_RECEIPT(false);

	private final boolean announced;

	DumpState(boolean announced) {
		this.announced = announced;
	}

	/**
	 * Whether people are told of dumps in this state.
	 * @return {@code false} for what may still change and for what is no news
	 */
	public boolean isNotifiable() {
		return this.announced;
	}

	/** Whether the next look may find another state. */
	boolean isOpen() {
		return this == NEW || this == WRITING;
	}

	/** Whether there may be a heap in it to read. */
	boolean hasHeap() {
		return this == COMPLETE || this == TRUNCATED || this == UNKNOWN;
	}

	/** The announced states as a list for SQL. */
	static String announced() {
		List<String> names = Arrays.stream(values())
			.filter(DumpState::isNotifiable)
			.map((state) -> "'" + state.name() + "'")
			.toList();
		return "(" + String.join(", ", names) + ")";
	}

}
