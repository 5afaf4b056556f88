package dev.dumpkeeper.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.text.SafeText;
import dev.dumpkeeper.text.TextTable;

/**
 * The report of a run, written by its sections: the same facts as JSON and as text, and
 * the resulting exit code.
 */
public final class Report {

	private final Run run;

	private final String job;

	private final List<String> steps;

	private final Instant end;

	private final Map<String, Object> json = new LinkedHashMap<>();

	private final Map<String, Volume> volumes = new TreeMap<>();

	private final Set<String> columns = new LinkedHashSet<>();

	private final StringBuilder text = new StringBuilder();

	private final List<String> warnings = new ArrayList<>();

	private final List<ExitCode> causes = new ArrayList<>();

	/**
	 * Starts a report.
	 * @param run the run, which has ended
	 * @param job the job's name
	 * @param steps the job's steps, in order
	 * @param end when it ended
	 */
	public Report(Run run, String job, List<String> steps, Instant end) {
		this.run = run;
		this.job = job;
		this.steps = List.copyOf(steps);
		this.end = end;
	}

	/**
	 * Returns the reported run.
	 * @return the run
	 */
	public Run run() {
		return this.run;
	}

	/**
	 * Returns when the run ended.
	 * @return the instant
	 */
	public Instant end() {
		return this.end;
	}

	/**
	 * Returns whether the job has a step, whatever its outcome.
	 * @param step the step's name
	 * @return {@code false} for a job without it
	 */
	public boolean hasStep(String step) {
		return this.steps.contains(step);
	}

	/**
	 * Returns whether a step is the last of the job, so that its result is the purpose of
	 * the job.
	 * @param step the step's name
	 * @return {@code true} for the job's last step
	 */
	public boolean endsWith(String step) {
		return this.steps.get(this.steps.size() - 1).equals(step);
	}

	/**
	 * Returns whether the job sends notifications, if it finds something to report.
	 * @return {@code true} if the exit code depends on it
	 */
	public boolean sendsNotifications() {
		return hasStep("notifyPeople") || hasStep("checkCapacity");
	}

	/**
	 * Adds a fact to the JSON.
	 * @param name the field
	 * @param value a value that Jackson can write; {@code null} adds nothing
	 */
	public void put(String name, @Nullable Object value) {
		if (value != null) {
			this.json.put(name, value);
		}
	}

	/**
	 * Returns the facts of one volume: an object in the JSON's {@code volumes} and a row
	 * of the table of volumes.
	 * @param name the volume's name
	 * @return the facts added so far
	 */
	public Volume volume(String name) {
		return this.volumes.computeIfAbsent(name, Volume::new);
	}

	/**
	 * Adds a block of text below the table of volumes.
	 * @param block whole lines of safe values
	 */
	public void text(String block) {
		this.text.append(block);
	}

	/**
	 * Shows a message that a dry run does not send.
	 * @param page the message as it would be sent
	 */
	public void wouldSend(String page) {
		text("\nwould be sent:\n" + page.indent(4));
	}

	/**
	 * Adds a warning, for the JSON and for the end of the text.
	 * @param warning a sentence; untrusted parts are made safe here
	 */
	public void warn(String warning) {
		this.warnings.add(SafeText.oneLine(warning));
	}

	/**
	 * Adds a reason for an exit code other than 0.
	 * @param cause the exit code
	 */
	public void cause(ExitCode cause) {
		this.causes.add(cause);
	}

	/**
	 * Returns the exit code of the process.
	 * @return the worst of the causes
	 */
	public ExitCode exitCode() {
		return ExitCode.worst(this.causes);
	}

	/**
	 * Returns all facts as values for Jackson, in the order of the documentation.
	 * @return a mutable map
	 */
	public Map<String, Object> json() {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("job", this.job);
		all.put("run", this.run.id());
		all.put("dryRun", this.run.dryRun());
		all.put("exitCode", exitCode().number());
		all.put("startedAt", this.run.now().toString());
		all.put("seconds", seconds());
		all.put("volumes", this.volumes.values().stream().map((volume) -> volume.json).toList());
		all.putAll(this.json);
		all.put("warnings", this.warnings);
		return all;
	}

	/**
	 * Returns the report for a terminal.
	 * @return lines
	 */
	public String asText() {
		StringBuilder all = new StringBuilder();
		all.append(this.job)
			.append(this.run.dryRun() ? " (dry run: nothing was changed)" : "")
			.append(", run ")
			.append(this.run.id())
			.append(", ")
			.append(String.format(Locale.ROOT, "%.1f s", seconds()))
			.append("\n\n");
		if (!this.volumes.isEmpty()) {
			all.append(table());
		}
		all.append(this.text);
		if (!this.warnings.isEmpty()) {
			all.append('\n');
			this.warnings.forEach((warning) -> all.append("! ").append(warning).append('\n'));
		}
		return all.toString();
	}

	private double seconds() {
		return Duration.between(this.run.now(), this.end).toMillis() / 1000.0;
	}

	private TextTable table() {
		List<String> headings = new ArrayList<>(List.of("VOLUME"));
		headings.addAll(this.columns);
		TextTable table = new TextTable(headings.toArray(String[]::new));
		this.volumes.values().forEach((volume) -> {
			List<String> row = new ArrayList<>(List.of(volume.name));
			this.columns.forEach((column) -> row.add(volume.cells.getOrDefault(column, "-")));
			table.row(row.toArray(String[]::new));
		});
		return table;
	}

	/**
	 * Formats a number.
	 * @param number any number
	 * @return the number with commas between thousands
	 */
	public static String count(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

	/**
	 * The facts of one volume. Each section adds to those of earlier sections.
	 */
	public final class Volume {

		private final String name;

		private final Map<String, Object> json = new LinkedHashMap<>();

		private final Map<String, String> cells = new LinkedHashMap<>();

		private Volume(String name) {
			this.name = name;
			this.json.put("name", name);
		}

		/**
		 * Adds a fact to the volume's JSON.
		 * @param field the field
		 * @param value a value that Jackson can write; {@code null} adds nothing
		 * @return this
		 */
		public Volume put(String field, @Nullable Object value) {
			if (value != null) {
				this.json.put(field, value);
			}
			return this;
		}

		/**
		 * Sets a cell in the volume's row.
		 * @param column the heading, as in {@link TextTable}
		 * @param value the text; a column that is not set has a dash
		 * @return this
		 */
		public Volume cell(String column, String value) {
			Report.this.columns.add(column);
			this.cells.put(column, value);
			return this;
		}

	}

}
