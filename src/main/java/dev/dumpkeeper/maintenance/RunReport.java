package dev.dumpkeeper.maintenance;

/**
 * The end of a run.
 *
 * @param exitCode what the process ends with
 * @param text for a person
 * @param json the same facts in one line
 */
record RunReport(ExitCode exitCode, String text, String json) {

}
