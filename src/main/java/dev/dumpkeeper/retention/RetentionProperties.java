package dev.dumpkeeper.retention;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is kept and for how long.
 *
 * @param directories directories relative to each volume; only below these is anything
 * ever deleted
 * @param maxAge how long an object is kept, counted from its last modification
 * @param emptyGrace how long an empty object is taken as being written, even beyond the
 * maximum age
 * @param notice how long a dump is kept after its notification
 * @param keepNewest how many of the newest dumps of each workload are kept beyond the
 * maximum age
 * @param keepNewestFor the age up to which these are kept
 * @param dumpPatterns globs over file names; a match is a dump
 * @param parallelBatches how many delete calls run in parallel
 */
@Validated
@ConfigurationProperties("dumpkeeper.retention")
record RetentionProperties(@DefaultValue("dumpfiles") @NotEmpty List<DirectoryPath> directories,
		@DefaultValue("2d") @DurationMin(seconds = 1) Duration maxAge, @DefaultValue("1h") Duration emptyGrace,
		@DefaultValue("24h") @DurationMin Duration notice, @DefaultValue("0") @Min(0) int keepNewest,
		@DefaultValue("14d") Duration keepNewestFor, @DefaultValue( {
				"*.hprof", "*.hprof.gz" }) @NotEmpty List<String> dumpPatterns,
		@DefaultValue("8") @Min(1) @Max(32) int parallelBatches){

	RetentionProperties {
		for (int i = 0; i < dumpPatterns.size(); i++) {
			String pattern = dumpPatterns.get(i);
			if (pattern.indexOf('/') >= 0) {
				throw new IllegalArgumentException("dumpkeeper.retention.dump-patterns[" + i
						+ "] contains a slash; expected a pattern of file names, such as *.hprof");
			}
			// hprof alone is not a file name; it was meant as *.hprof.
			if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0 && pattern.indexOf('.') < 1) {
				throw new IllegalArgumentException("dumpkeeper.retention.dump-patterns[" + i
						+ "] has no wildcard and is no file name; expected a pattern of file names, such as *.hprof");
			}
		}
	}

	/** Returns the same with another age. */
	RetentionProperties with(Duration maxAge) {
		return new RetentionProperties(this.directories, maxAge, this.emptyGrace, this.notice, this.keepNewest,
				this.keepNewestFor, this.dumpPatterns, this.parallelBatches);
	}

}
