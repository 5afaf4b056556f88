package dev.dumpkeeper.gateway;

import java.util.Objects;
import java.util.Optional;

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
	DumpGateway dumpGateway(GatewayProperties properties, Optional<PathResolver> paths) {
		DumpGateway gateway = new S3DumpGateway(new S3Client(properties), properties);
		return paths.<DumpGateway>map((resolver) -> new LinkFreeGateway(gateway, resolver)).orElse(gateway);
	}

	@Bean
	Signer linkSigner(GatewayProperties properties) {
		return new Signer(Objects.requireNonNull(properties.secretKey()), "dumpkeeper short link");
	}

}
