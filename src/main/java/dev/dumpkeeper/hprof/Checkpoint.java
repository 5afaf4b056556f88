package dev.dumpkeeper.hprof;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

import dev.dumpkeeper.hprof.Gunzip.Border;
import dev.dumpkeeper.hprof.HeapWalk.Place;

/**
 * What a reading needs to go on: where the walk stands and what was counted. As bytes: u1
 * {@value #FORMAT}, the rest deflated, u4 CRC-32C of both.
 *
 * @param size of the file, negative when unknown
 * @param compressed whether the file is
 * @param from where in the file reading goes on, and where in the dump that is
 * @param nanos the time that the reading took so far
 * @param place where the walk stands, there or behind
 * @param tally what was counted
 */
record Checkpoint(long size, boolean compressed, Border from, long nanos, Place place, HeapTally tally) {

	/** To be raised with every change of what is written, or of what it means. */
	static final byte FORMAT = 1;

	/**
	 * No more bytes are made. It is less than MySQL and MariaDB take in one packet (16
	 * MiB) and, in old versions, in a tenth of their log (9.6 MiB).
	 */
	static final int MOST = 8 * 1024 * 1024;

	private static final int CHECKSUM = 4;

	/**
	 * Writes it down.
	 * @return the bytes, or empty when they would be too many
	 */
	Optional<byte[]> bytes() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		CRC32C checksum = new CRC32C();
		OutputStream checked = new CheckedOutputStream(new Bounded(bytes), checksum);
		Deflater deflater = new Deflater(Deflater.BEST_SPEED);
		try {
			checked.write(FORMAT);
			DeflaterOutputStream deflated = new DeflaterOutputStream(checked, deflater, 8192);
			DataOutputStream out = new DataOutputStream(new BufferedOutputStream(deflated));
			out.writeLong(this.size);
			out.writeBoolean(this.compressed);
			out.writeLong(this.from.file());
			out.writeLong(this.from.dump());
			out.writeLong(this.nanos);
			this.tally.write(out);
			this.place.write(out);
			out.flush();
			deflated.finish();
			bytes.writeBytes(ByteBuffer.allocate(CHECKSUM).putInt((int) checksum.getValue()).array());
			return Optional.of(bytes.toByteArray());
		}
		catch (IOException ex) {
			return Optional.empty();
		}
		finally {
			deflater.end();
		}
	}

	/**
	 * Reads one.
	 * @param bytes what {@link #bytes()} gave
	 * @param size of the file
	 * @return it, or empty when they are of another format, of another file or damaged
	 */
	static Optional<Checkpoint> of(byte[] bytes, long size) {
		int length = bytes.length - CHECKSUM;
		if (length < 1 || bytes[0] != FORMAT || ByteBuffer.wrap(bytes).getInt(length) != checksum(bytes, length)) {
			return Optional.empty();
		}
		try (DataInputStream in = new DataInputStream(
				new BufferedInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes, 1, length - 1))))) {
			return Optional.of(read(in, size));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	private static Checkpoint read(DataInputStream in, long size) throws IOException {
		if (in.readLong() != size) {
			throw new IOException("it is of another file");
		}
		boolean compressed = in.readBoolean();
		Border from = new Border(within(in.readLong()), within(in.readLong()));
		long nanos = within(in.readLong());
		HeapTally tally = new HeapTally(in);
		Place place = Place.read(in, tally);
		if (in.read() >= 0 || from.dump() > place.offset()) {
			throw new IOException("it makes no sense");
		}
		return new Checkpoint(size, compressed, from, nanos, place, tally);
	}

	private static int checksum(byte[] bytes, int length) {
		CRC32C checksum = new CRC32C();
		checksum.update(bytes, 0, length);
		return (int) checksum.getValue();
	}

	/**
	 * Checks a number that was read.
	 * @param value the number
	 * @param least what it is at least
	 * @param most what it is at most
	 * @return the number
	 * @throws IOException when it is not so
	 */
	static int within(int value, int least, int most) throws IOException {
		if (value < least || value > most) {
			throw new IOException(String.format(Locale.ROOT, "%d is not %d to %d", value, least, most));
		}
		return value;
	}

	/** The same, of an offset or a duration. */
	static long within(long value) throws IOException {
		if (value < 0) {
			throw new IOException(String.format(Locale.ROOT, "%d is negative", value));
		}
		return value;
	}

	/** Refuses to become too long. */
	private static final class Bounded extends OutputStream {

		private final ByteArrayOutputStream bytes;

		Bounded(ByteArrayOutputStream bytes) {
			this.bytes = bytes;
		}

		@Override
		public void write(int value) throws IOException {
			within(this.bytes.size(), 0, MOST - CHECKSUM - 1);
			this.bytes.write(value);
		}

		@Override
		public void write(byte[] from, int offset, int length) throws IOException {
			within(this.bytes.size() + length, 0, MOST - CHECKSUM);
			this.bytes.write(from, offset, length);
		}

	}

}
