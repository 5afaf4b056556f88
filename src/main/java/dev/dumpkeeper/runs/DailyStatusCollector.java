package dev.dumpkeeper.runs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.capacity.CapacityReading;
import dev.dumpkeeper.digest.DailyStatus;
import dev.dumpkeeper.digest.DailyStatus.ActionItem;
import dev.dumpkeeper.digest.VolumeDay;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.usage.VolumeUsage;

/**
 * Collects the state for the daily report and the console: usage, and what the last pass
 * left for manual action.
 */
public final class DailyStatusCollector {

	private final RunRepository runs;

	private final VolumeUsage usage;

	private final CapacityChecks capacity;

	DailyStatusCollector(RunRepository runs, VolumeUsage usage, CapacityChecks capacity) {
		this.runs = runs;
		this.usage = usage;
		this.capacity = capacity;
	}

	/**
	 * Returns the state after the last pass.
	 * @param dayBegan changes of usage are counted from the last measurement before this
	 */
	DailyStatus at(Run run, Instant dayBegan) {
		Map<String, CapacityReading> known = this.capacity.latest(run.now());
		List<VolumeDay> volumes = this.usage.latest(run.now())
			.stream()
			.map((now) -> new VolumeDay(now.volume(), now.objectBytes(),
					this.usage.lastBefore(now.volume(), dayBegan).map((before) -> before.objectBytes()).orElse(null),
					known.containsKey(now.volume()) ? known.get(now.volume()).capacity().capacityBytes() : null))
			.toList();
		LastPass last = lastPass();
		return new DailyStatus(volumes, last.failed(), last.actions(), last.success());
	}

	/**
	 * Reads the last complete pass, whichever process it ran in.
	 * @return what it left to people
	 */
	public LastPass lastPass() {
		Optional<RunRecord> last = this.runs.findLastEnded(JobName.MAINTENANCE.text());
		List<ActionItem> needs = new ArrayList<>();
		long failed = 0;
		if (last.isPresent()) {
			int code = (last.get().exitCode() != null) ? last.get().exitCode() : ExitCode.OK.number();
			if (code != ExitCode.OK.number() && code != ExitCode.STOPPED.number()) {
				needs.add(new ActionItem(ActionItem.Kind.PASS_FAILED, Integer.toString(code)));
			}
			String report = last.get().report();
			failed = (report != null) ? read(JsonMapper.shared().readTree(report), needs) : 0;
		}
		Instant success = this.runs.findLastSuccess(JobName.MAINTENANCE.text()).map(RunRecord::finishedAt).orElse(null);
		return new LastPass(last.map(RunRecord::id).orElse(null), needs, failed, success);
	}

	private static long read(JsonNode report, List<ActionItem> needs) {
		if (report.at("/plan/state").asString("").equals("REFUSED")) {
			needs.add(new ActionItem(ActionItem.Kind.PLAN_REFUSED, report.at("/plan/id").asString("")));
		}
		long failed = 0;
		for (JsonNode volume : report.path("volumes")) {
			String name = volume.path("name").asString("");
			String state = volume.path("state").asString("");
			if (state.equals("FAILED") || state.equals("UNTRUSTED")) {
				needs.add(new ActionItem(ActionItem.Kind.VOLUME_UNREADABLE, name));
			}
			for (JsonNode marker : volume.path("markers")) {
				String found = marker.path("state").asString("");
				if (found.equals("FULL") || found.equals("FAILED")) {
					needs.add(new ActionItem(ActionItem.Kind.MARKER_MISSING, name));
				}
			}
			long stuck = volume.path("failed").asLong(0) + volume.path("quarantined").asLong(0);
			if (stuck > 0) {
				needs.add(new ActionItem(ActionItem.Kind.OBJECTS_STUCK, name));
			}
			failed += stuck;
		}
		return failed;
	}

	/**
	 * What the last whole pass left to people.
	 *
	 * @param run its number, {@code null} when none has ended yet
	 * @param actions what requires action
	 * @param failed how many objects cannot be deleted
	 * @param success when a pass last succeeded, {@code null} when none ever did
	 */
	public record LastPass(@Nullable Long run, List<ActionItem> actions, long failed, @Nullable Instant success) {

	}

}
