package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.NotificationStatus;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Receipts that say that their dump was announced, which anybody can write who mounts the
 * volume.
 */
class ForgedReceiptTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private final InMemoryBucket bucket = new InMemoryBucket("v");

	private final ObjectClassifier classifier = new ObjectClassifier(new Globs(List.of("*.hprof")));

	private final LedgerDatabase database = LedgerDatabase.h2();

	private final JdbcTemplate jdbc = this.database.jdbc();

	private final DumpRepository rows = new DumpRepository(this.jdbc, this.database.transaction());

	/** Our own robot announces a dump, whatever a receipt says. */
	@ParameterizedTest
	@CsvSource({ "true, false, 0", "true, true, 0", "false, false, 0", "false, true, 2" })
	void peopleCountAsNotifiedOnlyWhereNobodyIsNotifiedFromHereAndReceiptsAreBelieved(boolean robot, boolean believed,
			int notified) {
		enter("a.hprof", "JAVA PROFILE 1.0.2", NOW.minusSeconds(1));
		this.bucket.put(new ObjectKey("a.hprof.event"), bytes("{\"status\":\"written\",\"told\":true}"));
		// Of a dump that could not be written there is only the receipt.
		enter("b.hprof.event", "{\"status\":\"failed\",\"told\":true}", null);
		triage(robot, believed);
		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM dump WHERE notified_at IS NOT NULL", Integer.class))
			.isEqualTo(notified);
	}

	@Test
	void aReceiptOfAnotherUserThanItsDumpShowsNothing() {
		for (String name : List.of("own.hprof", "forged.hprof")) {
			enter(name, "JAVA PROFILE 1.0.2", NOW.minusSeconds(1));
			this.bucket.put(new ObjectKey(name + ".event"),
					bytes("{\"status\":\"written\",\"told\":true,\"environment\":\"prod\",\"pod\":\"shop-0\"}"));
		}
		this.bucket.ownedBy(new ObjectKey("forged.hprof.event"), 4711);
		triage(false, true);
		assertThat(this.jdbc.query("SELECT object_key, workload, notified_at FROM dump ORDER BY object_key",
				(row, number) -> DumpRepository.key(row, 1) + " " + row.getString(2) + " " + (row.getLong(3) > 0)))
			.containsExactly("forged.hprof  false", "own.hprof shop true");
	}

	@Test
	void aReceiptThatCannotBeReadIsSaidAndLosesNobodysDeath() {
		enter("whole.hprof", "JAVA PROFILE 1.0.2", NOW.minusSeconds(1));
		this.bucket.put(new ObjectKey("whole.hprof.event"), bytes("{\"status\":"));
		enter("none.hprof.event", "{\"status\":\"wr", null);
		triage(true, false);
		assertThat(this.jdbc.query("SELECT object_key, state, reason FROM dump ORDER BY object_key",
				(row, number) -> DumpRepository.key(row, 1) + " " + row.getString(2) + " " + row.getString(3)))
			.satisfiesExactly(
					(none) -> assertThat(none).isEqualTo("none.hprof.event FAILED the receipt cannot be read"),
					(whole) -> assertThat(whole).startsWith("whole.hprof ").contains("the receipt cannot be read; "));
		assertThat(DumpState.FAILED.isNotifiable()).isTrue();
	}

	private void enter(String key, String content, @org.jspecify.annotations.Nullable Instant receiptAt) {
		this.bucket.put(new ObjectKey(key), bytes(content));
		this.rows.insert("v",
				List.of(new DumpRepository.Seen(
						this.classifier.of(new ObjectEntry(key, content.length(), NOW.minus(Duration.ofDays(1)))), 0,
						receiptAt, null)),
				(name) -> DumpOrigin.UNKNOWN, NOW);
	}

	private void triage(boolean robot, boolean believed) {
		new DumpTriage(this.rows, new FailureRepository(this.jdbc), new InMemoryGateway().with(this.bucket),
				new DumpRules(this.classifier, DumpFormats.KNOWN),
				new LedgerProperties(List.of(), Duration.ofMinutes(10), Duration.ofMinutes(10), 1, believed),
				new NotificationStatus(robot), Progress.NONE, new StopSignal(), Clock.fixed(NOW, ZoneOffset.UTC))
			.triage(NOW, List.of("v"));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
