package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.util.Map;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * When to warn, and who knows how large volumes are.
 *
 * @param threshold the used share that people want to hear of before it is reached
 * @param horizon how far ahead to look
 * @param metadata JuiceFS's metadata database
 * @param limits what volumes may use, by volume, where no other source knows it
 */
@Validated
@ConfigurationProperties("dumpkeeper.capacity")
record CapacityProperties(@DefaultValue("0.80") @DecimalMin("0.1") @DecimalMax("0.94") double threshold,
		@DefaultValue("72h") @DurationMin(hours = 1) @DurationMax(days = 30) Duration horizon,
		@DefaultValue Metadata metadata, @DefaultValue Map<String, DataSize> limits) {

	/**
	 * Read-only access to JuiceFS's metadata database.
	 *
	 * @param url a JDBC address; without one this source is not asked
	 * @param username a user that may read two tables
	 * @param password its password, a secret
	 */
	record Metadata(@Nullable String url, @Nullable String username, @Nullable String password) {

		@Override
		public String toString() {
			return "Metadata[" + ((this.url != null) ? "configured" : "not configured") + "]";
		}

	}

}
