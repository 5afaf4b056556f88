package dev.dumpkeeper.retention;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.InMemoryBucket.Manners;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.TestScans;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the batches of {@link VolumeSweep}: how many keys go at once, what proves
 * that they went, what follows where they did not, and which directories go after them.
 */
class VolumeSweepBatchTests {

	private static final Duration OLD = Duration.ofDays(20);

	private RetentionLab lab = new RetentionLab();

	private final Run run = this.lab.run(1);

	private final LateWorkers workers = new LateWorkers();

	@AfterEach
	void close() {
		this.lab.close();
	}

	private void lab(PathTrust paths) {
		this.lab.close();
		this.lab = new RetentionLab(paths, "dumpfiles");
	}

	@ParameterizedTest
	@CsvSource({ "TRUSTED, JUICEFS_1_4, 100", "TRUSTED, JUICEFS_1_3, 100", "CHECKED, JUICEFS_1_4, 20 20 60",
			"CHECKED, JUICEFS_1_3, 20 20 20 20 20", "UNKNOWN, JUICEFS_1_4, 20 20 20 20 20",
			"UNKNOWN, JUICEFS_1_3, 20 20 20 20 20" })
	void batchesAreShortWhereALinkPutInPlaceMeanwhileWouldBeFollowed(PathTrust paths, Manners manners, String sizes) {
		lab(paths);
		this.lab.bucket.manners(manners);
		many(100);
		plan();
		sweep();
		assertThat(String.join(" ", batches().stream().map(String::valueOf).toList())).isEqualTo(sizes);
		assertThat(this.lab.bucket.files()).isEmpty();
	}

	@Test
	void aDirectoryWithoutItsMarkerIsEmptiedByHalvesAndOneBatchAtATime() {
		many(100);
		this.lab.bucket.full(true);
		this.lab.markers.keep(this.run, RetentionLab.VOLUME);
		plan();
		sweep(3);
		assertThat(batches()).containsExactly(50, 25, 12, 6, 3, 2);
		assertThat(this.lab.bucket.calls("delete")).filteredOn((call) -> call.endsWith(".hprof")).hasSize(2);
		assertThat(this.workers.most()).isOne();
		assertThat(this.lab.bucket.calls("put")).as("tried after each batch, and once before").hasSize(1 + 8);
	}

	@Test
	void onceItsMarkerIsBackADirectoryIsEmptiedAtOnce() {
		many(100);
		this.lab.bucket.full(true);
		this.lab.markers.keep(this.run, RetentionLab.VOLUME);
		plan();
		this.lab.bucket.afterDelete(() -> this.lab.bucket.full(false));
		sweep();
		assertThat(batches()).containsExactly(50, 50);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/.keep");
	}

	@Test
	void whereABulkDeleteWouldReachSomethingElseKeysGoSingly() {
		this.lab.old("dumpfiles/a/1.hprof", "dumpfiles/a/2.hprof", "dumpfiles/b/1.hprof", "dumpfiles/b/2.hprof")
			.file("v/dumpfiles/a", Duration.ZERO);
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("v/dumpfiles/a");
		assertThat(this.lab.bucket.calls("deleteAll")).containsExactly("dumpfiles/b/1.hprof dumpfiles/b/2.hprof");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x01, 0x0D, 0x1F, 0x7F, 0xFFFE, 0xFFFF })
	void aNameThatXmlCannotCarryGoesByItself(int codePoint) {
		String character = Character.toString(codePoint);
		this.lab.old("dumpfiles/a" + character, "dumpfiles/b", "dumpfiles/c");
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.files()).isEmpty();
		assertThat(this.lab.bucket.calls("deleteAll")).noneMatch((call) -> call.contains(character));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x20, 0x7E, 0x80, 0xFFFC })
	void aNameThatXmlCanCarryGoesWithOthers(int codePoint) {
		String character = Character.toString(codePoint);
		this.lab.old("dumpfiles/a" + character, "dumpfiles/b");
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.calls("deleteAll")).singleElement().asString().contains(character);
	}

	@Test
	void aSingleKeyGoesByAPlainDelete() {
		this.lab.old("dumpfiles/a");
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.calls("delete")).containsExactly("dumpfiles/a");
		assertThat(this.lab.bucket.calls("deleteAll")).isEmpty();
	}

	@Test
	void aFewKeysThatAreNamedAsDeletedAreEachProvedToBeGone() {
		this.lab.bucket.manners(Manners.JUICEFS_1_3);
		many(20);
		plan();
		sweep();
		assertThat(this.lab.outcomes(this.run).values()).containsOnly("DELETED").hasSize(20);
	}

	@Test
	void ofManyKeysThatAreNamedAsDeletedOneIsProvedAndTheNextScanProvesTheOthers() {
		this.lab.bucket.manners(Manners.JUICEFS_1_3).undeletable(name(7));
		many(21);
		plan();
		sweep();
		assertThat(this.lab.outcomes(this.run)).containsEntry(name(7), "FAILED")
			.containsEntry(name(20), "DELETED")
			.containsEntry(name(8), "DELETE_ACCEPTED");
		assertThat(this.lab.volumePlan(this.run).deleted()).isEqualTo(20);
		this.lab.plan(this.lab.run(2));
		assertThat(this.lab.outcomes(this.run)).containsEntry(name(8), "DELETED")
			.doesNotContainValue("DELETE_ACCEPTED");
	}

	@Test
	void whatIsSaidToBeDeletedAndIsStillThereAtTheNextScanHasFailedAndIsLeftAlone() {
		this.lab.bucket.manners(Manners.JUICEFS_1_3);
		many(30);
		plan();
		this.lab.bucket.afterDelete(() -> this.lab.old(name(5)));
		sweep();
		assertThat(this.lab.outcomes(this.run)).containsEntry(name(5), "DELETE_ACCEPTED");
		Run next = this.lab.run(2);
		this.lab.plan(next);
		assertThat(this.lab.outcomes(this.run)).containsEntry(name(5), "FAILED");
		assertThat(this.lab.quarantine.of(RetentionLab.VOLUME, 9)).extracting(Quarantine.Entry::key)
			.containsExactly(name(5));
		assertThat(this.lab.outcomes(next)).isEqualTo(Map.of(name(5), "QUARANTINED"));
	}

	@Test
	void whereADirectoryWasRefusedItsKeysAreTriedSinglyAndTheOthersAreDone() {
		this.lab.old("dumpfiles/p/1", "dumpfiles/p/2", "dumpfiles/p/3", "dumpfiles/q/1", "dumpfiles/q/2");
		this.lab.bucket.undeletable("dumpfiles/p/2");
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/p/2");
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of("dumpfiles/p/1", "DELETED", "dumpfiles/p/2", "FAILED",
				"dumpfiles/p/3", "DELETED", "dumpfiles/q/1", "DELETED", "dumpfiles/q/2", "DELETED"));
		assertThat(this.lab.bucket.calls("delete")).filteredOn((call) -> !call.endsWith("/"))
			.containsExactly("dumpfiles/p/1", "dumpfiles/p/2", "dumpfiles/p/3");
		assertThat(this.lab.items.details(this.lab.volumePlan(this.run).key(), Outcome.FAILED, 9)).singleElement()
			.extracting(Map.Entry::getValue)
			.asString()
			.startsWith("still there after its delete was accepted");
	}

	@Test
	void whatIsWrittenAgainBetweenARefusalAndTheRetryStays() {
		this.lab.old("dumpfiles/p/1", "dumpfiles/p/2");
		this.lab.bucket.undeletable("dumpfiles/p/2");
		this.lab.plan(this.run);
		this.lab.bucket.afterDelete(() -> {
			if (this.lab.bucket.calls("delete").isEmpty()) {
				this.lab.file("dumpfiles/p/1", Duration.ZERO);
			}
		});
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).contains("dumpfiles/p/1");
		assertThat(this.lab.outcomes(this.run)).containsEntry("dumpfiles/p/1", "CHANGED");
	}

	@Test
	void whatIsWrittenAgainInTheMomentOfTheDeleteIsReportedByItsCheck() {
		this.lab.old("dumpfiles/a", "dumpfiles/b");
		this.lab.plan(this.run);
		this.lab.bucket.afterDelete(() -> this.lab.file("dumpfiles/b", Duration.ZERO));
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/b");
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of("dumpfiles/a", "DELETED", "dumpfiles/b", "CHANGED"));
	}

	@ParameterizedTest
	@EnumSource(names = { "UNAVAILABLE", "DENIED" })
	void aGatewayThatIsIllOrRefusesUsEndsTheSweep(Kind kind) {
		this.lab.old("dumpfiles/a");
		this.lab.plan(this.run);
		failDeletes(kind);
		this.lab.sweep(this.run);
		assertThat(this.lab.volumePlan(this.run).failure()).isEqualTo("no");
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of("dumpfiles/a", "DELETE_SENT"));
		assertThat(this.lab.quarantine.of(RetentionLab.VOLUME, 9)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "NOT_FOUND", "REJECTED", "FULL", "ABSENT" })
	void aKeyThatIsRefusedFailsByItselfWithTheGatewaysWords(Kind kind) {
		this.lab.old("dumpfiles/a");
		this.lab.plan(this.run);
		failDeletes(kind);
		this.lab.sweep(this.run);
		assertThat(this.lab.volumePlan(this.run).failure()).isNull();
		assertThat(this.lab.items.details(this.lab.volumePlan(this.run).key(), Outcome.FAILED, 9))
			.containsExactly(Map.entry("dumpfiles/a", "no"));
		assertThat(this.lab.quarantine.of(RetentionLab.VOLUME, 9)).singleElement()
			.extracting(Quarantine.Entry::reason)
			.isEqualTo("no");
	}

	@ParameterizedTest
	@EnumSource(names = { "UNAVAILABLE", "DENIED", "FULL" })
	void aBulkDeleteThatFailsOtherwiseThanByARefusalEndsTheSweep(Kind kind) {
		this.lab.old("dumpfiles/a", "dumpfiles/b");
		this.lab.plan(this.run);
		failDeletes(kind);
		this.lab.sweep(this.run);
		assertThat(this.lab.volumePlan(this.run).failure()).isEqualTo("no");
		assertThat(this.lab.outcomes(this.run).values()).containsOnly("DELETE_SENT");
	}

	@Test
	void refusalsAreCountedForEachDirectoryByItself() {
		for (int i = 0; i < 19; i++) {
			String one = "dumpfiles/p/%02d".formatted(i);
			String other = "dumpfiles/q/%02d".formatted(i);
			this.lab.old(one, other);
			this.lab.bucket.undeletable(one).undeletable(other);
		}
		this.lab.old("dumpfiles/p/last", "dumpfiles/q/last");
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.calls("delete")).contains("dumpfiles/p/last", "dumpfiles/q/last");
		assertThat(this.lab.bucket.files()).hasSize(38);
	}

	@Test
	void theRetentionDirectoryItselfStays() {
		this.lab.old("dumpfiles/a", "dumpfiles/b");
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.directories()).containsExactly("dumpfiles/");
	}

	@Test
	void aDirectoryGoesAfterTheLastOfItsOwnDirectories() {
		this.lab.old("dumpfiles/.keep", "dumpfiles/p/a/1", "dumpfiles/p/a/2", "dumpfiles/p/b/1", "dumpfiles/p/b/2",
				"dumpfiles/q/1", "dumpfiles/q/2");
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.directories()).containsExactly("dumpfiles/");
		assertThat(this.lab.bucket.calls("delete")).containsExactly("dumpfiles/p/a/", "dumpfiles/p/b/", "dumpfiles/q/");
	}

	@Test
	void aDirectoryThatAPodHasFilledMeanwhileIsNotAskedToGo() {
		this.lab.old("dumpfiles/.keep", "dumpfiles/p/1", "dumpfiles/p/2");
		this.lab.plan(this.run);
		this.lab.bucket.afterDelete(() -> this.lab.file("dumpfiles/p/new", Duration.ZERO));
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.calls("delete")).isEmpty();
		assertThat(this.lab.bucket.files()).contains("dumpfiles/p/new");
	}

	@Test
	void aFileInThePlaceOfAnEmptyDirectoryIsNotAskedToGo() {
		emptyDirectory();
		this.lab.plan(this.run);
		assertThat(this.lab.planned(this.run)).containsExactly("dumpfiles/empty/");
		this.lab.bucket.without("dumpfiles/empty").with("dumpfiles/empty", 1, RetentionLab.NOW);
		this.lab.sweep(this.run);
		assertThat(this.lab.bucket.files()).contains("dumpfiles/empty");
		assertThat(this.lab.bucket.calls("delete")).isEmpty();
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of("dumpfiles/empty/", "CHANGED"));
	}

	@Test
	void anEmptyDirectoryThatDoesNotGoIsNotCalledGone() {
		emptyDirectory();
		this.lab.bucket.undeletable("dumpfiles/empty/");
		this.lab.pass(this.run);
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of("dumpfiles/empty/", "CHANGED"));
	}

	@Test
	void anEmptyDirectoryGoesAndIsNoObject() {
		emptyDirectory();
		this.lab.pass(this.run);
		assertThat(this.lab.outcomes(this.run)).isEqualTo(Map.of("dumpfiles/empty/", "DELETED"));
		assertThat(this.lab.bucket.directories()).containsExactly("dumpfiles/");
		assertThat(this.lab.volumePlan(this.run).deleted()).isZero();
	}

	@Test
	void anEmptyDirectoryBetweenTheFilesOfABatchGoesToo() {
		emptyDirectory();
		this.lab.old("dumpfiles/a", "dumpfiles/z");
		this.lab.pass(this.run);
		assertThat(this.lab.bucket.files()).containsExactly("dumpfiles/.keep");
		assertThat(this.lab.bucket.directories()).containsExactly("dumpfiles/");
		assertThat(this.lab.volumePlan(this.run).deleted()).isEqualTo(2);
	}

	@Test
	void wherePathsAreNotKnownDirectoriesStay() {
		lab(PathTrust.UNKNOWN);
		this.lab.old("dumpfiles/p/a.hprof", "dumpfiles/p/b.hprof");
		plan();
		sweep();
		assertThat(this.lab.bucket.files()).isEmpty();
		assertThat(this.lab.bucket.directories()).contains("dumpfiles/p/");
	}

	private void emptyDirectory() {
		this.lab.old("dumpfiles/.keep");
		this.lab.bucket.with("dumpfiles/empty/x", 1, RetentionLab.NOW.minus(OLD)).without("dumpfiles/empty/x");
	}

	private void failDeletes(Kind kind) {
		this.lab.bucket.beforeDelete(() -> {
			throw new GatewayException(kind, "no", null);
		});
	}

	/** Plans, where the ledger has seen that all dumps are whole. */
	private void plan() {
		this.lab.dumps.list(RetentionLab.VOLUME);
		this.lab.jdbc.update("UPDATE dump SET state = 'COMPLETE'");
		this.lab.plan(this.run);
	}

	private void sweep() {
		sweep(1);
	}

	private void sweep(int parallelBatches) {
		this.lab.sweep(this.run, TestScans.walk(this.lab.stop), this.workers, parallelBatches);
	}

	/** The sizes of the bulk deletes. */
	private List<Integer> batches() {
		return this.lab.bucket.calls("deleteAll").stream().map((call) -> call.split(" ").length).toList();
	}

	private void many(int count) {
		this.lab.old(IntStream.range(0, count).mapToObj(VolumeSweepBatchTests::name).toArray(String[]::new));
	}

	private static String name(int number) {
		return "dumpfiles/%02d.hprof".formatted(number);
	}

}
