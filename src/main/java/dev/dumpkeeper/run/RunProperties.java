package dev.dumpkeeper.run;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How runs are kept apart and how long they are remembered.
 *
 * @param lease how long the lock of a killed process lasts
 * @param continueWithin an unfinished run is continued only when it began so recently
 * @param awaitDatabase how long a database that is away is waited for, at the start and
 * in a run
 * @param keepFor how long plans, scans, usage and reports are kept
 */
@Validated
@ConfigurationProperties("dumpkeeper.run")
public record RunProperties(@DefaultValue("60s") @DurationMin(seconds = 3) Duration lease,
		@DefaultValue("24h") Duration continueWithin, @DefaultValue("90s") @DurationMin Duration awaitDatabase,
		@DefaultValue("90d") Duration keepFor) {

}
