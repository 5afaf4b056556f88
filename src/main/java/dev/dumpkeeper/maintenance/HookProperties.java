package dev.dumpkeeper.maintenance;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How pods say that they left a dump.
 *
 * @param token the low-value secret that they show; without one nobody is listened to
 * @param groupWait how long the service waits for further dumps before it tells of them
 */
@Validated
@ConfigurationProperties("dumpkeeper.hook")
public record HookProperties(@Nullable String token,
		@DefaultValue("10s") @DurationMin @DurationMax(minutes = 10) Duration groupWait) {

	/** The token is a secret. */
	@Override
	public String toString() {
		return "HookProperties[groupWait=" + this.groupWait + "]";
	}

}
