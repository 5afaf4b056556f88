package dev.dumpkeeper.maintenance;

import java.util.Arrays;
import java.util.Optional;

/**
 * The jobs people can ask for.
 */
enum JobName {

	MAINTENANCE("maintenance", "all of the following, in order", true),
	KEEP_MARKER("keep-marker", "write missing .keep markers", true),
	MEASURE_USAGE("measure-usage", "add up every volume and its directories", true),
	RECONCILE_DUMPS("reconcile-dumps", "tell people of dumps that nobody was told of", true),
	EXPIRE_DUMPS("expire-dumps", "delete what is older than the retention", true),
	CHECK_CAPACITY("check-capacity", "warn before a volume is full", true),
	DAILY_REPORT("daily-report", "tell people what happened yesterday, in one message", true);

	/** The batch job behind {@code expire-dumps --approve}. */
	static final String APPROVED_PLAN = "expire-approved-plan";

	private final String text;

	private final String description;

	private final boolean available;

	JobName(String text, String description, boolean available) {
		this.text = text;
		this.description = description;
		this.available = available;
	}

	String text() {
		return this.text;
	}

	String description() {
		return this.description;
	}

	boolean isAvailable() {
		return this.available;
	}

	static Optional<JobName> of(String text) {
		return Arrays.stream(values()).filter((job) -> job.text.equals(text)).findFirst();
	}

}
