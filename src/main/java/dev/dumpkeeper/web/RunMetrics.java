package dev.dumpkeeper.web;

import java.time.Duration;
import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.runs.RunListener;
import dev.dumpkeeper.runs.RunReport;
import dev.dumpkeeper.runs.RunRequest;
import dev.dumpkeeper.workers.PartitionListener;

/**
 * Counts the results of this process's runs, and of its shares of others'.
 */
final class RunMetrics implements RunListener, PartitionListener {

	private final MeterRegistry registry;

	private final Counter expired;

	private final Counter freed;

	private final Counter failed;

	RunMetrics(MeterRegistry registry) {
		this.registry = registry;
		this.expired = Counter.builder("dumpkeeper.objects.expired")
			.description("Objects that runs of this process expired")
			.register(registry);
		this.freed = Counter.builder("dumpkeeper.bytes.freed")
			.baseUnit("bytes")
			.description("The sizes of those objects, added up")
			.register(registry);
		this.failed = Counter.builder("dumpkeeper.objects.failed")
			.description("Objects that could not be deleted, counted by each run that tried")
			.register(registry);
	}

	@Override
	public void began(RunRequest request) {
	}

	@Override
	public void ended(String step, String outcome, Duration took) {
		this.registry.timer("dumpkeeper.partition", "step", step, "outcome", outcome.toLowerCase(Locale.ROOT))
			.record(took);
	}

	@Override
	public void ended(RunRequest request, ExitCode outcome, Duration duration, @Nullable RunReport report) {
		this.registry
			.timer("dumpkeeper.pass", "job", request.job().text(), "outcome",
					outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.record(duration);
		if (report != null && !request.dryRun()) {
			for (JsonNode volume : JsonMapper.shared().readTree(report.json()).path("volumes")) {
				this.expired.increment(volume.path("expired").asDouble(0));
				this.freed.increment(volume.path("freedBytes").asDouble(0));
				this.failed.increment(volume.path("failed").asDouble(0));
			}
		}
	}

}
