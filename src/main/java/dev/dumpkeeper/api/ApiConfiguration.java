package dev.dumpkeeper.api;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Publishes the document that describes the JSON. A test makes it from the code.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnApi
class ApiConfiguration {

	static final String DOCUMENT = "dev/dumpkeeper/api/openapi.json";

	@Bean
	RouterFunction<ServerResponse> apiDocument() {
		ClassPathResource document = new ClassPathResource(DOCUMENT);
		return RouterFunctions.route()
			.GET("/api/openapi.json",
					(request) -> ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(document))
			.build();
	}

}
