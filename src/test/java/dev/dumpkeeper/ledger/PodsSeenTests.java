package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.ScannedObject;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DumpLedger#podsSeen}, on the embedded database.
 */
class PodsSeenTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private final LedgerDatabase database = LedgerDatabase.h2();

	private final DumpRepository rows = new DumpRepository(this.database.jdbc(), this.database.transaction());

	private final DumpLedger ledger = new DumpLedger(this.rows, new FailureRepository(this.database.jdbc()),
			new DumpNames(List.of(), List.of("dumpfiles")), new ObjectClassifier(new Globs(List.of("*.hprof"))),
			new InMemoryGateway());

	@BeforeEach
	void dumps() {
		enter("shop-0", 50, "COMPLETE");
		enter("shop-0", 10, "EMPTY");
		enter("shop-1", 30, "WRITING");
		enter("shop-2", 40, "TRUNCATED");
		enter("shop-3", 200, "COMPLETE");
		enter("", 5, "COMPLETE");
		enter("shop-4", 5, "ORPHANED_RECEIPT");
	}

	@Test
	void eachPodHasItsNewestDumpInTheSpan() {
		assertThat(pods(60, 100)).containsOnly(Map.entry("shop-0", ago(10)), Map.entry("shop-1", ago(30)),
				Map.entry("shop-2", ago(40)));
		assertThat(pods(10, 100)).containsOnly(Map.entry("shop-0", ago(10)));
		assertThat(pods(9, 100)).isEmpty();
	}

	@Test
	void ofMoreThanEnoughThoseThatCameFirstAreKept() {
		assertThat(pods(60, 2)).containsExactly(Map.entry("shop-0", ago(10)), Map.entry("shop-2", ago(40)));
	}

	private Map<String, Instant> pods(int minutes, int most) {
		return this.ledger.podsSeen(ago(minutes), most);
	}

	private static Instant ago(int minutes) {
		return NOW.minus(Duration.ofMinutes(minutes));
	}

	private void enter(String pod, int minutes, String state) {
		String key = "dumpfiles/" + pod + minutes + ".hprof";
		ScannedObject object = new ScannedObject(new ObjectEntry(key, 1, ago(minutes)), ScannedObject.Kind.DUMP);
		this.rows.insert("v", List.of(new DumpRepository.Seen(object, 0, null, null)),
				(name) -> new DumpOrigin("dev", pod, "", ""), NOW);
		this.database.jdbc()
			.update("UPDATE dump SET pod = ?, state = ?, first_seen = ? WHERE object_key = ?", pod, state,
					ago(minutes).toEpochMilli(), key.getBytes(StandardCharsets.UTF_8));
	}

}
