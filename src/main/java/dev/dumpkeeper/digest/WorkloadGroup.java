package dev.dumpkeeper.digest;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The dumps of one workload that nobody was told about. A digest tells all of them on one
 * page or none of them.
 *
 * @param number by which the pages refer to it
 * @param environment the environment, or the empty string where the name does not tell
 * @param workload the pod's name without its hash or ordinal, or the empty string where
 * the name does not tell
 * @param volume the volume that all of them lie in
 * @param directory the innermost directory of it that all of them lie in, without a
 * trailing slash; empty for the volume itself
 * @param dumps how many, at least one
 * @param bytes their sizes added up
 * @param first when the earliest was made
 * @param last when the latest was made
 * @param conditions how many are in which condition; a condition without any may be
 * missing
 * @param newest the newest of them, newest first; three are enough
 * @param excess 0, or how many workloads of the volume these are that are too many to be
 * told apart
 */
record WorkloadGroup(int number, String environment, String workload, String volume, String directory, long dumps,
		long bytes, Instant first, Instant last, Map<DumpCondition, Long> conditions, List<NamedDump> newest,
		long excess) {

	/**
	 * Newest first: what has just died is what people wait for. The rest makes it stable.
	 */
	private static final Comparator<WorkloadGroup> TOLD_FIRST = Comparator.comparing(WorkloadGroup::excess)
		.thenComparing(WorkloadGroup::last, Comparator.reverseOrder())
		.thenComparing(WorkloadGroup::environment)
		.thenComparing(WorkloadGroup::workload)
		.thenComparing(WorkloadGroup::number);

	WorkloadGroup(int number, String environment, String workload, String volume, String directory, long dumps,
			long bytes, Instant first, Instant last, Map<DumpCondition, Long> conditions, List<NamedDump> newest) {
		this(number, environment, workload, volume, directory, dumps, bytes, first, last, conditions, newest, 0);
	}

	WorkloadGroup {
		conditions = Map.copyOf(conditions);
		newest = List.copyOf(newest);
	}

	/**
	 * The order in which groups are told: the newest of each volume, then the second of
	 * each, and so on, so that no volume takes all the room.
	 */
	static List<WorkloadGroup> inTurns(Collection<WorkloadGroup> groups) {
		Map<String, Integer> told = new HashMap<>();
		Map<WorkloadGroup, Integer> turns = new IdentityHashMap<>();
		List<WorkloadGroup> newestFirst = groups.stream().sorted(TOLD_FIRST).toList();
		newestFirst.forEach((group) -> turns.put(group, told.merge(group.volume(), 1, Integer::sum)));
		return newestFirst.stream()
			.sorted(Comparator.comparing((WorkloadGroup group) -> turns.getOrDefault(group, 0)))
			.toList();
	}

	/** Where all of them lie. */
	String place() {
		return this.directory.isEmpty() ? this.volume : this.volume + "/" + this.directory;
	}

	/**
	 * What to call a dump of which no pod is known: its file, and its directory too where
	 * files are named alike.
	 */
	String label(NamedDump dump) {
		long alike = this.newest.stream().filter((other) -> other.fileName().equals(dump.fileName())).count();
		return (alike > 1) ? dump.fileInDirectory() : dump.fileName();
	}

	long count(DumpCondition condition) {
		return this.conditions.getOrDefault(condition, 0L);
	}

	/** How many of the dumps are not complete. */
	long broken() {
		return this.conditions.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().isBroken())
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	/** Why the newest dump was made that tells it. */
	Optional<Reason> reason() {
		return this.newest.stream().map(NamedDump::reason).filter(Objects::nonNull).filter(Reason::isTold).findFirst();
	}

}
