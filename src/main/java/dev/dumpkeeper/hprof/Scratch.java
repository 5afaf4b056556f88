package dev.dumpkeeper.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;

/**
 * A memory-mapped file for intermediate results, so that they use no heap and the kernel
 * may write them out. Its name is removed as soon as it is open, so that the file
 * disappears with the process, however it ends.
 */
final class Scratch implements AutoCloseable {

	static final String PREFIX = "dumpkeeper-holders-";

	/** How many numbers are added at once. */
	static final int CHUNK = 1 << 20;

	/**
	 * How many bytes are mapped at once. A process has at most 65,530 mappings, and Java
	 * releases one only when its buffer is collected: with a mapping for each chunk, a
	 * process that rarely collects would reach the limit.
	 */
	private static final long MAPPED = 256 << 20;

	private final FileChannel file;

	private final long limit;

	private final int chunk;

	private final ByteBuffer zeros;

	private ByteBuffer mapped = ByteBuffer.allocate(0);

	private long mappedFrom;

	private long size;

	private Scratch(FileChannel file, long limit, int chunk) {
		this.file = file;
		this.limit = limit;
		this.chunk = chunk;
		this.zeros = ByteBuffer.allocateDirect(Math.min(4 * chunk, 1 << 16));
	}

	/**
	 * Opens a file that only its owner may read and write.
	 * @param directory where
	 * @param limit its maximum size in bytes
	 * @param chunk how many numbers are added at once, a power of two
	 * @throws IOException when it cannot be created there
	 */
	static Scratch open(Path directory, long limit, int chunk) throws IOException {
		Path path = Files.createTempFile(directory, PREFIX, ".tmp",
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		try {
			FileChannel file = FileChannel.open(path,
					Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
			return new Scratch(file, limit, chunk);
		}
		finally {
			Files.deleteIfExists(path);
		}
	}

	/**
	 * Removes the files of a process that was killed between creating a file and removing
	 * its name.
	 * @param directory where; it need not exist
	 * @throws IOException when it cannot be read, or a file cannot be removed
	 */
	static void sweep(Path directory) throws IOException {
		if (Files.isDirectory(directory)) {
			try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PREFIX + "*.tmp")) {
				for (Path path : left) {
					Files.deleteIfExists(path);
				}
			}
		}
	}

	int chunk() {
		return this.chunk;
	}

	/**
	 * Adds numbers that are 0. The zeros are written explicitly, so that a full disk is
	 * reported here rather than when a mapped page is touched.
	 */
	IntBuffer more() throws IOException, HoldersUnknownException {
		long bytes = 4L * this.chunk;
		if (this.size + bytes > this.limit) {
			throw new HoldersUnknownException(
					String.format(Locale.ROOT, "more than %d MiB of scratch would be needed", this.limit >> 20));
		}
		for (long written = 0; written < bytes;) {
			this.zeros.clear();
			written += this.file.write(this.zeros, this.size + written);
		}
		if (this.size + bytes > this.mappedFrom + this.mapped.capacity()) {
			this.mapped = this.file.map(MapMode.READ_WRITE, this.size, Math.max(MAPPED, bytes));
			this.mappedFrom = this.size;
		}
		IntBuffer more = this.mapped.slice((int) (this.size - this.mappedFrom), (int) bytes)
			.order(ByteOrder.nativeOrder())
			.asIntBuffer();
		this.size += bytes;
		return more;
	}

	/**
	 * Frees the disk space at once: a mapping would hold it until its buffer is
	 * collected.
	 */
	@Override
	public void close() throws IOException {
		try (FileChannel closing = this.file) {
			closing.truncate(0);
		}
	}

}
