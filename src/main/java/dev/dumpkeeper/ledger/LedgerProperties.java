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
 * How dumps are recognised and triaged.
 *
 * @param namePatterns regular expressions over file names, or over paths below a
 * retention directory, with the groups {@code environment}, {@code pod} and optionally
 * {@code workload}
 * @param settleTime a dump without an end that was modified this recently is taken as
 * being written
 * @param triageTime how long one run triages new dumps; the rest waits for the next run
 * @param parallelVolumes how many volumes are triaged in parallel
 * @param believeReceipts whether a receipt can confirm that people were notified, if this
 * service has no robot of its own. Anybody who can write to the volume can write a
 * receipt
 */
@Validated
@ConfigurationProperties("dumpkeeper.ledger")
record LedgerProperties(
		@DefaultValue("(?s)(?<environment>[^/]*)_(?<pod>[^_/]+)_heapDump[^/]*") @NotNull List<Pattern> namePatterns,
		@DefaultValue("10m") @DurationMin(seconds = 1) Duration settleTime,
		@DefaultValue("10m") @DurationMin(seconds = 1) Duration triageTime,
		@DefaultValue("2") @Min(1) @Max(16) int parallelVolumes, @DefaultValue("false") boolean believeReceipts) {

}
