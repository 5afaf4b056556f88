package dev.dumpkeeper.runs;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.annotation.Order;

import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RunReporter}: a room reports itself by publishing a section, and
 * nothing else has to know of it.
 */
class ReportSectionSeamTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private static final RunRequest REQUEST = RunRequest.by(new RunInitiator("otto", "10.0.0.1"), JobName.MEASURE_USAGE,
			false, List.of(), null);

	@Test
	void aSectionThatIsPublishedIsInTextJsonAndExitCode() {
		RunReport report = report(new OwnersSection());
		assertThat(report.text()).contains("owners: 2 of 3 known\n", "! cart: nobody owns 1 dump");
		assertThat(report.text().lines()).containsSequence("VOLUME  OWNERLESS", "cart            1");
		assertThat(report.json()).contains("\"ownersKnown\":2", "{\"name\":\"cart\",\"ownerless\":1}",
				"\"warnings\":[\"cart: nobody owns 1 dump\"]", "\"exitCode\":3");
		assertThat(report.exitCode()).isEqualTo(ExitCode.OBJECTS_FAILED);
	}

	@Test
	void sectionsWriteInTheirOrderWhicheverWasPublishedFirst() {
		assertThat(report(new LastSection(), new OwnersSection()).text()).contains("owners: 2 of 3 known\nlast\n");
	}

	private static RunReport report(ReportSection... sections) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			for (ReportSection section : sections) {
				context.registerBean(section.getClass().getName(), ReportSection.class, () -> section);
			}
			context.refresh();
			return new RunsConfiguration().runReports(context.getBeanProvider(ReportSection.class))
				.of(new Run(7, NOW, false), REQUEST, NOW.plusMillis(1500));
		}
	}

	/** What a room that does not exist would say of who owns dumps. */
	@Order(1)
	private static final class OwnersSection implements ReportSection {

		@Override
		public void write(Report report) {
			report.put("ownersKnown", 2);
			report.volume("cart").put("ownerless", 1).cell("OWNERLESS", Report.count(1));
			report.text("owners: 2 of 3 known\n");
			report.warn("cart: nobody owns 1 dump");
			report.cause(ExitCode.OBJECTS_FAILED);
		}

	}

	/** Comes behind it. */
	@Order(2)
	private static final class LastSection implements ReportSection {

		@Override
		public void write(Report report) {
			report.text("last\n");
		}

	}

}
