package dev.dumpkeeper.notify.wecom;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;

import dev.dumpkeeper.notify.Language;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WecomProperties}.
 */
class WecomPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withUserConfiguration(Properties.class);

	@Test
	void theDefaultsAreTheContracts() {
		this.runner
			.run((context) -> assertThat(context.getBean(WecomProperties.class)).isEqualTo(new WecomProperties(null,
					Language.ZH, Duration.ofHours(24), Duration.ofSeconds(10), Duration.ofMinutes(2))));
	}

	@Test
	void everyPropertyHasItsPlace() {
		this.runner
			.withPropertyValues("dumpkeeper.wecom.webhook-url=http://robot/send?key=k", "dumpkeeper.wecom.language=en",
					"dumpkeeper.wecom.link-validity=7d", "dumpkeeper.wecom.timeout=3s", "dumpkeeper.wecom.retry-for=0s")
			.run((context) -> assertThat(context.getBean(WecomProperties.class))
				.isEqualTo(new WecomProperties(new WebhookUrl("http://robot/send?key=k"), Language.EN,
						Duration.ofDays(7), Duration.ofSeconds(3), Duration.ZERO)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "webhook-url=", "webhook-url=robot", "webhook-url=ftp://robot", "language=fr",
			"link-validity=59s", "link-validity=8d", "timeout=0s", "timeout=2m", "retry-for=-1s", "retry-for=long" })
	void whatCannotWorkIsRefused(String property) {
		this.runner.withPropertyValues("dumpkeeper.wecom." + property)
			.run((context) -> assertThat(context).hasFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "hunter2://robot/send?key=hunter2", "https:///hunter2?key=hunter2",
			"https://hunter2:hunter2@robot", "https://robot/send?key=hunter2 hunter2", "https://robot:99999/hunter2" })
	void anErrorNamesThePropertyAndNothingOfItsValue(String url) {
		this.runner.withPropertyValues("dumpkeeper.wecom.webhook-url=" + url).run((context) -> {
			StringWriter trace = new StringWriter();
			assertThat(context).hasFailed();
			context.getStartupFailure().printStackTrace(new PrintWriter(trace));
			assertThat(trace.toString()).contains("dumpkeeper.wecom.webhook-url ").doesNotContain("hunter2");
		});
	}

	@Test
	void anErrorInAnotherPropertyDoesNotShowIt() {
		this.runner
			.withPropertyValues("dumpkeeper.wecom.webhook-url=https://robot/send?key=hunter2",
					"dumpkeeper.wecom.timeout=0s")
			.run((context) -> {
				StringWriter trace = new StringWriter();
				assertThat(context).hasFailed();
				context.getStartupFailure().printStackTrace(new PrintWriter(trace));
				assertThat(trace.toString()).contains("timeout").doesNotContain("hunter2");
			});
	}

	@Test
	void theAddressIsNeverPrinted() {
		assertThat(new WecomProperties(new WebhookUrl("https://robot/send?key=hunter2"), Language.EN,
				Duration.ofHours(24), Duration.ofSeconds(10), Duration.ofMinutes(2))
			.toString()).doesNotContain("robot", "hunter2");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(WecomProperties.class)
	static class Properties {

		@Bean
		@ConfigurationPropertiesBinding
		static Converter<String, WebhookUrl> webhookUrlConverter() {
			return WecomConfiguration.webhookUrlConverter();
		}

	}

}
