package dev.dumpkeeper.runs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The jobs that can be requested, and their steps. Names of jobs and steps are stored:
 * renaming one is a migration.
 */
public enum JobName {

	/**
	 * Everything. Notifications precede deletions, and capacity is checked after them, so
	 * that nobody is warned of freed space.
	 */
	MAINTENANCE("maintenance", "all of the following, in order",
			steps(Stream.of(Steps.PREPARE, Steps.SCAN, Steps.TRIAGE, List.of("notifyPeople"), Steps.SWEEP,
					List.of("checkCapacity", "readHeaps")))),

	/** Writes missing markers. */
	KEEP_MARKER("keep-marker", "write missing .keep markers", List.of("keepMarkers")),

	/** Measures usage, for which a scan suffices. */
	MEASURE_USAGE("measure-usage", "add up every volume and its directories", Steps.SCAN),

	/** The steps that a new dump needs. */
	RECONCILE_DUMPS("reconcile-dumps", "announce new dumps",
			steps(Stream.of(Steps.SCAN, Steps.TRIAGE, List.of("notifyPeople")))),

	/**
	 * An expiry needs a scan of its own and, since the gateway removes emptied
	 * directories, the marker.
	 */
	EXPIRE_DUMPS("expire-dumps", "delete what is older than the retention",
			steps(Stream.of(Steps.PREPARE, Steps.SCAN, Steps.TRIAGE, Steps.SWEEP))),

	/** Uses the last measurements, without the gateway. */
	CHECK_CAPACITY("check-capacity", "warn before a volume is full", List.of("checkCapacity")),

	/** Uses recorded data, without the gateway. */
	DAILY_REPORT("daily-report", "report the previous day, in one message",
			List.of("composeDailyReport", "notifyPeople"));

	/** The batch job of {@code expire-dumps --approve}. */
	static final String APPROVED_PLAN = "expire-approved-plan";

	/**
	 * The plan was approved: no new scan and no brakes, but every object is checked
	 * again.
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
	 * Returns its name on the command line, in URLs and in the database.
	 * @return such as {@code keep-marker}
	 */
	public String text() {
		return this.text;
	}

	String description() {
		return this.description;
	}

	List<String> steps() {
		return this.steps;
	}

	/**
	 * Returns a job by name.
	 * @param text its name
	 * @return the job, or empty if there is none of that name
	 */
	public static Optional<JobName> of(String text) {
		return Arrays.stream(values()).filter((job) -> job.text.equals(text)).findFirst();
	}

	private static List<String> steps(Stream<List<String>> parts) {
		return parts.flatMap(List::stream).toList();
	}

	private static final class Steps {

		/** The marker before the sweep, and a plan to which the scan can add items. */
		static final List<String> PREPARE = List.of("keepMarkers", "openPlan");

		/** One scan for usage, ledger and plan. */
		static final List<String> SCAN = List.of("recordDeleted", "scanVolumes");

		/** Duplicates are known before anything is read. */
		static final List<String> TRIAGE = List.of("findDuplicates", "triageDumps");

		static final List<String> SWEEP = List.of("filterDuplicates", "judgePlan", "sweepVolumes", "settle");

	}

}
