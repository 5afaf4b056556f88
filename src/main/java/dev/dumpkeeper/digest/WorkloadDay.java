package dev.dumpkeeper.digest;

/**
 * The new dumps of one workload on one day.
 *
 * @param environment the environment, or the empty string where the name does not tell
 * @param workload the workload, or the empty string where the name does not tell
 * @param dumps how many
 * @param bytes their sizes added up
 */
record WorkloadDay(String environment, String workload, long dumps, long bytes) {

}
