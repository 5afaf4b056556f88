package dev.dumpkeeper.scan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.scan.ScannedObject.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObjectClassifier} and {@link CompanionMatcher}.
 */
class ObjectClassifierTests {

	private final ObjectClassifier classifier = new ObjectClassifier(new Globs(List.of("*.hprof", "*.hprof.gz")));

	@ParameterizedTest
	@CsvSource({ "d/a.hprof, DUMP", "a.hprof.gz, DUMP", "d/a.hprof.event, RECEIPT", "a.hprof.gz.event, RECEIPT",
			"a.hprof.p0, FRAGMENT", "a.hprof.p12, FRAGMENT", "a.hprof.p, OTHER", "a.hprof.px, OTHER",
			"a.log.event, OTHER", "a.p0, OTHER", ".event, OTHER", "a.hprof/, DIRECTORY", "a.hprof/x, OTHER" })
	void theNameShowsTheKind(String name, Kind kind) {
		assertThat(object(name).kind()).isEqualTo(kind);
	}

	@Test
	void companionsNameTheirDump() {
		assertThat(object("d/a.hprof.gz.event").owner()).contains("d/a.hprof.gz");
		assertThat(object("d/a.hprof.p3").owner()).contains("d/a.hprof");
		assertThat(object("d/a.hprof").owner()).isEmpty();
	}

	@Test
	void companionsFindTheirDumpsInTheOrderOfAListing() {
		List<String> closed = new ArrayList<>();
		CompanionMatcher<String> open = new CompanionMatcher<>(closed::add);
		List<String> found = new ArrayList<>();
		for (String name : List.of("a.hprof", "a.hprof.event", "a.hprof.gz", "a.hprof.gz.event", "a.hprof.p0",
				"b.hprof", "c.hprof.event")) {
			ScannedObject object = object(name);
			open.pass(name);
			object.owner().flatMap(open::find).ifPresent((owner) -> found.add(name + " of " + owner));
			if (object.kind() == Kind.DUMP) {
				open.open(name, name);
			}
		}
		open.end();
		assertThat(found).containsExactly("a.hprof.event of a.hprof", "a.hprof.gz.event of a.hprof.gz",
				"a.hprof.p0 of a.hprof");
		assertThat(closed).containsExactly("a.hprof.gz", "a.hprof", "b.hprof");
	}

	private ScannedObject object(String name) {
		return this.classifier.of(new ObjectEntry(name, 1, Instant.EPOCH));
	}

}
