package dev.dumpkeeper.runs;

import java.time.Clock;
import java.util.List;

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.retention.RetentionOperations;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.VolumeScans;
import dev.dumpkeeper.scan.VolumeSelector;

/**
 * Records the scope of a run: its volumes and its plan.
 */
final class RunScope {

	private final VolumeSelector selector;

	private final VolumeScans scans;

	private final CapacityChecks capacity;

	private final RetentionOperations retention;

	private final Clock clock;

	RunScope(VolumeSelector selector, VolumeScans scans, CapacityChecks capacity, RetentionOperations retention,
			Clock clock) {
		this.selector = selector;
		this.scans = scans;
		this.capacity = capacity;
		this.retention = retention;
		this.clock = clock;
	}

	/**
	 * Returns the volumes of a request.
	 * @throws dev.dumpkeeper.run.InvalidRequestException when it names unknown volumes or
	 * plans
	 * @throws dev.dumpkeeper.gateway.GatewayException when the gateway fails
	 */
	List<String> volumes(RunRequest request) {
		if (request.approve() != null) {
			return this.retention.approvable(request.approve());
		}
		if (request.job() == JobName.CHECK_CAPACITY) {
			this.capacity.require(request.volumes(), this.clock.instant());
		}
		boolean needsNone = request.job() == JobName.DAILY_REPORT || request.job() == JobName.CHECK_CAPACITY;
		return needsNone ? List.of() : this.selector.select(request.volumes());
	}

	void record(Run run, List<String> volumes) {
		this.scans.select(run, volumes);
	}

	/** Records the volumes of a run that may have been interrupted before. */
	void complete(Run run, RunRequest request) {
		if (this.scans.findByRun(run).isEmpty()) {
			this.scans.select(run, volumes(request));
		}
	}

	/** Lets a run sweep the plan that its request approves, if any; repeatable. */
	void approve(Run run, RunRequest request) {
		if (request.approve() != null) {
			this.retention.approve(run, request.approve());
		}
	}

}
