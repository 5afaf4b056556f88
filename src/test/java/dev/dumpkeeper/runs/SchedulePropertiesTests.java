package dev.dumpkeeper.runs;

import java.time.ZoneId;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class SchedulePropertiesTests {

	private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	@Test
	void aCronExpressionOfFiveFieldsIsNamed() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> new ScheduleProperties("0 */6 * * *", "-", "-", ZONE))
			.withMessageStartingWith("dumpkeeper.schedule.maintenance must be a Quartz cron")
			.withMessageContaining("or - for never");
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> new ScheduleProperties("-", "-", "soon", ZONE))
			.withMessageStartingWith("dumpkeeper.schedule.reconcile");
	}

	@Test
	void aDashIsNever() {
		assertThatNoException().isThrownBy(() -> new ScheduleProperties("-", "-", "-", ZONE));
	}

}
