package dev.dumpkeeper.notify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeliveryOutcome}.
 */
class DeliveryOutcomeTests {

	@ParameterizedTest
	@CsvSource({ "0, DELIVERED", "-1, RETRY_LATER", "45009, TOO_FREQUENT", "40058, REJECTED_PAGE",
			"40008, REJECTED_PAGE", "44004, REJECTED_PAGE", "93000, REJECTED_ROBOT", "93004, REJECTED_ROBOT",
			"93008, REJECTED_ROBOT", "1, RETRY_LATER", "42001, RETRY_LATER", "2147483647, RETRY_LATER" })
	void anErrcodeDecidesUnder200(int errcode, DeliveryOutcome outcome) {
		assertThat(DeliveryOutcome.of(RobotAnswer.answered(200, errcode, ""))).isEqualTo(outcome);
	}

	@ParameterizedTest
	@CsvSource({ "200, AMBIGUOUS", "204, AMBIGUOUS", "301, REJECTED_ROBOT", "302, REJECTED_ROBOT",
			"308, REJECTED_ROBOT", "400, REJECTED_ROBOT", "403, REJECTED_ROBOT", "404, REJECTED_ROBOT",
			"429, TOO_FREQUENT", "500, AMBIGUOUS", "502, AMBIGUOUS", "503, AMBIGUOUS", "504, AMBIGUOUS" })
	void withoutAnErrcodeTheStatusDecides(int status, DeliveryOutcome outcome) {
		assertThat(DeliveryOutcome.of(RobotAnswer.answered(status, null, ""))).isEqualTo(outcome);
	}

	@ParameterizedTest
	@CsvSource({ "302, REJECTED_ROBOT", "403, REJECTED_ROBOT", "429, TOO_FREQUENT", "500, AMBIGUOUS" })
	void anErrcodeOfZeroIsNotBelievedUnderAnotherStatus(int status, DeliveryOutcome outcome) {
		assertThat(DeliveryOutcome.of(RobotAnswer.answered(status, 0, ""))).isEqualTo(outcome);
	}

	@Test
	void whatWasNotSentIsTriedAgainAndWhatWasLostIsAmbiguous() {
		assertThat(DeliveryOutcome.of(RobotAnswer.notSent(""))).isEqualTo(DeliveryOutcome.RETRY_LATER);
		assertThat(DeliveryOutcome.of(RobotAnswer.lost(""))).isEqualTo(DeliveryOutcome.AMBIGUOUS);
	}

	@ParameterizedTest
	@CsvSource({ "200, 0, DELIVERED", "200, -1, RETRY_LATER", "200, 45009, TOO_FREQUENT", "200, 40009, REJECTED_PAGE",
			"200, 301019, REJECTED_PAGE", "200, 93000, REJECTED_ROBOT", "413, 0, REJECTED_PAGE", "500, 0, AMBIGUOUS" })
	void whoeverDislikesAPictureMayLikeTexts(int status, int errcode, DeliveryOutcome outcome) {
		assertThat(DeliveryOutcome.ofPicture(RobotAnswer.answered(status, errcode, ""))).isEqualTo(outcome);
		assertThat(DeliveryOutcome.ofPicture(RobotAnswer.notSent(""))).isEqualTo(DeliveryOutcome.RETRY_LATER);
		assertThat(DeliveryOutcome.ofPicture(RobotAnswer.lost(""))).isEqualTo(DeliveryOutcome.AMBIGUOUS);
		assertThat(DeliveryOutcome.ofPicture(RobotAnswer.answered(404, null, "")))
			.isEqualTo(DeliveryOutcome.REJECTED_PAGE);
	}

	@ParameterizedTest
	@EnumSource
	void onlyRejectionsNeedAPerson(DeliveryOutcome outcome) {
		assertThat(outcome.isPermanent()).isEqualTo(outcome.name().startsWith("REJECTED"));
	}

}
