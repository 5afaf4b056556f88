package dev.dumpkeeper.gateway;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Limits an answer of a gateway that may be broken or not a gateway at all: the answer to
 * the size of the largest page, and each part of it to the length of a name. The parser
 * keeps a part in memory until its end, so the limit has to apply before the parser.
 */
final class BoundedAnswer extends FilterInputStream {

	/**
	 * A thousand names of 4 KiB, with three characters for each escaped byte, and their
	 * markup.
	 */
	static final long MAX_BYTES = 16 * 1024 * 1024;

	/** A text, or a tag with all its attributes. */
	static final long MAX_PART_BYTES = 64 * 1024;

	private long bytes;

	private long partBegins;

	BoundedAnswer(InputStream in) {
		super(in);
	}

	/** Restarts the limit for the next part. */
	void nextPart() {
		this.partBegins = this.bytes;
	}

	@Override
	public int read() throws IOException {
		int read = super.read();
		if (read >= 0) {
			count(1);
		}
		return read;
	}

	@Override
	public int read(byte[] into, int offset, int length) throws IOException {
		int read = super.read(into, offset, length);
		if (read > 0) {
			count(read);
		}
		return read;
	}

	private void count(int read) throws S3Xml.NotS3Exception {
		this.bytes += read;
		if (this.bytes > MAX_BYTES) {
			throw new S3Xml.NotS3Exception("answers with more than " + MAX_BYTES + " bytes");
		}
		if (this.bytes - this.partBegins > MAX_PART_BYTES) {
			throw new S3Xml.NotS3Exception(
					"answers with a name, a text or a tag of more than " + MAX_PART_BYTES + " bytes");
		}
	}

}
