package dev.dumpkeeper.scenario;

import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scenarios where people write Turkish, whose "i" has another capital, or Arabic,
 * which has digits of its own.
 */
@ParameterizedClass
@ValueSource(strings = { "tr-TR", "ar-EG" })
class LocalePassIntegrationTests extends PassScenarios {

	private static Site site = Site.s3proxy(false);

	private final Locale before = Locale.getDefault();

	@Parameter
	private String locale;

	@BeforeParameterizedClassInvocation
	static void start() {
		site = Site.s3proxy(false);
		site.start(PassScenarios::plant);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		site.close();
	}

	// What a run sets as the default is as global as this.
	@BeforeEach
	void speak() {
		Locale.setDefault(Locale.forLanguageTag(this.locale));
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
