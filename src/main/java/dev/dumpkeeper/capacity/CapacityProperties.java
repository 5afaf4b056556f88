package dev.dumpkeeper.capacity;

import java.net.URI;
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
 * When to warn, and which sources know the size of volumes.
 *
 * @param threshold the used share (0 to 1) to warn of before it is reached
 * @param horizon how far ahead to forecast
 * @param earlyMargin how far below the threshold, as a share of the capacity, the median
 * of the forecast may stay in a volume that is warned of before it reaches the threshold;
 * with 1 the 90th percentile alone decides
 * @param metricsUrl the gateway's page for Prometheus; without one this source is not
 * used
 * @param limits the capacities of volumes, by name, for volumes that no other source
 * knows
 */
@Validated
@ConfigurationProperties("dumpkeeper.capacity")
record CapacityProperties(@DefaultValue("0.80") @DecimalMin("0.1") @DecimalMax("0.94") double threshold,
		@DefaultValue("72h") @DurationMin(hours = 1) @DurationMax(days = 30) Duration horizon,
		@DefaultValue("1") @DecimalMin("0") @DecimalMax("1") double earlyMargin, @Nullable URI metricsUrl,
		@DefaultValue Map<String, DataSize> limits) {

	CapacityProperties {
		limits.forEach((volume, limit) -> {
			if (limit.toBytes() <= 0) {
				throw new IllegalArgumentException("dumpkeeper.capacity.limits." + volume + " must be more than 0");
			}
		});
		if (metricsUrl != null && (!"http".equals(metricsUrl.getScheme()) && !"https".equals(metricsUrl.getScheme())
				|| metricsUrl.getHost() == null || metricsUrl.getRawUserInfo() != null)) {
			throw new IllegalArgumentException("dumpkeeper.capacity.metrics-url is invalid; expected an address"
					+ " such as http://juicefs-s3-gateway:9567/metrics, without a user");
		}
	}

}
