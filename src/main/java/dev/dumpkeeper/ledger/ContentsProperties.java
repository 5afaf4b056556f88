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
 * Limits on reading the heaps of new dumps.
 *
 * @param timePerRun how long a run reads heaps; 0s to read none. A dump is started only
 * if its whole time budget fits into the remaining time
 * @param bytesPerRun how many bytes of dumps a run reads, exceeded by up to 8 MiB. A dump
 * is started only if its byte budget fits into the remaining bytes
 * @param timePerDump how long one dump may take, at most half of {@code timePerRun}; a
 * partial count is kept
 * @param bytesPerDump how many bytes of one dump are read, after inflation if it is
 * compressed
 * @param scratch a directory for the temporary files of the search for holders;
 * {@code null} to skip that search
 * @param scratchLimit how many bytes one search may write
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
