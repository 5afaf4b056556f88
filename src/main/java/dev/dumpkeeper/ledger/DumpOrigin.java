package dev.dumpkeeper.ledger;

/**
 * Where a dump came from, as far as its name or its receipt tells.
 *
 * @param environment such as {@code prod}; empty where nobody told, at most 64 characters
 * @param workload the Deployment, StatefulSet, DaemonSet or Job, at most 128 characters
 * @param pod the pod's name, at most 253 characters
 */
public record DumpOrigin(String environment, String workload, String pod) {

	static final DumpOrigin UNKNOWN = new DumpOrigin("", "", "");

	public DumpOrigin {
		environment = Text.cut(environment, 64);
		workload = Text.cut(workload, 128);
		pod = Text.cut(pod, 253);
	}

}
