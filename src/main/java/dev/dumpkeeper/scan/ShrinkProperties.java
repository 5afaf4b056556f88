package dev.dumpkeeper.scan;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a listing is not believed.
 *
 * @param maxShrink the share (0 to 1) of its objects that a volume may have lost since
 * the last pass, own deletions aside
 */
@Validated
@ConfigurationProperties("dumpkeeper.brake")
record ShrinkProperties(
		@DefaultValue("0.5") @DecimalMin(value = "0", message = "must be a share from 0 to 1") @DecimalMax(value = "1",
				message = "must be a share from 0 to 1") double maxShrink) {

}
