package dev.dumpkeeper.runs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jobs that people can ask for, and the rooms' steps that each is made of. Names of
 * jobs and steps are stored: renaming one is a migration.
 */
public enum JobName {

	/**
	 * Everything. People are told before anything goes, and what is gone is no reason to
	 * warn.
	 */
	MAINTENANCE("maintenance", "all of the following, in order",
			steps(Stream.of(Steps.PREPARE, Steps.SCAN, Steps.LOOK, List.of("notifyPeople"), Steps.SWEEP,
					List.of("checkCapacity", "readHeaps")))),

	/** Nothing else. */
	KEEP_MARKER("keep-marker", "write missing .keep markers", List.of("keepMarkers")),

	/** Nothing else. */
	MEASURE_USAGE("measure-usage", "add up every volume and its directories", Steps.SCAN),

	/** What a new dump needs. */
	RECONCILE_DUMPS("reconcile-dumps", "announce new dumps",
			steps(Stream.of(Steps.SCAN, Steps.LOOK, List.of("notifyPeople")))),

	/**
	 * An expiry needs its own scan and, as the gateway prunes emptied directories, the
	 * marker.
	 */
	EXPIRE_DUMPS("expire-dumps", "delete what is older than the retention",
			steps(Stream.of(Steps.PREPARE, Steps.SCAN, Steps.LOOK, Steps.SWEEP))),

	/** On the last measurements: the gateway is not needed. */
	CHECK_CAPACITY("check-capacity", "warn before a volume is full", List.of("checkCapacity")),

	/** The gateway is not needed to tell how things stand. */
	DAILY_REPORT("daily-report", "tell people what happened yesterday, in one message",
			List.of("composeDailyReport", "notifyPeople"));

	/** The batch job behind {@code expire-dumps --approve}. */
	static final String APPROVED_PLAN = "expire-approved-plan";

	/**
	 * A person has read the plan: no new scan and no brakes, but every object is looked
	 * at again.
	 */
	static final List<String> APPROVED_STEPS = List.of("keepMarkers", "filterDuplicates", "sweepVolumes", "settle");

	private final String text;

	private final String description;

	private final List<String> steps;

	JobName(String text, String description, List<String> steps) {
		this.text = text;
		this.description = description;
		this.steps = steps;
	}

	/**
	 * Its name on the command line, in addresses and in the database.
	 * @return such as {@code keep-marker}
	 */
	public String text() {
		return this.text;
	}

	String description() {
		return this.description;
	}

	/** In order. */
	List<String> steps() {
		return this.steps;
	}

	/**
	 * Finds a job.
	 * @param text its name
	 * @return the job, or empty where there is none of that name
	 */
	public static Optional<JobName> of(String text) {
		return Arrays.stream(values()).filter((job) -> job.text.equals(text)).findFirst();
	}

	private static List<String> steps(Stream<List<String>> parts) {
		return parts.flatMap(List::stream).toList();
	}

	/** What several jobs have in common. */
	private static final class Steps {

		/** The marker before the sweep, and a plan that the scan can add to. */
		static final List<String> PREPARE = List.of("keepMarkers", "openPlan");

		/** One scan that feeds usage, ledger and plan. */
		static final List<String> SCAN = List.of("recordDeleted", "scanVolumes");

		/** What may be another's is known before anything is read. */
		static final List<String> LOOK = List.of("findDuplicates", "triageDumps");

		static final List<String> SWEEP = List.of("filterDuplicates", "judgePlan", "sweepVolumes", "settle");

	}

}
