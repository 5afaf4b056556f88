package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.ScanVisitor;
import dev.dumpkeeper.scan.VolumeScan;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnmatchedSelectors}.
 */
class UnmatchedSelectorsTests {

	private static final Run RUN = new Run(7, Instant.EPOCH, false);

	private static final Run NEXT = new Run(8, Instant.EPOCH, false);

	private static final List<String> DEFAULTS = List.of("*.hprof", "*.hprof.gz");

	private final Map<String, List<String>> volumes = new LinkedHashMap<>();

	private List<String> patterns = DEFAULTS;

	private List<String> retention = List.of("dumpfiles");

	private List<String> marker = List.of("dumpfiles");

	@Test
	void whatSelectsSomethingIsNotReported() {
		this.volumes.put("a", List.of("dumpfiles/.keep", "dumpfiles/x.hprof", "dumpfiles/x.log"));
		this.volumes.put("b", List.of("else/y"));
		assertThat(unmatched()).isEmpty();
	}

	@Test
	void aNewVolumeWithNothingButItsMarkerIsNothingToReport() {
		this.volumes.put("a", List.of("dumpfiles/.keep"));
		assertThat(unmatched()).isEmpty();
	}

	@Test
	void aMisspeltDirectoryIsReportedWithTheOneThatLooksLikeIt() {
		this.retention = List.of("dumpfile");
		this.volumes.put("a", List.of("data/x", "dumpfiles/.keep", "dumpfiles/x.hprof"));
		assertThat(unmatched()).containsExactly("dumpkeeper.retention.directories: there is no dumpfile in any volume,"
				+ " so nothing expires there; similar: dumpfiles in a");
	}

	@Test
	void aDirectoryThatLiesDeeperIsReportedForBothProperties() {
		this.volumes.put("a", List.of("dev/jfsdata/dumpfiles/x.hprof", "prod/y"));
		assertThat(unmatched()).containsExactly("dumpkeeper.retention.directories and dumpkeeper.marker.directories:"
				+ " there is no dumpfiles in any volume, so nothing expires there;"
				+ " similar: dev/jfsdata/dumpfiles in a");
	}

	@Test
	void whereNothingLooksLikeItTheDirectoriesAreNamed() {
		this.volumes.put("a", List.of("one/x", "two/y", "z"));
		assertThat(unmatched()).singleElement().asString().endsWith("; existing directories: one, two");
	}

	@Test
	void aDirectoryOfTheMarkerAloneIsReported() {
		this.marker = List.of("dumpfiles", "dumps");
		this.volumes.put("a", List.of("dumpfiles/x.hprof"));
		assertThat(unmatched()).containsExactly(
				"dumpkeeper.marker.directories: there is no dumps in any volume; existing directories: dumpfiles");
	}

	@Test
	void aDeepDirectoryIsFoundByWhatLiesBelowIt() {
		this.retention = List.of("a/b/c/d/e/f/g/h");
		this.marker = List.of();
		this.volumes.put("a", List.of("a/b/c/d/e/f/g/h/i/x.hprof"));
		assertThat(unmatched()).isEmpty();
	}

	@Test
	void anEmptyDirectoryIsOne() {
		this.volumes.put("a", List.of("dumpfiles/"));
		assertThat(unmatched()).isEmpty();
	}

	@Test
	void patternsByWhichNothingIsADumpAreReportedWithWhatThereIs() {
		this.volumes.put("a",
				List.of("dumpfiles/1.log", "dumpfiles/2.log", "dumpfiles/3.phd", "dumpfiles/core", "elsewhere/4.txt"));
		assertThat(unmatched()).containsExactly("dumpkeeper.retention.dump-patterns: no file is called *.hprof,"
				+ " *.hprof.gz; files below the retention directories that are no dumps end with .log (2), .phd (1),"
				+ " no extension (1)");
	}

	@Test
	void onePatternOfSeveralIsReportedUnlessItIsADefault() {
		this.patterns = List.of("*.hprof", "*.hprof.gz", "*.pdh");
		this.volumes.put("a", List.of("dumpfiles/1.hprof", "dumpfiles/2.phd"));
		assertThat(unmatched()).singleElement().asString().contains("no file is called *.pdh;", ".phd (1)");
	}

	@Test
	void nothingIsSaidWhereAVolumeWasNotListedToItsEnd() {
		this.volumes.put("a", List.of("one/x"));
		UnmatchedSelectors selectors = selectors();
		selectors.join(RUN, "b").orElseThrow().abandon();
		show(selectors, "a", List.of("one/x"));
		assertThat(selectors.of(RUN, List.of(scan("a"), scan("b")))).isEmpty();
		assertThat(selectors.of(NEXT, List.of(scan("a")))).isEmpty();
		assertThat(selectors.of(RUN, List.of(scan("a")))).isNotEmpty();
	}

	@Test
	void anotherRunForgetsWhatTheEarlierOneSaw() {
		UnmatchedSelectors selectors = selectors();
		show(selectors, RUN, "a", List.of("dumpfiles/x.hprof"));
		show(selectors, NEXT, "a", List.of("one/x"));
		assertThat(selectors.of(NEXT, List.of(scan("a")))).isNotEmpty();
		assertThat(selectors.of(RUN, List.of(scan("a")))).isEmpty();
	}

	@Test
	void whatAnEarlierRunSawLateIsNotTakenForThisOnes() {
		UnmatchedSelectors selectors = selectors();
		ScanVisitor late = selectors.join(RUN, "b").orElseThrow();
		show(selectors, NEXT, "a", List.of("one/x"));
		late.complete(scan("b"));
		assertThat(selectors.of(NEXT, List.of(scan("a")))).isNotEmpty();
	}

	@Test
	void aVolumeWhoseListingFailedMakesItSayNothing() {
		UnmatchedSelectors selectors = selectors();
		show(selectors, RUN, "a", List.of("one/x"));
		assertThat(selectors.of(RUN, List.of(scan("a"), scan("b")))).isEmpty();
		assertThat(selectors.of(RUN, List.of())).isEmpty();
	}

	@Test
	void oneVolumeThatHasTheDirectoryIsEnough() {
		this.volumes.put("a", List.of("one/x"));
		this.volumes.put("b", List.of("dumpfiles/x.hprof"));
		this.volumes.put("c", List.of("two/x"));
		assertThat(unmatched()).isEmpty();
	}

	@Test
	void theFirstFiveThatLookLikeItAreNamed() {
		for (String volume : List.of("a", "b", "c", "d", "e")) {
			this.volumes.put(volume, List.of("dumpfile/x"));
		}
		assertThat(unmatched()).singleElement()
			.asString()
			.endsWith("; similar: dumpfile in a, dumpfile in b, dumpfile in c, dumpfile in d, dumpfile in e");
		this.volumes.put("f", List.of("dumpfile/x"));
		assertThat(unmatched()).singleElement().asString().endsWith(", dumpfile in e and more");
	}

	@Test
	void aDirectoryDeeperThanSixIsNobodysForDumps() {
		this.volumes.put("a", List.of("1/2/3/4/5/dumpfiles/x"));
		assertThat(unmatched()).singleElement().asString().endsWith("; similar: 1/2/3/4/5/dumpfiles in a");
		this.volumes.put("a", List.of("1/2/3/4/5/6/dumpfiles/x"));
		assertThat(unmatched()).singleElement().asString().endsWith("; existing directories: 1");
	}

	@Test
	void fiftyNamesOfAVolumeAreKept() {
		this.volumes.put("a", IntStream.range(0, 60).mapToObj("%02d/x"::formatted).toList());
		assertThat(unmatched()).singleElement()
			.asString()
			.endsWith("; existing directories: 00, 01, 02, 03, 04 and more");
		this.volumes.put("a", IntStream.range(0, 60).mapToObj((i) -> "%02d/dumpfiles/x".formatted(59 - i)).toList());
		assertThat(unmatched()).singleElement()
			.asString()
			.as("the first fifty that were listed")
			.endsWith(
					"; similar: 10/dumpfiles in a, 11/dumpfiles in a, 12/dumpfiles in a, 13/dumpfiles in a, 14/dumpfiles in a"
							+ " and more");
	}

	@Test
	void fiftyEndingsAreKeptAndAllTheirFilesAreCounted() {
		List<String> names = new ArrayList<>(
				IntStream.range(0, 60).mapToObj((i) -> "dumpfiles/x.%02d".formatted(i)).toList());
		names.add("dumpfiles/y.49");
		names.add("dumpfiles/y.50");
		names.add("dumpfiles/z.50");
		this.volumes.put("a", names);
		assertThat(unmatched()).singleElement()
			.asString()
			.endsWith(" that are no dumps end with .49 (2), .00 (1), .01 (1), .02 (1), .03 (1)");
	}

	@Test
	void theMostFrequentEndingsOfAllVolumesComeFirst() {
		this.volumes.put("a", List.of("dumpfiles/1.log", "dumpfiles/1.phd"));
		this.volumes.put("b", List.of("dumpfiles/2.phd"));
		assertThat(unmatched()).singleElement().asString().endsWith(" end with .phd (2), .log (1)");
	}

	@Test
	void filesOutsideTheRetentionDirectoriesAndMarkersAreNotCounted() {
		this.marker = List.of("dumpfiles", "markers");
		this.volumes.put("a", List.of("dumpfiles/.keep", "dumpfiles/empty/", "markers/x.log", "x.txt", "y/x.txt"));
		assertThat(unmatched()).isEmpty();
	}

	@Test
	void aReceiptIsNoFileThatIsNoDump() {
		this.volumes.put("a", List.of("dumpfiles/x.hprof.event"));
		assertThat(unmatched()).isEmpty();
	}

	@Test
	void aPatternThatMatchesInOneVolumeIsMatched() {
		this.patterns = List.of("*.phd", "*.dmp");
		this.volumes.put("a", List.of("dumpfiles/1.log", "dumpfiles/1.phd"));
		this.volumes.put("b", List.of("dumpfiles/1.dmp"));
		assertThat(unmatched()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "dumpfiles, dumpfile, true", "Dumpfiles, dumpfiles, true", "dumps, dumpfiles, false",
			"dump-files, dumpfiles, true", "dumpfiles-old, dumpfiles, true", "x/y/dumpfiles, dumpfiles, true",
			"a/dumpfiles, b/dumpfiles, true", "dumpfiles, dumpfiles, false", "tmp, log, false", "data, date, true",
			"dat, date, false", "abcd, abyz, true", "abcd, axyz, false", "abcd, abcdef, true", "abcd, bcda, true",
			"abcdefg, abcd, true", "abcdefg, bcd, false", "abcdefgh, bcdefg, true", "abcdefgh, bcdef, false" })
	void aNameIsAlikeByASlipOrTwo(String found, String directory, boolean alike) {
		assertThat(UnmatchedSelectors.isAlike(found, directory)).isEqualTo(alike);
	}

	private List<String> unmatched() {
		UnmatchedSelectors selectors = selectors();
		this.volumes.forEach((volume, names) -> show(selectors, volume, names));
		return selectors.of(RUN, this.volumes.keySet().stream().map(UnmatchedSelectorsTests::scan).toList());
	}

	private UnmatchedSelectors selectors() {
		return new UnmatchedSelectors(
				new RetentionProperties(paths(this.retention), Duration.ofDays(2), Duration.ofHours(1),
						Duration.ofHours(24), 0, Duration.ofDays(14), this.patterns, 8),
				new MarkerProperties(paths(this.marker), ".keep", "keepdir"));
	}

	private static List<DirectoryPath> paths(List<String> directories) {
		return directories.stream().map(DirectoryPath::new).toList();
	}

	private void show(UnmatchedSelectors selectors, String volume, List<String> names) {
		show(selectors, RUN, volume, names);
	}

	private void show(UnmatchedSelectors selectors, Run run, String volume, List<String> names) {
		ScanVisitor visitor = selectors.join(run, volume).orElseThrow();
		ObjectClassifier classifier = new ObjectClassifier(new Globs(this.patterns));
		names.forEach((name) -> visitor.visit(classifier.of(new ObjectEntry(name, 1, Instant.EPOCH))));
		visitor.complete(scan(volume));
	}

	private static VolumeScan scan(String volume) {
		return new VolumeScan(null, RUN.id(), volume, VolumeScan.State.TRUSTED, null, null, null, 0, 0, 0, 0, 0, 0,
				null, null, null);
	}

}
