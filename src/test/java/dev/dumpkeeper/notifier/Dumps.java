package dev.dumpkeeper.notifier;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The directory of the dumps.
 *
 * @param path where it is
 */
record Dumps(Path path) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** Writes a dump that was begun at a time. */
	Path write(String name, Instant begun) {
		ByteBuffer header = ByteBuffer.allocate(31)
			.put("JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.US_ASCII))
			.putInt(8)
			.putLong(begun.toEpochMilli());
		return write(name, header.array());
	}

	/** Writes a compressed one. */
	Path writeCompressed(String name, Instant begun) {
		try {
			Path plain = write(name, begun);
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
				gzip.write(Files.readAllBytes(plain));
				gzip.write(new byte[100_000]);
			}
			return Files.write(plain, out.toByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path write(String name, byte[] content) {
		try {
			return Files.write(this.path.resolve(name), content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static void modified(Path file, Instant at) {
		try {
			Files.setLastModifiedTime(file, FileTime.from(at));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The names of all files, in order. */
	List<String> names() {
		try (Stream<Path> files = Files.list(this.path)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<String> receipts() {
		return names().stream().filter((name) -> name.endsWith(".event")).toList();
	}

	/**
	 * The only receipt, read as strictly as JSON can be; bytes that are no UTF-8 are the
	 * reader's to clean.
	 */
	JsonNode receipt() {
		List<String> receipts = receipts();
		if (receipts.size() != 1) {
			throw new AssertionError("Not one receipt: " + names());
		}
		return receipt(receipts.get(0));
	}

	JsonNode receipt(String name) {
		try {
			String text = new String(Files.readAllBytes(this.path.resolve(name)), StandardCharsets.UTF_8);
			if (text.indexOf('\n') != text.length() - 1) {
				throw new AssertionError("Not one line: " + text);
			}
			return JSON.readTree(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static JsonNode json(String text) {
		return JSON.readTree(text);
	}

}
