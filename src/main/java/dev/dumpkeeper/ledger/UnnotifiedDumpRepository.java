package dev.dumpkeeper.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.hprof.Death;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedDump;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;

/**
 * The dumps that no message contains yet. Anybody who mounts a volume can create any
 * number of them under any name, so each volume has a share of the message, and its
 * excess is counted in one line.
 */
final class UnnotifiedDumpRepository {

	/** A dump that has not been triaged for this long is reported as such. */
	static final Duration TRIAGE_WITHIN = Duration.ofMinutes(15);

	/** How long a notification may wait for the triage of more dumps in a volume. */
	static final Duration TELL_WITHIN = Duration.ofMinutes(5);

	/** How many groups of a volume that exceeds its share are reported separately. */
	static final int APART = 8;

	/** The columns of a group, including the volume so that the message can name it. */
	private static final String GROUP = "environment, workload, volume, directory";

	private static final List<DumpState> REPORTED = Stream
		.concat(Stream.of(DumpState.NEW), Arrays.stream(DumpState.values()).filter(DumpState::isNotifiable))
		.toList();

	/** Dumps without a heap, which anybody can create, are listed last. */
	private static final String HOLLOW = "CASE WHEN state IN ('NEW', 'EMPTY', 'NOT_A_DUMP') THEN 1 ELSE 0 END";

	private final JdbcTemplate jdbc;

	UnnotifiedDumpRepository(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	private static String unnotified(Instant now) {
		return String.format(Locale.ROOT,
				"present = TRUE AND notified_at IS NULL AND message_id IS NULL AND (notify_after IS NULL OR notify_after <= %d)"
						+ " AND (state IN %s OR state = 'NEW' AND first_seen <= %d)",
				now.toEpochMilli(), DumpState.announced(), now.minus(TRIAGE_WITHIN).toEpochMilli());
	}

	Set<String> volumes(Instant now) {
		return new HashSet<>(
				this.jdbc.queryForList("SELECT DISTINCT volume FROM dump WHERE " + unnotified(now), String.class));
	}

	/**
	 * Returns the volumes that are still being triaged and in which no dump has waited
	 * long, so that the notification waits for the next results.
	 */
	Set<String> inWork(Instant now) {
		Set<String> volumes = new HashSet<>(this.jdbc
			.queryForList("SELECT DISTINCT volume FROM dump WHERE triage_due = TRUE AND state = 'NEW'", String.class));
		if (!volumes.isEmpty()) {
			this.jdbc
				.queryForList("SELECT DISTINCT volume FROM dump WHERE " + unnotified(now) + " AND first_seen <= ?",
						String.class, now.minus(TELL_WITHIN).toEpochMilli())
				.forEach(volumes::remove);
		}
		return volumes;
	}

	/**
	 * Returns the groups, in order of their names, the excess groups last.
	 * @param most the number of separate groups above which the shares of volumes apply
	 */
	List<UnnotifiedGroup> groups(Instant now, Collection<String> without, int most) {
		Map<String, List<Ranked>> volumes = ranked(now, most).stream()
			.filter((ranked) -> !without.contains(ranked.group().volume()))
			.collect(Collectors.groupingBy((ranked) -> ranked.group().volume(), LinkedHashMap::new,
					Collectors.toList()));
		int share = share(volumes.values().stream().map((groups) -> groups.get(0).groupsOfVolume()).toList(), most);
		List<UnnotifiedGroup> reported = new ArrayList<>();
		List<UnnotifiedGroup> rests = new ArrayList<>();
		volumes.forEach((volume, groups) -> {
			long all = groups.get(0).groupsOfVolume();
			int apart = (all <= share) ? groups.size() : Math.min(APART, share - 1);
			List<UnnotifiedGroup> first = groups.stream()
				.filter((ranked) -> ranked.place() <= apart)
				.map(Ranked::group)
				.toList();
			reported.addAll(first);
			if (all > share) {
				rests.add(rest(volume, first, all - first.size(), now));
			}
		});
		reported.sort(DumpLedger.BY_NAME);
		reported.addAll(rests);
		return reported;
	}

	/** Returns the maximum number of groups for each volume, so that all volumes fit. */
	private static int share(Collection<Long> groups, int most) {
		int share = most;
		while (share > 1 && room(groups, share) > most) {
			share--;
		}
		return share;
	}

	private static long room(Collection<Long> groups, int share) {
		return groups.stream().mapToLong((count) -> Math.min(count, share)).sum();
	}

	/**
	 * Ranks the groups of each volume: those with complete dumps first, then the longest
	 * waiting.
	 */
	private List<Ranked> ranked(Instant now, int most) {
		return this.jdbc.query(String.format(Locale.ROOT, """
				SELECT r.* FROM (SELECT g.*, COUNT(*) OVER (PARTITION BY volume) AS groups_of_volume,
				ROW_NUMBER() OVER (PARTITION BY volume ORDER BY CASE WHEN in_COMPLETE > 0 THEN 0 ELSE 1 END, waits_from,
				environment, workload, directory) AS place FROM (
				SELECT environment, workload, volume, directory, MIN(first_seen) AS waits_from, %1$s
				FROM dump WHERE %2$s GROUP BY %3$s) g) r WHERE place <= ? ORDER BY volume, place""", sums(now),
				unnotified(now), GROUP),
				(row, number) -> new Ranked(group(row, row.getString("environment"), row.getString("workload"),
						row.getString("volume"), row.getString("directory")), row.getLong("place"),
						row.getLong("groups_of_volume")),
				most);
	}

	private UnnotifiedGroup rest(String volume, List<UnnotifiedGroup> apart, long groups, Instant now) {
		List<Object> arguments = arguments(volume, apart);
		UnnotifiedGroup rest = this.jdbc
			.query("SELECT " + sums(now) + " FROM dump WHERE " + unnotified(now) + ofVolumeBut(apart),
					(row, number) -> group(row, "", "", volume, ""), arguments.toArray())
			.get(0);
		return new UnnotifiedGroup("", "", volume, "", rest.directory(), rest.dumps(), rest.bytes(), rest.first(),
				rest.last(), rest.states(), groups, apart);
	}

	private static String ofVolumeBut(List<UnnotifiedGroup> apart) {
		return " AND volume = ?" + " AND NOT (environment = ? AND workload = ? AND directory = ?)".repeat(apart.size());
	}

	private static List<Object> arguments(String volume, List<UnnotifiedGroup> apart) {
		List<Object> arguments = new ArrayList<>();
		arguments.add(volume);
		apart
			.forEach((group) -> arguments.addAll(List.of(group.environment(), group.workload(), group.ownDirectory())));
		return arguments;
	}

	private static String sums(Instant now) {
		String died = FileTimes.died(now);
		return "COUNT(*) AS dumps, SUM(size) AS bytes, MIN(" + died + ") AS first_died, MAX(" + died
				+ ") AS last_died, MIN(object_key) AS first_key, MAX(object_key) AS last_key"
				+ REPORTED.stream()
					.map((state) -> ", SUM(CASE WHEN state = '" + state + "' THEN 1 ELSE 0 END) AS in_" + state)
					.collect(Collectors.joining());
	}

	private static UnnotifiedGroup group(ResultSet row, String environment, String workload, String volume,
			String ownDirectory) throws SQLException {
		Map<DumpState, Long> states = new EnumMap<>(DumpState.class);
		for (DumpState state : REPORTED) {
			long count = row.getLong("in_" + state);
			if (count > 0) {
				states.put(state, count);
			}
		}
		byte[] first = row.getBytes("first_key");
		byte[] last = row.getBytes("last_key");
		return new UnnotifiedGroup(environment, workload, volume, ownDirectory,
				(first != null && last != null) ? commonDirectory(DumpRepository.text(first), DumpRepository.text(last))
						: "",
				row.getLong("dumps"), row.getLong("bytes"), Instant.ofEpochMilli(row.getLong("first_died")),
				Instant.ofEpochMilli(row.getLong("last_died")), states, 1, List.of());
	}

	/** The first and the last of sorted keys have the shortest common prefix. */
	private static String commonDirectory(String first, String last) {
		int common = 0;
		while (common < Math.min(first.length(), last.length()) && first.charAt(common) == last.charAt(common)) {
			common++;
		}
		return first.substring(0, Math.max(0, first.lastIndexOf('/', common - 1)));
	}

	/**
	 * Returns the newest dumps of a group. Dumps that were written again during a hold
	 * come first, dumps without a heap last; none for an excess.
	 */
	List<UnnotifiedDump> newest(UnnotifiedGroup group, int count, Instant now) {
		if (group.isExcess()) {
			return List.of();
		}
		return this.jdbc.query(
				String.format(Locale.ROOT,
						"""
								SELECT id, volume, object_key, size, %1$s AS died, state, environment, workload, pod, directory, project,
								cause, fingerprint, top_frame, last_modified, %4$s AS holder FROM dump WHERE %2$s
								AND environment = ? AND workload = ? AND volume = ? AND directory = ?
								ORDER BY CASE WHEN %4$s IS NULL THEN 1 ELSE 0 END, %3$s, died DESC, id DESC LIMIT ?""",
						FileTimes.died(now), unnotified(now), HOLLOW, inheritedHolder(now)),
				(row, number) -> new UnnotifiedDump(row.getLong(1), row.getString(2), DumpRepository.key(row, 3),
						row.getLong(4), DumpRepository.instant(row, 5), DumpState.valueOf(row.getString(6)),
						new DumpOrigin(row.getString(7), row.getString(8), row.getString(9), row.getString(10)),
						row.getString(11), cause(row), future(DumpRepository.instant(row, 15), now),
						row.getString("holder")),
				group.environment(), group.workload(), group.volume(), group.ownDirectory(), count);
	}

	private static @Nullable Instant future(Instant listed, Instant now) {
		return FileTimes.isInFuture(listed, now) ? listed : null;
	}

	private static @Nullable DumpCause cause(ResultSet row) throws SQLException {
		String kind = row.getString("cause");
		return (kind != null)
				? new DumpCause(Death.Kind.valueOf(kind), row.getString("fingerprint"), row.getString("top_frame"))
				: null;
	}

	int assign(UnnotifiedGroup group, long message, int page, Instant now) {
		List<Object> arguments = new ArrayList<>(List.of(message, page));
		String which;
		if (group.isExcess()) {
			which = ofVolumeBut(group.apart());
			arguments.addAll(arguments(group.volume(), group.apart()));
		}
		else {
			which = " AND environment = ? AND workload = ? AND volume = ? AND directory = ?";
			arguments.addAll(List.of(group.environment(), group.workload(), group.volume(), group.ownDirectory()));
		}
		return this.jdbc.update("UPDATE dump SET message_id = ?, message_page = ? WHERE " + unnotified(now) + which,
				arguments.toArray());
	}

	/**
	 * A group with its rank in its volume.
	 *
	 * @param place from 1
	 * @param groupsOfVolume how many there are, including those that were not read
	 */
	private record Ranked(UnnotifiedGroup group, long place, long groupsOfVolume) {

	}

	/** Returns SQL for who holds a row of a key that was written again during a hold. */
	private static String inheritedHolder(Instant now) {
		return String.format(Locale.ROOT, """
				CASE WHEN held_until > %1$d AND EXISTS (SELECT 1 FROM dump earlier WHERE earlier.volume = dump.volume
				AND earlier.present IS NULL AND earlier.object_key = dump.object_key AND earlier.held_until > %1$d)
				THEN held_by END""", now.toEpochMilli());
	}

	/** Records that the dumps of a delivered page were reported. */
	void markNotified(long message, int page, Instant at) {
		this.jdbc.update(
				"UPDATE dump SET notified_at = ?, notified_by = 'DIGEST' WHERE message_id = ? AND message_page = ? AND notified_at IS NULL",
				at.toEpochMilli(), message, page);
	}

}
