package dev.dumpkeeper.ledger;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.scan.ScannedObject;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a plan names is found by its keys, there or gone.
 */
class PlannedDumpsTests {

	private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

	private final LedgerDatabase database = LedgerDatabase.h2();

	private final DumpRepository rows = new DumpRepository(this.database.jdbc(), this.database.transaction());

	private final PlannedDumps dumps = new PlannedDumps(this.database.jdbc(),
			new DumpNames(List.of(), List.of("dumpfiles")));

	@Test
	void theLastDumpOfAKeyIsFoundThereOrGone() {
		enter("dumpfiles/a.hprof");
		this.rows.expire("v", List.of(new ObjectKey("dumpfiles/a.hprof")), 1, NOW);
		enter("dumpfiles/a.hprof");
		enter("dumpfiles/b.hprof");
		this.rows.expire("v", List.of(new ObjectKey("dumpfiles/b.hprof")), 1, NOW);
		assertThat(this.dumps.byKey("v", List.of("dumpfiles/a.hprof", "dumpfiles/b.hprof", "dumpfiles/c.hprof")))
			.hasSize(2)
			.hasEntrySatisfying("dumpfiles/a.hprof", (dump) -> assertThat(dump.isThere()).isTrue())
			.hasEntrySatisfying("dumpfiles/b.hprof", (dump) -> assertThat(dump.isThere()).isFalse());
		assertThat(this.dumps.byKey("w", List.of("dumpfiles/a.hprof"))).isEmpty();
		assertThat(this.dumps.byKey("v", List.of())).isEmpty();
	}

	@Test
	void aNameHasTheWorkload() {
		assertThat(this.dumps.originOf("dumpfiles/shop-7d9f8c6b5d-x2k4q.hprof").workload()).isEqualTo("shop");
	}

	private void enter(String key) {
		this.rows.insert("v",
				List.of(new DumpRepository.Seen(
						new ScannedObject(new ObjectEntry(key, 1, NOW), ScannedObject.Kind.DUMP), 0, null, null)),
				(name) -> new DumpOrigin("dev", "shop", "shop-1"), NOW);
	}

}
