package dev.dumpkeeper.console;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

import dev.dumpkeeper.capacity.CapacityOutlooks;
import dev.dumpkeeper.capacity.CapacityReading;
import dev.dumpkeeper.ledger.DumpHistory;
import dev.dumpkeeper.ledger.DumpSearch;
import dev.dumpkeeper.ledger.FailureCourse;
import dev.dumpkeeper.ledger.FailureSums;
import dev.dumpkeeper.ledger.HeapTable;
import dev.dumpkeeper.notify.MessageBook;
import dev.dumpkeeper.retention.ExpiryRule;
import dev.dumpkeeper.retention.PlanBook;
import dev.dumpkeeper.runs.Jobs;
import dev.dumpkeeper.web.AuditTrail;
import dev.dumpkeeper.web.SignInWays;

/**
 * Registers what templates access by reflection, for a native image.
 */
final class ConsoleHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
		hints.resources()
			.registerPattern("dev/dumpkeeper/console/*")
			.registerPattern("META-INF/resources/webjars/htmx.org/*");
		for (Class<?> shown : new Class<?>[] { Shown.class, DumpSearch.DumpPage.class, DumpSearch.DumpRow.class,
				DumpSearch.DumpDetail.class, HeapTable.class, HeapTable.HeapRow.class, HeapTable.GrownTable.class,
				HeapTable.GrownRow.class, AuditTrail.AuditEvent.class, FailureSums.FailureSum.class,
				PlansController.NamedItem.class, PlanBook.PlanRow.class, PlanBook.VolumeRow.class,
				PlanBook.ItemRow.class, MessageBook.MessageRow.class, MessageBook.WaitingRow.class,
				MessageBook.PageRow.class, MessageBook.AttemptRow.class, UsageChart.class, UsageChart.Mark.class,
				CapacityOutlooks.Course.class, DumpHistory.WorkloadSum.class, FailureCourse.class,
				FailureCourse.Place.class, DayBars.class, DayBars.Bar.class, DumpSearch.DumpFilter.class,
				Jobs.JobOverview.class, Jobs.RunOverview.class, Jobs.RunDetail.class, Jobs.StepDetail.class,
				CapacityReading.class, ExpiryRule.class, SignInWays.class }) {
			hints.reflection().registerType(shown, MemberCategory.INVOKE_PUBLIC_METHODS);
		}
	}

}
