package dev.dumpkeeper.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.TriageRepository.Found;
import dev.dumpkeeper.ledger.DumpRepository.Seen;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DumpRepository} on a real server, where keys are compared and locked
 * as they are in production.
 */
class DumpRepositoryIntegrationTests {

	private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

	private final ObjectClassifier classifier = new ObjectClassifier(new Globs(List.of("*.hprof")));

	private final DumpNames names = new DumpNames(
			List.of(Pattern.compile("(?s)(?<environment>.*)_(?<pod>[^_]+)_heapDump.*")), List.of("dumpfiles"));

	private final LedgerDatabase database = LedgerDatabase.server();

	private final JdbcTemplate jdbc = this.database.jdbc();

	private final DumpRepository rows = new DumpRepository(this.jdbc, this.database.transaction());

	@Test
	void rowsComeInTheOrderOfAListingOverManyPages() {
		List<String> keys = new ArrayList<>();
		for (int i = 0; i < 4500; i++) {
			keys.add("d/%05d.hprof".formatted(i));
		}
		keys.addAll(List.of("d/\u00fc.hprof", "d/\uff21.hprof", "d/\ud83d\ude00.hprof", "D/A.hprof", "d/a.hprof",
				"d/a .hprof"));
		insert(keys);
		List<String> listed = new ArrayList<>();
		this.rows.listed("v", "").forEachRemaining((row) -> listed.add(row.key()));
		assertThat(listed).containsExactlyElementsOf(keys.stream().sorted(ObjectKey::compare).toList());
	}

	@Test
	void aDumpThatWasEnteredMeanwhileIsNotEnteredTwice() {
		insert(List.of("b.hprof"));
		insert(List.of("a.hprof", "b.hprof", "c.hprof"));
		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM dump", Integer.class)).isEqualTo(3);
	}

	@Test
	void whatWasCheckedIsNotRecordedOnceTheDumpHasGrown() {
		insert(List.of("a.hprof"));
		TriageRepository.Due due = new TriageRepository(this.rows).due("v", NOW).get(0);
		this.rows
			.update(List.of(new Seen(this.classifier.of(new ObjectEntry("a.hprof", 99, NOW)), due.id(), null, null)));
		new TriageRepository(this.rows)
			.found(List.of(new Found(due, DumpState.TRUNCATED, "", null, DumpOrigin.UNKNOWN, "", false, null)), NOW);
		assertThat(new TriageRepository(this.rows).due("v", NOW).get(0).size()).isEqualTo(99);
	}

	@Test
	void onlyWhatSomethingStandsAgainstIsListed() {
		insert(List.of("held.hprof", "notified.hprof", "notified-late.hprof", "unnotified.hprof"));
		reported("held.hprof", NOW.minus(Duration.ofDays(9)));
		reported("notified.hprof", NOW.minus(Duration.ofHours(24)));
		reported("notified-late.hprof", NOW.minus(Duration.ofHours(23)));
		this.rows.hold(this.rows.find("v", new ObjectKey("held.hprof")).orElseThrow(), NOW.plusSeconds(1), "ann", "x");
		assertThat(standing(NOW.minus(Duration.ofHours(24)))).containsExactly("held.hprof", "notified-late.hprof",
				"unnotified.hprof");
		assertThat(standing(null)).containsExactly("held.hprof");
		assertThat(this.rows.held("v", NOW)).containsExactly("held.hprof");
		assertThat(this.rows.held("v", NOW.plusSeconds(1))).isEmpty();
	}

	@Test
	void theNewestOfEachWorkloadAreThoseWrittenLast() {
		insert(List.of("dev_a-0_heapDump1.hprof", "dev_a-1_heapDump2.hprof", "dev_b-0_heapDump1.hprof"));
		this.jdbc.update("UPDATE dump SET state = 'COMPLETE', last_modified = last_modified + id * 1000");
		assertThat(new ExpiryBlockerRepository(this.rows.jdbc()).newest("v", 1, NOW.minus(Duration.ofDays(1)), NOW))
			.containsExactlyInAnyOrder("dev_a-1_heapDump2.hprof", "dev_b-0_heapDump1.hprof");
		assertThat(new ExpiryBlockerRepository(this.rows.jdbc()).newest("v", 1, NOW.plus(Duration.ofDays(1)), NOW))
			.isEmpty();
	}

	@Test
	void expiredKeysLeaveTheListingAndStayInTheHistory() {
		insert(List.of("a.hprof", "b.hprof"));
		this.rows.expire("v", List.of(new ObjectKey("a.hprof"), new ObjectKey("no-dump.txt")), 7, NOW);
		assertThat(this.rows.find("v", new ObjectKey("a.hprof"))).isEmpty();
		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM dump WHERE fate = 'EXPIRED' AND plan_id = 7",
				Integer.class))
			.isEqualTo(1);
		insert(List.of("a.hprof"));
		assertThat(this.rows.find("v", new ObjectKey("a.hprof"))).isPresent();
	}

	private List<String> standing(Instant notifiedBefore) {
		List<String> keys = new ArrayList<>();
		new ExpiryBlockerRepository(this.rows.jdbc()).standing("v", notifiedBefore, NOW, false)
			.forEachRemaining((dump) -> keys.add(dump.key()));
		return keys;
	}

	private void reported(String key, Instant at) {
		this.jdbc.update("UPDATE dump SET notified_at = ? WHERE object_key = ?", at.toEpochMilli(),
				new ObjectKey(key).bytes());
	}

	private void insert(List<String> keys) {
		this.rows.insert("v",
				keys.stream()
					.map((key) -> new Seen(this.classifier.of(new ObjectEntry(key, 1, NOW)), 0, null, null))
					.toList(),
				this.names::of, NOW);
	}

}
