package dev.dumpkeeper.run;

/**
 * A room's part of the report on a run. Sections are beans and write in the order of
 * their {@link org.springframework.core.annotation.Order}. They read what the rooms have
 * recorded, so that a run which was continued reports everything once.
 */
@FunctionalInterface
public interface ReportSection {

	/**
	 * Writes what this room recorded of a run; nothing where it recorded nothing.
	 * @param report what is written to
	 */
	void write(Report report);

}
