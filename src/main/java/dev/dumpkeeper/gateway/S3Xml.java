package dev.dumpkeeper.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.text.SafeText;

/**
 * Parses the answers of S3. An answer that is truncated or not S3 at all (a proxy's HTML)
 * is a failure, never an empty result.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">
 * ListObjectsV2</a>
 */
final class S3Xml {

	/** Longer messages do not fit into a report. */
	private static final int MAX_MESSAGE = 500;

	/**
	 * The maximum number of names on a page: some gateways count directories separately.
	 */
	private static final int MAX_NAMES = 2 * S3Client.MAX_KEYS;

	/**
	 * The maximum number of elements and attributes of a page; a listed object has about
	 * ten.
	 */
	private static final int MAX_PARTS = 40_000;

	private static final int MAX_DEPTH = 32;

	private S3Xml() {
	}

	/** A new one for each answer, since it keeps all element names that it has seen. */
	private static XMLInputFactory factory() {
		XMLInputFactory factory = new InputFactoryImpl();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_COALESCING, true);
		return factory;
	}

	static List<String> buckets(InputStream in) throws IOException {
		List<String> names = new ArrayList<>();
		read(in, "ListAllMyBucketsResult", (xml) -> {
			if (xml.is("Buckets")) {
				xml.children(() -> {
					if (xml.is("Bucket")) {
						xml.children(() -> {
							if (xml.is("Name")) {
								names.add(xml.text());
							}
						});
					}
				});
			}
		});
		return names;
	}

	/**
	 * Parses a page of a listing.
	 * @param in the answer
	 * @param strip how many characters of each name belong to the volume rather than the
	 * key
	 */
	static ListingPage page(InputStream in, int strip) throws IOException {
		List<ObjectEntry> entries = new ArrayList<>(1000);
		String[] next = new String[1];
		boolean[] truncated = new boolean[1];
		read(in, "ListBucketResult", (xml) -> {
			if (entries.size() > MAX_NAMES) {
				throw new NotS3Exception("answers with more than " + MAX_NAMES + " names on a page");
			}
			if (xml.is("Contents")) {
				entries.add(entry(xml, strip));
			}
			else if (xml.is("CommonPrefixes")) {
				xml.children(() -> {
					if (xml.is("Prefix")) {
						entries.add(new ObjectEntry(decode(xml.text(), strip), 0, Instant.EPOCH));
					}
				});
			}
			else if (xml.is("NextContinuationToken")) {
				next[0] = xml.text();
			}
			else if (xml.is("IsTruncated")) {
				truncated[0] = Boolean.parseBoolean(xml.text());
			}
		});
		if (truncated[0] && (next[0] == null || next[0].isEmpty())) {
			throw new IOException("the listing is incomplete: it announces more keys and has no token for them");
		}
		return new ListingPage(entries, truncated[0] ? next[0] : null);
	}

	private static ObjectEntry entry(Xml xml, int strip) throws IOException, XMLStreamException {
		Contents contents = new Contents();
		xml.children(() -> {
			if (xml.is("Key")) {
				contents.key = decode(xml.text(), strip);
			}
			else if (xml.is("Size")) {
				contents.size = Long.parseLong(xml.text().trim());
			}
			else if (xml.is("LastModified")) {
				contents.lastModified = S3Time.listed(xml.text().trim());
			}
		});
		if (contents.key == null || contents.lastModified == null || contents.size < 0) {
			throw new IOException("a listed object lacks its key, size or time of modification");
		}
		return new ObjectEntry(contents.key, contents.size, contents.lastModified);
	}

	/**
	 * Parses the answer to a bulk delete.
	 * @param in the answer
	 * @param strip how many characters of each name belong to the volume rather than the
	 * key
	 */
	static BulkAnswer bulkAnswer(InputStream in, int strip) throws IOException {
		int[] deleted = new int[2];
		List<BulkAnswer.Refusal> refusals = new ArrayList<>();
		read(in, "DeleteResult", (xml) -> {
			if (xml.is("Deleted")) {
				deleted[0]++;
				xml.children(() -> {
					if (xml.is("Key") && !xml.text().isEmpty()) {
						deleted[1]++;
					}
				});
			}
			else if (xml.is("Error")) {
				BulkAnswer.Refusal refusal = refusal(xml);
				refusals.add(new BulkAnswer.Refusal(refusal.name().substring(Math.min(strip, refusal.name().length())),
						refusal.code(), refusal.message()));
			}
		});
		return new BulkAnswer(deleted[0], deleted[1] > 0, refusals);
	}

	private static BulkAnswer.Refusal refusal(Xml xml) throws IOException, XMLStreamException {
		String[] parts = { "", "", "" };
		xml.children(() -> {
			int part = xml.is("Key") ? 0 : xml.is("Code") ? 1 : xml.is("Message") ? 2 : -1;
			if (part >= 0) {
				parts[part] = xml.text();
			}
		});
		return new BulkAnswer.Refusal(parts[0], SafeText.oneLine(abridged(parts[1])),
				SafeText.oneLine(abridged(parts[2])));
	}

	static String text(InputStream in, String root, String child) throws IOException {
		String[] text = { "" };
		read(in, root, (xml) -> text[0] = xml.is(child) ? xml.text() : text[0]);
		return text[0];
	}

	static GatewayException failure(String what, int status, byte[] body, boolean repeatable) {
		BulkAnswer.Refusal error = new BulkAnswer.Refusal("", "", "");
		if (body.length > 0) {
			try {
				BoundedAnswer answer = new BoundedAnswer(new ByteArrayInputStream(body));
				XMLStreamReader reader = factory().createXMLStreamReader(answer);
				if (reader.nextTag() == XMLStreamConstants.START_ELEMENT && "Error".equals(reader.getLocalName())) {
					error = refusal(new Xml(reader, answer));
				}
			}
			catch (IOException | XMLStreamException ex) {
				error = new BulkAnswer.Refusal("", "", "an answer that is not S3");
			}
		}
		String text = what + ": " + status + (error.code().isEmpty() ? "" : " " + abridged(error.code()))
				+ (error.message().isEmpty() ? "" : ", " + abridged(error.message()));
		return new GatewayException(kind(status, error), text + advice(error.code()), null, repeatable);
	}

	private static String abridged(String message) {
		return SafeText.abridged(message, MAX_MESSAGE);
	}

	private static Kind kind(int status, BulkAnswer.Refusal error) {
		if (error.message().toLowerCase(Locale.ROOT).contains("quota exceeded")
				|| error.message().contains("no space left") || status == 507) {
			return Kind.FULL;
		}
		if ("NoSuchBucket".equals(error.code())) {
			return Kind.ABSENT;
		}
		return switch (status) {
			case 401, 403 -> Kind.DENIED;
			case 499 -> Kind.UNAVAILABLE;
			case 404 -> Kind.NOT_FOUND;
			case 408, 429 -> Kind.UNAVAILABLE;
			default -> (status >= 500 && status != 501) ? Kind.UNAVAILABLE : Kind.REJECTED;
		};
	}

	private static String advice(String code) {
		return switch (code) {
			case "InvalidAccessKeyId" ->
				" (dumpkeeper.gateway.access-key is not a key of this gateway; MinIO's own keys do not work here)";
			case "SignatureDoesNotMatch" -> " (dumpkeeper.gateway.secret-key is wrong)";
			case "RequestTimeTooSkewed" -> " (the clocks here and at the gateway are more than 15 minutes apart)";
			case "AllAccessDisabled" -> " (the gateway reserves this name; see dumpkeeper.volumes.exclude)";
			default -> "";
		};
	}

	private static String decode(String value, int strip) {
		String name = (value.indexOf('%') < 0 && value.indexOf('+') < 0) ? value
				: URLDecoder.decode(value, StandardCharsets.UTF_8);
		return name.substring(Math.min(strip, name.length()));
	}

	private static void read(InputStream in, String root, Child child) throws IOException {
		try {
			BoundedAnswer answer = new BoundedAnswer(in);
			XMLStreamReader reader = open(answer, root);
			Xml xml = new Xml(reader, answer);
			xml.children(() -> child.read(xml));
			while (reader.hasNext()) {
				xml.next();
			}
		}
		catch (XMLStreamException ex) {
			// Neither is worth a retry, unlike a truncated answer.
			if (ex.getNestedException() instanceof NotS3Exception bound) {
				throw bound;
			}
			if (ex.getNestedException() instanceof InterruptedIOException timeout) {
				throw timeout;
			}
			throw new IOException("the answer is incomplete", ex);
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			throw new NotS3Exception(
					"the answer holds a value that is not S3: " + abridged(String.valueOf(ex.getMessage())));
		}
	}

	private static XMLStreamReader open(InputStream in, String root) throws IOException {
		BufferedInputStream buffered = new BufferedInputStream(in);
		buffered.mark(1);
		if (buffered.read() < 0) {
			throw new IOException("the answer is empty");
		}
		buffered.reset();
		try {
			XMLStreamReader reader = factory().createXMLStreamReader(buffered);
			reader.nextTag();
			if (root.equals(reader.getLocalName())) {
				return reader;
			}
			throw new NotS3Exception("answers <" + abridged(reader.getLocalName()) + "> instead of <" + root + ">");
		}
		catch (XMLStreamException ex) {
			// A connection that breaks this early does not show who answers.
			if (ex.getNestedException() instanceof IOException broken) {
				throw broken;
			}
			throw new NotS3Exception("the answer is not S3");
		}
	}

	/**
	 * The answer is not S3, such as a proxy's page for people. A retry is useless.
	 */
	static final class NotS3Exception extends IOException {

		NotS3Exception(String message) {
			super(message);
		}

	}

	private static final class Contents {

		private @Nullable String key;

		private long size = -1;

		private @Nullable Instant lastModified;

	}

	private interface Child {

		void read(Xml xml) throws IOException, XMLStreamException;

	}

	private interface Step {

		void run() throws IOException, XMLStreamException;

	}

	/** A cursor over elements that skips those that were not read. */
	private static final class Xml {

		private final XMLStreamReader reader;

		private final BoundedAnswer answer;

		private int parts;

		Xml(XMLStreamReader reader, BoundedAnswer answer) {
			this.reader = reader;
			this.answer = answer;
		}

		boolean is(String name) {
			return this.reader.isStartElement() && name.equals(this.reader.getLocalName());
		}

		String text() throws XMLStreamException {
			this.answer.nextPart();
			return this.reader.getElementText();
		}

		int next() throws IOException, XMLStreamException {
			this.answer.nextPart();
			int event = this.reader.next();
			if (event == XMLStreamConstants.START_ELEMENT) {
				this.parts += 1 + this.reader.getAttributeCount();
				if (this.parts > MAX_PARTS) {
					throw new NotS3Exception("answers with more than " + MAX_PARTS + " elements and attributes");
				}
			}
			return event;
		}

		/** Calls the step at the start of each child and stops at this element's end. */
		void children(Step step) throws IOException, XMLStreamException {
			while (next() != XMLStreamConstants.END_ELEMENT) {
				if (this.reader.isStartElement()) {
					step.run();
					if (this.reader.isStartElement()) {
						skip();
					}
				}
			}
		}

		private void skip() throws IOException, XMLStreamException {
			for (int depth = 1; depth > 0;) {
				int event = next();
				depth += (event == XMLStreamConstants.START_ELEMENT) ? 1
						: (event == XMLStreamConstants.END_ELEMENT) ? -1 : 0;
				if (depth > MAX_DEPTH) {
					throw new NotS3Exception("answers with elements in more than " + MAX_DEPTH + " elements");
				}
			}
		}

	}

}
