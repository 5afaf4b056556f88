package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.retention.ExpiryItemRepository.Resolution;
import dev.dumpkeeper.retention.ExpiryItemRepository.Tally;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ExpiryItemRepository}: what is planned, and what became of it.
 */
class ExpiryItemRepositoryTests {

	private static final long PART = 7;

	private static final long OTHER = 8;

	private static final int FENCE = 3;

	private final RetentionLab lab = new RetentionLab();

	private final ExpiryItemRepository items = this.lab.items;

	private final Instant now = RetentionLab.NOW;

	@AfterEach
	void close() {
		this.lab.close();
	}

	@Test
	void anItemIsReadAsItWasWritten() {
		ExpiryItem item = new ExpiryItem(1, new ObjectKey("dumpfiles/\u00E4\n\uD83D\uDE00"), 10,
				this.now.plusMillis(123), null);
		this.items.insert(PART, List.of(item));
		assertThat(list(this.items.unresolved(PART))).containsExactly(item);
	}

	@Test
	void moreThanAPageIsReadToItsEnd() {
		for (int count : new int[] { 1000, 1001, 2000 }) {
			this.items.delete(PART);
			insert(PART, count);
			assertThat(list(this.items.unresolved(PART))).extracting(ExpiryItem::seq)
				.containsExactlyElementsOf(IntStream.rangeClosed(1, count).boxed().toList());
		}
	}

	@Test
	void behindTheLastThereIsNone() {
		insert(PART, 1);
		Iterator<ExpiryItem> one = this.items.unresolved(PART);
		one.next();
		assertThat(one.hasNext()).isFalse();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(one::next);
	}

	@Test
	void whatIsResolvedWhileItIsReadIsReadOnce() {
		insert(PART, 1500);
		Iterator<ExpiryItem> all = this.items.unresolved(PART);
		int count = 0;
		while (all.hasNext()) {
			this.items.resolve(PART, List.of(new Resolution(all.next(), Outcome.DELETED, null)), this.now);
			count++;
		}
		assertThat(count).isEqualTo(1500);
	}

	@Test
	void itemsAreDistinguishedByTheirOutcome() {
		insert(PART, 9);
		IntStream.range(0, Outcome.values().length).forEach((i) -> resolve(i + 2, Outcome.values()[i]));
		assertThat(outcomes(this.items.unresolved(PART))).containsExactly(null, Outcome.DELETE_SENT);
		assertThat(outcomes(this.items.unproven(PART))).containsExactly(Outcome.DELETE_SENT, Outcome.DELETE_ACCEPTED);
		assertThat(outcomes(this.items.deleted(PART))).containsExactly(Outcome.DELETE_ACCEPTED, Outcome.DELETED);
	}

	@Test
	void aRangeGivesItsOutcomeOnlyToWhatHasNone() {
		insert(PART, 5);
		insert(OTHER, 5);
		resolve(3, Outcome.KEPT);
		plan();
		assertThat(this.items.send(PART, FENCE, 2, 4, this.now)).isTrue();
		assertThat(all(PART)).containsExactly("-", "DELETE_SENT", "KEPT", "DELETE_SENT", "-");
		this.items.answer(PART, 1, 5, Outcome.DELETED, this.now);
		assertThat(all(PART)).containsExactly("-", "DELETED", "KEPT", "DELETED", "-");
		assertThat(all(OTHER)).containsOnly("-");
	}

	@Test
	void nothingIsSentWithAnOlderFence() {
		insert(PART, 3);
		plan();
		assertThat(this.items.send(PART, FENCE - 1, 1, 3, this.now)).isFalse();
		assertThat(all(PART)).containsOnly("-");
	}

	@Test
	void whatWasSentBeforeMayBeSentAgainWithTheSameFenceOnly() {
		insert(PART, 2);
		plan();
		this.items.send(PART, FENCE, 1, 2, this.now);
		assertThat(this.items.send(PART, FENCE, 1, 2, this.now)).isTrue();
		assertThat(this.items.send(PART, FENCE - 1, 1, 2, this.now)).isFalse();
	}

	@Test
	void aResolutionIsForOnePartAndItsWordsAreCut() {
		insert(PART, 2);
		insert(OTHER, 2);
		this.items.resolve(PART, List.of(), this.now);
		this.items.resolve(PART, List.of(new Resolution(item(1), Outcome.FAILED, "x".repeat(500)),
				new Resolution(item(2), Outcome.FAILED, "x".repeat(500) + "y")), this.now);
		assertThat(this.items.details(PART, Outcome.FAILED, 9)).extracting(Map.Entry::getValue)
			.containsExactly("x".repeat(500), "x".repeat(500));
		assertThat(all(OTHER)).containsOnly("-");
	}

	@Test
	void detailsAreThoseOfOneOutcomeInKeyOrder() {
		insert(PART, 4);
		this.items.resolve(PART,
				List.of(new Resolution(item(3), Outcome.FAILED, "three"), new Resolution(item(1), Outcome.FAILED, null),
						new Resolution(item(4), Outcome.FAILED, "four"), new Resolution(item(2), Outcome.KEPT, "two")),
				this.now);
		assertThat(this.items.details(PART, Outcome.FAILED, 2)).containsExactly(Map.entry(key(1), ""),
				Map.entry(key(3), "three"));
	}

	@Test
	void whatIsRemovedIsNoPartOfThePlanAnyMore() {
		insert(PART, 3);
		insert(OTHER, 3);
		this.items.remove(PART, List.of(1, 3));
		assertThat(list(this.items.unresolved(PART))).extracting(ExpiryItem::seq).containsExactly(2);
		assertThat(list(this.items.unresolved(OTHER))).hasSize(3);
		this.items.delete(PART);
		assertThat(all(PART)).isEmpty();
		assertThat(all(OTHER)).hasSize(3);
	}

	@Test
	void confirmedIsOnlyWhatWasAskedFor() {
		insert(PART, 9);
		insert(OTHER, 2);
		IntStream.range(0, Outcome.values().length).forEach((i) -> resolve(i + 2, Outcome.values()[i]));
		this.items.resolve(OTHER, List.of(new Resolution(item(1), Outcome.DELETE_ACCEPTED, null)), this.now);
		this.items.confirmAsked(PART, this.now);
		assertThat(all(PART)).containsExactly("-", "DELETED", "DELETED", "DELETED", "CHANGED", "KEPT", "ALREADY_GONE",
				"QUARANTINED", "FAILED");
		assertThat(all(OTHER)).containsExactly("DELETE_ACCEPTED", "-");
	}

	@Test
	void whatFailedLatelyIsLeftOutUntilItsTime() {
		insert(PART, 4);
		resolve(4, Outcome.KEPT);
		this.lab.quarantine.add("v", new ObjectKey(key(1)), "why", 1, this.now);
		this.lab.quarantine.add("v", new ObjectKey(key(2)), "why", 1, this.now.plusMillis(1));
		this.lab.quarantine.add("w", new ObjectKey(key(3)), "why", 1, this.now.plusMillis(1));
		this.lab.quarantine.add("v", new ObjectKey(key(4)), "why", 1, this.now.plusMillis(1));
		this.items.quarantine(PART, "v", this.now.plus(Duration.ofHours(1)));
		assertThat(all(PART)).containsExactly("-", "QUARANTINED", "-", "KEPT");
	}

	@Test
	void theTallyCountsObjectsAndBytesAndNoDirectories() {
		this.items.insert(PART, List.of(item(1), item(2), item(3),
				new ExpiryItem(4, new ObjectKey("dumpfiles/z/"), 4096, this.now, null), item(5)));
		IntStream.of(1, 2, 3).forEach((seq) -> resolve(seq, Outcome.DELETED));
		assertThat(this.items.tally(PART)).isEqualTo(Map.of(Outcome.DELETED, new Tally(3, 6)));
		assertThat(this.items.tally(OTHER)).isEmpty();
		assertThat(new Tally(1, 2).plus(new Tally(3, 4))).isEqualTo(new Tally(4, 6));
	}

	@Test
	void oldPlansAreForgottenWithTheirItems() {
		this.lab.old("dumpfiles/a.hprof");
		Run old = this.lab.run(1);
		this.lab.pass(old);
		this.lab.later(Duration.ofDays(10)).old("dumpfiles/b.hprof");
		Run young = this.lab.run(2);
		this.lab.pass(young);
		Instant cutoff = this.lab.plans.findByRun(old).orElseThrow().cutoff();
		this.items.forget(cutoff);
		assertThat(this.lab.plans.findByRun(old)).isPresent();
		assertThat(this.lab.outcomes(old)).hasSize(1);
		this.items.forget(cutoff.plusMillis(1));
		assertThat(this.lab.plans.findByRun(old)).isEmpty();
		assertThat(this.lab.jdbc.queryForList("SELECT object_key FROM expiry_item", byte[].class)).singleElement()
			.isEqualTo(new ObjectKey("dumpfiles/b.hprof").bytes());
		assertThat(this.lab.jdbc.queryForObject("SELECT COUNT(*) FROM volume_plan", Integer.class)).isOne();
	}

	private void plan() {
		this.lab.jdbc
			.update("INSERT INTO expiry_plan (id, run_id, state, cutoff, policy) VALUES (1, 1, 'SEALED', 0, '')");
		this.lab.jdbc.update("""
				INSERT INTO volume_plan (id, plan_id, volume, objects, retained_objects, candidates, candidate_objects,
				candidate_bytes, deleted, confirmed, fence) VALUES (?, 1, 'v', 0, 0, 0, 0, 0, 0, FALSE, ?)""", PART,
				FENCE);
	}

	private void insert(long volumePlan, int count) {
		this.items.insert(volumePlan,
				IntStream.rangeClosed(1, count).mapToObj(ExpiryItemRepositoryTests::item).toList());
	}

	private void resolve(int seq, Outcome outcome) {
		this.items.resolve(PART, List.of(new Resolution(item(seq), outcome, null)), this.now);
	}

	private List<String> all(long volumePlan) {
		return this.lab.jdbc.queryForList(
				"SELECT COALESCE(outcome, '-') FROM expiry_item WHERE volume_plan_id = ? ORDER BY seq", String.class,
				volumePlan);
	}

	private static List<Outcome> outcomes(Iterator<ExpiryItem> items) {
		List<Outcome> outcomes = new ArrayList<>();
		items.forEachRemaining((item) -> outcomes.add(item.outcome()));
		return outcomes;
	}

	private static List<ExpiryItem> list(Iterator<ExpiryItem> items) {
		List<ExpiryItem> all = new ArrayList<>();
		items.forEachRemaining(all::add);
		return all;
	}

	private static ExpiryItem item(int seq) {
		return new ExpiryItem(seq, new ObjectKey(key(seq)), seq, RetentionLab.NOW, null);
	}

	private static String key(int seq) {
		return "dumpfiles/%04d".formatted(seq);
	}

}
