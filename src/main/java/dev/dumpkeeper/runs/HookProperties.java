package dev.dumpkeeper.runs;

import java.time.Duration;
import java.util.regex.Pattern;

import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How pods report new dumps.
 *
 * @param token the low-value secret of the pods; without one reports are refused
 * @param groupWait how long the service waits for further dumps before it sends a
 * notification
 */
@Validated
@ConfigurationProperties("dumpkeeper.hook")
public record HookProperties(@Nullable String token,
		@DefaultValue("10s") @DurationMin @DurationMax(minutes = 10) Duration groupWait) {

	/** The characters that a header can contain. */
	private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]*");

	public HookProperties {
		if (token != null && !TOKEN.matcher(token).matches()) {
			throw new IllegalArgumentException("dumpkeeper.hook.token has a character that no header carries:"
					+ " expected visible ASCII without white space");
		}
	}

	/** The token is a secret. */
	@Override
	public String toString() {
		return "HookProperties[groupWait=" + this.groupWait + "]";
	}

}
