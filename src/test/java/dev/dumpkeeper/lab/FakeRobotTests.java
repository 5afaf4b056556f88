package dev.dumpkeeper.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.dumpkeeper.lab.FakeRobot.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link FakeRobot}.
 */
class FakeRobotTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private final FakeRobot robot = FakeRobot.start();

	private final HttpClient http = HttpClient.newHttpClient();

	@AfterEach
	void close() {
		this.robot.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"x\"}}|0",
					"{\"msgtype\":\"text\",\"text\":{\"content\":\"x\",\"mentioned_list\":[\"@all\"]}}|0",
					"{\"msgtype\":\"markdown_v2\",\"markdown_v2\":{\"content\":\"x\"}}|0",
					"{\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"\"}}|44004",
					"{\"msgtype\":\"markdown\",\"text\":{\"content\":\"x\"}}|44004",
					"{\"msgtype\":\"news\",\"news\":{}}|44004", "{\"msgtype\":\"image\",\"image\":{}}|44004",
					"{\"msgtype\":\"image\",\"image\":{\"base64\":\"eA==\",\"md5\":\"0\"}}|301019",
					"{\"msgtype\":\"image\",\"image\":{\"base64\":\"*\",\"md5\":\"0\"}}|40058",
					"{\"msgtype\":\"poem\",\"poem\":{}}|40008", "{}|40008", "not JSON|40008", "[]|40008" })
	void aMessageIsJudgedByWhatItIs(String body, int errcode) throws Exception {
		assertThat(post(this.robot.url(), body)).isEqualTo(errcode);
		assertThat(this.robot.delivered()).hasSize((errcode == 0) ? 1 : 0);
		assertThat(this.robot.requests()).isEqualTo(1);
	}

	@Test
	void lengthIsCountedInBytes() throws Exception {
		assertThat(markdown("堆".repeat(1365) + "x")).isZero();
		assertThat(markdown("堆".repeat(1365) + "xx")).isEqualTo(40058);
	}

	@Test
	void anotherKeyIsWrong() throws Exception {
		assertThat(post(this.robot.url() + "2", "{}")).isEqualTo(93000);
	}

	@Test
	void theTwentyFirstMessageOfAMinuteIsTooFrequent() throws Exception {
		this.robot.limited(Clock.fixed(NOW, ZoneOffset.UTC));
		for (int i = 0; i < 20; i++) {
			assertThat(markdown("x" + i)).isZero();
		}
		assertThat(markdown("x20")).isEqualTo(45009);
		this.robot.limited(Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));
		assertThat(markdown("x20")).isZero();
		assertThat(this.robot.delivered()).hasSize(21);
	}

	@Test
	void faultsComeInOrderAndThenItIsHealthy() throws Exception {
		this.robot.script(Fault.errcode(-1), Fault.none(), Fault.errcode(45009));
		assertThat(markdown("a")).isEqualTo(-1);
		assertThat(markdown("b")).isZero();
		assertThat(markdown("c")).isEqualTo(45009);
		assertThat(markdown("d")).isZero();
		assertThat(this.robot.delivered()).containsExactly("b", "d");
	}

	@Test
	void theGroupMaySeeWhatTheSenderNeverHearsOf() {
		this.robot.script(Fault.reset(), Fault.reset().afterDelivery());
		assertThatIOException().isThrownBy(() -> markdown("before"));
		assertThatIOException().isThrownBy(() -> markdown("after"));
		assertThat(this.robot.delivered()).containsExactly("after");
		assertThat(this.robot.requests()).isEqualTo(2);
	}

	private int markdown(String text) throws IOException, InterruptedException {
		return post(this.robot.url(), "{\"msgtype\":\"markdown\",\"markdown\":{\"content\":\"" + text + "\"}}");
	}

	private int post(String url, String body) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(url))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
		String answer = this.http.send(request, HttpResponse.BodyHandlers.ofString()).body();
		return JsonMapper.shared().readTree(answer).path("errcode").intValue();
	}

}
