package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.unit.DataSize;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.NotificationStatus;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.TestScans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Dumps under two keys, of which one may be a link to another's, in the ledger on the
 * embedded database.
 */
class DuplicateDumpsTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private static final Instant WRITTEN = Instant.parse("2026-11-20T08:00:00.250Z");

	private static final Run RUN = new Run(1, NOW, false);

	private final InMemoryBucket ours = new InMemoryBucket("v");

	private final InMemoryBucket theirs = new InMemoryBucket("w");

	private final InMemoryGateway gateway = new InMemoryGateway().with(this.ours)
		.with(this.theirs)
		.pathTrust(PathTrust.UNKNOWN);

	private final LedgerDatabase database = LedgerDatabase.h2();

	private final DumpRepository rows = new DumpRepository(this.database.jdbc(), this.database.transaction());

	private final FailureRepository failures = new FailureRepository(this.database.jdbc());

	private final ObjectClassifier classifier = new ObjectClassifier(new Globs(List.of("*.hprof")));

	@Test
	void theSameSizeInTheSameSecondUnderAnotherKeyIsATwin() {
		enter(this.ours, "a.hprof", WRITTEN, "1");
		enter(this.theirs, "b.hprof", WRITTEN.plusMillis(700), "1");
		assertThat(twin("v", "a.hprof")).contains("w/b.hprof");
		assertThat(twin("w", "b.hprof")).contains("v/a.hprof");
	}

	@Test
	void anotherSizeAnotherSecondAndWhatIsGoneAreNone() {
		enter(this.ours, "a.hprof", WRITTEN, "1");
		enter(this.ours, "longer.hprof", WRITTEN, "12");
		enter(this.theirs, "later.hprof", WRITTEN.plusMillis(750), "1");
		enter(this.theirs, "gone.hprof", WRITTEN, "1");
		this.rows.end(List.of(dump("w", "gone.hprof").id()), DumpRepository.Fate.VANISHED, NOW, null);
		assertThat(twin("v", "a.hprof")).isEmpty();
	}

	@Test
	void theSameKeyInAnotherVolumeIsOne() {
		enter(this.ours, "a.hprof", WRITTEN, "1");
		enter(this.theirs, "a.hprof", WRITTEN, "1");
		assertThat(twin("v", "a.hprof")).contains("w/a.hprof");
	}

	@Test
	void emptyFilesAreNone() {
		enter(this.ours, "a.hprof", WRITTEN, "");
		enter(this.theirs, "b.hprof", WRITTEN, "");
		assertThat(twin("v", "a.hprof")).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = PathTrust.class, names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
	void wherePathsAreKnownOrTrustedThereIsNone(PathTrust trust) {
		enter(this.ours, "a.hprof", WRITTEN, "1");
		enter(this.theirs, "b.hprof", WRITTEN, "1");
		this.gateway.pathTrust(trust);
		assertThat(twin("v", "a.hprof")).isEmpty();
	}

	@Test
	void aLookDoesNotReadOneButHasItTold() {
		enter(this.ours, "a.hprof", WRITTEN, "1");
		enter(this.theirs, "b.hprof", WRITTEN, "1");
		enter(this.ours, "only.hprof", WRITTEN.minusSeconds(60), "1");
		new DumpTriage(this.rows, this.failures, this.gateway, this.classifier,
				new LedgerProperties(List.of(), Duration.ofMinutes(10), Duration.ofMinutes(10), 1, false),
				new NotificationStatus(true), Progress.NONE, new StopSignal(), clock())
			.look(NOW, List.of("v"));
		assertThat(this.ours.calls("read")).isNotEmpty().allSatisfy((call) -> assertThat(call).contains("only.hprof"));
		assertThat(dump("v", "a.hprof").state()).isEqualTo(DumpState.UNKNOWN);
		assertThat(dump("v", "a.hprof").isProven()).isFalse();
		assertThat(DumpState.UNKNOWN.isNotifiable()).isTrue();
		assertThat(this.database.jdbc().queryForList("SELECT reason FROM dump WHERE state = 'UNKNOWN'", String.class))
			.singleElement()
			.asString()
			.contains("w/b.hprof has the same size in the same second", "dumpkeeper.metadata.url");
	}

	@Test
	void theHeapOfOneIsNotReadUntilItsTwinIsGone() {
		enter(this.ours, "a.hprof", WRITTEN, "1");
		enter(this.theirs, "b.hprof", WRITTEN, "1");
		this.database.jdbc().update("UPDATE dump SET state = 'COMPLETE', contents_due = TRUE");
		contents().readDue(RUN, Set.of("v"));
		assertThat(this.ours.calls("read")).isEmpty();
		assertThat(contents().countDue()).isEqualTo(2);
		this.rows.end(List.of(dump("w", "b.hprof").id()), DumpRepository.Fate.VANISHED, NOW, null);
		contents().readDue(RUN, Set.of("v"));
		assertThat(this.ours.calls("read")).isNotEmpty();
	}

	@Test
	void oneIsNotReadOnDemandEither() {
		enter(this.ours, "a.hprof", WRITTEN, "1");
		ObjectEntry entry = this.ours.stat(new ObjectKey("a.hprof")).orElseThrow();
		enter(this.theirs, "b.hprof", entry.lastModified(), "1");
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> contents().inspect("v", new ObjectKey("a.hprof"), false, (more) -> {
			}))
			.withMessageContaining("a.hprof is not read: w/b.hprof has the same size in the same second");
		assertThat(this.ours.calls("read")).isEmpty();
	}

	@Test
	void aSecondKeyThatTheLedgerDoesNotHaveIsFoundByASearchUntilItIsGone() {
		know("a.hprof", 1000, WRITTEN);
		know("only.hprof", 1001, WRITTEN);
		this.theirs.with("data/x", 1000, WRITTEN.plusMillis(700));
		assertThat(twin("v", "a.hprof")).isEmpty();
		search();
		assertThat(twin("v", "a.hprof")).contains("another key of this gateway");
		assertThat(twin("v", "only.hprof")).isEmpty();
		this.theirs.delete(new ObjectKey("data/x"));
		search();
		assertThat(twin("v", "a.hprof")).isEmpty();
	}

	@Test
	void whereAVolumeCannotBeListedTheMarksStay() {
		know("a.hprof", 1000, WRITTEN);
		this.theirs.with("data/x", 1000, WRITTEN);
		search();
		this.theirs.delete(new ObjectKey("data/x"));
		this.gateway.bucket("ill").outage(GatewayException.Kind.UNAVAILABLE);
		search();
		assertThat(twin("v", "a.hprof")).isPresent();
	}

	@Test
	void whatIsWrittenUnderAMarkedKeyIsNotMarked() {
		know("a.hprof", 1000, WRITTEN);
		this.theirs.with("data/x", 1000, WRITTEN);
		search();
		this.rows
			.update(List.of(new DumpRepository.Seen(this.classifier.of(new ObjectEntry("a.hprof", 2000, WRITTEN.plusSeconds(60))),
					dump("v", "a.hprof").id(), null, null)));
		assertThat(new DuplicateDumps(this.database.jdbc(), this.gateway).of("v", "a.hprof", 1000, WRITTEN)).isEmpty();
	}

	@Test
	void moreDumpsThanAPageAreSearched() {
		for (int number = 0; number < 2500; number++) {
			know("d" + number + ".hprof", 1000 + number, WRITTEN);
		}
		this.theirs.with("data/x", 1000, WRITTEN).with("data/y", 3499, WRITTEN);
		search();
		assertThat(this.database.jdbc()
			.queryForList("SELECT size FROM dump WHERE second_key = TRUE ORDER BY size", Long.class))
			.containsExactly(1000L, 3499L);
	}

	@ParameterizedTest
	@EnumSource(value = PathTrust.class, names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
	void wherePathsAreKnownOrTrustedNothingIsSearched(PathTrust trust) {
		know("a.hprof", 1000, WRITTEN);
		this.gateway.pathTrust(trust);
		search();
		assertThat(this.ours.calls("list")).isEmpty();
	}

	private void search() {
		new DuplicateDumpSearch(this.database.jdbc(), this.gateway, TestScans.walk(new StopSignal()), Progress.NONE).mark();
	}

	/** A dump that is at the gateway and in the ledger. */
	private void know(String key, long size, Instant modified) {
		this.ours.with(key, size, modified);
		this.rows.insert("v",
				List.of(new DumpRepository.Seen(this.classifier.of(new ObjectEntry(key, size, modified)), 0, null, null)),
				new DumpNames(List.of(), List.of("dumpfiles"))::of, NOW);
	}

	private Optional<String> twin(String volume, String key) {
		Dump dump = dump(volume, key);
		return new DuplicateDumps(this.database.jdbc(), this.gateway).of(volume, key, dump.size(), dump.lastModified());
	}

	private Dump dump(String volume, String key) {
		return this.rows.find(volume, new ObjectKey(key)).orElseThrow();
	}

	private void enter(InMemoryBucket bucket, String key, Instant modified, String content) {
		byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
		bucket.put(new ObjectKey(key), bytes);
		this.rows.insert(bucket.volume(),
				List.of(new DumpRepository.Seen(this.classifier.of(new ObjectEntry(key, bytes.length, modified)), 0, null, null)),
				new DumpNames(List.of(), List.of("dumpfiles"))::of, NOW);
	}

	private DumpContents contents() {
		return new DumpContents(new DumpContentsRepository(this.database.jdbc(), this.database.transaction()), this.rows,
				this.failures, this.gateway, new ContentsProperties(Duration.ofMinutes(10), DataSize.ofMegabytes(10),
						Duration.ofMinutes(5), DataSize.ofMegabytes(10)),
				Progress.NONE, new StopSignal(), clock());
	}

	private static Clock clock() {
		return Clock.fixed(NOW, ZoneOffset.UTC);
	}

}
