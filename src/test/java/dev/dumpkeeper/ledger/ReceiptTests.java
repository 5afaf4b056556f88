package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Receipt}.
 */
class ReceiptTests {

	@Test
	void theScriptsFieldsAreRead() {
		assertThat(parse(
				"{\"version\":1,\"dump\":\"x\",\"status\":\"failed\",\"reason\":\"disk full\",\"environment\":\"dev\","
						+ "\"pod\":\"shop-0\",\"project\":\"com.shop\",\"at\":\"2026-11-25T03:04:05Z\",\"told\":true}"))
			.contains(new Receipt(true, "disk full", "dev", "shop-0", "com.shop", true));
	}

	@Test
	void whatIsMissingIsEmptyAndNobodyWasTold() {
		assertThat(parse("{}")).contains(new Receipt(false, "", "", "", "", false));
		assertThat(parse("{\"status\":\"written\",\"pod\":7,\"told\":\"yes\"}"))
			.contains(new Receipt(false, "", "", "", "", false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "\"x\"", "{\"status\":", "{]", "\u0000\u0001", "<html>" })
	void whatIsNoObjectIsNoReceipt(String content) {
		assertThat(parse(content)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{\"dump\":\"y\",\"told\":true}", "{\"dump\":7}", "{\"dump\":\"../x\"}", "{\"dump\":null}" })
	void aReceiptThatSpeaksOfAnotherDumpIsNone(String content) {
		assertThat(parse(content)).isEmpty();
	}

	private static Optional<Receipt> parse(String content) {
		return Receipt.parse(content.getBytes(StandardCharsets.UTF_8), "x");
	}

}
