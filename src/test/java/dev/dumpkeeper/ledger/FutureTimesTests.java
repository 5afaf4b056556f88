package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
import dev.dumpkeeper.scan.ScannedObject;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files whose times lie in the future, in the ledger on the embedded database.
 */
class FutureTimesTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private static final Instant FAR = Instant.parse("2106-02-07T06:28:15Z");

	private final InMemoryBucket bucket = new InMemoryBucket("v");

	private final JdbcTemplate jdbc;

	private final DumpRepository rows;

	private final ObjectClassifier classifier = new ObjectClassifier(new Globs(List.of("*.hprof")));

	private final DumpNames names = new DumpNames(List.of(), List.of("dumpfiles"));

	FutureTimesTests() {
		LedgerDatabase database = LedgerDatabase.h2();
		this.jdbc = database.jdbc();
		this.rows = new DumpRepository(this.jdbc, database.transaction());
	}

	@ParameterizedTest
	@ValueSource(strings = { "2106-02-07T06:28:15Z", "2262-04-11T23:47:16Z", "2026-11-26T08:00:01Z" })
	void whatIsSaidToBeWrittenInTheFutureIsNotWrittenForEver(Instant future) {
		enter("a.hprof", future, null, NOW.minus(Duration.ofMinutes(11)));
		enter("b.hprof", NOW.minus(Duration.ofDays(3)), future, NOW.minus(Duration.ofMinutes(11)));
		enter("young.hprof", future, future, NOW.minus(Duration.ofMinutes(9)));
		triage();
		assertThat(states()).containsExactly("a.hprof TRUNCATED", "b.hprof TRUNCATED", "young.hprof WRITING");
	}

	@Test
	void aClockThatIsWrongByLessThanADayIsBelieved() {
		enter("a.hprof", NOW.plus(Duration.ofHours(23)), null, NOW.minus(Duration.ofDays(9)));
		triage();
		assertThat(states()).containsExactly("a.hprof WRITING");
	}

	@Test
	void aDumpFromTheFutureIsNobodysNewestForEver() {
		enter("old.hprof", FAR, null, NOW.minus(Duration.ofDays(9)));
		enter("new.hprof", NOW.minus(Duration.ofDays(2)), null, NOW.minus(Duration.ofDays(2)));
		this.jdbc.update("UPDATE dump SET state = 'COMPLETE', environment = 'dev', workload = 'shop'");
		assertThat(new ExpiryBlockerRepository(this.rows.jdbc()).newest("v", 1, Instant.EPOCH, NOW))
			.containsExactly("new.hprof");
		assertThat(new ExpiryBlockerRepository(this.rows.jdbc()).newest("v", 2, NOW.minus(Duration.ofDays(5)), NOW))
			.containsExactly("new.hprof");
	}

	@Test
	void theirAgesCountFromWhenTheyWereFirstSeen() {
		enter("a.hprof", FAR, null, NOW);
		enter("b.hprof", NOW.plus(Duration.ofDays(1)), null, NOW);
		List<FutureDump> found = new ArrayList<>();
		new ExpiryBlockerRepository(this.rows.jdbc()).fromTheFuture("v", NOW).forEachRemaining(found::add);
		assertThat(found).containsExactly(new FutureDump("a.hprof", FAR, NOW));
		Dump dump = this.rows.find("v", new ObjectKey("a.hprof")).orElseThrow();
		assertThat(dump.isFromTheFuture(NOW)).isTrue();
		assertThat(dump.agesFrom(NOW)).isEqualTo(NOW);
		assertThat(dump.agesFrom(FAR)).isEqualTo(FAR);
	}

	@Test
	void aTimeBeyondAnyCalendarIsKeptAsTheLastOneAndChangesNothingLater() {
		ScannedObject object = new ScannedObject(new ObjectEntry("a.hprof", 5, Instant.MAX), ScannedObject.Kind.DUMP);
		ScannedObject early = new ScannedObject(new ObjectEntry("b.hprof", 5, Instant.MIN), ScannedObject.Kind.DUMP);
		scan().enter("v", List.of(object), NOW);
		scan().enter("v", List.of(object), NOW.plusSeconds(60));
		scan().enter("v", List.of(early), NOW);
		assertThat(this.jdbc.queryForList("SELECT first_seen FROM dump", Long.class))
			.containsExactly(NOW.toEpochMilli(), NOW.toEpochMilli());
		assertThat(this.rows.find("v", new ObjectKey("a.hprof"))).get()
			.extracting(Dump::lastModified)
			.hasToString("9999-12-31T23:59:59.999Z");
	}

	@SuppressWarnings("NullAway")
	private LedgerReconciler scan() {
		return new LedgerReconciler(this.rows, this.names, new InMemoryGateway().with(this.bucket), null,
				Clock.fixed(NOW, ZoneOffset.UTC));
	}

	private void enter(String key, Instant modified, @Nullable Instant fragmentAt, Instant firstSeen) {
		byte[] front = "JAVA PROFILE 1.0.2".getBytes(StandardCharsets.US_ASCII);
		this.bucket.put(new ObjectKey(key), front);
		this.rows.insert("v",
				List.of(new DumpRepository.Seen(this.classifier.of(new ObjectEntry(key, front.length, modified)), 0,
						null, fragmentAt)),
				this.names::of, firstSeen);
	}

	private void triage() {
		new DumpTriage(this.rows, new FailureRepository(this.jdbc), new InMemoryGateway().with(this.bucket),
				new DumpRules(this.classifier, DumpFormats.KNOWN),
				new LedgerProperties(List.of(), Duration.ofMinutes(10), Duration.ofMinutes(10), 1, false),
				new NotificationStatus(true), Progress.NONE, new StopSignal(), Clock.fixed(NOW, ZoneOffset.UTC))
			.triage(NOW, List.of("v"));
	}

	private List<String> states() {
		return this.jdbc.query("SELECT object_key, state FROM dump ORDER BY object_key",
				(row, number) -> DumpRepository.key(row, 1) + " " + row.getString(2));
	}

}
