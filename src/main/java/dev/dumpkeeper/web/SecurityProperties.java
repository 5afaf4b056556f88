package dev.dumpkeeper.web;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may use the management port.
 *
 * @param usersFile a line for each user, {@code NAME ROLE HASH}; without a file there is
 * no access
 * @param trustedProxies a regular expression over the addresses of proxies whose
 * {@code X-Forwarded-For} is trusted on the application port; without one none is
 * @param sessionIdle how long a user stays signed in to the console without a request
 * @param sessionLimit how long a user stays signed in to the console at most
 */
@Validated
@ConfigurationProperties("dumpkeeper.security")
record SecurityProperties(@Nullable Path usersFile, @Nullable Pattern trustedProxies,
		@DefaultValue("1h") @DurationMin(minutes = 1) Duration sessionIdle,
		@DefaultValue("12h") @DurationMin(minutes = 1) Duration sessionLimit) {

}
