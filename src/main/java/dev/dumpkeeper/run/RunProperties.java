package dev.dumpkeeper.run;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How runs are separated and how long their records are kept.
 *
 * @param lease how long the lease of a killed process lasts
 * @param continueWithin an unfinished run is continued only if it began this recently
 * @param awaitDatabase how long to wait for an unavailable database, at the start and
 * during a run
 * @param keepFor how long plans, scans, usage and reports are kept
 */
@Validated
@ConfigurationProperties("dumpkeeper.run")
public record RunProperties(@DefaultValue("60s") @DurationMin(seconds = 3) Duration lease,
		@DefaultValue("24h") Duration continueWithin, @DefaultValue("90s") @DurationMin Duration awaitDatabase,
		@DefaultValue("90d") Duration keepFor) {

}
