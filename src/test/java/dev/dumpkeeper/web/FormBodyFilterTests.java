package dev.dumpkeeper.web;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Forms are read before anybody knows who sends them, so they are small and soon there.
 */
class FormBodyFilterTests {

	private final FormBodyFilter filter = new FormBodyFilter();

	private final MockFilterChain chain = new MockFilterChain();

	@Test
	void aFormsFieldsAreParameters() throws Exception {
		assertThat(post("name=otto&password=a%26b+%E5%AF%86&name=second&flag").getStatus()).isEqualTo(200);
		assertThat(this.chain.getRequest().getParameter("password")).isEqualTo("a&b 密");
		assertThat(this.chain.getRequest().getParameter("name")).isEqualTo("otto");
		assertThat(this.chain.getRequest().getParameterValues("name")).containsExactly("otto", "second");
		assertThat(this.chain.getRequest().getParameter("flag")).isEmpty();
		assertThat(this.chain.getRequest().getParameter("other")).isNull();
	}

	@Test
	void theAddressAddsNothingToAForm() throws Exception {
		MockHttpServletRequest request = request("a=1");
		request.setQueryString("b=2");
		request.setParameter("b", "2");
		this.filter.doFilter(request, new MockHttpServletResponse(), this.chain);
		assertThat(this.chain.getRequest().getParameter("b")).isNull();
		assertThat(this.chain.getRequest().getParameterMap()).containsOnlyKeys("a");
	}

	@Test
	void whatIsTooLongMalformedOrNoFormIsRefused() throws Exception {
		assertThat(post("a=" + "x".repeat(FormBodyFilter.MOST_BYTES)).getStatus()).isEqualTo(400);
		assertThat(post("a=%zz").getStatus()).isEqualTo(400);
		assertThat(post("a=1&".repeat(201)).getStatus()).isEqualTo(400);
		MockHttpServletRequest json = request("{}");
		json.setContentType("application/json");
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.filter.doFilter(json, response, this.chain);
		assertThat(response.getStatus()).isEqualTo(415);
		MockHttpServletRequest put = request("a=1");
		put.setMethod("PUT");
		response = new MockHttpServletResponse();
		this.filter.doFilter(put, response, this.chain);
		assertThat(response.getStatus()).isEqualTo(405);
		assertThat(this.chain.getRequest()).isNull();
	}

	private MockHttpServletResponse post(String body) throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.filter.doFilter(request(body), response, this.chain);
		return response;
	}

	private static MockHttpServletRequest request(String body) {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/console/sign-in");
		request.setContentType("application/x-www-form-urlencoded;charset=UTF-8");
		request.setContent(body.getBytes(StandardCharsets.UTF_8));
		return request;
	}

}
