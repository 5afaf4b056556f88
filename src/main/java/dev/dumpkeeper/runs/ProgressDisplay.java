package dev.dumpkeeper.runs;

import java.time.Duration;
import java.util.Locale;
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

	/** Told the same, so that other processes can show it. */
	private final Progress others;

	private final Map<String, Long> done = new TreeMap<>();

	/** What all processes do of the step in progress. */
	private String share = "";

	private @Nullable ProgressBar bar;

	private long loggedAt = System.nanoTime();

	ProgressDisplay(boolean terminal, Progress others) {
		this.terminal = terminal;
		this.others = others;
	}

	@Override
	public void add(String work, String volume, long more) {
		this.others.add(work, volume, more);
		synchronized (this) {
			this.done.merge(work, more, Long::sum);
			show(volume);
		}
	}

	@Override
	public synchronized void share(String step, Share partitions) {
		this.share = String.format(Locale.ROOT, "; %s: %d done, %d running in %d processes, %d waiting%s", step,
				partitions.done(), partitions.running(), partitions.workers(), partitions.waiting(),
				partitions.work().isEmpty() ? "" : ", all " + partitions.work() + " " + partitions.objects());
		show(step);
	}

	private void show(String where) {
		if (this.terminal) {
			bar().stepTo(this.done.values().stream().mapToLong(Long::longValue).sum());
			bar().setExtraMessage(SafeText.oneLine(where) + ", " + summary());
		}
		else if (System.nanoTime() - this.loggedAt > LOG_INTERVAL.toNanos()) {
			this.loggedAt = System.nanoTime();
			logger.info("{}: so far {}", where, summary());
		}
	}

	private String summary() {
		return this.done.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " " + entry.getValue())
			.collect(Collectors.joining(", ")) + this.share;
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
		this.share = "";
	}

}
