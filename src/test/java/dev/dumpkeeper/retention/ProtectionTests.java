package dev.dumpkeeper.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.DumpStanding;
import dev.dumpkeeper.ledger.DumpState;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectKinds;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Protection}.
 */
class ProtectionTests {

	private static final ObjectKinds KINDS = new ObjectKinds(new Globs(List.of("*.hprof")));

	@Test
	void companionsStayWithTheirDump() {
		Protection protection = protection(false, standing("a.hprof", true));
		assertThat(ask(protection, "a.hprof")).contains(KeepReason.HELD);
		assertThat(ask(protection, "a.hprof.event")).contains(KeepReason.HELD);
		assertThat(ask(protection, "a.hprof.p0")).contains(KeepReason.HELD);
		assertThat(ask(protection, "b.hprof")).isEmpty();
	}

	@Test
	void theNewestStay() {
		Protection protection = new Protection(List.<DumpStanding>of().iterator(), Set.of("b.hprof"), KINDS,
				(dump) -> Optional.empty(), false);
		assertThat(ask(protection, "a.hprof")).isEmpty();
		assertThat(ask(protection, "b.hprof")).contains(KeepReason.NEWEST);
	}

	@Test
	void withoutProofOnlyADumpAndWhatBelongsToItGo() {
		Protection protection = protection(true);
		assertThat(protection.isEmpty()).isFalse();
		assertThat(ask(protection, "a.hprof")).isEmpty();
		assertThat(ask(protection, "a.hprof.event")).isEmpty();
		assertThat(ask(protection, "a.hprof.p0")).isEmpty();
		assertThat(ask(protection, "b.hprof.event")).contains(KeepReason.UNPROVEN);
		assertThat(ask(protection, "core")).contains(KeepReason.UNPROVEN);
		assertThat(ask(protection, "directory/")).contains(KeepReason.UNPROVEN);
	}

	@Test
	void whereNoProofIsWantedOtherFilesGo() {
		Protection protection = protection(false);
		assertThat(protection.isEmpty()).isTrue();
		assertThat(ask(protection, "b.hprof.event")).isEmpty();
		assertThat(ask(protection, "core")).isEmpty();
	}

	@Test
	void whatTheLedgerKnowsOfOthersIsPassedOver() {
		Protection protection = protection(false, standing("a.hprof", true), standing("c.hprof", true),
				standing("e.hprof", true));
		assertThat(protection.isEmpty()).isFalse();
		assertThat(ask(protection, "b.hprof")).isEmpty();
		assertThat(ask(protection, "c.hprof")).contains(KeepReason.HELD);
		assertThat(ask(protection, "d.hprof")).isEmpty();
		assertThat(ask(protection, "f.hprof")).isEmpty();
		assertThat(protection.isEmpty()).isTrue();
	}

	@Test
	void whatTheLedgerHasNothingAgainstGoesWithItsCompanions() {
		Protection protection = new Protection(List.of(standing("a.hprof", true)).iterator(), Set.of(), KINDS,
				(dump) -> Optional.empty(), true);
		assertThat(ask(protection, "a.hprof")).isEmpty();
		assertThat(ask(protection, "a.hprof.event")).isEmpty();
	}

	@Test
	void theLedgersReasonComesBeforeTheNewest() {
		Protection protection = new Protection(List.of(standing("a.hprof", true)).iterator(), Set.of("a.hprof"), KINDS,
				(dump) -> Optional.of(KeepReason.UNTOLD), false);
		assertThat(ask(protection, "a.hprof")).contains(KeepReason.UNTOLD);
	}

	@Test
	void theCompanionsOfTheNewestStayAndThoseOfTheNextDoNot() {
		Protection protection = new Protection(List.<DumpStanding>of().iterator(), Set.of("a.hprof"), KINDS,
				(dump) -> Optional.empty(), false);
		assertThat(protection.isEmpty()).isFalse();
		assertThat(ask(protection, "a.hprof")).contains(KeepReason.NEWEST);
		assertThat(ask(protection, "a.hprof.event")).contains(KeepReason.NEWEST);
		assertThat(ask(protection, "a.hprof2.hprof")).isEmpty();
		assertThat(ask(protection, "a.hprof2.hprof.event")).isEmpty();
		assertThat(ask(protection, "b.hprof.event")).isEmpty();
	}

	@Test
	void aReceiptWithoutItsDumpStaysWhereTheLedgerSaysSo() {
		Protection protection = protection(false, standing("a.hprof.event", false));
		assertThat(ask(protection, "a.hprof.event")).contains(KeepReason.HELD);
	}

	@Test
	void theCompanionsOfADumpThatIsNotAskedForDoNotProveThemselves() {
		Protection protection = protection(true);
		assertThat(ask(protection, "a.hprof")).isEmpty();
		assertThat(ask(protection, "b.hprof.event")).contains(KeepReason.UNPROVEN);
		assertThat(ask(protection, "b.hprof.p0")).contains(KeepReason.UNPROVEN);
	}

	private static Protection protection(boolean needsProof, DumpStanding... standing) {
		return new Protection(List.of(standing).iterator(), Set.of(), KINDS, (dump) -> Optional.of(KeepReason.HELD),
				needsProof);
	}

	private static DumpStanding standing(String key, boolean proven) {
		return new DumpStanding(key, DumpState.COMPLETE, null, null, proven);
	}

	private static Optional<KeepReason> ask(Protection protection, String name) {
		return protection.reasonToKeep(new ExpiryItem(1, new ObjectKey(name), 10, Instant.EPOCH, null));
	}

}
