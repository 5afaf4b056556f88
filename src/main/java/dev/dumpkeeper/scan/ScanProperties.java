package dev.dumpkeeper.scan;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds of a walk.
 *
 * @param parallelVolumes how many volumes are listed at once
 * @param maxObjects a listing longer than this is taken for an endless one (a symbolic
 * link that leads back)
 * @param timeLimit a listing that takes longer is given up
 * @param source where volumes are listed: by the gateway, in JuiceFS's metadata database,
 * or there where that can be read and else by the gateway
 */
@Validated
@ConfigurationProperties("dumpkeeper.scan")
record ScanProperties(@DefaultValue("2") @Min(1) @Max(16) int parallelVolumes,
		@DefaultValue("50000000") @Min(1) long maxObjects, @DefaultValue("2h") Duration timeLimit,
		@DefaultValue("auto") ListingOrigin source) {

}
