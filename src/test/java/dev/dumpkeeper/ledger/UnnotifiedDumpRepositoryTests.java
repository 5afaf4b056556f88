package dev.dumpkeeper.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;
import dev.dumpkeeper.scan.ScannedObject;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnnotifiedDumpRepository}: as many workloads as a digest has room for
 * are distinguished, however few volumes they are in.
 */
class UnnotifiedDumpRepositoryTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private final LedgerDatabase database = LedgerDatabase.h2();

	private final DumpRepository rows = new DumpRepository(this.database.jdbc(), this.database.transaction());

	private final UnnotifiedDumpRepository unnotified = new UnnotifiedDumpRepository(this.database.jdbc());

	@Test
	void threeHundredWorkloadsOfOneVolumeAreDistinguished() {
		enter("v", 300);
		assertThat(groups()).hasSize(300).noneMatch(UnnotifiedGroup::isExcess);
	}

	@Test
	void ofMoreTheRestIsOneLineAndAnotherVolumeLosesNothing() {
		enter("v", 301);
		enter("w", 5);
		assertThat(groups()).filteredOn((group) -> group.volume().equals("w")).hasSize(5);
		assertThat(groups()).filteredOn((group) -> group.volume().equals("v"))
			.hasSize(UnnotifiedDumpRepository.APART + 1);
		assertThat(groups()).filteredOn(UnnotifiedGroup::isExcess).singleElement().satisfies((rest) -> {
			assertThat(rest.dumps()).isEqualTo(301 - UnnotifiedDumpRepository.APART);
			assertThat(this.unnotified.assign(rest, 1, 1, NOW)).isEqualTo(301 - UnnotifiedDumpRepository.APART);
		});
	}

	@Test
	void aDumpIsAnnouncedOnceMoreOnRequest() {
		enter("v", 1);
		long id = this.rows.find("v", new ObjectKey("dumpfiles/0.hprof")).orElseThrow().id();
		RepeatedNotifications repeated = new RepeatedNotifications(this.database.jdbc());
		assertThat(repeated.notifyAgain(id)).as("the next digest announces it anyway").isFalse();
		this.unnotified.assign(groups().get(0), 1, 1, NOW);
		assertThat(repeated.notifyAgain(id)).as("a waiting message announces it").isFalse();
		this.unnotified.markNotified(1, 1, NOW);
		assertThat(groups()).isEmpty();
		// Written again lately, so that its turn would come later.
		this.database.jdbc().update("UPDATE dump SET notify_after = ?", NOW.plusSeconds(3600).toEpochMilli());
		assertThat(repeated.notifyAgain(id + 1)).as("another one").isFalse();
		assertThat(repeated.notifyAgain(id)).isTrue();
		assertThat(repeated.notifyAgain(id)).as("it is already to be announced").isFalse();
		assertThat(groups()).singleElement().extracting(UnnotifiedGroup::dumps).isEqualTo(1L);
		assertThat(this.rows.find(id).orElseThrow().notifiedAt()).isNull();
		// What is gone is not announced.
		this.unnotified.assign(groups().get(0), 2, 1, NOW);
		this.unnotified.markNotified(2, 1, NOW);
		this.rows.expire("v", List.of(new ObjectKey("dumpfiles/0.hprof")), 1, NOW);
		assertThat(repeated.notifyAgain(id)).isFalse();
	}

	private List<UnnotifiedGroup> groups() {
		return this.unnotified.groups(NOW, Set.of(), 300);
	}

	private void enter(String volume, int workloads) {
		this.rows
			.insert(volume,
					IntStream.range(0, workloads)
						.mapToObj((i) -> new DumpRepository.Seen(new ScannedObject(
								new ObjectEntry("dumpfiles/" + i + ".hprof", 1, NOW.minusSeconds(3600)),
								ScannedObject.Kind.DUMP), 0, null, null))
						.toList(),
					(name) -> new DumpOrigin("dev", "app" + name.replaceAll("\\D", "") + "x", "", ""), NOW);
		this.database.jdbc().update("UPDATE dump SET state = 'COMPLETE'");
	}

}
