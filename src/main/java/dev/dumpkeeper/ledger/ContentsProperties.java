package dev.dumpkeeper.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import jakarta.validation.constraints.AssertTrue;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import dev.dumpkeeper.hprof.HeapReading.ScratchSpace;

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
 * @param scratch a directory for what the search for holders writes; {@code null} not to
 * search
 * @param scratchLimit how much one search may write
 * @param timeForHolders how long one search may take, after the reading
 */
@Validated
@ConfigurationProperties("dumpkeeper.contents")
record ContentsProperties(@DefaultValue("10m") @DurationMin(seconds = 0) Duration timePerRun,
		@DefaultValue("64GB") DataSize bytesPerRun, @DefaultValue("5m") @DurationMin(seconds = 1) Duration timePerDump,
		@DefaultValue("32GB") DataSize bytesPerDump, @Nullable Path scratch, @DefaultValue("8GB") DataSize scratchLimit,
		@DefaultValue("2m") @DurationMin(seconds = 1) Duration timeForHolders) {

	@AssertTrue(message = "bytes-per-run, bytes-per-dump and scratch-limit must be more than 0")
	boolean isSomeBytes() {
		return this.bytesPerRun.toBytes() > 0 && this.bytesPerDump.toBytes() > 0 && this.scratchLimit.toBytes() > 0;
	}

	Optional<ScratchSpace> scratchSpace() {
		return Optional.ofNullable(this.scratch)
			.map((directory) -> new ScratchSpace(directory, this.scratchLimit.toBytes(), this.timeForHolders));
	}

	boolean isOff() {
		return this.timePerRun.isZero();
	}

}
