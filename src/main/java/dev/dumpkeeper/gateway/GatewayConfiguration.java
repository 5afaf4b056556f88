package dev.dumpkeeper.gateway;

import java.util.Objects;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Publishes the gateway.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
class GatewayConfiguration {

	@Bean
	DumpGateway dumpGateway(GatewayProperties properties) {
		return new S3DumpGateway(new S3Client(properties), properties);
	}

	@Bean
	Signer linkSigner(GatewayProperties properties) {
		return new Signer(Objects.requireNonNull(properties.secretKey()), "dumpkeeper short link");
	}

}
