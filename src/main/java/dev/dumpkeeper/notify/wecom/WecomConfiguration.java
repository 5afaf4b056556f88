package dev.dumpkeeper.notify.wecom;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;

import dev.dumpkeeper.notify.Channel;
import dev.dumpkeeper.run.StopSignal;

/**
 * Publishes the channel.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WecomProperties.class)
class WecomConfiguration {

	@Bean
	@ConfigurationPropertiesBinding
	static Converter<String, WebhookUrl> webhookUrlConverter() {
		// A lambda would hide the types from the conversion service.
		return new Converter<>() {

			@Override
			public WebhookUrl convert(String source) {
				return new WebhookUrl(source);
			}

		};
	}

	@Bean
	Channel wecomChannel(WecomProperties properties, StopSignal stop) {
		return new WecomChannel(properties, stop);
	}

}
