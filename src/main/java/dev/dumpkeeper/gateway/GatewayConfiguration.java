package dev.dumpkeeper.gateway;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * Publishes the gateways as one.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ GatewayProperties.class, FurtherGateways.class })
class GatewayConfiguration {

	/** The names of all gateways, before anything is known of their metadata. */
	@Bean
	GatewayNames gatewayNames(FurtherGateways further) {
		return new GatewayNames(Set.copyOf(further.gateways().keySet()));
	}

	@Bean
	DumpGateway dumpGateway(GatewayProperties properties, FurtherGateways further, ByGateway<PathResolver> paths) {
		Map<String, DumpGateway> gateways = new TreeMap<>();
		gateways.put("", gateway("", properties, paths));
		further.gateways().forEach((name, of) -> gateways.put(name, gateway(name, of, paths)));
		return new Gateways(gateways);
	}

	private static DumpGateway gateway(String name, GatewayProperties properties, ByGateway<PathResolver> paths) {
		DumpGateway gateway = new S3DumpGateway(name, new S3Client(name, properties), properties);
		PathResolver resolver = paths.parts().get(name);
		return (resolver != null) ? new LinkFreeGateway(gateway, resolver) : gateway;
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
