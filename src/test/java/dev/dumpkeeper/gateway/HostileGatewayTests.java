package dev.dumpkeeper.gateway;

import java.time.Duration;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.GatewayProperties.Layout;
import dev.dumpkeeper.lab.HostileServer;
import dev.dumpkeeper.lab.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * A gateway whose answers never end: each call ends all the same, soon, and with few
 * bytes read.
 */
@Timeout(60)
class HostileGatewayTests {

	private static final String LIST = "<ListBucketResult>";

	private static final String CONTENTS = "<Contents><Key>a%d</Key><Size>1</Size>"
			+ "<LastModified>2026-11-01T10:11:12.345Z</LastModified></Contents>";

	/** What sockets and buffers on the way hold is sent and not read. */
	private static final long FEW_BYTES = BoundedAnswer.MAX_BYTES + 16 * 1024 * 1024;

	static Stream<Arguments> endless() {
		return Stream.of(arguments("names", "names on a page", HostileServer.endless(LIST, CONTENTS::formatted)),
				arguments("names of directories", "names on a page",
						HostileServer.endless(LIST,
								"<CommonPrefixes><Prefix>a%d/</Prefix></CommonPrefixes>"::formatted)),
				arguments("a key", "a text or a tag",
						HostileServer.endless(LIST + "<Contents><Key>", (i) -> "a".repeat(1000))),
				arguments("a token", "a text or a tag",
						HostileServer.endless(LIST + "<NextContinuationToken>", (i) -> "&amp;a<!-- b -->")),
				arguments("a token in CDATA", "a text or a tag",
						HostileServer.endless(LIST + "<NextContinuationToken>", (i) -> "<![CDATA[aaaa]]>")),
				arguments("a comment", "a text or a tag",
						HostileServer.endless(LIST + "<!-- ", (i) -> "a".repeat(1000))),
				arguments("white space", "a text or a tag", HostileServer.endless(LIST, (i) -> " ".repeat(1000))),
				arguments("white space before the root", "a text or a tag",
						HostileServer.endless("", (i) -> "\n".repeat(1000))),
				arguments("a name of an element", "a text or a tag",
						HostileServer.endless(LIST + "<", (i) -> "a".repeat(1000))),
				arguments("a name of the root", "a text or a tag", HostileServer.endless("<", (i) -> "a".repeat(1000))),
				arguments("attributes", "a text or a tag",
						HostileServer.endless(LIST + "<Contents", " a%d=\"\""::formatted)),
				arguments("a value of an attribute", "a text or a tag",
						HostileServer.endless(LIST + "<Contents a=\"", (i) -> "a".repeat(1000))),
				arguments("a declaration", "not S3",
						HostileServer.endless("<!DOCTYPE a [", "<!ENTITY a%d \"b\">"::formatted)),
				arguments("nesting", "elements in more than", HostileServer.endless(LIST, (i) -> "<a>")),
				arguments("elements", "elements and attributes", HostileServer.endless(LIST, "<a%d/>"::formatted)),
				arguments("elements with attributes", "elements and attributes",
						HostileServer.endless(LIST, "<a a%d=\"\" b%<d=\"\" c%<d=\"\"/>"::formatted)),
				arguments("comments", "bytes", HostileServer.endless(LIST, (i) -> "<!-- " + "a".repeat(1000) + " -->")),
				arguments("behind the end", "bytes", HostileServer.endless(LIST + "</ListBucketResult>",
						(i) -> "<!-- " + "a".repeat(1000) + " -->")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("endless")
	void aPageOfEndless(String what, String words, HostileServer server) {
		try (server) {
			GatewayException failure = failure(() -> gateway(server, Layout.BUCKETS).volume("data").list("", null));
			assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.REJECTED);
			assertThat(failure).hasMessageContaining(words);
			assertThat(server.sent()).isLessThan(FEW_BYTES);
			assertThat(server.calls()).as("no use to ask again").isOne();
		}
	}

	@Test
	void bucketsWithoutAnEnd() {
		try (HostileServer server = HostileServer.endless("<ListAllMyBucketsResult><Buckets>",
				"<Bucket><Name>a%d</Name></Bucket>"::formatted)) {
			assertThat(failure(gateway(server, Layout.BUCKETS)::volumes).kind()).isEqualTo(Kind.REJECTED);
			assertThat(server.sent()).isLessThan(FEW_BYTES);
		}
	}

	@Test
	void anAnswerToABulkDeleteWithoutAnEnd() {
		try (HostileServer server = HostileServer.endless("<DeleteResult>",
				"<Error><Key>a%d</Key><Code>b</Code></Error>"::formatted)) {
			assertThat(failure(() -> gateway(server, Layout.BUCKETS).volume("data")
				.deleteAll(DumpBucketContractTests.keys("dumpfiles/a.hprof"))).kind()).isEqualTo(Kind.REJECTED);
			assertThat(server.sent()).isLessThan(FEW_BYTES);
		}
	}

	@Test
	void anErrorWithoutAnEndIsStillThatError() {
		try (HostileServer server = HostileServer.raw("HTTP/1.1 403 Forbidden\r\n\r\n<Error><Code>AccessDenied</Code>",
				(i) -> "<a>")) {
			assertThat(failure(gateway(server, Layout.BUCKETS)::volumes).kind()).isEqualTo(Kind.DENIED);
			assertThat(server.sent()).isLessThan(FEW_BYTES);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "1", "-1", "soon", "99999999999", "Wed, 25 Nov 2099 08:00:00 GMT" })
	void howLongItAsksToWaitDecidesNothing(String seconds) {
		try (HostileServer server = HostileServer
			.raw("HTTP/1.1 503 Service Unavailable\r\nRetry-After: " + seconds + "\r\n\r\n", (i) -> "<a>")) {
			assertThat(failure(gateway(server, Layout.BUCKETS)::volumes).kind()).isEqualTo(Kind.UNAVAILABLE);
			assertThat(server.calls()).as("one call and three retries").isEqualTo(4);
		}
	}

	@Test
	void aHeadWithoutAnEnd() {
		try (HostileServer server = HostileServer.raw("HTTP/1.1 200 OK\r\n", "X-A%d: b\r\n"::formatted)) {
			assertThat(failure(impatient(server)::volumes).kind()).isEqualTo(Kind.UNAVAILABLE);
			assertThat(server.sent()).isLessThan(FEW_BYTES);
		}
	}

	@Test
	void answersThatOnlyAnnounceAnother() {
		try (HostileServer server = HostileServer.raw("", (i) -> "HTTP/1.1 103 Early Hints\r\n\r\n")) {
			assertThat(failure(impatient(server)::volumes).kind()).isEqualTo(Kind.UNAVAILABLE);
		}
	}

	@Test
	void aPageThatDripsIsGivenUpAndNotAskedForAgain() {
		try (HostileServer server = HostileServer.dripping(LIST, 100)) {
			GatewayException failure = failure(() -> impatient(server).volume("data").list("", null));
			assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
			assertThat(failure).hasMessageContaining("dumpkeeper.gateway.timeout");
			assertThat(server.calls()).isOne();
		}
	}

	@Test
	void bytesOfAnObjectThatDripAreGivenUp() {
		try (HostileServer server = HostileServer.dripping("", 100)) {
			assertThat(failure(() -> impatient(server).volume("data").read(new ObjectKey("dumpfiles/a"), 1000)).kind())
				.isEqualTo(Kind.UNAVAILABLE);
		}
	}

	static Stream<Arguments> pages() {
		return Stream.of(arguments("pages without a name", page("", "t%d"), "without a name"),
				arguments("the same page", page("<CommonPrefixes><Prefix>a/</Prefix></CommonPrefixes>", "t"),
						"the same page"),
				arguments("pages of other names", page("<CommonPrefixes><Prefix>a%d/</Prefix></CommonPrefixes>", "t%d"),
						"more than"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("pages")
	void aListingOfEndless(String what, String page, String words) {
		try (HostileServer server = HostileServer.answering((i) -> page.replace("%d", Integer.toString(i)))) {
			assertThat(failure(gateway(server, Layout.DIRECTORIES)::volumes)).hasMessageContaining(words)
				.extracting(GatewayException::kind)
				.isEqualTo(Kind.REJECTED);
		}
		try (HostileServer server = HostileServer.answering((i) -> page.replace("%d", Integer.toString(i)))) {
			assertThat(failure(
					() -> gateway(server, Layout.BUCKETS).volume("data").hasDirectory(new ObjectKey("dumpfiles/"))))
				.hasMessageContaining(words);
		}
	}

	private static String page(String names, String token) {
		return LIST + "<IsTruncated>true</IsTruncated><NextContinuationToken>" + token + "</NextContinuationToken>"
				+ names + "</ListBucketResult>";
	}

	/**
	 * Its time is not up before a limit on bytes is reached, however slow the machine.
	 */
	private static DumpGateway gateway(HostileServer server, Layout layout) {
		return gateway(server, layout, Duration.ofMinutes(2));
	}

	private static DumpGateway impatient(HostileServer server) {
		return gateway(server, Layout.BUCKETS, Duration.ofSeconds(5));
	}

	private static DumpGateway gateway(HostileServer server, Layout layout, Duration timeout) {
		@Nullable String bucket = (layout == Layout.DIRECTORIES) ? "all" : null;
		return TestGateways.open(TestGateways.properties(server.url(), layout, bucket, TestGateway.ACCESS_KEY,
				TestGateway.SECRET_KEY, timeout, 3));
	}

	private static GatewayException failure(Runnable call) {
		return catchThrowableOfType(GatewayException.class, call::run);
	}

}
