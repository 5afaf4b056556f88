package dev.dumpkeeper.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.VolumeName;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.notify.OutboxState;
import dev.dumpkeeper.runs.JobName;
import dev.dumpkeeper.runs.RunRecord;
import dev.dumpkeeper.runs.RunRepository;

/**
 * Health of a running service.
 */
final class ServiceHealth {

	/** Two hours more than the six between passes. */
	private static final Duration LATE = Duration.ofHours(8);

	/** Limits requests to a gateway that is down, which takes 40 seconds to answer. */
	private static final Duration ASKED_EVERY = Duration.ofSeconds(30);

	private ServiceHealth() {
	}

	/** Reports when a complete pass last succeeded, in any process. */
	static HealthIndicator lastPass(RunRepository runs, Clock clock) {
		return () -> {
			Optional<Instant> last = runs.findLastSuccess(JobName.MAINTENANCE.text()).map(RunRecord::finishedAt);
			if (last.isEmpty()) {
				return Health.unknown().withDetail("lastSuccess", "none yet").build();
			}
			Duration age = Duration.between(last.get(), clock.instant());
			return ((age.compareTo(LATE) > 0) ? Health.down() : Health.up()).withDetail("lastSuccess", last.get())
				.withDetail("ageSeconds", age.toSeconds())
				.build();
		};
	}

	/** Reports waiting messages, and whether they need manual action. */
	static HealthIndicator messages(Outbox outbox) {
		return () -> {
			OutboxState state = outbox.state();
			Health.Builder health = (state.pages() > 0 && state.permanent()) ? Health.down() : Health.up();
			health.withDetail("waitingPages", state.pages());
			state.waitingSince().ifPresent((since) -> health.withDetail("waitingSince", since));
			state.problem().ifPresent((problem) -> health.withDetail("problem", problem));
			return health.build();
		};
	}

	/** Reports whether every gateway answers. */
	static HealthIndicator gateway(DumpGateway gateway, Clock clock) {
		return new HealthIndicator() {

			private @Nullable Health last;

			private Instant askedAt = Instant.MIN;

			@Override
			public synchronized Health health() {
				Health known = this.last;
				if (known == null || this.askedAt.plus(ASKED_EVERY).isBefore(clock.instant())) {
					known = ask();
					this.last = known;
					this.askedAt = clock.instant();
				}
				return known;
			}

			private Health ask() {
				try {
					List<VolumeName> names = gateway.volumes().stream().map(VolumeName::parse).toList();
					List<String> away = names.stream()
						.filter(VolumeName::isUnlisted)
						.map((name) -> name.gateway().isEmpty() ? "gateway" : "gateways." + name.gateway())
						.toList();
					return away.isEmpty() ? Health.up().withDetail("volumes", names.size()).build()
							: Health.down().withDetail("away", away).build();
				}
				catch (GatewayException ex) {
					return Health.down().withDetail("kind", ex.kind().name()).build();
				}
			}

		};
	}

}
