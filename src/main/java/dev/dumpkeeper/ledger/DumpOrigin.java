package dev.dumpkeeper.ledger;

import dev.dumpkeeper.text.SafeText;

/**
 * Where a dump came from, as far as its path or its receipt tells.
 *
 * @param environment such as {@code prod}; empty where nobody told, at most 64 characters
 * @param workload the Deployment, StatefulSet, DaemonSet or Job, at most 128 characters
 * @param pod the pod's name, at most 253 characters
 * @param directory where the workload is not known, the directory that stands in for it;
 * empty where it is known, and for a directory that everybody shares
 */
public record DumpOrigin(String environment, String workload, String pod, String directory) {

	static final DumpOrigin UNKNOWN = new DumpOrigin("", "", "");

	public DumpOrigin {
		environment = SafeText.cut(environment, 64);
		workload = SafeText.cut(workload, 128);
		pod = SafeText.cut(pod, 253);
	}

	/**
	 * The origin of a dump whose directory stands in for nothing.
	 * @param environment such as {@code prod}
	 * @param workload the workload
	 * @param pod the pod's name
	 */
	public DumpOrigin(String environment, String workload, String pod) {
		this(environment, workload, pod, "");
	}

	/** Whether anything is known but a directory. */
	boolean isKnown() {
		return !this.environment.isEmpty() || !this.workload.isEmpty() || !this.pod.isEmpty();
	}

}
