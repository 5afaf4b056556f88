package dev.dumpkeeper.ledger;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.hprof.HeapReading;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedDump;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;
import dev.dumpkeeper.run.NotificationStatus;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose dumps are counted together, on the embedded database.
 */
class DumpOwnersTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private final InMemoryBucket bucket = new InMemoryBucket("v");

	private final LedgerDatabase database = database();

	private final JdbcTemplate jdbc = this.database.jdbc();

	private final DumpRepository rows = new DumpRepository(this.jdbc, this.database.transaction());

	private final ObjectClassifier classifier = new ObjectClassifier(new Globs(List.of("*.hprof")));

	private final DumpNames names = new DumpNames(List.of(), List.of("dumpfiles"));

	private final DumpLedger ledger = new DumpLedger(this.rows, new FailureRepository(this.jdbc), this.names,
			this.classifier, new InMemoryGateway());

	LedgerDatabase database() {
		return LedgerDatabase.h2();
	}

	@Test
	void nobodysDumpPushesOutAnothers() {
		enter("v", "dumpfiles/shop-7d9f8c6b5d-x2x4a/java_pid1.hprof", 1);
		enter("v", "dumpfiles/shop-7d9f8c6b5d-zzzzz/java_pid1.hprof", 2);
		enter("v", "dumpfiles/billing-0/java_pid1.hprof", 3);
		enter("v", "dumpfiles/2026-11-25/a.hprof", 4);
		enter("v", "dumpfiles/2026-11-25/b.hprof", 5);
		enter("v", "dumpfiles/2026-11-26/a.hprof", 6);
		enter("v", "dumpfiles/java_pid1.hprof", 7);
		enter("v", "dumpfiles/java_pid2.hprof", 8);
		assertThat(new ExpiryBlockerRepository(this.rows.jdbc()).newest("v", 1, Instant.EPOCH, NOW))
			.containsExactlyInAnyOrder("dumpfiles/shop-7d9f8c6b5d-zzzzz/java_pid1.hprof",
					"dumpfiles/billing-0/java_pid1.hprof", "dumpfiles/2026-11-25/b.hprof",
					"dumpfiles/2026-11-26/a.hprof", "dumpfiles/java_pid1.hprof", "dumpfiles/java_pid2.hprof");
	}

	@Test
	void theForecastCountsTheNewestAlike() {
		enter("v", "dumpfiles/2026-11-25/a.hprof", 4);
		enter("v", "dumpfiles/2026-11-25/b.hprof", 5);
		enter("v", "dumpfiles/2026-11-26/a.hprof", 6);
		enter("v", "dumpfiles/java_pid1.hprof", 7);
		enter("v", "dumpfiles/java_pid2.hprof", 8);
		DumpHistory history = new DumpHistory(this.jdbc);
		DumpHistory.Rules rules = new DumpHistory.Rules(Duration.ofHours(1), false, Duration.ZERO, 1,
				Duration.ofDays(14));
		assertThat(history.newest("v", "dumpfiles/", rules, NOW, 9)).extracting((dump) -> dump.workload().name())
			.containsExactlyInAnyOrder("dumpfiles/2026-11-25", "dumpfiles/2026-11-26");
		DumpHistory.Workload apart = new DumpHistory.Workload("", "dumpfiles/2026-11-25");
		assertThat(history.arrivals("v", Instant.EPOCH, NOW, List.of(apart)))
			.filteredOn((sum) -> sum.workload() != null)
			.singleElement()
			.isEqualTo(new DumpHistory.HourlySum(NOW.minusSeconds(3600), apart, 2, 2));
		assertThat(history.byWorkload("v", Instant.EPOCH, NOW, 9)).extracting(DumpHistory.WorkloadSum::workload)
			.containsExactlyInAnyOrder("dumpfiles/2026-11-25", "dumpfiles/2026-11-26", "");
	}

	@Test
	void eachGroupSaysWhereAllOfItLiesAndIsReportedAlone() {
		enter("v", "dumpfiles/shop-7d9f8c6b5d-x2x4a/java_pid1.hprof", 1);
		enter("v", "dumpfiles/shop-7d9f8c6b5d-zzzzz/java_pid1.hprof", 2);
		enter("w", "dumpfiles/shop-7d9f8c6b5d-x2x4a/java_pid1.hprof", 3);
		enter("v", "dumpfiles/2026-11-25/a.hprof", 4);
		enter("v", "dumpfiles/2026-11-25/b.hprof", 5);
		enter("v", "dumpfiles/2026-11-26/a.hprof", 6);
		List<UnnotifiedGroup> groups = this.ledger.unnotified(NOW, Set.of(), 100);
		assertThat(groups)
			.extracting(
					(group) -> group.workload() + " " + group.volume() + "/" + group.directory() + " " + group.dumps())
			.containsExactly(" v/dumpfiles/2026-11-25 2", " v/dumpfiles/2026-11-26 1", "shop v/dumpfiles 2",
					"shop w/dumpfiles/shop-7d9f8c6b5d-x2x4a 1");
		assertThat(newestUnnotified()).extracting(UnnotifiedDump::key)
			.containsExactly("dumpfiles/2026-11-25/b.hprof", "dumpfiles/2026-11-26/a.hprof",
					"dumpfiles/shop-7d9f8c6b5d-zzzzz/java_pid1.hprof",
					"dumpfiles/shop-7d9f8c6b5d-x2x4a/java_pid1.hprof");
		assertThat(groups.stream().map((group) -> this.ledger.assign(group, 1, 1, NOW))).containsExactly(2, 1, 2, 1);
		assertThat(this.ledger.hasUnnotified(NOW, Set.of())).isFalse();
	}

	@Test
	void aDumpFromTheFutureDiedWhenItWasFirstSeenAndSaysWhatItsFileSays() {
		Instant far = Instant.parse("2106-02-07T06:28:15Z");
		enter("v", "dumpfiles/billing-0/a.hprof", 1);
		this.jdbc.update("UPDATE dump SET last_modified = ?, died_at = ?", far.toEpochMilli(), far.toEpochMilli());
		assertThat(this.ledger.unnotified(NOW, Set.of(), 100)).extracting(UnnotifiedGroup::last).containsExactly(NOW);
		UnnotifiedDump dump = newestUnnotified().get(0);
		assertThat(dump.diedAt()).isEqualTo(NOW);
		assertThat(dump.datedAt()).isEqualTo(far);
		assertThat(this.ledger.totals(NOW).fromTheFuture()).isOne();
	}

	@Test
	void theProjectOfTheReceiptIsReported() {
		enter("v", "dumpfiles/billing-0/a.hprof", 1);
		this.jdbc.update("UPDATE dump SET project = 'com.acme.billing'");
		assertThat(newestUnnotified()).extracting(UnnotifiedDump::project).containsExactly("com.acme.billing");
	}

	@Test
	void aReceiptShowsWhatThePathDoesNot() {
		this.bucket.put(new ObjectKey("dumpfiles/billing-0/a.hprof.event"), receipt("prod", "billing-0"));
		this.bucket.put(new ObjectKey("dumpfiles/shop-1/a.hprof.event"), receipt("prod", "somebody-else-0"));
		this.bucket.put(new ObjectKey("dumpfiles/2026/a.hprof.event"), receipt("prod", "cart-0"));
		this.bucket.put(new ObjectKey("dumpfiles/2027/a.hprof.event"), receipt("", ""));
		for (String directory : List.of("billing-0", "shop-1", "2026", "2027")) {
			enter("v", "dumpfiles/" + directory + "/a.hprof", 1);
		}
		this.jdbc.update("UPDATE dump SET receipt_at = 1, state = 'NEW'");
		new DumpTriage(this.rows, new FailureRepository(this.jdbc), new InMemoryGateway().with(this.bucket),
				new DumpRules(this.classifier, DumpFormats.KNOWN),
				new LedgerProperties(List.of(), Duration.ofMinutes(10), Duration.ofMinutes(10), 1, false),
				new NotificationStatus(true), Progress.NONE, new StopSignal(), Clock.fixed(NOW, ZoneOffset.UTC))
			.triage(NOW, List.of("v"));
		assertThat(this.jdbc.queryForList(
				"SELECT CONCAT(environment, '|', workload, '|', pod, '|', directory) FROM dump ORDER BY object_key",
				String.class))
			.containsExactly("prod|cart|cart-0|", "|||dumpfiles/2027", "prod|billing|billing-0|", "|shop|shop-1|");
	}

	@Test
	void aHeapIsComparedWithOneOfTheSameOwnerOnly() {
		enter("v", "dumpfiles/2026-11-25/a.hprof", 1);
		enter("v", "dumpfiles/2026-11-25/b.hprof", 2);
		enter("v", "dumpfiles/2026-11-26/a.hprof", 3);
		enter("v", "dumpfiles/java_pid1.hprof", 4);
		enter("v", "dumpfiles/java_pid2.hprof", 5);
		this.jdbc.update("""
				INSERT INTO dump_contents (dump_id, read_at, state, file_bytes, sentence, contents)
				SELECT id, 0, 'WHOLE', 1, '', ? FROM dump""",
				JsonMapper.shared()
					.writeValueAsString(HeapReading.read(new ByteArrayInputStream(new byte[0]), -1,
							HeapReading.Budget.of(1, Duration.ofMinutes(1)))));
		DumpContentsRepository contents = new DumpContentsRepository(this.jdbc, this.database.transaction());
		assertThat(earlier(contents, "dumpfiles/2026-11-25/b.hprof")).contains("dumpfiles/2026-11-25/a.hprof");
		assertThat(earlier(contents, "dumpfiles/2026-11-26/a.hprof")).isEmpty();
		assertThat(earlier(contents, "dumpfiles/java_pid2.hprof")).isEmpty();
	}

	private List<UnnotifiedDump> newestUnnotified() {
		return this.ledger.unnotified(NOW, Set.of(), 100)
			.stream()
			.flatMap((group) -> this.ledger.newestUnnotified(group, 1, NOW).stream())
			.toList();
	}

	private Optional<String> earlier(DumpContentsRepository contents, String key) {
		return contents.earlier(this.rows.find("v", new ObjectKey(key)).orElseThrow())
			.map(DumpContentsRepository.EarlierHeap::key);
	}

	private static byte[] receipt(String environment, String pod) {
		return "{\"status\":\"written\",\"environment\":\"%s\",\"pod\":\"%s\"}".formatted(environment, pod)
			.getBytes(StandardCharsets.UTF_8);
	}

	private void enter(String volume, String key, int second) {
		this.rows.insert(volume,
				List.of(new DumpRepository.Seen(
						this.classifier.of(new ObjectEntry(key, 1, NOW.minusSeconds(3600 - second))), 0, null, null)),
				this.names::of, NOW);
		this.jdbc.update("UPDATE dump SET state = 'COMPLETE'");
	}

}
