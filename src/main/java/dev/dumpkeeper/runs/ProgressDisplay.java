package dev.dumpkeeper.runs;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.text.SafeText;

/**
 * Shows the progress of long work: as a line that is rewritten on a terminal, and as an
 * occasional log line everywhere else.
 */
public final class ProgressDisplay implements Progress, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ProgressDisplay.class);

	private static final Duration LOG_INTERVAL = Duration.ofSeconds(15);

	private final boolean terminal;

	private final Map<String, Long> done = new TreeMap<>();

	private @Nullable ProgressBar bar;

	private long loggedAt = System.nanoTime();

	ProgressDisplay(boolean terminal) {
		this.terminal = terminal;
	}

	@Override
	public synchronized void add(String work, String volume, long more) {
		this.done.merge(work, more, Long::sum);
		if (this.terminal) {
			bar().stepTo(this.done.values().stream().mapToLong(Long::longValue).sum());
			bar().setExtraMessage(SafeText.oneLine(volume) + ", " + summary());
		}
		else if (System.nanoTime() - this.loggedAt > LOG_INTERVAL.toNanos()) {
			this.loggedAt = System.nanoTime();
			logger.info("{}: so far {}", volume, summary());
		}
	}

	private String summary() {
		return this.done.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " " + entry.getValue())
			.collect(Collectors.joining(", "));
	}

	private ProgressBar bar() {
		ProgressBar current = this.bar;
		if (current == null) {
			current = new ProgressBarBuilder().setTaskName("objects")
				.setInitialMax(-1)
				.setStyle(ProgressBarStyle.ASCII)
				.setUpdateIntervalMillis(500)
				.clearDisplayOnFinish()
				.build();
			this.bar = current;
		}
		return current;
	}

	/** Ends the line, so that the report begins on a new one. */
	@Override
	public synchronized void close() {
		if (this.bar != null) {
			this.bar.close();
			this.bar = null;
		}
		this.done.clear();
	}

}
