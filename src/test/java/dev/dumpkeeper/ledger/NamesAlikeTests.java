package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedDump;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that differ by a space, a case, a form or a NUL: for the database they are as
 * different as for Java, or a group would lose its pods. On the embedded database.
 */
class NamesAlikeTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private static final List<String> NAMES = List.of("!", "! ", "!  ", "A", "a", "\u00e9", "e\u0301", "z", "z\0");

	private final LedgerDatabase database = database();

	private final DumpRepository rows = new DumpRepository(this.database.jdbc(), this.database.transaction());

	private final ObjectClassifier classifier = new ObjectClassifier(new Globs(List.of("*.hprof")));

	private final DumpNames names = new DumpNames(List.of(), List.of("dumpfiles"));

	private final DumpLedger ledger = new DumpLedger(this.rows, new FailureRepository(this.database.jdbc()), this.names,
			this.classifier, new InMemoryGateway());

	LedgerDatabase database() {
		return LedgerDatabase.h2();
	}

	@Test
	void environmentsAreTheirOwn() {
		enter("environment");
		assertEachIsReportedAlone(UnnotifiedGroup::environment);
	}

	@Test
	void workloadsAreTheirOwn() {
		enter("workload");
		assertEachIsReportedAlone(UnnotifiedGroup::workload);
		assertThat(new ExpiryBlockerRepository(this.rows.jdbc()).newest("v", 1, Instant.EPOCH, NOW))
			.hasSameSizeAs(NAMES);
	}

	@Test
	void directoriesAreTheirOwn() {
		enter("directory");
		assertEachIsReportedAlone(UnnotifiedGroup::ownDirectory);
	}

	@Test
	void volumesAreTheirOwn() {
		enter("volume");
		assertEachIsReportedAlone(UnnotifiedGroup::volume);
		assertThat(new ExpiryBlockerRepository(this.rows.jdbc()).newest("! ", 1, Instant.EPOCH, NOW)).hasSize(1);
	}

	private void assertEachIsReportedAlone(Function<UnnotifiedGroup, String> name) {
		List<UnnotifiedGroup> groups = this.ledger.unnotified(NOW, Set.of(), 100);
		assertThat(groups).extracting(name).containsExactlyInAnyOrderElementsOf(NAMES);
		for (UnnotifiedGroup group : groups) {
			assertThat(group.dumps()).isOne();
			assertThat(this.ledger.newestUnnotified(group, 3, NOW)).extracting(UnnotifiedDump::key)
				.containsExactly("dumpfiles/" + NAMES.indexOf(name.apply(group)) + ".hprof");
			assertThat(this.ledger.assign(group, 1, 1, NOW)).isOne();
		}
	}

	/** A dump for each name, as the files of strangers can make them. */
	private void enter(String column) {
		List<DumpRepository.Seen> dumps = new ArrayList<>();
		for (int i = 0; i < NAMES.size(); i++) {
			dumps.add(new DumpRepository.Seen(
					this.classifier.of(new ObjectEntry("dumpfiles/" + i + ".hprof", 1, NOW.minusSeconds(3600))), 0,
					null, null));
		}
		this.rows.insert("v", dumps, this.names::of, NOW);
		this.database.jdbc().update("UPDATE dump SET state = 'COMPLETE', directory = ''");
		for (int i = 0; i < NAMES.size(); i++) {
			this.database.jdbc()
				.update("UPDATE dump SET " + column + " = ? WHERE object_key = ?", NAMES.get(i),
						("dumpfiles/" + i + ".hprof").getBytes(StandardCharsets.UTF_8));
		}
	}

}
