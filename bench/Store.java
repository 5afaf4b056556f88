import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * An S3 server without a store: what its buckets hold is computed, and each answer takes as long as it is told, so that
 * it costs next to nothing and never becomes the limit. It checks no signature.
 *
 * <pre>java Store port=P volumes=16 objects=1000000 dumps=100 expired=12 page=20 delete=50 other=0</pre>
 *
 * Of the objects so many percent are dumps, and of these so many are four days old; milliseconds for a page of a listing,
 * a bulk delete, and anything else. GET /-/state answers with what was asked and what is left.
 */
public final class Store {

	private static final int APPS = 20;

	private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final Map<String, Volume> volumes = new ConcurrentSkipListMap<>();

	private final LongAdder pages = new LongAdder();

	private final LongAdder deletes = new LongAdder();

	private final LongAdder others = new LongAdder();

	private final LongAdder strays = new LongAdder();

	private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	private final int expired;

	private final int pageMillis;

	private final int deleteMillis;

	private final int otherMillis;

	private Store(int volumes, int objects, int dumps, int expired, int page, int delete, int other) {
		this.expired = expired;
		this.pageMillis = page;
		this.deleteMillis = delete;
		this.otherMillis = other;
		for (int i = 0; i < volumes; i++) {
			int size = objects / volumes;
			this.volumes.put(String.format("vol-%02d", i), new Volume(size, (int) ((long) size * dumps / 100)));
		}
	}

	public static void main(String[] args) throws IOException {
		Map<String, Integer> set = new HashMap<>(Map.of("volumes", 16, "objects", 1000000, "dumps", 100, "expired",
				12, "page", 20, "delete", 50, "other", 0));
		for (String arg : args) {
			set.put(arg.substring(0, arg.indexOf('=')), Integer.valueOf(arg.substring(arg.indexOf('=') + 1)));
		}
		Store store = new Store(set.get("volumes"), set.get("objects"), set.get("dumps"), set.get("expired"),
				set.get("page"), set.get("delete"), set.get("other"));
		HttpServer server = HttpServer
			.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), set.get("port")), 0);
		server.setExecutor(Executors.newCachedThreadPool());
		server.createContext("/", store::handle);
		server.start();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			String[] path = exchange.getRequestURI().getRawPath().substring(1).split("/", 2);
			String query = String.valueOf(exchange.getRequestURI().getRawQuery());
			if (path[0].equals("-")) {
				answer(exchange, 200, state());
				return;
			}
			Volume volume = this.volumes.get(path[0]);
			if (path[0].isEmpty()) {
				pause(this.otherMillis, this.others);
				answer(exchange, 200, buckets());
			}
			else if (volume == null) {
				answer(exchange, 404, "<Error><Code>NoSuchBucket</Code></Error>");
			}
			else if (path.length == 2 && !path[1].isEmpty()) {
				pause(this.otherMillis, this.others);
				object(exchange, volume, decode(path[1]), body);
			}
			else if (exchange.getRequestMethod().equals("POST")) {
				pause(this.deleteMillis, this.deletes);
				answer(exchange, 200, delete(volume, new String(body, StandardCharsets.UTF_8)));
			}
			else if (query.contains("list-type=2")) {
				pause(this.pageMillis, this.pages);
				answer(exchange, 200, page(volume, query));
			}
			else if (query.startsWith("versioning")) {
				pause(this.otherMillis, this.others);
				answer(exchange, 200, "<VersioningConfiguration/>");
			}
			else {
				answer(exchange, 501, "<Error><Code>NotImplemented</Code></Error>");
			}
		}
	}

	private static void pause(int millis, LongAdder counter) {
		counter.increment();
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private String buckets() {
		StringBuilder xml = new StringBuilder("<ListAllMyBucketsResult><Buckets>");
		this.volumes.keySet().forEach((name) -> xml.append("<Bucket><Name>").append(name).append("</Name></Bucket>"));
		return xml.append("</Buckets></ListAllMyBucketsResult>").toString();
	}

	/** Numbers for bench/scale, a name and a number on each line. */
	private String state() {
		long left = 0;
		long expiredLeft = 0;
		for (Volume volume : this.volumes.values()) {
			synchronized (volume) {
				left += volume.size - volume.gone.cardinality();
				for (int i = volume.gone.nextClearBit(0); i < volume.size; i = volume.gone.nextClearBit(i + 1)) {
					expiredLeft += volume.isExpired(i) ? 1 : 0;
				}
			}
		}
		return "pages " + this.pages + "\ndeletes " + this.deletes + "\nothers " + this.others + "\nleft " + left
				+ "\nexpired " + expiredLeft + "\nstrays " + this.strays + "\n";
	}

	private String page(Volume volume, String query) {
		String prefix = parameter(query, "prefix");
		String delimiter = parameter(query, "delimiter");
		String after = parameter(query, "continuation-token");
		int most = Integer.parseInt(parameter(query, "max-keys"));
		StringBuilder xml = new StringBuilder(most * 200).append("<ListBucketResult>");
		Cursor cursor = new Cursor(volume, prefix, after);
		String last = "";
		for (int count = 0; count < most && cursor.key != null; count++) {
			last = cursor.key;
			int cut = delimiter.isEmpty() ? -1 : last.indexOf(delimiter, prefix.length());
			if (cut >= 0) {
				String directory = last.substring(0, cut + 1);
				xml.append("<CommonPrefixes><Prefix>").append(directory).append("</Prefix></CommonPrefixes>");
				last = directory + '~';
				cursor = new Cursor(volume, prefix, last);
			}
			else {
				xml.append("<Contents><Key>").append(last).append("</Key><LastModified>")
					.append(volume.modified(cursor.number)).append("</LastModified><ETag>&quot;0&quot;</ETag><Size>")
					.append(volume.length(last, cursor.number)).append("</Size><StorageClass>STANDARD</StorageClass></Contents>");
				cursor.advance();
			}
		}
		xml.append("<IsTruncated>").append(cursor.key != null).append("</IsTruncated>");
		if (cursor.key != null) {
			xml.append("<NextContinuationToken>").append(last).append("</NextContinuationToken>");
		}
		return xml.append("</ListBucketResult>").toString();
	}

	private String delete(Volume volume, String xml) {
		StringBuilder answer = new StringBuilder(xml.length() * 2).append("<DeleteResult>");
		for (int at = xml.indexOf("<Key>"); at >= 0; at = xml.indexOf("<Key>", at + 1)) {
			String key = xml.substring(at + 5, xml.indexOf("</Key>", at));
			remove(volume, key);
			answer.append("<Deleted><Key>").append(key).append("</Key></Deleted>");
		}
		return answer.append("</DeleteResult>").toString();
	}

	/** What is gone already, or is not expired, ought not to be asked for. */
	private void remove(Volume volume, String key) {
		if (!volume.remove(key)) {
			this.strays.increment();
		}
	}

	private void object(HttpExchange exchange, Volume volume, String key, byte[] body) throws IOException {
		switch (exchange.getRequestMethod()) {
			case "PUT" -> {
				volume.put.put(key, body);
				exchange.sendResponseHeaders(200, -1);
			}
			case "DELETE" -> {
				remove(volume, key);
				exchange.sendResponseHeaders(204, -1);
			}
			default -> {
				boolean head = exchange.getRequestMethod().equals("HEAD");
				int number = volume.number(key);
				if (!volume.has(key)) {
					answer(exchange, 404, head ? "" : "<Error><Code>NoSuchKey</Code></Error>");
					return;
				}
				exchange.getResponseHeaders()
					.set("Last-Modified", HTTP_DATE.format(Instant.parse(volume.modified(number))));
				if (head) {
					exchange.getResponseHeaders().set("Content-Length", String.valueOf(volume.length(key, number)));
					exchange.sendResponseHeaders(200, -1);
					return;
				}
				byte[] content = volume.put.getOrDefault(key, new byte[(int) volume.length(key, number)]);
				part(exchange, content);
			}
		}
	}

	private static void part(HttpExchange exchange, byte[] content) throws IOException {
		String range = exchange.getRequestHeaders().getFirst("Range");
		int from = 0;
		int to = content.length;
		if (range != null) {
			String[] bounds = range.substring("bytes=".length()).split("-");
			from = (int) Math.min(content.length, Long.parseLong(bounds[0]));
			to = (bounds.length > 1) ? (int) Math.min(content.length, Long.parseLong(bounds[1]) + 1) : to;
		}
		if (from >= to) {
			exchange.sendResponseHeaders(416, -1);
			return;
		}
		exchange.sendResponseHeaders((range != null) ? 206 : 200, to - from);
		exchange.getResponseBody().write(content, from, to - from);
	}

	private static void answer(HttpExchange exchange, int status, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, (bytes.length == 0) ? -1 : bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	private static String parameter(String query, String name) {
		for (String part : query.split("&")) {
			if (part.startsWith(name + "=")) {
				return decode(part.substring(name.length() + 1));
			}
		}
		return "";
	}

	private static String decode(String text) {
		return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	/** Objects by their numbers, in the order of their keys: others first, then dumps. */
	private final class Volume {

		private final int size;

		private final int others;

		private final BitSet gone = new BitSet();

		private final ConcurrentSkipListMap<String, byte[]> put = new ConcurrentSkipListMap<>(
				Map.of("dumpfiles/.keep", "keepdir".getBytes(StandardCharsets.UTF_8)));

		Volume(int size, int dumps) {
			this.size = size;
			this.others = size - dumps;
		}

		private String key(int i) {
			if (i < this.others) {
				int each = Math.max(1, (this.others + APPS - 1) / APPS);
				return "app-" + digits(i / each, 2) + "/log-" + digits(i, 8) + ".log";
			}
			int k = i - this.others;
			int each = Math.max(1, (this.size - this.others + APPS - 1) / APPS);
			return "dumpfiles/dev_app-" + digits(k / each, 2) + "-7d4b9c6f5-x" + digits(k % each / 10, 6) + "_"
					+ digits(k, 8) + "_heapDump.hprof";
		}

		private static String digits(int number, int width) {
			String text = String.valueOf(number);
			return "0".repeat(Math.max(0, width - text.length())) + text;
		}

		/** Returns the first number whose key is not below this one. */
		private int seek(String key) {
			int low = 0;
			int high = this.size;
			while (low < high) {
				int middle = (low + high) >>> 1;
				if (key(middle).compareTo(key) < 0) {
					low = middle + 1;
				}
				else {
					high = middle;
				}
			}
			return low;
		}

		private int number(String key) {
			int at = seek(key);
			return (at < this.size && key(at).equals(key)) ? at : -1;
		}

		private boolean isExpired(int i) {
			return i >= this.others && (long) (i - this.others) * Store.this.expired % 100 < Store.this.expired;
		}

		synchronized boolean has(String key) {
			int number = number(key);
			return this.put.containsKey(key) || number >= 0 && !this.gone.get(number);
		}

		synchronized boolean remove(String key) {
			int number = number(key);
			if (number < 0) {
				return this.put.remove(key) != null;
			}
			boolean right = isExpired(number) && !this.gone.get(number);
			this.gone.set(number);
			return right;
		}

		long length(String key, int number) {
			byte[] content = this.put.get(key);
			return (content != null) ? content.length : 4096 + Math.max(0, number) % 100;
		}

		String modified(int number) {
			Duration age = (number >= 0 && isExpired(number)) ? Duration.ofDays(4) : Duration.ofHours(1);
			return Store.this.now.minus(age).minusSeconds(Math.max(0, number) % 1800).toString();
		}

	}

	/** Goes through the keys with a prefix that are there. */
	private static final class Cursor {

		private final Volume volume;

		private final String prefix;

		/** The next computed one. */
		private int at;

		/** The next stored one. */
		private String stored;

		/** Where this is, or null at the end. */
		private String key;

		/** Of a computed key, or -1. */
		private int number;

		Cursor(Volume volume, String prefix, String after) {
			this.volume = volume;
			this.prefix = prefix;
			String from = (after.compareTo(prefix) < 0) ? prefix : after + '\0';
			this.at = volume.seek(from);
			this.stored = volume.put.ceilingKey(from);
			advance();
		}

		void advance() {
			synchronized (this.volume) {
				this.at = this.volume.gone.nextClearBit(this.at);
			}
			String computed = (this.at < this.volume.size) ? this.volume.key(this.at) : null;
			this.number = -1;
			if (this.stored != null && (computed == null || this.stored.compareTo(computed) < 0)) {
				this.key = this.stored;
				this.stored = this.volume.put.higherKey(this.stored);
			}
			else {
				this.key = computed;
				this.number = (computed != null) ? this.at++ : -1;
			}
			if (this.key != null && !this.key.startsWith(this.prefix)) {
				this.key = null;
			}
		}

	}

}
