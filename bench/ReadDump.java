import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.hprof.HeapReading;
import dev.dumpkeeper.hprof.TriageResult;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * Reads one dump: `first`, `second` or `drain` (nothing but reading) and a file or a URL.
 * Prints one line of numbers: state, instances, bytes of the dump, milliseconds of the reading alone, bytes read.
 */
public final class ReadDump {

	private static long read;

	public static void main(String[] arguments) throws Exception {
		String place = arguments[1];
		boolean url = place.startsWith("http");
		long size = url ? size(place) : new File(place).length();
		long begun = System.nanoTime();
		String found;
		switch (arguments[0]) {
			case "first" -> {
				for (int i = 2; i < arguments.length; i++) {
					TriageResult.of((offset, length) -> range(place, url, offset, length), size);
				}
				read = 0;
				begun = System.nanoTime();
				TriageResult triage = TriageResult.of((offset, length) -> range(place, url, offset, length), size);
				found = triage.facts().verdict() + " 0 0";
			}
			case "second" -> {
				try (InputStream in = open(place, url)) {
					HeapContents contents = HeapReading.read(in, size,
							HeapReading.Budget.of(Long.MAX_VALUE, Duration.ofHours(1)));
					read = contents.fileBytes();
					found = contents.state() + " " + contents.instances() + " " + contents.dumpBytes();
				}
			}
			default -> {
				byte[] buffer = new byte[1024 * 1024];
				try (InputStream in = open(place, url)) {
					for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
						read += count;
					}
				}
				found = "WHOLE 0 0";
			}
		}
		System.out.println(found + " " + (System.nanoTime() - begun) / 1_000_000 + " " + read);
	}

	private static InputStream open(String place, boolean url) throws IOException {
		return url ? URI.create(place).toURL().openStream() : new FileInputStream(place);
	}

	private static long size(String url) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
		connection.setRequestProperty("Range", "bytes=0-0");
		try (InputStream in = connection.getInputStream()) {
			in.readAllBytes();
		}
		String range = connection.getHeaderField("Content-Range");
		return Long.parseLong(range.substring(range.indexOf('/') + 1));
	}

	private static byte[] range(String place, boolean url, long offset, int length) throws IOException {
		read += length;
		if (url) {
			HttpURLConnection connection = (HttpURLConnection) URI.create(place).toURL().openConnection();
			connection.setRequestProperty("Range", "bytes=" + offset + "-" + (offset + length - 1));
			try (InputStream in = connection.getInputStream()) {
				return in.readNBytes(length);
			}
		}
		try (RandomAccessFile file = new RandomAccessFile(place, "r")) {
			byte[] bytes = new byte[length];
			file.seek(offset);
			file.readFully(bytes);
			return bytes;
		}
	}

}
