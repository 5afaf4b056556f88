package dev.dumpkeeper.digest;

import java.time.Duration;
import java.time.LocalDate;

import dev.dumpkeeper.hprof.Death;

/**
 * {@link Words} in English.
 */
final class EnglishWords implements Words {

	@Override
	public String unknownEnvironment() {
		return "unknown environment";
	}

	@Override
	public String unknownWorkload() {
		return "unknown workload";
	}

	@Override
	public String unknownName() {
		return "no name";
	}

	@Override
	public String dumps(long dumps) {
		return number(dumps) + ((dumps == 1) ? " dump" : " dumps");
	}

	@Override
	public String excess(long groups) {
		return "+" + number(groups) + ((groups == 1) ? " workload or directory" : " workloads or directories");
	}

	@Override
	public String workloads(long workloads) {
		return number(workloads) + ((workloads == 1) ? " workload" : " workloads");
	}

	@Override
	public String digestTitle(long digest, int page, int pages) {
		return "Heap dumps, digest " + digest + " (page " + page + "/" + pages + ")";
	}

	@Override
	public String nobodyWasTold(long dumps) {
		return dumps(dumps) + " nobody was told about";
	}

	@Override
	public String condition(DumpCondition condition) {
		return switch (condition) {
			case COMPLETE -> "complete";
			case TRUNCATED -> "truncated";
			case UNKNOWN -> "not known whether whole";
			case EMPTY -> "empty";
			case FAILED -> "failed";
			case NOT_A_DUMP -> "not a dump";
			case NOT_LOOKED_AT -> "not looked at yet";
		};
	}

	@Override
	public String meaning(DumpCondition condition) {
		return switch (condition) {
			case COMPLETE -> "";
			case TRUNCATED ->
				"truncated: the JVM was killed or the disk filled up while it was written; it may still open in part";
			case UNKNOWN ->
				"not known whether whole: its end was not found in its last bytes; the maintenance run reads all of it and settles it";
			case EMPTY -> "empty: nothing was written; usually the quota was full when the JVM died";
			case FAILED -> "failed: the JVM reported that it could not write the dump";
			case NOT_A_DUMP -> "not a dump: the file is named like a heap dump, but is none";
			case NOT_LOOKED_AT ->
				"not looked at yet: so many files wait to be looked at that its turn has not come; run inspect looks at once";
		};
	}

	@Override
	public String broken(long dumps) {
		return " (" + number(dumps) + " broken)";
	}

	@Override
	public String kind(Death.Kind kind) {
		return switch (kind) {
			case HEAP_SPACE -> "out of heap space";
			case METASPACE -> "out of metaspace";
			case THREAD -> "out of threads";
			case ASKED_FOR -> "no OutOfMemoryError: somebody asked for it";
			case UNKNOWN -> "";
		};
	}

	@Override
	public String topFrame(String frame) {
		return "at " + frame;
	}

	@Override
	public String seen(long dumps, String since, long workloads) {
		return "seen " + number(dumps) + " times since " + since
				+ ((workloads > 1) ? " in " + workloads(workloads) : "");
	}

	@Override
	public String mostly(String type, int percent) {
		return percent + "% " + type;
	}

	@Override
	public String download() {
		return "download";
	}

	@Override
	public String lies(String place) {
		return "link too long, see " + place;
	}

	@Override
	public String project(String project) {
		return "project " + project;
	}

	@Override
	public String datedInFuture(String time) {
		return "file dated " + time + ", in the future";
	}

	@Override
	public String heldAndWrittenAgain(String holder) {
		return "held by " + holder + " and written again since; the hold goes on";
	}

	@Override
	public String restLiesIn(String places) {
		return "Dumps that are only counted lie in " + places;
	}

	@Override
	public String comma() {
		return ", ";
	}

	@Override
	public String linksWorkFor(Duration validity) {
		return "Links work for " + duration(validity) + " after this message";
	}

	private static String duration(Duration time) {
		if (time.toHours() % 24 == 0 && time.toHours() > 0) {
			return (time.toDays() == 1) ? "1 day" : time.toDays() + " days";
		}
		if (time.toMinutes() % 60 == 0 && time.toMinutes() > 0) {
			return (time.toHours() == 1) ? "1 hour" : time.toHours() + " hours";
		}
		return (time.toMinutes() == 1) ? "1 minute" : time.toMinutes() + " minutes";
	}

	@Override
	public String linksWorkWhileThere() {
		return "Links work for as long as the dump exists";
	}

	@Override
	public String more(long more) {
		return "+" + number(more) + " more";
	}

	@Override
	public String continued() {
		return "(continued)";
	}

	@Override
	public String follow(long workloads, long dumps) {
		return "In the next digest: " + number(dumps) + ((dumps == 1) ? " more dump" : " more dumps")
				+ ((workloads > 0) ? " of " + workloads(workloads) : "");
	}

	@Override
	public String reportTitle(LocalDate day) {
		return "Heap dumps, daily report " + day;
	}

	@Override
	public String newDumps() {
		return "New";
	}

	@Override
	public String told() {
		return "Told";
	}

	@Override
	public String waiting() {
		return "Waiting to be told";
	}

	@Override
	public String expired() {
		return "Expired";
	}

	@Override
	public String freed(String bytes) {
		return bytes + " freed";
	}

	@Override
	public String failed() {
		return "Failed to delete";
	}

	@Override
	public String held() {
		return "Held";
	}

	@Override
	public String objects(long objects) {
		return number(objects);
	}

	@Override
	public String usage() {
		return "Usage";
	}

	@Override
	public String ofCapacity(String bytes, String capacity, long percent) {
		return bytes + " of " + capacity + " (" + percent + "%)";
	}

	@Override
	public String unknownCapacity() {
		return "capacity unknown";
	}

	@Override
	public String belowThreshold() {
		return "fine";
	}

	@Override
	public String aboveThreshold() {
		return "nearly full";
	}

	@Override
	public String firstMeasured() {
		return "no earlier measurement";
	}

	@Override
	public String unchanged() {
		return "unchanged";
	}

	@Override
	public String needsPerson() {
		return "Needs a person";
	}

	@Override
	public String nothingNeedsAPerson() {
		return "Nothing needs a person";
	}

	@Override
	public String quietDay() {
		return "A quiet day: no new heap dumps, nothing to do";
	}

	@Override
	public String volumes(long volumes) {
		return number(volumes) + ((volumes == 1) ? " volume" : " volumes");
	}

	@Override
	public String fullest(String volume, long percent) {
		return "fullest " + volume + " (" + percent + "%)";
	}

	@Override
	public String lastSuccess(String time) {
		return "last successful run " + time;
	}

	@Override
	public String lastSuccessIsOld(String time) {
		return "No run has succeeded since " + time;
	}

	@Override
	public String noSuccess() {
		return "No run has succeeded yet";
	}

}
