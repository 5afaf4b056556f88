package dev.dumpkeeper.runs;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.run.ExitCode;

/**
 * Hears of runs. What it throws would fail the run, so it does not.
 */
public interface RunListener {

	/** A run begins or is continued. */
	void began(RunRequest request);

	/**
	 * A run has ended.
	 * @param outcome its exit code
	 * @param duration since it was begun first
	 * @param report what it did, {@code null} where it did not come to its end
	 */
	void ended(RunRequest request, ExitCode outcome, Duration duration, @Nullable RunReport report);

	static RunListener all(List<RunListener> listeners) {
		return new RunListener() {

			@Override
			public void began(RunRequest request) {
				listeners.forEach((listener) -> listener.began(request));
			}

			@Override
			public void ended(RunRequest request, ExitCode outcome, Duration duration, @Nullable RunReport report) {
				listeners.forEach((listener) -> listener.ended(request, outcome, duration, report));
			}

		};
	}

}
