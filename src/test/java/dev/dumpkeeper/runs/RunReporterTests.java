package dev.dumpkeeper.runs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RunReporter}.
 */
class RunReporterTests {

	private static final Run RUN = new Run(7, RunsLab.NOW, false);

	private static RunReport report(RunRequest request, ReportSection... sections) {
		return new RunReporter(List.of(sections)).of(RUN, request, RunsLab.NOW.plus(Duration.ofMillis(1500)));
	}

	private static RunRequest expire(Long approve) {
		return RunRequest.by(new RunInitiator("ann", "her host"), JobName.EXPIRE_DUMPS, false, List.of(), approve);
	}

	@Test
	void eachRoomWritesOnceInOrder() {
		List<String> written = new ArrayList<>();
		RunReport report = report(RunsLab.request(), (section) -> {
			written.add("scan");
			section.text("scanned\n");
			section.put("scan", 1);
		}, (section) -> {
			written.add("usage");
			section.text("measured\n");
			section.put("usage", 2);
		});
		assertThat(written).containsExactly("scan", "usage");
		assertThat(report.text()).isEqualTo("measure-usage, run 7, 1.5 s\n\nscanned\nmeasured\n");
		assertThat(report.json()).contains("\"scan\":1,\"usage\":2");
	}

	@Test
	void textAndJsonShowTheSame() {
		RunReport report = report(RunsLab.request(), (section) -> section.cause(ExitCode.OBJECTS_FAILED),
				(section) -> section.warn("the volume v is odd"));
		JsonNode json = JsonMapper.shared().readTree(report.json());
		assertThat(json.at("/job").asString()).isEqualTo("measure-usage");
		assertThat(json.at("/run").asInt()).isEqualTo(7);
		assertThat(json.at("/startedAt").asString()).isEqualTo("2026-11-25T08:00:00Z");
		assertThat(json.at("/seconds").asDouble()).isEqualTo(1.5);
		assertThat(json.at("/exitCode").asInt()).isEqualTo(3);
		assertThat(json.at("/warnings/0").asString()).isEqualTo("the volume v is odd");
		assertThat(report.text()).endsWith("! the volume v is odd\n");
	}

	@Test
	void theExitCodeIsTheWorstThatARoomNames() {
		assertThat(report(RunsLab.request()).exitCode()).isEqualTo(ExitCode.OK);
		assertThat(report(RunsLab.request(), (section) -> section.cause(ExitCode.NOT_DELIVERED),
				(section) -> section.cause(ExitCode.BRAKE_REFUSED), (section) -> section.cause(ExitCode.GATEWAY))
			.exitCode()).isEqualTo(ExitCode.BRAKE_REFUSED);
	}

	@Test
	void roomsKnowWhichStepsWereAskedFor() {
		List<Boolean> has = new ArrayList<>();
		ReportSection section = (report) -> has.addAll(
				List.of(report.hasStep("scanVolumes"), report.hasStep("sweepVolumes"), report.sendsNotifications()));
		report(RunsLab.request(), section);
		report(expire(null), section);
		report(expire(7L), section);
		assertThat(has).containsExactly(true, false, false, true, true, false, false, true, false);
	}

	@Test
	void theJsonIsOneLineWhateverIsInIt() {
		String hostile = "a\nb\u2028c\u202Ed\u0007";
		RunReport report = report(RunsLab.request(), (section) -> section.put("name", hostile));
		assertThat(report.json()).doesNotContainPattern("[\\p{Cntrl}\\u2028\\u202E]");
		assertThat(JsonMapper.shared().readTree(report.json()).at("/name").asString()).isEqualTo(hostile);
	}

}
