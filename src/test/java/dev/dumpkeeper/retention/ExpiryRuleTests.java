package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.retention.ExpiryRule.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a dump may expire, and why not sooner.
 */
class ExpiryRuleTests {

	private static final Instant WRITTEN = Instant.parse("2026-11-01T00:00:00Z");

	private static final Duration DAY = Duration.ofDays(1);

	@Test
	void theRuleThatAllowsItLastDecides() {
		assertThat(rule(true, "dumpfiles/a.hprof", WRITTEN, null)).isEqualTo(after(Kind.AGE, 2));
		assertThat(rule(true, "dumpfiles/a.hprof", WRITTEN.plus(DAY.multipliedBy(3)), null))
			.isEqualTo(after(Kind.NOTICE, 4));
		assertThat(rule(true, "dumpfiles/a.hprof", WRITTEN, WRITTEN.plus(DAY.multipliedBy(7))))
			.isEqualTo(after(Kind.HOLD, 7));
		assertThat(rule(true, "dumpfiles/a.hprof", WRITTEN, WRITTEN.plus(DAY))).isEqualTo(after(Kind.AGE, 2));
	}

	@Test
	void noTimeIsKnownBeforePeopleAreNotifiedOrOutside() {
		assertThat(rule(true, "dumpfiles/a.hprof", null, WRITTEN.plus(DAY.multipliedBy(7))))
			.isEqualTo(new ExpiryRule(Kind.UNNOTIFIED, null));
		assertThat(rule(false, "dumpfiles/a.hprof", null, null)).isEqualTo(after(Kind.AGE, 2));
		assertThat(rule(true, "dumpfiles2/a.hprof", WRITTEN, null)).isEqualTo(new ExpiryRule(Kind.OUTSIDE, null));
	}

	private static ExpiryRule after(Kind kind, int days) {
		return new ExpiryRule(kind, WRITTEN.plus(DAY.multipliedBy(days)));
	}

	private static ExpiryRule rule(boolean reported, String key, @Nullable Instant notifiedAt,
			@Nullable Instant heldUntil) {
		RetentionProperties properties = new RetentionProperties(List.of(new DirectoryPath("dumpfiles")),
				Duration.ofDays(2), Duration.ofHours(1), Duration.ofHours(24), 0, Duration.ofDays(14),
				List.of("*.hprof"), 8);
		return ExpiryRule.of(properties, reported, key, WRITTEN, notifiedAt, heldUntil);
	}

}
