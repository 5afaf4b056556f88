package dev.dumpkeeper.runs;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.run.ExitCode;

/**
 * The end of a run.
 *
 * @param exitCode what the process ends with
 * @param text for a person
 * @param json the same facts in one line
 */
public record RunReport(ExitCode exitCode, String text, String json) {

	private static final Logger logger = LoggerFactory.getLogger(RunReport.class);

	/** Where nobody sits before standard output. */
	void log() {
		logger.info("the report:\n{}", this.text);
	}

}
