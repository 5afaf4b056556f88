package dev.dumpkeeper.run;

/**
 * A section of the report of a run. Sections are beans and write in the order of their
 * {@link org.springframework.core.annotation.Order}. They read recorded data, so that a
 * continued run reports everything once.
 */
@FunctionalInterface
public interface ReportSection {

	/**
	 * Writes what was recorded of a run, or nothing.
	 * @param report the report to write to
	 */
	void write(Report report);

}
