package dev.dumpkeeper.web;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.runs.RunRepository;
import dev.dumpkeeper.usage.VolumeUsage;
import dev.dumpkeeper.workers.Workers;

/**
 * Publishes health and metrics.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ObservationConfiguration {

	/**
	 * The address of a short link contains its token, which must not appear in a trace.
	 */
	@Bean
	ObservationFilter withoutAddresses() {
		return (observation) -> observation.removeHighCardinalityKeyValue("http.url");
	}

	@Bean
	RunMetrics runMetrics(MeterRegistry registry) {
		return new RunMetrics(registry);
	}

	@Bean
	StateMetrics stateMetrics(MeterRegistry registry, RunRepository runs, VolumeUsage usage, CapacityChecks capacity,
			DumpLedger ledger, Outbox outbox, Workers workers, Clock clock) {
		return new StateMetrics(registry, runs, usage, capacity, ledger, outbox, workers, clock);
	}

	@Bean
	HealthIndicator lastPassHealthIndicator(RunRepository runs, Clock clock) {
		return ServiceHealth.lastPass(runs, clock);
	}

	@Bean
	HealthIndicator messagesHealthIndicator(Outbox outbox) {
		return ServiceHealth.messages(outbox);
	}

	@Bean
	HealthIndicator gatewayHealthIndicator(DumpGateway gateway, Clock clock) {
		return ServiceHealth.gateway(gateway, clock);
	}

}
