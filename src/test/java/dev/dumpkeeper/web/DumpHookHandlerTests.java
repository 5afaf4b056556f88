package dev.dumpkeeper.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the body that {@link DumpHookHandler} takes: the notifier script carries
 * bytes and cleans nothing.
 */
class DumpHookHandlerTests {

	@Test
	void theVolumeAndTheKeyAreRead() {
		byte[] key = "\"dumpfiles/订单.hprof\"".getBytes(StandardCharsets.UTF_8);
		assertThat(DumpHookHandler.Announcement.parse(body("\"jfsdata\"", key))).hasValueSatisfying((announcement) -> {
			assertThat(announcement.volume()).isEqualTo("jfsdata");
			assertThat(announcement.key().value()).isEqualTo("dumpfiles/订单.hprof");
		});
	}

	@Test
	void aVolumeOfAFurtherGatewayIsNamedWithItAndNothingElseHasASlash() {
		byte[] key = { '"', 'a', '"' };
		assertThat(DumpHookHandler.Announcement.parse(body("\"east/shop\"", key))).isPresent();
		for (String volume : List.of("\"east/shop/a\"", "\"../shop\"", "\"/shop\"", "\"east/..\"")) {
			assertThat(DumpHookHandler.Announcement.parse(body(volume, key))).as(volume).isEmpty();
		}
	}

	/** No such key can be asked for; the scan reports it. */
	@Test
	void aKeyThatIsNoUtf8IsRefused() {
		byte[] broken = { '"', 'd', '/', (byte) 0xE7, (byte) 0x82, '.', (byte) 0xFF, '"' };
		assertThat(DumpHookHandler.Announcement.parse(body("\"jfsdata\"", broken))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "7", "null", "\"\"", "\"a/../b\"", "\"a\\u0000b\"", "\"a\\ud800b\"", "\"a", "\"a\nb\"" })
	void whatIsNoKeyIsRefused(String key) {
		assertThat(DumpHookHandler.Announcement.parse(body("\"jfsdata\"", key.getBytes(StandardCharsets.UTF_8))))
			.isEmpty();
	}

	@Test
	void aKeyOrAVolumeThatIsTooLongIsRefused() {
		String tooLong = "\"" + "a".repeat(1025) + "\"";
		assertThat(DumpHookHandler.Announcement.parse(body("\"jfsdata\"", tooLong.getBytes(StandardCharsets.UTF_8))))
			.isEmpty();
		byte[] shortKey = { '"', 'a', '"' };
		assertThat(DumpHookHandler.Announcement.parse(body("\"" + "a".repeat(256) + "\"", shortKey))).isEmpty();
	}

	private static byte[] body(String volume, byte[] key) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.writeBytes(("{\"volume\":" + volume + ",\"key\":").getBytes(StandardCharsets.UTF_8));
		body.writeBytes(key);
		body.write('}');
		return body.toByteArray();
	}

}
