package dev.dumpkeeper.notify;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeliveryOutcome}.
 */
class DeliveryOutcomeTests {

	@ParameterizedTest
	@EnumSource
	void onlyRejectionsNeedAPerson(DeliveryOutcome outcome) {
		assertThat(outcome.isPermanent()).isEqualTo(outcome.name().startsWith("REJECTED"));
	}

}
