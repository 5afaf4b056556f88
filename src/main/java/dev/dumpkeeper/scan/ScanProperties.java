package dev.dumpkeeper.scan;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of a listing.
 *
 * @param parallelVolumes how many volumes are listed in parallel
 * @param maxObjects a longer listing is taken for an endless one, as a symbolic link to a
 * parent directory causes
 * @param timeLimit a listing that takes longer is aborted
 * @param source from where volumes are listed: the gateway, JuiceFS's metadata database,
 * or the database where it can be read and the gateway otherwise
 */
@Validated
@ConfigurationProperties("dumpkeeper.scan")
record ScanProperties(@DefaultValue("2") @Min(1) @Max(16) int parallelVolumes,
		@DefaultValue("50000000") @Min(1) long maxObjects, @DefaultValue("2h") Duration timeLimit,
		@DefaultValue("auto") ListingOrigin source) {

}
