package dev.dumpkeeper.hprof;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Builds a heap dump by hand, record by record.
 */
public final class HprofFile {

	static final Instant STARTED = Instant.parse("2026-11-25T03:04:05.678Z");

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final DataOutputStream data = new DataOutputStream(this.bytes);

	private HprofFile() {
	}

	/** A dump of one kind with names, a stack trace and no heap yet. */
	static HprofFile begun(String version, int identifierSize, long millis) {
		return new HprofFile().header(version, identifierSize, millis)
			.record(0x01, name(identifierSize, "java/lang/String"))
			.record(0x02, new byte[8 + 2 * identifierSize])
			.record(0x01, name(identifierSize, "main"))
			.record(0x04, new byte[8 + 4 * identifierSize])
			.record(0x05, new byte[12 + identifierSize]);
	}

	/** As HotSpot begins one today. */
	static HprofFile begun() {
		return begun("1.0.2", 8, STARTED.toEpochMilli());
	}

	/** A dump of one kind with nothing in it yet. */
	static HprofFile empty(String version, int identifierSize) {
		return new HprofFile().header(version, identifierSize, STARTED.toEpochMilli());
	}

	/** Says that a class is loaded: its name, under the identifier of the class. */
	HprofFile loaded(int identifierSize, long classId, String name) {
		byte[] text = name.getBytes(StandardCharsets.UTF_8);
		return record(0x01, new HeapPart(identifierSize).id(classId).raw(text).bytes()).record(0x02,
				new HeapPart(identifierSize).u4(1).id(classId).u4(0).id(classId).bytes());
	}

	/** As HotSpot makes one today: segments and an end. */
	static byte[] whole() {
		return begun().record(0x1C, heap(3000)).record(0x1C, heap(500)).end().bytes();
	}

	/** As old JVMs and jhsdb make one: the heap in one record. */
	static byte[] wholeInOneRecord() {
		return begun().record(0x0C, heap(3000)).bytes();
	}

	/** Bytes that do not compress well and hold no end of a dump. */
	static byte[] heap(int length) {
		byte[] heap = new byte[length];
		int state = length;
		for (int i = 0; i < length; i++) {
			state = state * 1103515245 + 12345;
			heap[i] = (byte) ((state >> 16) | 1);
		}
		return heap;
	}

	/** A header and nothing more. */
	static HprofFile empty(int identifierSize) {
		return new HprofFile().header("1.0.2", identifierSize, STARTED.toEpochMilli());
	}

	/** A record made of numbers and texts: a Long is an identifier of 8 bytes. */
	HprofFile record(int tag, Object... parts) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(body);
		try {
			for (Object part : parts) {
				if (part instanceof Long identifier) {
					out.writeLong(identifier);
				}
				else if (part instanceof Integer number) {
					out.writeInt(number);
				}
				else {
					out.write(part.toString().getBytes(StandardCharsets.UTF_8));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return record(tag, body.toByteArray());
	}

	private static byte[] name(int identifierSize, String name) {
		byte[] text = name.getBytes(StandardCharsets.UTF_8);
		byte[] body = new byte[identifierSize + text.length];
		System.arraycopy(text, 0, body, identifierSize, text.length);
		return body;
	}

	private HprofFile header(String version, int identifierSize, long millis) {
		return write((out) -> {
			out.write(("JAVA PROFILE " + version + "\0").getBytes(StandardCharsets.US_ASCII));
			out.writeInt(identifierSize);
			out.writeLong(millis);
		});
	}

	HprofFile record(int tag, byte[] body) {
		return record(tag, Integer.toUnsignedLong(body.length), body);
	}

	HprofFile record(int tag, long length, byte[] body) {
		return write((out) -> {
			out.writeByte(tag);
			out.writeInt(0);
			out.writeInt((int) length);
			out.write(body);
		});
	}

	/** As the agent of JDK 6 to 8 ends segments: the record has a time. */
	HprofFile end(int ticks) {
		return write((out) -> {
			out.writeByte(0x2C);
			out.writeInt(ticks);
			out.writeInt(0);
		});
	}

	HprofFile end() {
		return record(0x2C, new byte[0]);
	}

	byte[] bytes() {
		return this.bytes.toByteArray();
	}

	private HprofFile write(Writing writing) {
		try {
			writing.to(this.data);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What gzip(1) and jhsdb make of it. */
	public static byte[] gzip(byte[] plain) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
			gzip.write(plain);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return out.toByteArray();
	}

	/**
	 * What HotSpot makes of it: members of their own, a comment in the first.
	 * @param plain the dump
	 * @param borders where one member ends and the next begins
	 */
	static byte[] gzipLikeHotspot(byte[] plain, int level, int... borders) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		int from = 0;
		for (int border : borders) {
			out.writeBytes(member(Arrays.copyOfRange(plain, from, border), level, from == 0));
			from = border;
		}
		out.writeBytes(member(Arrays.copyOfRange(plain, from, plain.length), level, from == 0));
		return out.toByteArray();
	}

	private static byte[] member(byte[] plain, int level, boolean first) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(new byte[] { 0x1F, (byte) 0x8B, 8, (byte) (first ? 0x10 : 0), 0, 0, 0, 0, 0, 3 });
		if (first) {
			out.writeBytes("HPROF BLOCKSIZE=1048576\0".getBytes(StandardCharsets.US_ASCII));
		}
		Deflater deflater = new Deflater(level, true);
		deflater.setInput(plain);
		deflater.finish();
		byte[] buffer = new byte[4096];
		while (!deflater.finished()) {
			out.write(buffer, 0, deflater.deflate(buffer));
		}
		deflater.end();
		CRC32 checksum = new CRC32();
		checksum.update(plain);
		for (long number : new long[] { checksum.getValue(), plain.length }) {
			for (int shift = 0; shift < 32; shift += 8) {
				out.write((int) (number >> shift));
			}
		}
		return out.toByteArray();
	}

	@FunctionalInterface
	private interface Writing {

		void to(DataOutputStream out) throws IOException;

	}

}
