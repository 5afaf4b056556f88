package dev.dumpkeeper.retention;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a dump may expire, and why not sooner: a page never shows another time than the
 * planner keeps.
 */
class ExpiryRuleTests {

	private static final int DUMPS = 60;

	private static final Duration MILLI = Duration.ofMillis(1);

	private long run;

	@ParameterizedTest
	@CsvSource({ "TRUSTED, true", "TRUSTED, false", "UNKNOWN, true", "UNKNOWN, false" })
	void thePlannerKeepsADumpUntilTheInstantThatItsPageShows(PathTrust paths, boolean notified) {
		Set<KeepReason> seen = EnumSet.noneOf(KeepReason.class);
		try (RetentionLab lab = new RetentionLab(paths, notified, 0, "dumpfiles")) {
			Random random = new Random(4711);
			for (int i = 0; i < DUMPS; i++) {
				ObjectEntry entry = entry(random, i);
				long dump = dump(lab, random, entry);
				ExpiryRule rule = lab.lastRule(dump).orElseThrow();
				String name = "%s of %s: %s".formatted(entry,
						lab.jdbc.queryForMap(
								"SELECT state, first_seen, notified_at, held_until, died_at FROM dump WHERE id = ?",
								dump),
						rule);
				seen.add(rule.kind());
				if (rule.at() == null) {
					assertThat(plans(lab, entry, RetentionLab.NOW.plus(Duration.ofDays(9999)))).as(name).isFalse();
				}
				else {
					assertThat(plans(lab, entry, rule.at().minus(MILLI))).as("before: %s", name).isFalse();
					for (Instant day = RetentionLab.NOW; day.isBefore(rule.at()); day = day.plus(Duration.ofDays(1))) {
						assertThat(plans(lab, entry, day)).as("at %s: %s", day, name).isFalse();
					}
					assertThat(plans(lab, entry, rule.at())).as("at: %s", name).isTrue();
					assertThat(plans(lab, entry, rule.at().plus(MILLI))).as("after: %s", name).isTrue();
				}
			}
		}
		assertThat(seen).contains(KeepReason.OUTSIDE, KeepReason.MARKER, KeepReason.YOUNG, KeepReason.HELD);
		assertThat(seen.contains(KeepReason.NOTICE)).isEqualTo(notified);
		assertThat(seen.contains(KeepReason.UNNOTIFIED)).isEqualTo(notified);
		assertThat(seen.contains(KeepReason.UNPROVEN)).isEqualTo(paths == PathTrust.UNKNOWN);
	}

	@Test
	void theRulesOfSeveralAreThoseOfEach() {
		try (RetentionLab lab = new RetentionLab()) {
			Random random = new Random(4711);
			List<Long> dumps = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				dumps.add(dump(lab, random, entry(random, i)));
			}
			Map<Long, ExpiryRule> rules = lab.lastRules(List.of(dumps.get(1), dumps.get(3), 999L));
			assertThat(rules).containsOnlyKeys(dumps.get(1), dumps.get(3));
			rules.forEach((id, rule) -> assertThat(lab.lastRule(id)).contains(rule));
		}
	}

	@Test
	void aDumpThatIsGoneHasNoRule() {
		try (RetentionLab lab = new RetentionLab()) {
			assertThat(lab.lastRule(7)).isEmpty();
		}
	}

	private boolean plans(RetentionLab lab, ObjectEntry entry, Instant now) {
		Run run = new Run(++this.run, now, false);
		lab.plan(run, RetentionLab.VOLUME, List.of(entry));
		return lab.planned(run).contains(entry.name());
	}

	private static ObjectEntry entry(Random random, int number) {
		String name = switch (random.nextInt(12)) {
			case 0 -> "elsewhere/" + number + ".hprof";
			case 1 -> "dumpfiles/" + number + "/.keep";
			case 2 -> "dumpfiles/../" + number + ".hprof";
			case 3 -> "dumpfiles/" + number + ".txt";
			default -> "dumpfiles/" + number + ".hprof";
		};
		return new ObjectEntry(name, random.nextInt(3), RetentionLab.NOW.plus(around(random, 6)));
	}

	private static long dump(RetentionLab lab, Random random, ObjectEntry entry) {
		String[] states = { "COMPLETE", "COMPLETE", "TRUNCATED", "UNKNOWN", "EMPTY", "NOT_A_DUMP", "NEW", "WRITING",
				"ORPHANED_RECEIPT" };
		lab.jdbc.update(
				"INSERT INTO dump (volume, object_key, present, size, last_modified, first_seen, state, environment, workload, pod, project, notified_at, held_until, died_at)"
						+ " VALUES (?, ?, TRUE, ?, ?, ?, ?, '', '', '', '', ?, ?, ?)",
				RetentionLab.VOLUME, entry.name().getBytes(StandardCharsets.UTF_8), entry.size(),
				entry.lastModified().toEpochMilli(), RetentionLab.NOW.minus(around(random, 3).abs()).toEpochMilli(),
				states[random.nextInt(states.length)], maybe(random, 5), maybe(random, 2), maybe(random, 3));
		Long id = lab.jdbc.queryForObject("SELECT MAX(id) FROM dump", Long.class);
		return (id != null) ? id : 0;
	}

	/** A time some days before or after now, in one of some cases. */
	private static @Nullable Long maybe(Random random, int most) {
		return (random.nextInt(most) > 0) ? RetentionLab.NOW.plus(around(random, 9)).toEpochMilli() : null;
	}

	private static Duration around(Random random, int days) {
		long most = Duration.ofDays(days).toMillis();
		return Duration.ofMillis(random.nextLong(-most, most));
	}

}
