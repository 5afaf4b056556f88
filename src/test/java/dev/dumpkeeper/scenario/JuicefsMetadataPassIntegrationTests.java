package dev.dumpkeeper.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import dev.dumpkeeper.lab.JuicefsGateway;

/**
 * The scenarios with volumes that are listed in the metadata and by nothing else, on the
 * first JuiceFS there is; with {@code -Dscenarios.full} on each, the first in both
 * layouts.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("sites")
@EnabledIf(value = "dev.dumpkeeper.lab.JuicefsGateway#available",
		disabledReason = "no juicefs on the PATH or in JUICEFS_BINARIES")
class JuicefsMetadataPassIntegrationTests extends PassScenarios {

	private static final boolean FULL = System.getProperty("scenarios.full") != null;

	@Parameter
	private Site site;

	static List<Site> sites() {
		List<Path> binaries = JuicefsGateway.binaries();
		Stream<Site> buckets = binaries.stream()
			.limit(FULL ? Long.MAX_VALUE : 1)
			.map((binary) -> Site.juicefs(binary, false));
		Stream<Site> directories = binaries.stream().limit(FULL ? 1 : 0).map((binary) -> Site.juicefs(binary, true));
		return Stream.concat(buckets, directories).map(Site::listedInMetadata).toList();
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
