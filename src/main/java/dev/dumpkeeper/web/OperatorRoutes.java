package dev.dumpkeeper.web;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.servlet.function.support.HandlerFunctionAdapter;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;

import dev.dumpkeeper.runs.Holds;
import dev.dumpkeeper.runs.Jobs;

/**
 * Publishes the operators' endpoints on the management port. Boot finds this class in
 * META-INF/spring; an annotation would publish it on the application port as well.
 */
class OperatorRoutes {

	@Bean
	RouterFunctionMapping operatorRoutes(Jobs jobs, Holds holds, AuditTrail audit) {
		JobsEndpoint jobsEndpoint = new JobsEndpoint(jobs, audit);
		HoldsEndpoint holdsEndpoint = new HoldsEndpoint(holds, audit);
		RouterFunction<ServerResponse> routes = RouterFunctions.route()
			.GET("/actuator/jobs", jobsEndpoint::all)
			.GET("/actuator/jobs/{job}", jobsEndpoint::job)
			.POST("/actuator/jobs/{job}", jobsEndpoint::start)
			.GET("/actuator/jobs/{job}/{id}", jobsEndpoint::run)
			.DELETE("/actuator/jobs/{job}/{id}", jobsEndpoint::stop)
			.POST("/actuator/holds", holdsEndpoint::hold)
			.DELETE("/actuator/holds", holdsEndpoint::release)
			.build();
		RouterFunctionMapping mapping = new RouterFunctionMapping(routes);
		mapping.setMessageConverters(List.of(new StringHttpMessageConverter(StandardCharsets.UTF_8)));
		// Before Actuator's own mapping, which answers every request below its path.
		mapping.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return mapping;
	}

	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> operatorClientLimits() {
		return ClientLimits::set;
	}

	@Bean
	HandlerFunctionAdapter operatorHandlers() {
		return new HandlerFunctionAdapter();
	}

}
