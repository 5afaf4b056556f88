package dev.dumpkeeper.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.DumpState;
import dev.dumpkeeper.ledger.ExpiryBlocker;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExpiryBlockers}.
 */
class ExpiryBlockersTests {

	private static final ObjectClassifier KINDS = new ObjectClassifier(new Globs(List.of("*.hprof")));

	@Test
	void companionsStayWithTheirDump() {
		ExpiryBlockers blockers = protection(false, standing("a.hprof", true));
		assertThat(ask(blockers, "a.hprof")).contains(KeepReason.HELD);
		assertThat(ask(blockers, "a.hprof.event")).contains(KeepReason.HELD);
		assertThat(ask(blockers, "a.hprof.p0")).contains(KeepReason.HELD);
		assertThat(ask(blockers, "b.hprof")).isEmpty();
	}

	@Test
	void theNewestStay() {
		ExpiryBlockers blockers = new ExpiryBlockers(List.<ExpiryBlocker>of().iterator(), Set.of("b.hprof"), KINDS,
				(dump) -> Optional.empty(), false);
		assertThat(ask(blockers, "a.hprof")).isEmpty();
		assertThat(ask(blockers, "b.hprof")).contains(KeepReason.NEWEST);
	}

	@Test
	void withoutProofOnlyADumpAndWhatBelongsToItGo() {
		ExpiryBlockers blockers = protection(true);
		assertThat(blockers.isEmpty()).isFalse();
		assertThat(ask(blockers, "a.hprof")).isEmpty();
		assertThat(ask(blockers, "a.hprof.event")).isEmpty();
		assertThat(ask(blockers, "a.hprof.p0")).isEmpty();
		assertThat(ask(blockers, "b.hprof.event")).contains(KeepReason.UNPROVEN);
		assertThat(ask(blockers, "core")).contains(KeepReason.UNPROVEN);
		assertThat(ask(blockers, "directory/")).contains(KeepReason.UNPROVEN);
	}

	@Test
	void whereNoProofIsWantedOtherFilesGo() {
		ExpiryBlockers blockers = protection(false);
		assertThat(blockers.isEmpty()).isTrue();
		assertThat(ask(blockers, "b.hprof.event")).isEmpty();
		assertThat(ask(blockers, "core")).isEmpty();
	}

	@Test
	void whatTheLedgerKnowsOfOthersIsPassedOver() {
		ExpiryBlockers blockers = protection(false, standing("a.hprof", true), standing("c.hprof", true),
				standing("e.hprof", true));
		assertThat(blockers.isEmpty()).isFalse();
		assertThat(ask(blockers, "b.hprof")).isEmpty();
		assertThat(ask(blockers, "c.hprof")).contains(KeepReason.HELD);
		assertThat(ask(blockers, "d.hprof")).isEmpty();
		assertThat(ask(blockers, "f.hprof")).isEmpty();
		assertThat(blockers.isEmpty()).isTrue();
	}

	@Test
	void whatTheLedgerHasNothingAgainstGoesWithItsCompanions() {
		ExpiryBlockers blockers = new ExpiryBlockers(List.of(standing("a.hprof", true)).iterator(), Set.of(), KINDS,
				(dump) -> Optional.empty(), true);
		assertThat(ask(blockers, "a.hprof")).isEmpty();
		assertThat(ask(blockers, "a.hprof.event")).isEmpty();
	}

	@Test
	void theLedgersReasonComesBeforeTheNewest() {
		ExpiryBlockers blockers = new ExpiryBlockers(List.of(standing("a.hprof", true)).iterator(), Set.of("a.hprof"),
				KINDS, (dump) -> Optional.of(KeepReason.UNNOTIFIED), false);
		assertThat(ask(blockers, "a.hprof")).contains(KeepReason.UNNOTIFIED);
	}

	@Test
	void theCompanionsOfTheNewestStayAndThoseOfTheNextDoNot() {
		ExpiryBlockers blockers = new ExpiryBlockers(List.<ExpiryBlocker>of().iterator(), Set.of("a.hprof"), KINDS,
				(dump) -> Optional.empty(), false);
		assertThat(blockers.isEmpty()).isFalse();
		assertThat(ask(blockers, "a.hprof")).contains(KeepReason.NEWEST);
		assertThat(ask(blockers, "a.hprof.event")).contains(KeepReason.NEWEST);
		assertThat(ask(blockers, "a.hprof2.hprof")).isEmpty();
		assertThat(ask(blockers, "a.hprof2.hprof.event")).isEmpty();
		assertThat(ask(blockers, "b.hprof.event")).isEmpty();
	}

	@Test
	void aReceiptWithoutItsDumpStaysWhereTheLedgerSaysSo() {
		ExpiryBlockers blockers = protection(false, standing("a.hprof.event", false));
		assertThat(ask(blockers, "a.hprof.event")).contains(KeepReason.HELD);
	}

	@Test
	void theCompanionsOfADumpThatIsNotAskedForDoNotProveThemselves() {
		ExpiryBlockers blockers = protection(true);
		assertThat(ask(blockers, "a.hprof")).isEmpty();
		assertThat(ask(blockers, "b.hprof.event")).contains(KeepReason.UNPROVEN);
		assertThat(ask(blockers, "b.hprof.p0")).contains(KeepReason.UNPROVEN);
	}

	private static ExpiryBlockers protection(boolean needsProof, ExpiryBlocker... standing) {
		return new ExpiryBlockers(List.of(standing).iterator(), Set.of(), KINDS, (dump) -> Optional.of(KeepReason.HELD),
				needsProof);
	}

	private static ExpiryBlocker standing(String key, boolean proven) {
		return new ExpiryBlocker(key, DumpState.COMPLETE, null, null, proven);
	}

	private static Optional<KeepReason> ask(ExpiryBlockers blockers, String name) {
		return blockers.reasonToKeep(new ExpiryItem(1, new ObjectKey(name), 10, Instant.EPOCH, null));
	}

}
