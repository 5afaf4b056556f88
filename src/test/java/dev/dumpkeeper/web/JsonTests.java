package dev.dumpkeeper.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

import dev.dumpkeeper.run.InvalidRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Json}.
 */
class JsonTests {

	@Test
	void whatIsMissingIsNotAskedFor() throws IOException {
		Json json = parse("{}");
		assertThat(json.flag("dryRun")).isFalse();
		assertThat(json.number("approve")).isNull();
		assertThat(json.texts("volumes")).isEmpty();
	}

	@Test
	void nullIsNoValue() throws IOException {
		Json json = parse("{\"dryRun\":null,\"approve\":null,\"volumes\":null}");
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> json.flag("dryRun"));
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> json.number("approve"));
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> json.texts("volumes"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"approve\":1,\"approve\":2}", "{\"a\":{\"b\":1,\"b\":2}}", "{} {}", "[]", "1", "{",
			"{\"a\":1}x" })
	void whatTwoReadersMayReadDifferentlyIsNoBody(String body) {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> parse(body));
	}

	@Test
	void anUnknownFieldIsRefused() throws IOException {
		Json json = parse("{\"dryrun\":true}");
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> json.only(List.of("dryRun")));
	}

	private static Json parse(String body) throws IOException {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
		request.setContent(body.getBytes(StandardCharsets.UTF_8));
		return Json.of(request);
	}

}
