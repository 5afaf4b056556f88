package dev.dumpkeeper.retention;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * When a plan is refused as a whole, and when a listing is not trusted.
 *
 * @param maxShare the share (0 to 1) of its objects that a volume may lose at once
 * @param minObjects volumes with fewer objects may lose any share
 * @param maxObjects how many objects a plan may delete, unlimited if absent
 * @param maxBytes how many bytes a plan may delete, unlimited if absent
 * @param maxShrink the share (0 to 1) of its objects that a volume may lose between
 * passes, apart from this service's own deletions
 */
@Validated
@ConfigurationProperties("dumpkeeper.brake")
record BrakeProperties(
		@DefaultValue("0.8") @DecimalMin(value = "0", message = "must be a share from 0 to 1") @DecimalMax(value = "1",
				message = "must be a share from 0 to 1") double maxShare,
		@DefaultValue("100") @Min(0) long minObjects, @Nullable @Min(0) Long maxObjects, @Nullable DataSize maxBytes,
		@DefaultValue("0.5") @DecimalMin(value = "0", message = "must be a share from 0 to 1") @DecimalMax(value = "1",
				message = "must be a share from 0 to 1") double maxShrink) {

	BrakeProperties {
		if (maxBytes != null && maxBytes.isNegative()) {
			throw new IllegalArgumentException("dumpkeeper.brake.max-bytes is negative; expected a size such as 500GB");
		}
	}

}
