package dev.dumpkeeper.notify.wecom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.dumpkeeper.notify.DeliveryOutcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RobotAnswer}.
 */
class RobotAnswerTests {

	@ParameterizedTest
	@CsvSource({ "0, DELIVERED", "-1, RETRY_LATER", "45009, TOO_FREQUENT", "40058, REJECTED_PAGE",
			"40008, REJECTED_PAGE", "44004, REJECTED_PAGE", "93000, REJECTED_ROBOT", "93004, REJECTED_ROBOT",
			"93008, REJECTED_ROBOT", "1, RETRY_LATER", "42001, RETRY_LATER", "2147483647, RETRY_LATER" })
	void anErrcodeDecidesUnder200(int errcode, DeliveryOutcome outcome) {
		assertThat(RobotAnswer.answered(200, errcode, "").outcome()).isEqualTo(outcome);
	}

	@ParameterizedTest
	@CsvSource({ "200, AMBIGUOUS", "204, AMBIGUOUS", "301, REJECTED_ROBOT", "302, REJECTED_ROBOT",
			"308, REJECTED_ROBOT", "400, REJECTED_ROBOT", "403, REJECTED_ROBOT", "404, REJECTED_ROBOT",
			"429, TOO_FREQUENT", "500, AMBIGUOUS", "502, AMBIGUOUS", "503, AMBIGUOUS", "504, AMBIGUOUS" })
	void withoutAnErrcodeTheStatusDecides(int status, DeliveryOutcome outcome) {
		assertThat(RobotAnswer.answered(status, null, "").outcome()).isEqualTo(outcome);
	}

	@ParameterizedTest
	@CsvSource({ "302, REJECTED_ROBOT", "403, REJECTED_ROBOT", "429, TOO_FREQUENT", "500, AMBIGUOUS" })
	void anErrcodeOfZeroIsNotBelievedUnderAnotherStatus(int status, DeliveryOutcome outcome) {
		assertThat(RobotAnswer.answered(status, 0, "").outcome()).isEqualTo(outcome);
	}

	@Test
	void whatWasNotSentIsTriedAgainAndWhatWasLostIsAmbiguous() {
		assertThat(RobotAnswer.notSent("").outcome()).isEqualTo(DeliveryOutcome.RETRY_LATER);
		assertThat(RobotAnswer.lost("").outcome()).isEqualTo(DeliveryOutcome.AMBIGUOUS);
	}

	@ParameterizedTest
	@CsvSource({ "200, 0, DELIVERED", "200, -1, RETRY_LATER", "200, 45009, TOO_FREQUENT", "200, 40009, REJECTED_PAGE",
			"200, 301019, REJECTED_PAGE", "200, 93000, REJECTED_ROBOT", "413, 0, REJECTED_PAGE", "500, 0, AMBIGUOUS" })
	void whoeverDislikesAPictureMayLikeTexts(int status, int errcode, DeliveryOutcome outcome) {
		assertThat(RobotAnswer.answered(status, errcode, "").outcomeOfPicture()).isEqualTo(outcome);
		assertThat(RobotAnswer.notSent("").outcomeOfPicture()).isEqualTo(DeliveryOutcome.RETRY_LATER);
		assertThat(RobotAnswer.lost("").outcomeOfPicture()).isEqualTo(DeliveryOutcome.AMBIGUOUS);
		assertThat(RobotAnswer.answered(404, null, "").outcomeOfPicture()).isEqualTo(DeliveryOutcome.REJECTED_PAGE);
	}

}
