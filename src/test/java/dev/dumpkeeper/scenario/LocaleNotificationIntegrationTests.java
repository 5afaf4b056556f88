package dev.dumpkeeper.scenario;

import java.util.Locale;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * The scenarios in a locale whose "i" has another capital, as in Turkish, and whose
 * digits are not ASCII, as in Arabic.
 */
class LocaleNotificationIntegrationTests extends NotificationScenarios {

	private static final Locale TURKISH_WITH_ARABIC_DIGITS = Locale.forLanguageTag("tr-TR-u-nu-arab");

	private static final Site site = Site.s3proxy(false);

	private final Locale before = Locale.getDefault();

	@BeforeAll
	static void start() {
		site.start(NotificationScenarios::plant);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	// What a run sets as the default is as global as this.
	@BeforeEach
	void speak() {
		Locale.setDefault(TURKISH_WITH_ARABIC_DIGITS);
	}

	@AfterEach
	void speakAsBefore() {
		Locale.setDefault(this.before);
	}

	@Override
	Site site() {
		return site;
	}

}
