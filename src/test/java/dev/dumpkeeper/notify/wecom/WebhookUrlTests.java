package dev.dumpkeeper.notify.wecom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebhookUrl}.
 */
class WebhookUrlTests {

	private static final WebhookUrl URL = new WebhookUrl(
			"https://robots.example.com:8443/hook/path-token-123/send?key=planted%2Dkey-456&debug=1");

	@Test
	void itIsNotPrinted() {
		assertThat(URL).hasToString("******");
		assertThat(URL.host()).isEqualTo("robots.example.com:8443");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "got https://robots.example.com:8443/hook/path-token-123/send?key=planted%2Dkey-456&debug=1",
					"query key=planted%2Dkey-456&debug=1", "raw planted%2Dkey-456", "decoded planted-key-456!",
					"path path-token-123", "another key=planted-k", "\"https://x/?KEY=planted-other\"" })
	void whatIsSecretIsMaskedInEveryForm(String text) {
		assertThat(URL.mask(text)).contains("******").doesNotContain("planted", "token");
	}

	@Test
	void otherTextStaysAsItIs() {
		assertThat(URL.mask("invalid webhook url, hint: [1], debug send hook"))
			.isEqualTo("invalid webhook url, hint: [1], debug send hook");
	}

	@Test
	void aRobotGoesByAHashThatDependsOnItsKey() {
		assertThat(URL.robot()).hasSize(32).matches("[0-9a-f]+").isEqualTo(new WebhookUrl(URL.value() + "\n").robot());
		assertThat(new WebhookUrl(URL.value() + "2").robot()).isNotEqualTo(URL.robot());
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", "http://127.0.0.1:8080/x?key=k",
			"HTTPS://proxy/", "http://robot", " http://robot \n", "http://[::1]:80/send?key=k" })
	void anyHttpAddressIsUsable(String url) {
		assertThat(new WebhookUrl(url).isUsable()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "qyapi.weixin.qq.com/send?key=k", "ftp://robot/?key=k", "https:///send?key=k",
			"https://robot/send?key=a b", "https://me:secret@robot/?key=k", "http://robot:99999/", "mailto:a@b",
			"key" })
	void anythingElseIsNot(String url) {
		assertThat(new WebhookUrl(url).isUsable()).isFalse();
	}

}
