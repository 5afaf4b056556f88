package dev.dumpkeeper.ledger;

import dev.dumpkeeper.text.SafeText;

/**
 * The origin of a dump, as derived from its path or its receipt.
 *
 * @param environment such as {@code prod}; empty if unknown, at most 64 characters
 * @param workload the Deployment, StatefulSet, DaemonSet or Job, at most 128 characters
 * @param pod the pod's name, at most 253 characters
 * @param directory the directory that stands in for an unknown workload; empty if the
 * workload is known or the directory is shared
 */
public record DumpOrigin(String environment, String workload, String pod, String directory) {

	static final DumpOrigin UNKNOWN = new DumpOrigin("", "", "");

	public DumpOrigin {
		environment = SafeText.cut(environment, 64);
		workload = SafeText.cut(workload, 128);
		pod = SafeText.cut(pod, 253);
	}

	/**
	 * Creates an origin without a directory.
	 * @param environment such as {@code prod}
	 * @param workload the workload
	 * @param pod the pod's name
	 */
	public DumpOrigin(String environment, String workload, String pod) {
		this(environment, workload, pod, "");
	}

	/** Whether more than the directory is known. */
	boolean isKnown() {
		return !this.environment.isEmpty() || !this.workload.isEmpty() || !this.pod.isEmpty();
	}

}
