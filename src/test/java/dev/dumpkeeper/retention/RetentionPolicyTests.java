package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.ledger.DumpState;
import dev.dumpkeeper.ledger.ExpiryBlocker;
import dev.dumpkeeper.scan.ScannedObject;
import dev.dumpkeeper.scan.ScannedObject.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RetentionPolicyTests {

	private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

	private final RetentionPolicy policy = policy(Duration.ofDays(2));

	@Test
	void whatWasWrittenBeforeTheCutoffExpires() {
		assertThat(this.policy.reasonToKeep(aged("dumpfiles/a.hprof", Duration.ofDays(2).plusMillis(1)), NOW))
			.isEmpty();
	}

	@Test
	void whatIsExactlyAsOldAsAllowedStays() {
		assertThat(this.policy.reasonToKeep(aged("dumpfiles/a.hprof", Duration.ofDays(2)), NOW))
			.contains(KeepReason.YOUNG);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tools/mc", "a.hprof", "dumpfiles", "dumpfilesX/a.hprof", "x/dumpfiles/a.hprof",
			"Dumpfiles/a.hprof", "dumpfiles/" })
	void whatLiesOutsideTheRetentionDirectoriesStays(String name) {
		assertThat(this.policy.reasonToKeep(aged(name, Duration.ofDays(900)), NOW)).contains(KeepReason.OUTSIDE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpfiles/.keep", "dumpfiles/app/.keep" })
	void aMarkerStaysHoweverOldItIs(String name) {
		assertThat(this.policy.reasonToKeep(aged(name, Duration.ofDays(900)), NOW)).contains(KeepReason.MARKER);
	}

	@Test
	void aFileThatOnlyEndsLikeTheMarkerExpires() {
		assertThat(this.policy.reasonToKeep(aged("dumpfiles/x.keep", Duration.ofDays(9)), NOW)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "59, BEING_WRITTEN", "61," })
	void whatIsEmptyAndYoungIsTakenForOneThatIsBeingWritten(int minutes, KeepReason reason) {
		RetentionPolicy impatient = policy(Duration.ofMinutes(1));
		ScannedObject empty = object("dumpfiles/a.hprof", 0, Duration.ofMinutes(minutes));
		assertThat(impatient.reasonToKeep(empty, NOW).orElse(null)).isEqualTo(reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "dumpfiles/../x", "dumpfiles/./x", "dumpfiles//x", "dumpfiles/\uFFFD.hprof" })
	void aNameThatCannotBeSentStays(String name) {
		assertThat(this.policy.reasonToKeep(aged(name, Duration.ofDays(9)), NOW)).contains(KeepReason.UNUSABLE_NAME);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/dumpfiles", "dumpfiles/", "a/../b", "..", "a//b", "*/dumpfiles", "dump?" })
	void theVolumeItselfAndCrookedPathsAreNoRetentionDirectories(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> new DirectoryPath(path));
	}

	@Test
	void aDumpThatNobodyWasNotifiedOfStaysHoweverOldItIs() {
		assertThat(this.policy.reasonToKeep(dump(DumpState.COMPLETE, null, null), NOW)).contains(KeepReason.UNNOTIFIED);
	}

	@Test
	void aDumpStaysForTheNoticeAfterPeopleWereNotified() {
		Instant reported = NOW.minus(Duration.ofHours(24));
		assertThat(this.policy.reasonToKeep(dump(DumpState.COMPLETE, reported.plusMillis(1), null), NOW))
			.contains(KeepReason.NOTICE);
		assertThat(this.policy.reasonToKeep(dump(DumpState.COMPLETE, reported, null), NOW)).isEmpty();
	}

	@Test
	void aDumpThatIsHeldStaysUntilTheHoldEnds() {
		Instant reported = NOW.minus(Duration.ofDays(30));
		assertThat(this.policy.reasonToKeep(dump(DumpState.COMPLETE, reported, NOW.plusMillis(1)), NOW))
			.contains(KeepReason.HELD);
		assertThat(this.policy.reasonToKeep(dump(DumpState.COMPLETE, reported, NOW), NOW)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "NEW", "WRITING" })
	void aDumpThatIsNotKnownToBeWholeIsNotReportedOfAndStays(DumpState state) {
		assertThat(this.policy.reasonToKeep(dump(state, null, null), NOW)).contains(KeepReason.UNNOTIFIED);
	}

	@Test
	void aReceiptWhoseDumpIsGoneIsNoNewsAndGoes() {
		assertThat(this.policy.reasonToKeep(dump(DumpState.ORPHANED_RECEIPT, null, null), NOW)).isEmpty();
	}

	@Test
	void withoutARobotNobodyCanBeNotifiedAndOnlyHoldsCount() {
		RetentionPolicy silent = policy(Duration.ofDays(2), false);
		assertThat(silent.reasonToKeep(dump(DumpState.COMPLETE, null, null), NOW)).isEmpty();
		assertThat(silent.reasonToKeep(dump(DumpState.COMPLETE, null, NOW.plusSeconds(1)), NOW))
			.contains(KeepReason.HELD);
	}

	@Test
	void thePolicySaysItselfInWords() {
		assertThat(this.policy).hasToString("keep everything outside [dumpfiles], every .keep, what was written in the "
				+ "last 2d, what is empty and was written in the last 1h, every dump that was not announced or only in "
				+ "the last 1d and every dump that is held");
	}

	@Test
	void wherePathsAreNotKnownOnlyADumpMayExpireThatProvesToBeOne() {
		RetentionPolicy policy = policy(Duration.ofDays(2), false, PathTrust.UNKNOWN);
		ScannedObject file = new ScannedObject(new ObjectEntry("dumpfiles/core", 100, NOW.minus(Duration.ofDays(3))),
				Kind.OTHER);
		assertThat(policy.reasonToKeep(file, NOW)).contains(KeepReason.UNPROVEN);
		assertThat(policy.reasonToKeep(aged("dumpfiles/a.hprof", Duration.ofDays(3)), NOW)).isEmpty();
		assertThat(policy.reasonToKeep(proven(false), NOW)).contains(KeepReason.UNPROVEN);
		assertThat(policy.reasonToKeep(proven(true), NOW)).isEmpty();
		assertThat(policy.toString()).contains("prove");
	}

	@Test
	void wherePathsAreCheckedOrTrustedNoProofIsWanted() {
		for (PathTrust paths : List.of(PathTrust.CHECKED, PathTrust.TRUSTED)) {
			RetentionPolicy policy = policy(Duration.ofDays(2), false, paths);
			assertThat(policy.reasonToKeep(proven(false), NOW)).isEmpty();
			assertThat(policy.reasonToKeep(new ScannedObject(
					new ObjectEntry("dumpfiles/core", 100, NOW.minus(Duration.ofDays(3))), Kind.OTHER), NOW))
				.isEmpty();
		}
	}

	@Test
	void whatWasWrittenInTheFutureStays() {
		assertThat(this.policy.reasonToKeep(aged("dumpfiles/a.hprof", Duration.ofHours(-23)), NOW))
			.contains(KeepReason.YOUNG);
		assertThat(this.policy.reasonToKeep(aged("dumpfiles/a.hprof", Duration.ofDays(-2)), NOW))
			.contains(KeepReason.FROM_THE_FUTURE);
	}

	@Test
	void theGraceOfWhatIsEmptyEndsWithItsLastMillisecond() {
		RetentionPolicy impatient = policy(Duration.ofMinutes(1));
		assertThat(impatient.reasonToKeep(object("dumpfiles/a", 0, Duration.ofHours(1)), NOW))
			.contains(KeepReason.BEING_WRITTEN);
		assertThat(impatient.reasonToKeep(object("dumpfiles/a", 0, Duration.ofHours(1).plusMillis(1)), NOW)).isEmpty();
		assertThat(impatient.reasonToKeep(object("dumpfiles/a", 1, Duration.ofMinutes(2)), NOW)).isEmpty();
	}

	@Test
	void clocksMayDifferByADay() {
		assertThat(this.policy.reasonToKeep(aged("dumpfiles/a", Duration.ofDays(-1)), NOW)).contains(KeepReason.YOUNG);
		assertThat(this.policy.reasonToKeep(aged("dumpfiles/a", Duration.ofDays(-1).minusMillis(1)), NOW))
			.contains(KeepReason.FROM_THE_FUTURE);
	}

	@ParameterizedTest
	@CsvSource({ ".keep, true", "a/.keep, true", "a.keep, false", "keep, false", ".keep/a, false" })
	void aMarkerIsAFileOfExactlyItsName(String name, boolean marker) {
		assertThat(this.policy.isMarker(name)).isEqualTo(marker);
	}

	@Test
	void theWordsNameWhatElseStays() {
		RetentionPolicy policy = new RetentionPolicy(
				new RetentionProperties(List.of(new DirectoryPath("a"), new DirectoryPath("b/c")), Duration.ofHours(36),
						Duration.ofSeconds(90), Duration.ZERO, 3, Duration.ofDays(14), List.of("*.hprof"), 8),
				new MarkerProperties(List.of(), "m", ""), false, PathTrust.UNKNOWN, (volume) -> PathTrust.UNKNOWN);
		assertThat(policy).hasToString("keep everything outside [a, b/c], every m, what was written in the last 36h, "
				+ "what is empty and was written in the last 90s, the 3 newest dumps of each workload for 14d, "
				+ "what does not prove to be a heap dump or has a second key and every dump that is held");
		assertThat(policy.directories()).extracting(DirectoryPath::prefix).containsExactly("a/", "b/c/");
		assertThat(policy.isRetained("b/c/x")).isTrue();
		assertThat(policy.isRetained("b/x")).isFalse();
		assertThat(policy.cutoff(NOW)).isEqualTo(NOW.minus(Duration.ofHours(36)));
	}

	private static ExpiryBlocker proven(boolean isProven) {
		return new ExpiryBlocker("dumpfiles/a.hprof", DumpState.NOT_A_DUMP, null, null, isProven);
	}

	private static ExpiryBlocker dump(DumpState state, @Nullable Instant notifiedAt, @Nullable Instant heldUntil) {
		return new ExpiryBlocker("dumpfiles/a.hprof", state, notifiedAt, heldUntil, true);
	}

	private static RetentionPolicy policy(Duration maxAge) {
		return policy(maxAge, true);
	}

	private static RetentionPolicy policy(Duration maxAge, boolean notificationsEnabled) {
		return policy(maxAge, notificationsEnabled, PathTrust.TRUSTED);
	}

	private static RetentionPolicy policy(Duration maxAge, boolean notificationsEnabled, PathTrust paths) {
		return new RetentionPolicy(
				new RetentionProperties(List.of(new DirectoryPath("dumpfiles")), maxAge, Duration.ofHours(1),
						Duration.ofHours(24), 0, Duration.ofDays(14), List.of("*.hprof"), 8),
				new MarkerProperties(List.of(new DirectoryPath("dumpfiles")), ".keep", "keepdir"), notificationsEnabled,
				paths, (volume) -> paths);
	}

	private static ScannedObject aged(String name, Duration age) {
		return object(name, 100, age);
	}

	private static ScannedObject object(String name, long size, Duration age) {
		return new ScannedObject(new ObjectEntry(name, size, NOW.minus(age)), Kind.DUMP);
	}

}
