package dev.dumpkeeper.ledger;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How dumps are recognised and looked at.
 *
 * @param namePatterns regular expressions over file names, or over paths below a
 * retention directory, with the groups {@code environment}, {@code pod} and perhaps
 * {@code workload}
 * @param settleTime a dump without an end that was touched so recently is being written
 * @param lookFor how long one run reads new dumps; the rest waits for the next run
 * @param parallelLooks how many volumes are looked at at once
 * @param believeReceipts whether a receipt that says so counts as people having been
 * told, where no robot of this service's own is configured. Whoever can write into the
 * volume can write a receipt
 */
@Validated
@ConfigurationProperties("dumpkeeper.ledger")
record LedgerProperties(
		@DefaultValue("(?s)(?<environment>[^/]*)_(?<pod>[^_/]+)_heapDump[^/]*") @NotNull List<Pattern> namePatterns,
		@DefaultValue("10m") @DurationMin(seconds = 1) Duration settleTime,
		@DefaultValue("10m") @DurationMin(seconds = 1) Duration lookFor,
		@DefaultValue("2") @Min(1) @Max(16) int parallelLooks, @DefaultValue("false") boolean believeReceipts) {

}
