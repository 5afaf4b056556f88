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
 * The scenarios on the gateway that people run, with volumes that it lists and with
 * volumes that are listed in the metadata: on the first JuiceFS there is; with
 * {@code -Dscenarios.full} on each.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("sites")
@EnabledIf(value = "dev.dumpkeeper.lab.JuicefsGateway#available",
		disabledReason = "no juicefs on the PATH or in JUICEFS_BINARIES")
class JuicefsNotificationIntegrationTests extends NotificationScenarios {

	private static final boolean FULL = System.getProperty("scenarios.full") != null;

	@Parameter
	private Site site;

	static List<Site> sites() {
		return JuicefsGateway.binaries()
			.stream()
			.limit(FULL ? Long.MAX_VALUE : 1)
			.flatMap((binary) -> Stream.of(Site.juicefs(binary, false), Site.juicefs(binary, false).listedInMetadata()))
			.toList();
	}

	@BeforeParameterizedClassInvocation
	static void start(Site site) {
		site.start(NotificationScenarios::plant);
	}

	@Override
	Site site() {
		return this.site;
	}

}
