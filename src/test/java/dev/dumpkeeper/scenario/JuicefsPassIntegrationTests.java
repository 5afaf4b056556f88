package dev.dumpkeeper.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.dumpkeeper.lab.JuicefsGateway;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scenarios on the gateway that people run, in each version there is, and on the
 * first with volumes that are listed in the metadata and by nothing else; with
 * {@code -Dscenarios.full} by both on each, the first in both layouts.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("sites")
@EnabledIf(value = "dev.dumpkeeper.lab.JuicefsGateway#available",
		disabledReason = "no juicefs on the PATH or in JUICEFS_BINARIES")
class JuicefsPassIntegrationTests extends PassScenarios {

	private static final boolean FULL = System.getProperty("scenarios.full") != null;

	@Parameter
	private Site site;

	static List<Site> sites() {
		List<Path> binaries = JuicefsGateway.binaries();
		Stream<Site> listedByGateway = binaries.stream().map((binary) -> Site.juicefs(binary, false));
		Stream<Site> listedInMetadata = binaries.stream()
			.limit(FULL ? Long.MAX_VALUE : 1)
			.map((binary) -> Site.juicefs(binary, false).listedInMetadata());
		Stream<Site> directories = binaries.stream()
			.limit(FULL ? 1 : 0)
			.map((binary) -> Site.juicefs(binary, true))
			.flatMap((site) -> Stream.of(site, site.listedInMetadata()));
		return Stream.of(listedByGateway, listedInMetadata, directories).flatMap((sites) -> sites).toList();
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
