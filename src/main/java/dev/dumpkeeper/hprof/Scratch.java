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
 * A file for intermediate results that is mapped into memory, so that they take no heap
 * and the kernel may write them out. Its name is removed as soon as it is open: when the
 * process ends, in whatever way, the file is gone.
 */
final class Scratch implements AutoCloseable {

	/** Every such file's name begins so. */
	static final String PREFIX = "dumpkeeper-holders-";

	/** So many numbers are added at once. */
	static final int CHUNK = 1 << 20;

	/**
	 * So many bytes are mapped at once. A process has 65,530 mappings at most, and Java
	 * gives one back only when its buffer is collected: one for each chunk would end a
	 * process that collects seldom.
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
	 * @param limit how many bytes it may have
	 * @param chunk so many numbers are added at once, a power of two
	 * @throws IOException when it cannot be made there
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
	 * Removes what a process left that was killed between making a file and removing its
	 * name.
	 * @param directory where; it need not be there
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
	 * Adds numbers that are all 0. The zeros are written and not left out, so that a full
	 * disk is told here and not when a mapped page is touched.
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

	/** Frees the disk at once: a mapping would hold it until its buffer is collected. */
	@Override
	public void close() throws IOException {
		try (FileChannel closing = this.file) {
			closing.truncate(0);
		}
	}

}
