package dev.dumpkeeper.web;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CrossSiteFilter}.
 */
class CrossSiteFilterTests {

	private static final int PASSED = 200;

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "-, -, -", "-, -, application/json", "{}, -, application/json",
					"{}, -, application/json;charset=UTF-8", "{}, http://dumpkeeper:8081, application/json",
					"{}, https://DUMPKEEPER:8081, application/json" })
	void whatProgramsAndOwnPagesSendPasses(@Nullable String body, @Nullable String origin, @Nullable String type)
			throws Exception {
		assertThat(status("POST", body, (origin != null) ? origin.replace("DUMPKEEPER", "dumpkeeper") : null, type))
			.isEqualTo(PASSED);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "-, -, application/x-www-form-urlencoded", "-, -, text/plain",
					"-, -, multipart/form-data; boundary=x", "{}, -, text/plain", "{}, -, -", "{}, -, text/json",
					"{}, -, application/jsonp" })
	void whatAFormCanSendIsRefused(@Nullable String body, @Nullable String origin, @Nullable String type)
			throws Exception {
		assertThat(status("POST", body, origin, type)).isEqualTo(415);
	}

	@ParameterizedTest
	@CsvSource({ "http://evil.example", "null", "http://dumpkeeper:8082", "http://dumpkeeper", "dumpkeeper:8081",
			"http://dumpkeeper:8081.evil.example", "http://evil@dumpkeeper:8081", "':'" })
	void anotherSitesPageMayChangeNothing(String origin) throws Exception {
		for (String method : new String[] { "POST", "DELETE", "PUT", "PATCH" }) {
			assertThat(status(method, null, origin, null)).as(method).isEqualTo(403);
		}
	}

	@Test
	void readingIsNotItsAffair() throws Exception {
		assertThat(status("GET", null, "http://evil.example", "text/plain")).isEqualTo(PASSED);
	}

	private static int status(String method, @Nullable String body, @Nullable String origin, @Nullable String type)
			throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest(method, "/actuator/jobs/maintenance");
		request.addHeader("Host", "dumpkeeper:8081");
		if (body != null) {
			request.setContent(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
		}
		if (origin != null) {
			request.addHeader("Origin", origin);
		}
		request.setContentType(type);
		MockHttpServletResponse response = new MockHttpServletResponse();
		MockFilterChain chain = new MockFilterChain();
		new CrossSiteFilter().doFilter(request, response, chain);
		assertThat(chain.getRequest() != null).isEqualTo(response.getStatus() == PASSED);
		return response.getStatus();
	}

}
