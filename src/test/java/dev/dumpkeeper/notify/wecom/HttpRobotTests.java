package dev.dumpkeeper.notify.wecom;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FakeRobot.Fault;
import dev.dumpkeeper.notify.DeliveryOutcome;
import dev.dumpkeeper.notify.Picture;
import dev.dumpkeeper.run.StopSignal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link HttpRobot}.
 */
class HttpRobotTests {

	private final FakeRobot fake = FakeRobot.start();

	private final StopSignal stop = new StopSignal();

	private final HttpRobot robot = robot(this.fake.url());

	@AfterEach
	void close() {
		this.fake.close();
	}

	@Test
	void aMessageArrivesAsItIs() {
		String text = "**堆** \"quoted\" \\ 😀\nline `]( <@all>\u0000";
		RobotAnswer answer = this.robot.send(text);
		assertThat(answer).isEqualTo(RobotAnswer.answered(200, 0, "errcode 0: ok"));
		assertThat(this.fake.delivered()).containsExactly(text);
	}

	@Test
	void aPictureArrivesWithItsSum() {
		byte[] png = png(30_000);
		assertThat(this.robot.send(new Picture("chart", png)).errcode()).isZero();
		assertThat(this.fake.pictures()).singleElement().isEqualTo(png);
		assertThat(this.fake.delivered()).isEmpty();
	}

	@Test
	void aPictureOfTheLargestSizeIsTaken() {
		assertThat(this.robot.send(new Picture("chart", png(WecomChannel.LIMITS.pictureBytes()))).errcode()).isZero();
	}

	static Stream<Arguments> faults() {
		return Stream.of(arguments(Fault.errcode(-1), DeliveryOutcome.RETRY_LATER, "errcode -1: said by"),
				arguments(Fault.errcode(45009), DeliveryOutcome.TOO_FREQUENT, "errcode 45009"),
				arguments(Fault.errcode(40058), DeliveryOutcome.REJECTED_PAGE, "errcode 40058 (too long"),
				arguments(Fault.errcode(40008), DeliveryOutcome.REJECTED_PAGE, "errcode 40008 (unknown type"),
				arguments(Fault.errcode(44004), DeliveryOutcome.REJECTED_PAGE, "errcode 44004 (empty)"),
				arguments(Fault.errcode(93000), DeliveryOutcome.REJECTED_ROBOT, "errcode 93000 (wrong key"),
				arguments(Fault.errcode(93004), DeliveryOutcome.REJECTED_ROBOT,
						"errcode 93004 (the robot is disabled)"),
				arguments(Fault.errcode(93008), DeliveryOutcome.REJECTED_ROBOT, "errcode 93008 (the robot is not in"),
				arguments(Fault.errcode(12345), DeliveryOutcome.RETRY_LATER, "errcode 12345: said by"),
				arguments(Fault.status(400), DeliveryOutcome.REJECTED_ROBOT, "HTTP 400 without an errcode"),
				arguments(Fault.status(401), DeliveryOutcome.REJECTED_ROBOT, "HTTP 401"),
				arguments(Fault.status(404), DeliveryOutcome.REJECTED_ROBOT, "HTTP 404"),
				arguments(Fault.status(407), DeliveryOutcome.REJECTED_ROBOT, "HTTP 407"),
				arguments(Fault.status(429), DeliveryOutcome.TOO_FREQUENT, "HTTP 429"),
				arguments(Fault.status(500), DeliveryOutcome.AMBIGUOUS, "HTTP 500"),
				arguments(Fault.status(503).afterDelivery(), DeliveryOutcome.AMBIGUOUS, "HTTP 503"),
				arguments(Fault.html(), DeliveryOutcome.AMBIGUOUS, "HTTP 200 without an errcode"),
				arguments(Fault.empty(), DeliveryOutcome.AMBIGUOUS, "HTTP 200 without an errcode"),
				arguments(json("null"), DeliveryOutcome.AMBIGUOUS, "without an errcode"),
				arguments(json("[0]"), DeliveryOutcome.AMBIGUOUS, "without an errcode"),
				arguments(json("{\"errcode\":\"0\"}"), DeliveryOutcome.AMBIGUOUS, "without an errcode"),
				arguments(json("{\"errcode\":null}"), DeliveryOutcome.AMBIGUOUS, "without an errcode"),
				arguments(json("{\"errcode\":4294967296}"), DeliveryOutcome.AMBIGUOUS, "without an errcode"),
				arguments(json("{\"errcode\":0"), DeliveryOutcome.AMBIGUOUS, "without an errcode"),
				arguments(json("{\"errcode\":0,\"errmsg\":\"" + "x".repeat(70_000) + "\"}"), DeliveryOutcome.AMBIGUOUS,
						"without an errcode"),
				arguments(json("{\"errcode\":0}"), DeliveryOutcome.DELIVERED, "errcode 0"),
				arguments(Fault.redirect("https://example.com/"), DeliveryOutcome.REJECTED_ROBOT,
						"HTTP 302: answers with a redirect, so this is not the robot"),
				arguments(Fault.reset(), DeliveryOutcome.AMBIGUOUS, "the connection to 127.0.0.1:"),
				arguments(Fault.reset().afterDelivery(), DeliveryOutcome.AMBIGUOUS, "was lost ("),
				arguments(Fault.truncated().afterDelivery(), DeliveryOutcome.AMBIGUOUS, "was lost"));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void everyAnswerHasItsOutcomeAndIsAskedForOnce(Fault fault, DeliveryOutcome outcome, String detail) {
		this.fake.script(fault);
		RobotAnswer answer = this.robot.send("x");
		assertThat(answer.detail()).contains(detail);
		assertThat(answer.outcome()).isEqualTo(outcome);
		assertThat(this.fake.requests()).isEqualTo(1);
		assertThat(this.robot.send("next").errcode()).isZero();
	}

	@Test
	void noAnswerInTimeIsAmbiguous() {
		this.fake.script(Fault.hang());
		HttpRobot hasty = new HttpRobot(new WebhookUrl(this.fake.url()), Duration.ofSeconds(1), this.stop);
		RobotAnswer answer = hasty.send("x");
		assertThat(answer).isEqualTo(RobotAnswer.lost("no answer within 1 s"));
		assertThat(answer.outcome()).isEqualTo(DeliveryOutcome.AMBIGUOUS);
	}

	@Test
	void aRedirectIsNotFollowed() {
		try (FakeRobot other = FakeRobot.start()) {
			this.fake.script(Fault.redirect(other.url()));
			this.robot.send("x");
			assertThat(other.requests()).isZero();
		}
	}

	@Test
	void aRefusedConnectionIsSurelyNotADelivery() {
		this.fake.close();
		RobotAnswer answer = this.robot.send("x");
		assertThat(answer.outcome()).isEqualTo(DeliveryOutcome.RETRY_LATER);
		assertThat(answer.detail()).startsWith("no connection to 127.0.0.1:");
	}

	static Stream<Arguments> failures() {
		return Stream.of(arguments(new ConnectException("secret"), RobotAnswer.Kind.NOT_SENT, "no connection to robot"),
				arguments(new ConnectException("secret").initCause(new UnresolvedAddressException()),
						RobotAnswer.Kind.NOT_SENT, "unknown host robot"),
				arguments(new HttpConnectTimeoutException("secret"), RobotAnswer.Kind.NOT_SENT,
						"no connection to robot in time"),
				arguments(new NoRouteToHostException("secret"), RobotAnswer.Kind.NOT_SENT, "no connection to robot"),
				arguments(new SSLHandshakeException("secret"), RobotAnswer.Kind.NOT_SENT, "no TLS connection to robot"),
				arguments(new HttpTimeoutException("secret"), RobotAnswer.Kind.LOST, "no answer in time"),
				arguments(new SocketException("secret"), RobotAnswer.Kind.LOST,
						"the connection to robot was lost (SocketException)"),
				arguments(new ClosedChannelException(), RobotAnswer.Kind.LOST,
						"the connection to robot was lost (ClosedChannelException)"),
				arguments(new IOException("secret"), RobotAnswer.Kind.LOST,
						"the connection to robot was lost (IOException)"));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void onlyWhatFailsBeforeTheRequestIsSurelyNotADelivery(Throwable failure, RobotAnswer.Kind kind, String detail) {
		RobotAnswer answer = HttpRobot.failure("robot", failure);
		assertThat(answer.kind()).isEqualTo(kind);
		assertThat(answer.detail()).startsWith(detail).doesNotContain("secret");
	}

	@Test
	void whatTheRobotSaysIsMaskedAndCutAndOnOneLine() {
		this.fake.script(json("{\"errcode\":93000,\"errmsg\":\"bad\\n" + this.fake.url() + " " + FakeRobot.KEY + " "
				+ "x".repeat(500) + "\"}"));
		String detail = this.robot.send("x").detail();
		assertThat(detail).contains("bad ****** ******")
			.endsWith("...")
			.doesNotContain(FakeRobot.KEY, "\n")
			.hasSizeLessThan(400);
	}

	@Test
	void aCallUnderWayIsCutOffSoonAfterTheProcessIsReportedToStop() {
		this.stop.raise();
		this.fake.script(Fault.hang());
		HttpRobot patient = new HttpRobot(new WebhookUrl(this.fake.url()), Duration.ofSeconds(60), this.stop);
		long begun = System.nanoTime();
		assertThat(patient.send("x")).isEqualTo(RobotAnswer.lost("interrupted because this process is stopping"));
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
	}

	/** What a robot takes for a picture. */
	private static byte[] png(int bytes) {
		byte[] png = new byte[bytes];
		byte[] signature = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
		System.arraycopy(signature, 0, png, 0, signature.length);
		return png;
	}

	private static Fault json(String body) {
		return Fault.answer(200, "application/json", body);
	}

	private HttpRobot robot(String url) {
		return new HttpRobot(new WebhookUrl(url), Duration.ofSeconds(30), this.stop);
	}

}
