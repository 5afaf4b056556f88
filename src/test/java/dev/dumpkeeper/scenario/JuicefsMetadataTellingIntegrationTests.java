package dev.dumpkeeper.scenario;

import java.util.List;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import dev.dumpkeeper.lab.JuicefsGateway;

/**
 * The scenarios with volumes that are listed in the metadata and by nothing else, on the
 * first JuiceFS there is; with {@code -Dscenarios.full} on each.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("sites")
@EnabledIf(value = "dev.dumpkeeper.lab.JuicefsGateway#available",
		disabledReason = "no juicefs on the PATH or in JUICEFS_BINARIES")
class JuicefsMetadataTellingIntegrationTests extends TellingScenarios {

	private static final boolean FULL = System.getProperty("scenarios.full") != null;

	@Parameter
	private Site site;

	static List<Site> sites() {
		return JuicefsGateway.binaries()
			.stream()
			.limit(FULL ? Long.MAX_VALUE : 1)
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
