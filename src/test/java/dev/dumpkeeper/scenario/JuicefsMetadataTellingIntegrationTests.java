package dev.dumpkeeper.scenario;

import java.util.List;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import dev.dumpkeeper.lab.JuicefsGateway;

/**
 * The scenarios with volumes that are listed in the metadata and by nothing else, on each
 * JuiceFS there is. They take minutes, so they wait for {@code -Dscenarios.full}.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("sites")
@EnabledIfSystemProperty(named = "scenarios.full", matches = ".*", disabledReason = "only with -Dscenarios.full")
@EnabledIf(value = "dev.dumpkeeper.lab.JuicefsGateway#available",
		disabledReason = "no juicefs on the PATH or in JUICEFS_BINARIES")
class JuicefsMetadataTellingIntegrationTests extends TellingScenarios {

	@Parameter
	private Site site;

	static List<Site> sites() {
		return JuicefsGateway.binaries()
			.stream()
			.map((binary) -> Site.juicefs(binary, false).listedInMetadata())
			.toList();
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
