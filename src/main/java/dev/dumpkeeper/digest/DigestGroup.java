package dev.dumpkeeper.digest;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.Death;
import dev.dumpkeeper.ledger.DumpCause;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedDump;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;
import dev.dumpkeeper.ledger.DumpState;
import dev.dumpkeeper.ledger.FailureRepository.FailureStatistics;

/**
 * A group of unnotified dumps with those that can be listed by name. A digest reports a
 * group completely on one page, or not at all.
 *
 * @param number the number by which pages refer to it
 * @param unnotified the group
 * @param newest its newest dumps, newest first; three are sufficient
 * @param statistics statistics of its {@link #cause}; {@code null} if unknown
 */
record DigestGroup(int number, UnnotifiedGroup unnotified, List<UnnotifiedDump> newest,
		@Nullable FailureStatistics statistics) {

	private static final Set<DumpState> BROKEN = EnumSet.of(DumpState.TRUNCATED, DumpState.EMPTY, DumpState.FAILED,
			DumpState.NOT_A_DUMP);

	/**
	 * Newest first, since people wait for what has just died. The other keys make the
	 * order stable.
	 */
	private static final Comparator<DigestGroup> REPORTED_FIRST = Comparator.comparing(DigestGroup::excess)
		.thenComparing((group) -> group.unnotified().last(), Comparator.reverseOrder())
		.thenComparing((group) -> group.unnotified().environment())
		.thenComparing((group) -> group.unnotified().workload())
		.thenComparing(DigestGroup::number);

	DigestGroup {
		newest = List.copyOf(newest);
	}

	/**
	 * Returns the order in which groups are reported: the newest of each volume, then the
	 * second of each, and so on, so that no volume takes all the space.
	 */
	static List<DigestGroup> inTurns(Collection<DigestGroup> groups) {
		Map<String, Integer> seen = new HashMap<>();
		Map<DigestGroup, Integer> turns = new IdentityHashMap<>();
		List<DigestGroup> newestFirst = groups.stream().sorted(REPORTED_FIRST).toList();
		newestFirst.forEach((group) -> turns.put(group, seen.merge(group.unnotified().volume(), 1, Integer::sum)));
		return newestFirst.stream()
			.sorted(Comparator.comparing((DigestGroup group) -> turns.getOrDefault(group, 0)))
			.toList();
	}

	/** The number of workloads in an excess, otherwise 0. */
	long excess() {
		return this.unnotified.isExcess() ? this.unnotified.groups() : 0;
	}

	/** The directory that contains all dumps. */
	String place() {
		return this.unnotified.directory().isEmpty() ? this.unnotified.volume()
				: this.unnotified.volume() + "/" + this.unnotified.directory();
	}

	/**
	 * Returns the label of a dump without a known pod: its file name, preceded by its
	 * directory if files share a name.
	 */
	String label(UnnotifiedDump dump) {
		String name = fileName(dump);
		int slash = dump.key().length() - name.length() - 1;
		boolean alike = this.newest.stream().filter((other) -> fileName(other).equals(name)).count() > 1;
		return (alike && slash > 0) ? dump.key().substring(dump.key().lastIndexOf('/', slash - 1) + 1) : name;
	}

	private static String fileName(UnnotifiedDump dump) {
		return dump.key().substring(dump.key().lastIndexOf('/') + 1);
	}

	long count(DumpState state) {
		return this.unnotified.states().getOrDefault(state, 0L);
	}

	/** The number of dumps known to be incomplete. */
	long broken() {
		return BROKEN.stream().mapToLong(this::count).sum();
	}

	Optional<DumpCause> cause() {
		return cause(this.newest);
	}

	static Optional<DumpCause> cause(List<UnnotifiedDump> newest) {
		return newest.stream()
			.map(UnnotifiedDump::cause)
			.filter(Objects::nonNull)
			.filter((cause) -> cause.kind() != Death.Kind.UNKNOWN)
			.findFirst();
	}

}
