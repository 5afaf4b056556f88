package dev.dumpkeeper.gateway;

import java.util.Objects;
import java.util.Optional;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * Publishes the gateway.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

	@Bean
	DumpGateway dumpGateway(GatewayProperties properties, Optional<PathResolver> paths) {
		DumpGateway gateway = new S3DumpGateway(new S3Client(properties), properties);
		return paths.<DumpGateway>map((resolver) -> new LinkFreeGateway(gateway, resolver)).orElse(gateway);
	}

	/** Repeats deletes; what it runs has to check the objects each time. */
	@Bean
	RetryTemplate deleteRetry(GatewayProperties properties) {
		return new RetryTemplate(RetryPolicy.builder()
			.maxRetries(properties.retries())
			.delay(S3Client.RETRY_DELAY)
			.predicate((failure) -> failure instanceof GatewayException ex && ex.isRepeatable())
			.build());
	}

	@Bean
	Signer linkSigner(GatewayProperties properties) {
		return new Signer(Objects.requireNonNull(properties.secretKey()), "dumpkeeper short link");
	}

}
