package dev.dumpkeeper.capacity;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.wecom.OutboundMessage;
import dev.dumpkeeper.wecom.Outbox;
import dev.dumpkeeper.wecom.Picture;

/**
 * Notifies people of volumes whose level changed, with a chart of each of the most
 * urgent.
 */
final class CapacityMessages {

	private static final Logger logger = LoggerFactory.getLogger(CapacityMessages.class);

	private final Outbox outbox;

	private final CapacityText text;

	private final CapacityCharts charts;

	CapacityMessages(Outbox outbox, CapacityText text, CapacityCharts charts) {
		this.outbox = outbox;
		this.text = text;
		this.charts = charts;
	}

	boolean areHeard() {
		return this.outbox.isConfigured();
	}

	/**
	 * Draws the charts of a run that reports something. If this machine cannot draw,
	 * texts are sent without charts.
	 * @param problems receives why there are none
	 */
	List<Picture> charts(Run run, List<CapacityReading> readings, Map<String, CapacityChecks.Judged> judged,
			List<String> problems) {
		if (run.dryRun() || !areHeard()) {
			return List.of();
		}
		try {
			return this.charts.draw(run.now(), readings, judged);
		}
		catch (CapacityChart.UndrawableException ex) {
			logger.warn("{}", ex.getMessage(), ex);
			problems.add(String.valueOf(ex.getMessage()));
			return List.of();
		}
	}

	/** Returns the pages of a run; none if no level changed. */
	List<String> pages(List<CapacityReading> readings, Map<String, GrowthContributors> contributors,
			@Nullable FileSystemSpace space, double threshold) {
		return this.text.pages(readings.stream().filter((reading) -> reading.transition() != null).toList(),
				contributors, space, threshold);
	}

	/** Stores the messages, in the caller's transaction. */
	void post(Run run, List<String> pages, List<Picture> charts) {
		if (areHeard() && !pages.isEmpty()) {
			this.outbox.post(new OutboundMessage("capacity " + run.id(), pages, charts));
		}
	}

}
