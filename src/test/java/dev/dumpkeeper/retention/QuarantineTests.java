package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.retention.ExpiryItemRepository.Resolution;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Quarantine}: what failed is left alone for a while, and longer each
 * time.
 */
class QuarantineTests {

	private static final ObjectKey A = new ObjectKey("dumpfiles/a.hprof");

	private static final ObjectKey B = new ObjectKey("dumpfiles/b.hprof");

	private final RetentionLab lab = new RetentionLab();

	private final Quarantine quarantine = this.lab.quarantine;

	private final Instant now = RetentionLab.NOW;

	@AfterEach
	void close() {
		this.lab.close();
	}

	@ParameterizedTest
	@CsvSource({ "1, PT1H", "2, PT4H", "3, PT16H", "4, PT64H", "5, PT168H", "6, PT168H", "1000000, PT168H" })
	void theDelayGrowsWithEachFailureUpToAWeek(int attempts, Duration delay) {
		assertThat(Quarantine.delay(attempts)).isEqualTo(delay);
	}

	@Test
	void eachRunThatFailsCountsOnceHoweverOftenItSaysSo() {
		this.quarantine.add("v", A, "first", 1, this.now);
		this.quarantine.add("v", A, "again", 1, this.now);
		assertThat(entries()).containsExactly(entry(A, 1, Duration.ofHours(1), "again"));
		this.quarantine.add("v", A, "second", 2, this.now);
		this.quarantine.add("v", A, "third", 5, this.now);
		assertThat(entries()).containsExactly(entry(A, 3, Duration.ofHours(16), "third"));
	}

	@Test
	void aReasonIsCutAtFiveHundredCharacters() {
		this.quarantine.add("v", A, "x".repeat(500), 1, this.now);
		this.quarantine.add("v", B, "x".repeat(500) + "y", 1, this.now);
		assertThat(entries()).extracting(Quarantine.Entry::reason).containsOnly("x".repeat(500));
	}

	@Test
	void whatIsFreeSoonestComesFirstAndNoMoreThanIsAskedFor() {
		this.quarantine.add("v", A, "late", 1, this.now.plusSeconds(1));
		this.quarantine.add("v", B, "soon", 1, this.now);
		assertThat(entries()).extracting(Quarantine.Entry::reason).containsExactly("soon", "late");
		assertThat(this.quarantine.of("v", 1)).extracting(Quarantine.Entry::reason).containsExactly("soon");
		assertThat(this.quarantine.of("w", 9)).isEmpty();
	}

	@Test
	void theSameKeyInAnotherVolumeIsAnother() {
		this.quarantine.add("v", A, "here", 1, this.now);
		this.quarantine.add("w", A, "there", 2, this.now);
		assertThat(entries()).containsExactly(entry(A, 1, Duration.ofHours(1), "here"));
		this.quarantine.release("w", planned("DELETED"));
		assertThat(this.quarantine.of("w", 9)).isEmpty();
		assertThat(entries()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource
	void whatIsGoneOrChangedIsReleasedAndWhatIsStillThereIsNot(Outcome outcome) {
		this.quarantine.add("v", A, "failed", 1, this.now);
		this.quarantine.add("v", B, "failed", 1, this.now);
		this.quarantine.release("v", planned(outcome.name()));
		boolean released = List.of(Outcome.DELETED, Outcome.DELETE_ACCEPTED, Outcome.ALREADY_GONE, Outcome.CHANGED)
			.contains(outcome);
		assertThat(entries()).extracting(Quarantine.Entry::key)
			.containsExactlyElementsOf(released ? List.of(B.value()) : List.of(A.value(), B.value()));
	}

	@Test
	void anotherPlansItemsReleaseNothing() {
		this.quarantine.add("v", A, "failed", 1, this.now);
		long volumePlan = planned("DELETED");
		this.quarantine.release("v", volumePlan + 1);
		assertThat(entries()).hasSize(1);
	}

	@Test
	void whatNoPassMeetsAnyMoreIsShownForADayAndForgottenLater() {
		this.quarantine.add("v", B, "second", 1, this.now);
		this.quarantine.add("v", A, "first", 1, this.now);
		this.quarantine.add("w", A, "other", 1, this.now);
		assertThat(this.quarantine.stuck("v", this.now, 9)).extracting(Quarantine.Entry::reason)
			.containsExactly("first", "second");
		assertThat(this.quarantine.stuck("v", this.now, 1)).extracting(Quarantine.Entry::reason)
			.containsExactly("first");
		Instant due = this.now.plus(Quarantine.delay(1));
		assertThat(this.quarantine.stuck("v", due.plus(Duration.ofHours(23)), 9)).hasSize(2);
		assertThat(this.quarantine.stuck("v", due.plus(Duration.ofHours(24)), 9)).isEmpty();
		this.quarantine.forget(due);
		assertThat(entries()).hasSize(2);
		this.quarantine.forget(due.plusMillis(1));
		assertThat(entries()).isEmpty();
	}

	/** A plan's part with the first key, and what became of it. */
	private long planned(String outcome) {
		ExpiryItem item = new ExpiryItem(1, A, 10, this.now, null);
		this.lab.items.insert(7, List.of(item));
		this.lab.items.resolve(7, List.of(new Resolution(item, Outcome.valueOf(outcome), null)), this.now);
		return 7;
	}

	private List<Quarantine.Entry> entries() {
		return this.quarantine.of("v", 9);
	}

	private Quarantine.Entry entry(ObjectKey key, int attempts, Duration delay, String reason) {
		return new Quarantine.Entry(key.value(), attempts, this.now.plus(delay), reason);
	}

}
