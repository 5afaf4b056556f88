package dev.dumpkeeper.scenario;

import java.util.List;
import java.util.stream.Stream;

import dev.dumpkeeper.lab.JuicefsGateway;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scenarios on the gateway that people run, in each version there is.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("sites")
@EnabledIf(value = "dev.dumpkeeper.lab.JuicefsGateway#available",
		disabledReason = "no juicefs on the PATH or in DUMPKEEPER_JUICEFS")
class JuicefsPassIntegrationTests extends PassScenarios {

	@Parameter
	private Site site;

	static List<Site> sites() {
		return JuicefsGateway.binaries()
			.stream()
			.flatMap((binary) -> Stream.of(Site.juicefs(binary, false), Site.juicefs(binary, true)))
			.toList();
	}

	@BeforeParameterizedClassInvocation
	static void start(Site site) {
		site.start(PassScenarios::plant);
	}

	@Override
	Site site() {
		return this.site;
	}

}
