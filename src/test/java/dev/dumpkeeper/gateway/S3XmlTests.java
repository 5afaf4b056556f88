package dev.dumpkeeper.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.dumpkeeper.gateway.GatewayException.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link S3Xml}.
 */
class S3XmlTests {

	private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

	private static final String SOME = contents("dumpfiles/a.hprof", "12", "2026-11-01T10:11:12.345Z");

	@Test
	void aPageShowsNameSizeAndTime() throws IOException {
		ListingPage page = page(0, listing("", SOME));
		assertThat(page.entries())
			.containsExactly(new ObjectEntry("dumpfiles/a.hprof", 12, Instant.parse("2026-11-01T10:11:12.345Z")));
		assertThat(page.next()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-11-25T09:00:00.123Z", "2024-02-29T23:59:59.999Z", "1969-12-31T23:59:59.001Z",
			"0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "2026-11-25T09:00:00Z",
			"2026-11-25T09:00:00.123456Z", "2026-11-25T09:00:00.123+08:00" })
	void aTimeIsReadAsTheLibraryReadsIt(String text) {
		assertThat(S3Time.listed(text)).isEqualTo(Instant.parse(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-13-25T09:00:00.123Z", "2025-02-29T09:00:00.123Z", "2026-11-25T25:00:00.123Z",
			"2026-11-25T09:00:0x.123Z", "", "yesterday", "xxxxxxxxxxTxxxxxxxx.xxxZ" })
	void whatIsNoTimeIsAFailure(String text) {
		assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> S3Time.listed(text));
	}

	@Test
	void aPageKeepsTheOrderOfTheAnswer() throws IOException {
		String time = "2026-11-01T10:11:12Z";
		ListingPage page = page(0, listing("", contents("b", "0", time), contents("a", "0", time)));
		assertThat(names(page)).containsExactly("b", "a");
	}

	@Test
	void anEmptyListingIsAPageWithoutEntries() throws IOException {
		assertThat(page(0, listing("")).entries()).isEmpty();
	}

	@Test
	void aTruncatedPageHasTheTokenOfTheNext() throws IOException {
		ListingPage page = page(0, listing(
				"<IsTruncated>true</IsTruncated>" + "<NextContinuationToken>a+b%2F&amp;/=</NextContinuationToken>",
				SOME));
		assertThat(page.next()).isEqualTo("a+b%2F&/=");
	}

	@Test
	void aTokenOnTheLastPageIsNotFollowed() throws IOException {
		ListingPage page = page(0, listing(
				"<IsTruncated>false</IsTruncated>" + "<NextContinuationToken>abc</NextContinuationToken>", SOME));
		assertThat(page.next()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "<IsTruncated>true</IsTruncated>",
			"<IsTruncated>true</IsTruncated><NextContinuationToken></NextContinuationToken>",
			"<NextContinuationToken/><IsTruncated>true</IsTruncated>" })
	void aTruncatedPageWithoutATokenIsNotTheLastPage(String head) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> page(0, listing(head, SOME)))
			.withMessageContaining("incomplete");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			dumpfiles%2Fa%2Bb%25c%22%27%26,  `dumpfiles/a+b%c"'&`
			a+b,                             a b
			a%20b,                           a b
			%F0%9F%98%80.hprof,              😀.hprof
			%C3%BC,                          ü
			plain-._*,                       plain-._*
			""")
	void namesAreUrlDecoded(String listed, String name) throws IOException {
		assertThat(names(page(0, listing("", contents(listed, "0", "2026-11-01T10:11:12Z"))))).containsExactly(name);
	}

	@Test
	void aConnectionThatBreaksInTheFirstBytesIsNotTakenForSomebodyElse() {
		InputStream broken = new SequenceInputStream(
				new ByteArrayInputStream("<?xml ver".getBytes(StandardCharsets.UTF_8)), new InputStream() {

					@Override
					public int read() throws IOException {
						throw new IOException("connection reset");
					}

				});
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> S3Xml.page(broken, 0))
			.withMessage("connection reset");
	}

	@Test
	void controlCharactersSurvive() throws IOException {
		String listed = "a%0Ab%0Dc%01d%7F";
		assertThat(names(page(0, listing("", contents(listed, "0", "2026-11-01T10:11:12Z")))))
			.containsExactly("a\nb\rc\u0001d\u007f");
	}

	@Test
	void emojiNeedNoEscape() throws IOException {
		assertThat(names(page(0, listing("", contents("\uD83D\uDE00", "0", "2026-11-01T10:11:12Z")))))
			.containsExactly("\uD83D\uDE00");
	}

	@Test
	void aNameThatIsNotUtf8IsListedButNoKey() throws IOException {
		List<String> names = names(page(0, listing("", contents("a%FFb", "0", "2026-11-01T10:11:12Z"))));
		assertThat(names).containsExactly("a\uFFFDb");
		assertThat(ObjectKey.parse(names.get(0))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a%", "a%2", "a%zz" })
	void aBrokenEscapeIsAFailure(String listed) {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> page(0, listing("", contents(listed, "0", "2026-11-01T10:11:12Z"))));
	}

	@Test
	void theVolumesPrefixIsNoPartOfTheName() throws IOException {
		assertThat(names(page("jfsdata/".length(), listing("", contents("jfsdata%2Fa", "0", "2026-11-01T10:11:12Z"),
				contents("jfsdata%2F", "0", "2026-11-01T10:11:12Z")))))
			.containsExactly("a", "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<ETag></ETag>", "<ETag/>", "<ETag>&quot;&quot;</ETag>", "" })
	void theEtagDoesNotMatter(String etag) throws IOException {
		String contents = "<Contents><Key>a</Key><LastModified>2026-11-01T10:11:12.000Z</LastModified>" + etag
				+ "<Size>7</Size><Owner><ID>x</ID><DisplayName>minio</DisplayName></Owner>"
				+ "<StorageClass>STANDARD</StorageClass></Contents>";
		assertThat(page(0, listing("", contents)).entries())
			.containsExactly(new ObjectEntry("a", 7, Instant.parse("2026-11-01T10:11:12Z")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "<Key>a</Key><LastModified>2026-11-01T10:11:12Z</LastModified>",
			"<Key>a</Key><Size>1</Size>", "<Size>1</Size><LastModified>2026-11-01T10:11:12Z</LastModified>",
			"<Key>a</Key><Size>-1</Size><LastModified>2026-11-01T10:11:12Z</LastModified>",
			"<Key>a</Key><Size></Size><LastModified>2026-11-01T10:11:12Z</LastModified>",
			"<Key>a</Key><Size>many</Size><LastModified>2026-11-01T10:11:12Z</LastModified>",
			"<Key>a</Key><Size>1</Size><LastModified>yesterday</LastModified>",
			"<Key>a</Key><Size>1</Size><LastModified/>", "" })
	void anEntryThatLacksSizeTimeOrNameIsAFailure(String inner) {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> page(0, listing("", "<Contents>" + inner + "</Contents>")));
	}

	@Test
	void commonPrefixesAreDirectories() throws IOException {
		ListingPage page = page(0, listing("", "<CommonPrefixes><Prefix>my+data%2F</Prefix></CommonPrefixes>"));
		assertThat(page.entries()).singleElement().satisfies((entry) -> {
			assertThat(entry.name()).isEqualTo("my data/");
			assertThat(entry.isDirectory()).isTrue();
		});
	}

	@Test
	void anAnswerCutOffAnywhereIsAFailure() {
		byte[] whole = (DECLARATION + listing("<IsTruncated>false</IsTruncated>", SOME, SOME))
			.getBytes(StandardCharsets.UTF_8);
		for (int length = 0; length < whole.length; length++) {
			byte[] part = Arrays.copyOf(whole, length);
			assertThatExceptionOfType(IOException.class).as("after %d bytes", length)
				.isThrownBy(() -> S3Xml.page(new ByteArrayInputStream(part), 0));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html><body>502 Bad Gateway</body></html>",
			"<!DOCTYPE html><html><head><title>Login</title></head></html>", "{\"error\": 1}", "", "  ",
			"<ListAllMyBucketsResult></ListAllMyBucketsResult>", "<Error><Code>SlowDown</Code></Error>", "OK" })
	void anAnswerThatIsNotAListingIsAFailureAndNotAnEmptyOne(String answer) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> page(0, answer));
	}

	@Test
	void aProxysPageIsNamedInTheFailure() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> page(0, "<html></html>"))
			.withMessage("answers <html> instead of <ListBucketResult>");
	}

	@Test
	void entitiesAreNotExpanded() {
		String bomb = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
				+ "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
				+ listing("", contents("&c;", "0", "2026-11-01T10:11:12Z"));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> page(0, bomb));
	}

	@Test
	void filesOfThisMachineAreNotRead(@TempDir Path directory) throws IOException {
		Path secret = Files.writeString(directory.resolve("secret"), "from-this-machine");
		String theft = "<!DOCTYPE r [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>"
				+ listing("", contents("&x;", "0", "2026-11-01T10:11:12Z"));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> page(0, theft))
			.withMessageNotContaining("from-this-machine");
	}

	@Test
	void whatIsBehindTheEndIsAFailure() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> page(0, listing("", SOME) + "<html/>"));
	}

	@Test
	void bucketsAreNamed() throws IOException {
		String answer = """
				<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>x</ID>\
				<DisplayName>minio</DisplayName></Owner><Buckets><Bucket><Name>jfsdata</Name>\
				<CreationDate>2026-11-01T10:11:12.000Z</CreationDate></Bucket>\
				<Bucket><Name>pvc-2</Name></Bucket></Buckets></ListAllMyBucketsResult>""";
		assertThat(S3Xml.buckets(in(answer))).containsExactly("jfsdata", "pvc-2");
	}

	@Test
	void noBucketsAreAnEmptyList() throws IOException {
		assertThat(S3Xml.buckets(in("<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>"))).isEmpty();
	}

	@Test
	void aListOfBucketsCutOffIsAFailure() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> S3Xml.buckets(in("<ListAllMyBucketsResult><Buckets><Bucket><Name>a</Name></Bucket>")));
	}

	@Test
	void juicefs14CountsWhatItDeletedWithoutNames() throws IOException {
		BulkAnswer answer = S3Xml.bulkAnswer(in("""
				<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Deleted></Deleted>\
				<Deleted><Key></Key></Deleted><Deleted/></DeleteResult>"""), 0);
		assertThat(answer).isEqualTo(new BulkAnswer(3, false, List.of()));
	}

	@Test
	void juicefs13NamesWhatItDeleted() throws IOException {
		BulkAnswer answer = S3Xml.bulkAnswer(in("""
				<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Deleted><Key>a</Key></Deleted>\
				<Deleted><Key>b</Key></Deleted><Deleted></Deleted><Error><Code>AccessDenied</Code>\
				<Message>no</Message><Key>c</Key><VersionId></VersionId></Error></DeleteResult>"""), 0);
		assertThat(answer.deleted()).isEqualTo(3);
		assertThat(answer.named()).isTrue();
		assertThat(answer.refusals()).containsExactly(new BulkAnswer.Refusal("c", "AccessDenied", "no"));
	}

	@Test
	void aBulkAnswerCutOffIsAFailure() {
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> S3Xml.bulkAnswer(in("<DeleteResult><Deleted></Deleted>"), 0));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			403, AccessDenied,          DENIED
			403, InvalidAccessKeyId,    DENIED
			403, SignatureDoesNotMatch, DENIED
			403, RequestTimeTooSkewed,  DENIED
			403, AllAccessDisabled,     DENIED
			401, ,                      DENIED
			404, NoSuchBucket,          ABSENT
			404, NoSuchKey,             NOT_FOUND
			404, ,                      NOT_FOUND
			400, InvalidBucketName,     REJECTED
			400, MalformedXML,          REJECTED
			501, NotImplemented,        REJECTED
			408, RequestTimeout,        UNAVAILABLE
			429, SlowDown,              UNAVAILABLE
			500, InternalError,         UNAVAILABLE
			502, ,                      UNAVAILABLE
			503, SlowDown,              UNAVAILABLE
			504, ,                      UNAVAILABLE
			507, ,                      FULL
			""")
	void eachErrorIsOfAKind(int status, @Nullable String code, Kind kind) {
		GatewayException failure = failure(status,
				(code != null) ? "<Error><Code>" + code + "</Code><Message>words</Message></Error>" : "");
		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure).hasMessageStartingWith("GET jfsdata: " + status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "disk quota exceeded", "Disk quota exceeded.", "no space left on device" })
	void aFullVolumeIsReportedFromABrokenOne(String message) {
		String body = "<Error><Code>InternalError</Code><Message>We encountered an internal error, please try again.: "
				+ message + "</Message></Error>";
		assertThat(failure(500, body).kind()).isEqualTo(Kind.FULL);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			InvalidAccessKeyId,    dumpkeeper.gateway.access-key
			SignatureDoesNotMatch, dumpkeeper.gateway.secret-key
			RequestTimeTooSkewed,  15 minutes
			AllAccessDisabled,     dumpkeeper.volumes.exclude
			""")
	void anErrorThatHasACureNamesIt(String code, String cure) {
		assertThat(failure(403, "<Error><Code>" + code + "</Code><Message>words</Message></Error>"))
			.hasMessageContaining(code)
			.hasMessageContaining("words")
			.hasMessageContaining(cure);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html><body>Bad Gateway</body></html>", "<!DOCTYPE html><html></html>", "no",
			"<Error><Code>AccessDe", "\0\0" })
	void anErrorThatIsNotS3IsOfTheKindOfItsStatus(String body) {
		assertThat(failure(502, body).kind()).isEqualTo(Kind.UNAVAILABLE);
		assertThat(failure(404, body).kind()).isEqualTo(Kind.NOT_FOUND);
	}

	private static String contents(String key, String size, String lastModified) {
		return "<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag></ETag><Size>%s</Size></Contents>"
			.formatted(key, lastModified, size);
	}

	private static String listing(String head, String... contents) {
		return "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>b</Name>" + head
				+ String.join("", contents) + "</ListBucketResult>";
	}

	private static ListingPage page(int strip, String answer) throws IOException {
		return S3Xml.page(in(answer), strip);
	}

	private static List<String> names(ListingPage page) {
		return page.entries().stream().map(ObjectEntry::name).toList();
	}

	private static GatewayException failure(int status, String body) {
		return S3Xml.failure("GET jfsdata", status, body.getBytes(StandardCharsets.UTF_8), false);
	}

	private static InputStream in(String answer) {
		return new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void aTimeBehindTheYear9999IsTheLatestThatIsDistinguished() throws IOException {
		assertThat(S3Time.listed("20000-01-02T03:04:05.678Z")).isEqualTo(ObjectEntry.LATEST);
		assertThat(S3Time.listed("294247-01-10T04:00:54.775Z")).isEqualTo(ObjectEntry.LATEST);
		assertThat(S3Time.header("Sun, 02 Jan 20000 03:04:05 GMT")).isEqualTo(ObjectEntry.LATEST);
		assertThat(S3Time.header("Fri, 31 Dec 9999 23:59:59 GMT")).isEqualTo(ObjectEntry.LATEST);
		assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> S3Time.listed("20000"));
	}

}
