package dev.dumpkeeper.scenario;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The scenarios on S3Proxy, which does what S3 promises.
 */
class S3ProxyNotificationIntegrationTests extends NotificationScenarios {

	private static final Site SITE = Site.s3proxy(false);

	@BeforeAll
	static void startSite() {
		SITE.start(NotificationScenarios::plant);
	}

	@AfterAll
	static void stopSite() {
		SITE.close();
	}

	@Override
	Site site() {
		return SITE;
	}

}
