package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import dev.dumpkeeper.run.MovableClock;
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

	private static final String DUPLICATE = " has the same size in the same second, and one may be a link to the other;"
			+ " set dumpkeeper.metadata.url to know which keys are links";

	private static final String NOT_COMPARED = "no pass has compared it with the other keys of the gateway yet,"
			+ " so it may be a link; set dumpkeeper.metadata.url to know which keys are links";

	private static final Run RUN = new Run(1, NOW, false);

	private final InMemoryBucket ours = new InMemoryBucket("v");

	private final InMemoryBucket theirs = new InMemoryBucket("w");

	private final InMemoryGateway gateway = new InMemoryGateway().with(this.ours)
		.with(this.theirs)
		.pathTrust(PathTrust.UNKNOWN);

	private final LedgerDatabase database = LedgerDatabase.h2();

	private final DumpRepository rows = new DumpRepository(this.database.jdbc(), this.database.transaction());

	private final MovableClock clock = new MovableClock();

	private final FailureRepository failures = new FailureRepository(this.database.jdbc());

	private final ObjectClassifier classifier = new ObjectClassifier(new Globs(List.of("*.hprof")));

	@Test
	void theSameSizeInTheSameSecondUnderAnotherKeyIsADuplicate() {
		enter(this.ours, "a.hprof", WRITTEN, "1");
		enter(this.theirs, "b.hprof", WRITTEN.plusMillis(700), "1");
		assertThat(obstacle("v", "a.hprof")).contains("w/b.hprof" + DUPLICATE);
		assertThat(obstacle("w", "b.hprof")).contains("v/a.hprof" + DUPLICATE);
	}

	@Test
	void anotherSizeAnotherSecondAndWhatIsGoneAreNone() {
		enter(this.ours, "a.hprof", WRITTEN, "1");
		enter(this.ours, "longer.hprof", WRITTEN, "12");
		enter(this.theirs, "later.hprof", WRITTEN.plusMillis(750), "1");
		enter(this.theirs, "gone.hprof", WRITTEN, "1");
		this.rows.end(List.of(dump("w", "gone.hprof").id()), DumpRepository.Fate.VANISHED, NOW, null);
		this.theirs.without("gone.hprof");
		search();
		assertThat(obstacle("v", "a.hprof")).isEmpty();
	}

	@Test
	void theSameKeyInAnotherVolumeIsOne() {
		enter(this.ours, "a.hprof", WRITTEN, "1");
		enter(this.theirs, "a.hprof", WRITTEN, "1");
		assertThat(obstacle("v", "a.hprof")).contains("w/a.hprof" + DUPLICATE);
	}

	@Test
	void emptyFilesAreNone() {
		enter(this.ours, "a.hprof", WRITTEN, "");
		enter(this.theirs, "b.hprof", WRITTEN, "");
		assertThat(obstacle("v", "a.hprof")).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = PathTrust.class, names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
	void wherePathsAreKnownOrTrustedThereIsNone(PathTrust trust) {
		enter(this.ours, "a.hprof", WRITTEN, "1");
		enter(this.theirs, "b.hprof", WRITTEN, "1");
		this.gateway.pathTrust(trust);
		assertThat(obstacle("v", "a.hprof")).isEmpty();
	}

	@Test
	void aTriageDoesNotReadOneButHasItReported() {
		enter(this.ours, "a.hprof", WRITTEN, "1");
		enter(this.theirs, "b.hprof", WRITTEN, "1");
		enter(this.ours, "only.hprof", WRITTEN.minusSeconds(60), "1");
		search();
		triage();
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
	void theHeapOfOneIsNotReadUntilItsDuplicateIsGone() {
		enter(this.ours, "a.hprof", WRITTEN, "1");
		enter(this.theirs, "b.hprof", WRITTEN, "1");
		this.database.jdbc().update("UPDATE dump SET state = 'COMPLETE', contents_due = TRUE");
		readDue(contents());
		assertThat(this.ours.calls("read")).isEmpty();
		assertThat(contents().countDue()).isEqualTo(2);
		this.rows.end(List.of(dump("w", "b.hprof").id()), DumpRepository.Fate.VANISHED, NOW, null);
		this.theirs.without("b.hprof");
		search();
		readDue(contents());
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
		assertThat(obstacle("v", "a.hprof")).contains(NOT_COMPARED);
		search();
		assertThat(obstacle("v", "a.hprof")).contains("another key of this gateway" + DUPLICATE);
		assertThat(obstacle("v", "only.hprof")).isEmpty();
		this.theirs.delete(new ObjectKey("data/x"));
		search();
		assertThat(obstacle("v", "a.hprof")).isEmpty();
	}

	@Test
	void whereAVolumeCannotBeListedTheMarksStay() {
		know("a.hprof", 1000, WRITTEN);
		this.theirs.with("data/x", 1000, WRITTEN);
		search();
		this.theirs.delete(new ObjectKey("data/x"));
		this.gateway.bucket("ill").outage(GatewayException.Kind.UNAVAILABLE);
		search();
		assertThat(obstacle("v", "a.hprof")).isPresent();
	}

	@Test
	void whatIsWrittenUnderAMarkedKeyIsNotMarked() {
		know("a.hprof", 1000, WRITTEN);
		this.theirs.with("data/x", 1000, WRITTEN);
		search();
		this.rows.update(List
			.of(new DumpRepository.Seen(this.classifier.of(new ObjectEntry("a.hprof", 2000, WRITTEN.plusSeconds(60))),
					dump("v", "a.hprof").id(), null, null)));
		assertThat(obstacle("v", "a.hprof")).contains(NOT_COMPARED);
		this.ours.with("a.hprof", 2000, WRITTEN.plusSeconds(60));
		search();
		assertThat(obstacle("v", "a.hprof")).isEmpty();
	}

	@Test
	void aReceiptDoesNotMakeADumpANewOne() {
		know("a.hprof", 1000, WRITTEN);
		search();
		this.rows.update(List.of(new DumpRepository.Seen(this.classifier.of(new ObjectEntry("a.hprof", 1000, WRITTEN)),
				dump("v", "a.hprof").id(), NOW, null)));
		assertThat(obstacle("v", "a.hprof")).isEmpty();
	}

	@Test
	void whatNobodyHasComparedIsNeitherReadNorGivenOutUntilItIs() {
		know("a.hprof", 1000, WRITTEN);
		assertThat(obstacle("v", "a.hprof")).contains(NOT_COMPARED);
		triage();
		assertThat(this.ours.calls("read")).isEmpty();
		assertThat(dump("v", "a.hprof").state()).isEqualTo(DumpState.NEW);
		search();
		this.clock.move(Duration.ofMinutes(1));
		triage();
		assertThat(this.ours.calls("read")).isNotEmpty();
		assertThat(dump("v", "a.hprof").state()).isNotEqualTo(DumpState.NEW);
	}

	@Test
	void whatTheLedgerDoesNotKnowIsNotCompared() {
		this.ours.with("a.hprof", 1000, WRITTEN);
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> contents().inspect("v", new ObjectKey("a.hprof"), false, (more) -> {
			}))
			.withMessageContaining("a.hprof is not read: " + NOT_COMPARED);
		assertThat(this.ours.calls("read")).isEmpty();
	}

	@Test
	void whatWasExchangedAfterItWasComparedIsNotRead() {
		know("a.hprof", 1000, WRITTEN);
		search();
		this.ours.with("a.hprof", 3000, WRITTEN);
		assertThat(obstacle("v", "a.hprof")).contains("it is gone or was written since it was listed");
		triage();
		assertThat(this.ours.calls("read")).isEmpty();
	}

	@Test
	void whatAppearsWhileAllIsListedIsNotCompared() {
		know("a.hprof", 1000, WRITTEN);
		this.ours.delete(new ObjectKey("a.hprof"));
		search();
		this.ours.with("a.hprof", 1000, WRITTEN);
		assertThat(obstacle("v", "a.hprof")).contains(NOT_COMPARED);
	}

	@Test
	void aKeyThatIsAwayWhileAllIsListedHidesNoOther() {
		know("a.hprof", 1000, WRITTEN);
		this.theirs.with("data/x", 1000, WRITTEN);
		this.ours.beforeList(() -> this.ours.without("a.hprof"));
		search();
		this.ours.with("a.hprof", 1000, WRITTEN);
		assertThat(obstacle("v", "a.hprof")).contains("another key of this gateway" + DUPLICATE);
		triage();
		assertThat(this.ours.calls("read")).isEmpty();
		assertThat(dump("v", "a.hprof").state()).isEqualTo(DumpState.UNKNOWN);
	}

	@Test
	void newDumpsAreComparedBetweenThePassesAndOnlyThose() {
		know("a.hprof", 1000, WRITTEN);
		know("link.hprof", 1001, WRITTEN);
		this.theirs.with("data/x", 1001, WRITTEN);
		DuplicateDumpSearch search = duplicateSearch();
		search.markNew();
		assertThat(obstacle("v", "a.hprof")).isEmpty();
		assertThat(obstacle("v", "link.hprof")).contains("another key of this gateway" + DUPLICATE);
		int listings = this.theirs.calls("list").size();
		search.markNew();
		assertThat(this.theirs.calls("list")).hasSize(listings);
	}

	@Test
	void newDumpsAreComparedForATenthOfTheTimeAtMost() {
		know("a.hprof", 1000, WRITTEN);
		DuplicateDumpSearch search = new DuplicateDumpSearch(this.database.jdbc(), this.gateway,
				TestScans.walk(new StopSignal()), (what, volume, count) -> this.clock.move(Duration.ofSeconds(5)),
				this.clock);
		search.markNew();
		know("b.hprof", 1001, WRITTEN);
		// Two volumes take ten seconds together.
		this.clock.move(Duration.ofSeconds(89));
		search.markNew();
		assertThat(obstacle("v", "b.hprof")).contains(NOT_COMPARED);
		this.clock.move(Duration.ofSeconds(1));
		search.markNew();
		assertThat(obstacle("v", "b.hprof")).isEmpty();
	}

	@Test
	void moreDumpsThanAPageAreSearched() {
		for (int number = 0; number < 2500; number++) {
			know("d" + number + ".hprof", 1000 + number, WRITTEN);
		}
		this.theirs.with("data/x", 1000, WRITTEN).with("data/y", 3499, WRITTEN);
		search();
		assertThat(this.database.jdbc()
			.queryForList("SELECT size FROM dump WHERE has_duplicate = TRUE ORDER BY size", Long.class))
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
		duplicateSearch().mark();
	}

	private DuplicateDumpSearch duplicateSearch() {
		return new DuplicateDumpSearch(this.database.jdbc(), this.gateway, TestScans.walk(new StopSignal()),
				Progress.NONE, this.clock);
	}

	private void triage() {
		new DumpTriage(this.rows, this.failures, this.gateway, new DumpRules(this.classifier, DumpFormats.KNOWN),
				new LedgerProperties(List.of(), Duration.ofMinutes(10), Duration.ofMinutes(10), 1, false),
				new NotificationStatus(true), Progress.NONE, new StopSignal(), this.clock)
			.triage(NOW, List.of("v"));
	}

	/** A dump that is at the gateway and in the ledger. */
	private void know(String key, long size, Instant modified) {
		this.ours.with(key, size, modified);
		this.rows.insert("v", List
			.of(new DumpRepository.Seen(this.classifier.of(new ObjectEntry(key, size, modified)), 0, null, null)),
				new DumpNames(List.of(), List.of("dumpfiles"))::of, NOW);
	}

	private Optional<String> obstacle(String volume, String key) {
		Dump dump = dump(volume, key);
		return new DuplicateDumps(this.database.jdbc(), this.gateway)
			.against(volume, key, dump.size(), dump.lastModified())
			.map(DuplicateDumps.Obstacle::reason);
	}

	private Dump dump(String volume, String key) {
		return this.rows.find(volume, new ObjectKey(key)).orElseThrow();
	}

	private void enter(InMemoryBucket bucket, String key, Instant modified, String content) {
		byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
		bucket.with(key, content, modified);
		this.rows.insert(bucket.volume(),
				List.of(new DumpRepository.Seen(this.classifier.of(new ObjectEntry(key, bytes.length, modified)), 0,
						null, null)),
				new DumpNames(List.of(), List.of("dumpfiles"))::of, NOW);
	}

	private DumpContents contents() {
		return new DumpContents(new DumpContentsRepository(this.database.jdbc(), this.database.transaction()),
				this.rows, this.failures, this.gateway, DumpFormats.KNOWN,
				new ContentsProperties(Duration.ofMinutes(10), DataSize.ofMegabytes(10), Duration.ofMinutes(5),
						DataSize.ofMegabytes(10), null, DataSize.ofGigabytes(1), Duration.ofMinutes(1)),
				Progress.NONE, new StopSignal(), this.clock);
	}

	private static void readDue(DumpContents contents) {
		contents.due(RUN, Set.of("v")).forEach((part) -> contents.read(RUN, part));
	}

}
