package dev.dumpkeeper.runs;

import java.time.Instant;
import java.util.List;

import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.text.SafeText;

/**
 * Lets all report sections write the report of a run.
 */
final class RunReporter {

	private final List<ReportSection> sections;

	RunReporter(List<ReportSection> sections) {
		this.sections = List.copyOf(sections);
	}

	RunReport of(Run run, RunRequest request, Instant end) {
		Report report = new Report(run, request.job().text(), request.steps(), end);
		this.sections.forEach((section) -> section.write(report));
		return new RunReport(report.exitCode(), report.asText(),
				SafeText.oneLine(JsonMapper.shared().writeValueAsString(report.json())));
	}

}
