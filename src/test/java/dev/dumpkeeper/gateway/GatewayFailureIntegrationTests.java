package dev.dumpkeeper.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.GatewayProperties.Layout;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.S3ProxyGateway;
import dev.dumpkeeper.lab.TestGateway;
import dev.dumpkeeper.lab.Tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for the failures of {@link S3DumpGateway} and {@link S3DumpBucket}, behind a
 * network that misbehaves.
 */
class GatewayFailureIntegrationTests {

	private static final ObjectKey KEY = new ObjectKey("dumpfiles/a.hprof");

	private static S3ProxyGateway server;

	private FaultyProxy proxy;

	private DumpBucket bucket;

	@BeforeAll
	static void startServer() {
		server = S3ProxyGateway.start(Tree.create()
			.files(2, (i) -> new Tree.File("jfsdata/dumpfiles/%s.hprof".formatted((char) ('a' + i)), 1000,
					TestGateways.OLD)));
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@BeforeEach
	void startProxy() {
		this.proxy = FaultyProxy.to(server.endpoint());
		this.bucket = gateway(Duration.ofSeconds(10), 3).volume("jfsdata");
	}

	@AfterEach
	void stopProxy() {
		this.proxy.close();
	}

	@Test
	void aProxyThatBehavesIsNoFailure() {
		assertThat(this.bucket.list("", null).entries()).hasSize(2);
		assertThat(this.bucket.stat(KEY)).isPresent();
	}

	@Test
	void aRefusedConnectionIsUnavailable() throws IOException {
		URI nowhere;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			nowhere = URI.create("http://127.0.0.1:" + socket.getLocalPort());
		}
		DumpGateway gateway = TestGateways.open(nowhere);
		assertFails(Kind.UNAVAILABLE, gateway::volumes);
		assertFails(Kind.UNAVAILABLE, () -> gateway.volume("jfsdata").list("", null));
	}

	@Test
	void anUnknownHostIsUnavailable() {
		DumpGateway gateway = TestGateways.open(URI.create("http://gateway.invalid:9000"));
		assertFails(Kind.UNAVAILABLE, gateway::volumes);
	}

	@Test
	void aResetIsUnavailable() {
		this.proxy.on("GET", "list-type").reset();
		assertFails(Kind.UNAVAILABLE, () -> this.bucket.list("", null));
		this.proxy.on("HEAD", "a.hprof").reset();
		assertFails(Kind.UNAVAILABLE, () -> this.bucket.stat(KEY));
	}

	@Test
	void aLostAnswerToADeletionIsUnavailableAndNotTakenForDone() {
		server.write("jfsdata/dumpfiles/lost", new byte[1], TestGateways.OLD);
		this.proxy.on("DELETE", "lost").forwardThenReset();
		assertFails(Kind.UNAVAILABLE, () -> this.bucket.delete(new ObjectKey("dumpfiles/lost")));
		assertThat(server.exists("jfsdata/dumpfiles/lost")).isFalse();
	}

	@Test
	void aListingCutOffIsUnavailableAndNotShort() {
		this.proxy.on("GET", "list-type").truncate(300);
		assertFails(Kind.UNAVAILABLE, () -> this.bucket.list("", null));
	}

	@Test
	void aListingCutOffWithALengthToMatchIsUnavailableAndNotShort() {
		this.proxy.on("GET", "list-type").transformBody((body) -> Arrays.copyOf(body, body.length - 30));
		assertFails(Kind.UNAVAILABLE, () -> this.bucket.list("", null));
	}

	@Test
	void aPageOfHtmlIsAFailureAndNotAnEmptyVolume() {
		this.proxy.on("GET", "list-type").answer(200, "text/html", "<html><body>Please log in</body></html>");
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> this.bucket.list("", null))
			.withMessageContaining("html");
	}

	@Test
	void anAnswerThatIsNotS3IsRejected() {
		this.proxy.on("GET", "list-type").answer(200, "text/html", "<html><body>Please log in</body></html>");
		assertFails(Kind.REJECTED, () -> this.bucket.list("", null));
	}

	@Test
	void aBusyGatewayIsAskedAgain() {
		this.proxy.on("GET", "list-type").times(2).answer(503, "text/plain", "busy");
		assertThat(this.bucket.list("", null).entries()).hasSize(2);
		assertThat(this.proxy.count("GET")).isEqualTo(3);
	}

	@Test
	void aGatewayThatStaysBusyIsAskedAsOftenAsConfigured() {
		this.proxy.on("GET", "list-type").answer(503, "text/plain", "busy");
		DumpBucket patient = gateway(Duration.ofSeconds(10), 2).volume("jfsdata");
		assertFails(Kind.UNAVAILABLE, () -> patient.list("", null));
		assertThat(this.proxy.count("GET")).isEqualTo(3);
	}

	@Test
	void withoutRetriesAGatewayIsAskedOnce() {
		this.proxy.on("GET", "list-type").answer(503, "text/plain", "busy");
		DumpBucket hasty = gateway(Duration.ofSeconds(10), 0).volume("jfsdata");
		assertFails(Kind.UNAVAILABLE, () -> hasty.list("", null));
		assertThat(this.proxy.count("GET")).isEqualTo(1);
	}

	@Test
	void aConnectionThatIsResetOnceIsTriedAgain() {
		this.proxy.on("GET", "list-type").times(1).reset();
		assertThat(this.bucket.list("", null).entries()).hasSize(2);
	}

	@Test
	void aListingThatIsCutOffOnceIsTriedAgain() {
		this.proxy.on("GET", "list-type").times(1).truncate(300);
		assertThat(this.bucket.list("", null).entries()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 502, 503, 504 })
	void aDeleteThatMeetsABusyGatewayIsSentOnce(int status) {
		this.proxy.on("DELETE", "a.hprof").answer(status, "text/plain", "busy");
		this.proxy.on("POST", "delete").answer(status, "text/plain", "busy");
		assertThat(failure(() -> this.bucket.delete(KEY))).matches(GatewayException::isRepeatable)
			.extracting(GatewayException::kind)
			.isEqualTo(Kind.UNAVAILABLE);
		assertThat(failure(() -> this.bucket.deleteAll(List.of(KEY)))).matches(GatewayException::isRepeatable);
		assertThat(this.proxy.count("DELETE")).isEqualTo(1);
		assertThat(this.proxy.count("POST")).isEqualTo(1);
	}

	@Test
	void aDeleteWhoseAnswerIsLostIsSentOnce() {
		assertThat(this.bucket.stat(KEY)).as("over a connection that is used again").isPresent();
		this.proxy.on("DELETE", "a.hprof").reset();
		this.proxy.on("POST", "delete").reset();
		assertThat(failure(() -> this.bucket.delete(KEY))).matches(GatewayException::isRepeatable);
		assertThat(failure(() -> this.bucket.deleteAll(List.of(KEY)))).matches(GatewayException::isRepeatable);
		assertThat(this.proxy.count("DELETE")).isEqualTo(1);
		assertThat(this.proxy.count("POST")).isEqualTo(1);
	}

	@Test
	void onlyALostDeleteIsToBeRepeatedByWhoAsks() {
		this.proxy.on("DELETE", "a.hprof").answer(500, "text/plain", "broken");
		assertThat(failure(() -> this.bucket.delete(KEY))).matches((ex) -> !ex.isRepeatable());
		this.proxy.on("HEAD", "a.hprof").answer(503, "text/plain", "busy");
		assertThat(failure(() -> this.bucket.stat(KEY))).matches((ex) -> !ex.isRepeatable());
		this.proxy.on("DELETE", "b.hprof").hang();
		DumpBucket hasty = gateway(Duration.ofMillis(300), 3).volume("jfsdata");
		assertThat(failure(() -> hasty.delete(new ObjectKey("dumpfiles/b.hprof")))).matches((ex) -> !ex.isRepeatable());
	}

	@Test
	void aBrokenGatewayIsNotAskedAgain() {
		this.proxy.on("GET", "list-type")
			.answer(500, "application/xml",
					"<Error><Code>InternalError</Code><Message>database down</Message></Error>");
		assertThat(failure(() -> this.bucket.list("", null))).hasMessageContaining("500 InternalError, database down")
			.extracting(GatewayException::kind)
			.isEqualTo(Kind.UNAVAILABLE);
		assertThat(this.proxy.count("GET")).isEqualTo(1);
	}

	@Test
	void aFullVolumeIsReported() {
		this.proxy.on("PUT", "")
			.answer(500, "application/xml",
					"<Error><Code>InternalError</Code><Message>disk quota exceeded</Message></Error>");
		assertFails(Kind.FULL, () -> this.bucket.put(new ObjectKey("dumpfiles/.keep"), new byte[1]));
	}

	@Test
	void aGatewayThatHangsIsGivenUp() {
		this.proxy.on("GET", "list-type").hang();
		DumpBucket hasty = gateway(Duration.ofMillis(300), 3).volume("jfsdata");
		long start = System.nanoTime();
		assertFails(Kind.UNAVAILABLE, () -> hasty.list("", null));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void aHangingCallCanBeCutOff() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		this.proxy.on("GET", "list-type").before(() -> {
			asked.countDown();
			await(never);
		});
		DumpGateway gateway = gateway(Duration.ofSeconds(60), 3);
		CompletableFuture<GatewayException> call = CompletableFuture
			.supplyAsync(() -> failure(() -> gateway.volume("jfsdata").list("", null)));
		assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
		gateway.cutOff();
		assertThat(call.get(5, TimeUnit.SECONDS).kind()).isEqualTo(Kind.UNAVAILABLE);
		never.countDown();
		this.proxy.clear();
		assertThat(gateway.volume("jfsdata").list("", null).entries()).hasSize(2);
	}

	@Test
	void aRedirectIsNotFollowed() {
		this.proxy.on("GET", "list-type").answer(302, "text/html\r\nLocation: " + server.endpoint() + "/elsewhere", "");
		assertThat(failure(() -> this.bucket.list("", null))).hasMessageContaining("redirect")
			.extracting(GatewayException::kind)
			.isEqualTo(Kind.REJECTED);
		assertThat(this.proxy.count("GET")).isEqualTo(1);
	}

	@Test
	void aWrongSecretIsDeniedAndNamedButNotShown() {
		GatewayException failure = failure(gateway(TestGateway.ACCESS_KEY, "not-the-secret")::volumes);
		assertThat(failure.kind()).isEqualTo(Kind.DENIED);
		assertThat(failure).hasMessageContaining("dumpkeeper.gateway.secret-key")
			.hasMessageNotContaining("not-the-secret");
	}

	@Test
	void aWrongAccessKeyIsDeniedAndNamed() {
		GatewayException failure = failure(gateway("minioadmin", TestGateway.SECRET_KEY)::volumes);
		assertThat(failure.kind()).isEqualTo(Kind.DENIED);
		assertThat(failure).hasMessageContaining("dumpkeeper.gateway.access-key");
	}

	@Test
	void aHeadWithAWrongSecretIsDeniedAndNotAbsence() {
		DumpBucket stranger = gateway(TestGateway.ACCESS_KEY, "not-the-secret").volume("jfsdata");
		assertFails(Kind.DENIED, () -> stranger.stat(KEY));
	}

	@Test
	void aHeadAtABrokenGatewayIsNotAbsence() {
		this.proxy.on("HEAD", "a.hprof").answer(500, "application/xml", "");
		assertFails(Kind.UNAVAILABLE, () -> this.bucket.stat(KEY));
	}

	@Test
	void aBulkDeleteWhoseAnswerIsCutOffIsUnavailable() {
		this.proxy.on("POST", "delete")
			.answer(200, "application/xml", "<DeleteResult><Deleted><Key>dumpfiles/a.hprof</Key></Deleted>");
		assertFails(Kind.UNAVAILABLE, () -> this.bucket.deleteAll(DumpBucketContractTests.keys("dumpfiles/a.hprof")));
	}

	private DumpGateway gateway(Duration timeout, int retries) {
		return TestGateways.open(TestGateways.properties(this.proxy.endpoint(), Layout.BUCKETS, null,
				TestGateway.ACCESS_KEY, TestGateway.SECRET_KEY, timeout, retries));
	}

	private DumpGateway gateway(String accessKey, String secretKey) {
		return TestGateways.open(TestGateways.properties(this.proxy.endpoint(), Layout.BUCKETS, null, accessKey,
				secretKey, Duration.ofSeconds(10), 0));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void assertFails(Kind kind, Runnable call) {
		DumpBucketContractTests.assertFails(kind, call);
	}

	private static GatewayException failure(Runnable call) {
		return catchThrowableOfType(GatewayException.class, call::run);
	}

}
