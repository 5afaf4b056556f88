package dev.dumpkeeper.scenario;

import java.util.List;

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
		disabledReason = "no juicefs on the PATH or in JUICEFS_BINARIES")
class JuicefsTellingIntegrationTests extends TellingScenarios {

	@Parameter
	private Site site;

	static List<Site> sites() {
		return JuicefsGateway.binaries().stream().map((binary) -> Site.juicefs(binary, false)).toList();
	}

	@BeforeParameterizedClassInvocation
	static void start(Site site) {
		site.start(TellingScenarios::plant);
	}

	@Override
	Site site() {
		return this.site;
	}

}
