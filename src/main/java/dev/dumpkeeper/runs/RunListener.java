package dev.dumpkeeper.runs;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.run.ExitCode;

/**
 * Is notified of runs. Must not throw, since that would fail the run.
 */
public interface RunListener {

	/** A run begins or is continued. */
	void began(RunRequest request);

	/**
	 * A run has ended.
	 * @param outcome its exit code
	 * @param duration the time since its first start
	 * @param report its report, {@code null} if it did not complete
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
