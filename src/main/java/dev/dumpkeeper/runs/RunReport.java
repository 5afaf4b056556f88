package dev.dumpkeeper.runs;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.run.ExitCode;

/**
 * The result of a run.
 *
 * @param exitCode the exit code of the process
 * @param text for people
 * @param json the same facts in one line
 */
public record RunReport(ExitCode exitCode, String text, String json) {

	private static final Logger logger = LoggerFactory.getLogger(RunReport.class);

	/** Logs the report, for runs without a reader of standard output. */
	void log() {
		logger.info("the report:\n{}", this.text);
	}

}
