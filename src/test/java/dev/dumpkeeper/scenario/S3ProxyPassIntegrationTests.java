package dev.dumpkeeper.scenario;

import java.util.List;

import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scenarios on S3Proxy, which does what S3 promises.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("sites")
class S3ProxyPassIntegrationTests extends PassScenarios {

	@Parameter
	private Site site;

	static List<Site> sites() {
		return List.of(Site.s3proxy(false), Site.s3proxy(true));
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
