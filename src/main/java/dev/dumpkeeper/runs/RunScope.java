package dev.dumpkeeper.runs;

import java.time.Clock;
import java.util.List;

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.retention.Retention;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.scan.Scans;
import dev.dumpkeeper.scan.VolumeCatalogue;

/**
 * What a run is about: which volumes, and which plan.
 */
final class RunScope {

	private final VolumeCatalogue catalogue;

	private final Scans scans;

	private final CapacityChecks capacity;

	private final Retention retention;

	private final Clock clock;

	RunScope(VolumeCatalogue catalogue, Scans scans, CapacityChecks capacity, Retention retention, Clock clock) {
		this.catalogue = catalogue;
		this.scans = scans;
		this.capacity = capacity;
		this.retention = retention;
		this.clock = clock;
	}

	/**
	 * The volumes that a request is about.
	 * @throws dev.dumpkeeper.run.UsageException when it names what there is not
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
		return needsNone ? List.of() : this.catalogue.select(request.volumes());
	}

	/** Records the volumes of a new run. */
	void record(Run run, List<String> volumes) {
		this.scans.select(run, volumes);
	}

	/** The same for a run that may have been cut off before it knew its volumes. */
	void complete(Run run, RunRequest request) {
		if (this.scans.of(run).isEmpty()) {
			this.scans.select(run, volumes(request));
		}
	}

	/** Lets a run sweep the plan that its request approves, if any; can be repeated. */
	void approve(Run run, RunRequest request) {
		if (request.approve() != null) {
			this.retention.approve(run, request.approve());
		}
	}

}
