package dev.dumpkeeper.workers;

import java.time.Duration;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How processes share the work of a run.
 *
 * @param enabled whether this service takes partitions of runs that other processes
 * manage
 * @param lease how long a process may work on partitions without being able to renew its
 * claim, at most two thirds of {@code run.lease}; another takes them over a third later
 */
@Validated
@ConfigurationProperties("dumpkeeper.workers")
record WorkersProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("15s") @DurationMin(seconds = 1) Duration lease) {

	/**
	 * Shortens the lease, so that a process whose lease of the run has run out, of which
	 * two thirds may have passed unnoticed, has stopped its own partitions before.
	 */
	WorkersProperties within(Duration runLease) {
		Duration most = runLease.multipliedBy(2).dividedBy(3);
		return (this.lease.compareTo(most) <= 0) ? this : new WorkersProperties(this.enabled, most);
	}

	/** Several renewals may be lost before the claim is. */
	Duration beat() {
		return this.lease.dividedBy(5);
	}

	/** Clocks of two processes may run at slightly different speeds. */
	Duration deadAfter() {
		return this.lease.plus(this.lease.dividedBy(3));
	}

}
