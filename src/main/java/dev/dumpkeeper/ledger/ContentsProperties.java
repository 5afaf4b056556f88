package dev.dumpkeeper.ledger;

import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much a run may read of the heaps of new dumps.
 *
 * @param timePerRun how long a run reads heaps; 0s to read none. A dump is begun while
 * all of its own time fits into what is left
 * @param bytesPerRun how much of dumps it reads in all, and up to 8 MiB more. A dump is
 * begun while as much of it as may be read fits into what is left
 * @param timePerDump how long one dump may take, at most half of {@code timePerRun}; what
 * was counted until then is kept
 * @param bytesPerDump how much of one dump is read, and inflated where it is compressed
 */
@Validated
@ConfigurationProperties("dumpkeeper.contents")
record ContentsProperties(@DefaultValue("10m") @DurationMin(seconds = 0) Duration timePerRun,
		@DefaultValue("64GB") DataSize bytesPerRun, @DefaultValue("5m") @DurationMin(seconds = 1) Duration timePerDump,
		@DefaultValue("32GB") DataSize bytesPerDump) {

	@AssertTrue(message = "bytes-per-run and bytes-per-dump must be more than 0")
	boolean isSomeBytes() {
		return this.bytesPerRun.toBytes() > 0 && this.bytesPerDump.toBytes() > 0;
	}

	boolean isOff() {
		return this.timePerRun.isZero();
	}

}
