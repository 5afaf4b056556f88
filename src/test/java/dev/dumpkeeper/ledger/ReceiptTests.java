package dev.dumpkeeper.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
	void whatIsMissingIsEmptyAndNobodyWasNotified() {
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

	/** The script carries what the pod's environment holds. */
	@Test
	void bytesThatAreNoUtf8CostNothingElse() {
		// A lone continuation, half a surrogate pair, beyond Unicode, and a beginning.
		byte[] broken = { (byte) 0x80, 'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80, 'b', (byte) 0xFF, 'c', (byte) 0xE7,
				(byte) 0x82 };
		Receipt receipt = Receipt
			.parse(receipt(
					"{\"dump\":\"x\",\"status\":\"failed\",\"reason\":\"the dump is missing\",\"pod\":\"shop-0\",",
					"project", broken, ",\"told\":true}"), "x")
			.orElseThrow();
		assertThat(receipt.project().replaceAll("\uFFFD+", "?")).isEqualTo("?a?b?c?");
		assertThat(receipt).extracting(Receipt::isFailed, Receipt::reason, Receipt::pod, Receipt::isNotified)
			.containsExactly(true, "the dump is missing", "shop-0", true);
	}

	@Test
	void whatCommandsATerminalOrTurnsTheTextIsShownByItsNumber() {
		String unsafe = "a\\u0001\\u001b[31m\u009B\u202Eb\\ud800\u2028\\n";
		String shown = "a\\u0001\\u001b[31m\\u009b\\u202eb\\ud800\\u2028\\u000a";
		Receipt receipt = parse("{\"reason\":\"%1$s\",\"environment\":\"%1$s\",\"pod\":\"%1$s\",\"project\":\"%1$s\"}"
			.formatted(unsafe)).orElseThrow();
		assertThat(receipt).extracting(Receipt::reason, Receipt::environment, Receipt::pod, Receipt::project)
			.containsOnly(shown);
	}

	@Test
	void longValuesAreCutAndNotWithinACharacter() {
		// As the script cuts: within the 267th character.
		byte[] cut = Arrays.copyOf("点".repeat(300).getBytes(StandardCharsets.UTF_8), 800);
		for (String field : new String[] { "reason", "environment", "pod", "project" }) {
			Receipt receipt = Receipt.parse(receipt("{", field, cut, "}"), "x").orElseThrow();
			assertThat(receipt.environment() + receipt.pod() + receipt.project()).as(field).matches("点{0,253}");
			assertThat(receipt.reason().length()).isLessThanOrEqualTo(400);
		}
		Receipt pairs = parse("{\"project\":\"a%s\"}".formatted("🎉".repeat(200))).orElseThrow();
		assertThat(pairs.project()).isEqualTo("a" + "🎉".repeat(99));
	}

	private static byte[] receipt(String before, String field, byte[] value, String after) {
		ByteArrayOutputStream receipt = new ByteArrayOutputStream();
		receipt.writeBytes((before + "\"" + field + "\":\"").getBytes(StandardCharsets.UTF_8));
		receipt.writeBytes(value);
		receipt.writeBytes(("\"" + after).getBytes(StandardCharsets.UTF_8));
		return receipt.toByteArray();
	}

	private static Optional<Receipt> parse(String content) {
		return Receipt.parse(content.getBytes(StandardCharsets.UTF_8), "x");
	}

}
