package dev.dumpkeeper.console;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.console.RunsController.StepShare;
import dev.dumpkeeper.runs.Jobs.StepDetail;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StepShare}.
 */
class StepShareTests {

	@Test
	void whatAllProcessesDoIsAddedUpForEachStep() {
		List<StepDetail> steps = List.of(part("scanVolumes", "DONE", "1@a", "scanned", 7),
				part("scanVolumes", "RUNNING", "1@b", "scanned", 3), part("scanVolumes", "RUNNING", "1@b", null, 0),
				part("scanVolumes", "WAITING", null, null, 0), part("sweepVolumes", "WAITING", null, null, 0),
				part("scanVolumes", null, null, null, 0));
		assertThat(StepShare.of(steps)).containsExactly(new StepShare("scanVolumes", 1, 2, 1, 2, "scanned", 10),
				new StepShare("sweepVolumes", 0, 0, 1, 0, null, 0));
	}

	@Test
	void aRunWithoutSharesHasNone() {
		assertThat(StepShare.of(List.of(part("keepMarker", null, null, null, 0)))).isEmpty();
	}

	private static StepDetail part(String step, @Nullable String share, @Nullable String worker, @Nullable String work,
			long objects) {
		return new StepDetail(step, null, "STARTED", null, null, share, worker, 0, work, objects);
	}

}
