package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.run.NotificationStatus;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files with the names of a workload that somebody else wrote: they push out none of its
 * dumps that are kept as the newest, and the forecast counts alike. On the embedded
 * database.
 */
class FakedNewestTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private static final Duration KEEP_FOR = Duration.ofDays(14);

	private static final String WHOLE = "JAVA PROFILE 1.0.2\0" + "\0\0\0\u0008" + "\0".repeat(8) + "\u002C"
			+ "\0".repeat(8);

	private static final String HONEST = "dumpfiles/shop-0/honest.hprof";

	private final InMemoryBucket bucket = new InMemoryBucket("v");

	private final ObjectClassifier classifier = new ObjectClassifier(new Globs(List.of("*.hprof")));

	private final DumpNames names = new DumpNames(List.of(), List.of("dumpfiles"));

	private final JdbcTemplate jdbc;

	private final DumpRepository rows;

	FakedNewestTests() {
		LedgerDatabase database = database();
		this.jdbc = database.jdbc();
		this.rows = new DumpRepository(this.jdbc, database.transaction());
	}

	LedgerDatabase database() {
		return LedgerDatabase.h2();
	}

	@Test
	void whatBytesDoNotProveToBeAWholeDumpPushesOutNothing() {
		enter(HONEST, WHOLE, days(-9));
		enter("dumpfiles/shop-0/empty.hprof", "", days(-8));
		enter("dumpfiles/shop-0/tiny.hprof", "x", days(-8));
		enter("dumpfiles/shop-0/zeros.hprof", "\0".repeat(9000), days(-8));
		enter("dumpfiles/shop-0/cut.hprof", WHOLE.substring(0, 35), days(-8));
		enter("dumpfiles/shop-0/cut-from-the-future.hprof", WHOLE.substring(0, 35),
				Instant.parse("2106-02-07T06:28:15Z"));
		enter("dumpfiles/shop-0/empty-of-tomorrow.hprof", "", NOW.plus(Duration.ofHours(23)));
		triage();
		// As if it was being written; it takes nobody's place.
		String beingWritten = "dumpfiles/shop-0/empty-of-tomorrow.hprof";
		assertThat(newest(1)).containsExactlyInAnyOrder(HONEST, beingWritten);
		assertThat(newest(2)).containsExactlyInAnyOrder(HONEST, beingWritten);
	}

	@Test
	void aWholeDumpPushesOutOneThatIsOlder() {
		enter(HONEST, WHOLE, days(-9));
		enter("dumpfiles/shop-0/newer.hprof", WHOLE, days(-8));
		triage();
		assertThat(newest(1)).containsExactly("dumpfiles/shop-0/newer.hprof");
		assertThat(newest(2)).containsExactlyInAnyOrder(HONEST, "dumpfiles/shop-0/newer.hprof");
	}

	@ParameterizedTest
	@EnumSource(names = { "COMPLETE", "UNKNOWN", "NEW", "WRITING" }, mode = Mode.EXCLUDE)
	void whatIsNotWholeIsNotKept(DumpState state) {
		enter(HONEST, WHOLE, days(-9));
		triage();
		enter("dumpfiles/shop-0/fake.hprof", WHOLE, days(-8));
		this.jdbc.update("UPDATE dump SET state = ? WHERE state = 'NEW'", state.name());
		assertThat(newest(1)).containsExactly(HONEST);
		this.jdbc.update("UPDATE dump SET state = ?", state.name());
		assertThat(newest(1)).isEmpty();
	}

	@Test
	void whatMayBeWholeStaysAndPushesOutNoWholeDump() {
		enter("dumpfiles/shop-0/unknown-and-older.hprof", WHOLE, days(-10));
		enter(HONEST, WHOLE, days(-9));
		enter("dumpfiles/shop-0/unknown.hprof", WHOLE, days(-8));
		enter("dumpfiles/shop-0/unknown-and-newer.hprof", WHOLE, days(-7));
		triage();
		this.jdbc.update("UPDATE dump SET state = 'UNKNOWN' WHERE object_key <> ?",
				HONEST.getBytes(StandardCharsets.UTF_8));
		assertThat(newest(1)).containsExactlyInAnyOrder(HONEST, "dumpfiles/shop-0/unknown-and-newer.hprof");
	}

	@Test
	void whatNobodyHasCheckedStaysUntilSomebodyDoes() {
		enter("dumpfiles/shop-0/older.hprof", WHOLE, days(-10));
		enter(HONEST, WHOLE, days(-9));
		triage();
		enter("dumpfiles/shop-0/older-and-new.hprof", WHOLE, days(-10));
		enter("dumpfiles/shop-0/new-1.hprof", "x", days(-8));
		enter("dumpfiles/shop-0/new-2.hprof", "x", days(-8));
		assertThat(newest(1)).containsExactlyInAnyOrder(HONEST, "dumpfiles/shop-0/new-1.hprof",
				"dumpfiles/shop-0/new-2.hprof");
		triage();
		assertThat(newest(1)).containsExactly(HONEST);
	}

	@Test
	void theForecastLetsNoFakeTakeThePlaceOfADump() {
		enter(HONEST, WHOLE, days(-9));
		enter("dumpfiles/shop-0/cut.hprof", WHOLE.substring(0, 35), days(-8));
		triage();
		DumpHistory.Workload shop = new DumpHistory.Workload("", "shop");
		DumpHistory history = new DumpHistory(this.jdbc);
		assertThat(history.newest("v", "dumpfiles/", rules(1), NOW, 9)).singleElement()
			.satisfies((dump) -> assertThat(dump.bytes()).isEqualTo(WHOLE.length()))
			.satisfies((dump) -> assertThat(dump.rank()).isOne());
		assertThat(history.arrivals("v", Instant.EPOCH, NOW, List.of(shop))).filteredOn((sum) -> sum.workload() != null)
			.singleElement()
			.satisfies((sum) -> assertThat(sum.bytes()).isEqualTo(WHOLE.length()));
	}

	/** The keys that are kept, which have to be the bytes that the forecast keeps. */
	private Set<String> newest(int count) {
		Set<String> kept = new ExpiryBlockerRepository(this.rows.jdbc()).newest("v", count, NOW.minus(KEEP_FOR), NOW);
		long bytes = this.jdbc
			.query("SELECT object_key, size FROM dump",
					(row, number) -> Map.entry(DumpRepository.key(row, 1), row.getLong(2)))
			.stream()
			.filter((dump) -> kept.contains(dump.getKey()))
			.mapToLong(Map.Entry::getValue)
			.sum();
		Instant soon = NOW.plus(Duration.ofDays(2));
		assertThat(new DumpHistory(this.jdbc).expiries("v", "dumpfiles/", rules(count), NOW)
			.entrySet()
			.stream()
			.filter((expiry) -> expiry.getKey().isAfter(soon))
			.collect(Collectors.summingLong(Map.Entry::getValue))).isEqualTo(bytes);
		return kept;
	}

	private static DumpHistory.Rules rules(int count) {
		return new DumpHistory.Rules(Duration.ofDays(1), false, Duration.ZERO, count, KEEP_FOR);
	}

	private static Instant days(int days) {
		return NOW.plus(Duration.ofDays(days));
	}

	private void enter(String key, String content, Instant modified) {
		this.bucket.with(key, content, modified);
		this.rows
			.insert("v",
					List.of(new DumpRepository.Seen(
							this.classifier.of(new ObjectEntry(key, content.length(), modified)), 0, null, null)),
					this.names::of, NOW.minus(Duration.ofHours(1)));
	}

	private void triage() {
		new DumpTriage(this.rows, new FailureRepository(this.jdbc), new InMemoryGateway().with(this.bucket),
				new DumpRules(this.classifier, DumpFormats.KNOWN),
				new LedgerProperties(List.of(), Duration.ofMinutes(10), Duration.ofMinutes(10), 1, false),
				new NotificationStatus(true), Progress.NONE, new StopSignal(), Clock.fixed(NOW, ZoneOffset.UTC))
			.triage(NOW, List.of("v"));
	}

}
