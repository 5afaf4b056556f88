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
 * A group of dumps that nobody was told about, with those that can be named. A digest
 * tells all of it on one page or nothing.
 *
 * @param number by which the pages refer to it
 * @param unnotified the group
 * @param newest the newest of its dumps, newest first; three are enough
 * @param sightings how often its {@link #cause} was seen; {@code null} where unknown
 */
record DigestGroup(int number, UnnotifiedGroup unnotified, List<UnnotifiedDump> newest,
		@Nullable FailureStatistics sightings) {

	private static final Set<DumpState> BROKEN = EnumSet.of(DumpState.TRUNCATED, DumpState.EMPTY, DumpState.FAILED,
			DumpState.NOT_A_DUMP);

	/**
	 * Newest first: what has just died is what people wait for. The rest makes it stable.
	 */
	private static final Comparator<DigestGroup> TOLD_FIRST = Comparator.comparing(DigestGroup::excess)
		.thenComparing((group) -> group.unnotified().last(), Comparator.reverseOrder())
		.thenComparing((group) -> group.unnotified().environment())
		.thenComparing((group) -> group.unnotified().workload())
		.thenComparing(DigestGroup::number);

	DigestGroup {
		newest = List.copyOf(newest);
	}

	/**
	 * The order in which groups are told: the newest of each volume, then the second of
	 * each, and so on, so that no volume takes all the room.
	 */
	static List<DigestGroup> inTurns(Collection<DigestGroup> groups) {
		Map<String, Integer> told = new HashMap<>();
		Map<DigestGroup, Integer> turns = new IdentityHashMap<>();
		List<DigestGroup> newestFirst = groups.stream().sorted(TOLD_FIRST).toList();
		newestFirst.forEach((group) -> turns.put(group, told.merge(group.unnotified().volume(), 1, Integer::sum)));
		return newestFirst.stream()
			.sorted(Comparator.comparing((DigestGroup group) -> turns.getOrDefault(group, 0)))
			.toList();
	}

	/** 0, or how many workloads these are that are too many to be told apart. */
	long excess() {
		return this.unnotified.isExcess() ? this.unnotified.groups() : 0;
	}

	/** Where all of them lie. */
	String place() {
		return this.unnotified.directory().isEmpty() ? this.unnotified.volume()
				: this.unnotified.volume() + "/" + this.unnotified.directory();
	}

	/**
	 * What to call a dump of which no pod is known: its file, and its directory too where
	 * files are named alike.
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

	/** How many of the dumps are known not to be whole. */
	long broken() {
		return BROKEN.stream().mapToLong(this::count).sum();
	}

	/** Why the newest dump was made that tells it. */
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
