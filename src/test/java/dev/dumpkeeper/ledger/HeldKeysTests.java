package dev.dumpkeeper.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hold belongs to a key and to what is written there, until somebody releases it.
 */
class HeldKeysTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private static final ObjectKey KEY = new ObjectKey("dumpfiles/a.hprof");

	private final ObjectClassifier classifier = new ObjectClassifier(new Globs(List.of("*.hprof")));

	private final LedgerDatabase database = LedgerDatabase.h2();

	private final DumpRepository rows = new DumpRepository(this.database.jdbc(), this.database.transaction());

	@Test
	void aHoldOutlivesATouch() {
		write("v", 1, NOW);
		hold(NOW.plus(Duration.ofDays(7)));
		end(DumpRepository.Fate.REPLACED);
		write("v", 2, NOW.plusSeconds(60));
		assertThat(this.rows.held("v", NOW.plusSeconds(60))).containsExactly(KEY.value());
		assertThat(present().heldBy()).isEqualTo("ann");
		assertThat(present().heldWhy()).isEqualTo("evidence");
	}

	@Test
	void aHoldOutlivesThatTheFileIsGoneForAWhileAndMoreThanOneTouch() {
		write("v", 1, NOW);
		hold(NOW.plus(Duration.ofDays(7)));
		end(DumpRepository.Fate.VANISHED);
		for (int i = 1; i < 4; i++) {
			write("v", i, NOW.plusSeconds(i));
			assertThat(this.rows.held("v", NOW.plusSeconds(i))).containsExactly(KEY.value());
			end(DumpRepository.Fate.REPLACED);
		}
	}

	@Test
	void aReleaseEndsItForWhatIsWrittenLater() {
		write("v", 1, NOW);
		hold(NOW.plus(Duration.ofDays(7)));
		end(DumpRepository.Fate.REPLACED);
		write("v", 2, NOW.plusSeconds(60));
		this.rows.hold(present(), null, null, null);
		end(DumpRepository.Fate.REPLACED);
		write("v", 3, NOW.plusSeconds(120));
		assertThat(this.rows.held("v", NOW.plusSeconds(120))).isEmpty();
	}

	@Test
	void aHoldThatIsOverDoesNotComeBack() {
		write("v", 1, NOW);
		hold(NOW.plus(Duration.ofDays(7)));
		end(DumpRepository.Fate.REPLACED);
		write("v", 2, NOW.plus(Duration.ofDays(8)));
		assertThat(present().heldUntil()).isNull();
	}

	@Test
	void aHoldIsNoOtherKeysNorVolumes() {
		write("v", 1, NOW);
		hold(NOW.plus(Duration.ofDays(7)));
		end(DumpRepository.Fate.REPLACED);
		write("w", 1, NOW);
		this.rows.insert("v", List.of(seen("dumpfiles/a.hprof ", 1, NOW), seen("dumpfiles/A.hprof", 1, NOW)),
				(name) -> DumpOrigin.UNKNOWN, NOW);
		assertThat(this.rows.held("w", NOW)).isEmpty();
		assertThat(this.rows.held("v", NOW)).isEmpty();
	}

	@Test
	void theHolderIsNamedFirstWhenTheFileIsWrittenAgain() {
		write("v", 1, NOW);
		hold(NOW.plus(Duration.ofDays(7)));
		assertThat(holders(1)).containsExactly("none");
		end(DumpRepository.Fate.REPLACED);
		write("v", 2, NOW.plusSeconds(60));
		this.rows.insert("v", List.of(seen("dumpfiles/b.hprof", 1, NOW.plusSeconds(90))), (name) -> DumpOrigin.UNKNOWN,
				NOW);
		assertThat(holders(2)).containsExactly("ann", "none");
		assertThat(holders(1)).containsExactly("ann");
	}

	@Test
	void whoHoldsWhatIsThereNowHeldNothingElse() {
		write("v", 1, NOW);
		hold(NOW.plus(Duration.ofDays(7)));
		end(DumpRepository.Fate.REPLACED);
		write("v", 2, NOW.plusSeconds(60));
		hold(NOW.plus(Duration.ofDays(8)));
		assertThat(holders(1)).containsExactly("none");
	}

	private List<String> holders(int count) {
		this.database.jdbc().update("UPDATE dump SET state = 'COMPLETE' WHERE present = TRUE");
		UnnotifiedDumpRepository unnotified = new UnnotifiedDumpRepository(this.database.jdbc());
		Instant later = NOW.plus(Duration.ofHours(2));
		return unnotified.groups(later, Set.of(), 100)
			.stream()
			.flatMap((group) -> unnotified.newest(group, count, later).stream())
			.map((dump) -> Objects.requireNonNullElse(dump.holder(), "none"))
			.toList();
	}

	private void write(String volume, long size, Instant at) {
		this.rows.insert(volume, List.of(seen(KEY.value(), size, at)), (name) -> DumpOrigin.UNKNOWN, at);
	}

	private DumpRepository.Seen seen(String name, long size, Instant at) {
		return new DumpRepository.Seen(this.classifier.of(new ObjectEntry(name, size, at)), 0, null, null);
	}

	private void hold(Instant until) {
		this.rows.hold(present(), until, "ann", "evidence");
	}

	private void end(DumpRepository.Fate fate) {
		this.rows.end(List.of(present().id()), fate, NOW, null);
	}

	private Dump present() {
		return this.rows.find("v", KEY).orElseThrow();
	}

}
