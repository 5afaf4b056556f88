import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the work costs when nobody is careful: one listing of every bucket's dumpfiles/
 * (or of all of it, with an empty prefix) and bulk deletes of dumps older than two days. It verifies nothing, records nothing,
 * and keeps no promise of Dumpkeeper; it only says how fast the gateway can be driven.
 *
 * <pre>ENDPOINT= ACCESS_KEY= SECRET_KEY= java Floor [lists=2] [batch=250] [flight=8] [keys=1000] [order=mixed|bucket] [overlap=false] [delete=true] [prefix=dumpfiles/]</pre>
 *
 * Prints one line: keys listed, keys asked to be deleted, seconds for each.
 */
public final class Floor {

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
		.withZone(ZoneOffset.UTC);

	private static final HexFormat HEX = HexFormat.of();

	private final String endpoint = System.getenv("ENDPOINT");

	private final String accessKey = System.getenv("ACCESS_KEY");

	private final String host = URI.create(this.endpoint).getAuthority();

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(10))
		.build();

	private final String day = STAMP.format(Instant.now()).substring(0, 8);

	private final byte[] signingKey;

	/** Compared as text: the gateway writes ISO instants, which sort as they age. */
	private final String cutoff = Instant.now().minus(Duration.ofDays(2)).toString().substring(0, 19);

	private int keys;

	private long listed;

	private boolean delete;

	private String prefix;

	private record Batch(String bucket, List<String> keys) {
	}

	private Floor() throws Exception {
		byte[] key = ("AWS4" + System.getenv("SECRET_KEY")).getBytes(StandardCharsets.UTF_8);
		for (String part : new String[] { this.day, "us-east-1", "s3", "aws4_request" }) {
			key = hmac(key, part);
		}
		this.signingKey = key;
	}

	public static void main(String[] args) throws Exception {
		int lists = Integer.parseInt(option(args, "lists", "2"));
		int size = Integer.parseInt(option(args, "batch", "250"));
		int flight = Integer.parseInt(option(args, "flight", "8"));
		boolean mixed = option(args, "order", "mixed").equals("mixed");
		boolean overlap = Boolean.parseBoolean(option(args, "overlap", "false"));
		boolean delete = Boolean.parseBoolean(option(args, "delete", "true"));
		Floor floor = new Floor();
		floor.keys = Integer.parseInt(option(args, "keys", "1000"));
		floor.delete = delete;
		floor.prefix = option(args, "prefix", "dumpfiles/");
		floor.run(lists, size, flight, mixed, overlap);
		System.exit(0);
	}

	private static String option(String[] args, String name, String otherwise) {
		for (String arg : args) {
			if (arg.startsWith(name + "=")) {
				return arg.substring(name.length() + 1);
			}
		}
		return otherwise;
	}

	private void run(int lists, int size, int flight, boolean mixed, boolean overlap) throws Exception {
		ExecutorService listers = Executors.newFixedThreadPool(lists);
		ExecutorService deleters = Executors.newFixedThreadPool(flight);
		long start = System.nanoTime();
		List<Future<List<Batch>>> walks = new ArrayList<>();
		for (String bucket : buckets()) {
			walks.add(listers.submit(() -> batches(bucket, expired(bucket), size)));
		}
		List<Future<Integer>> deletes = new ArrayList<>();
		long listedAt;
		if (overlap) { // a bucket's deletes start when its own listing is drained
			for (Future<List<Batch>> walk : walks) {
				for (Batch batch : walk.get()) {
					deletes.add(deleters.submit(delete(batch)));
				}
			}
			listedAt = System.nanoTime();
		}
		else {
			ArrayDeque<ArrayDeque<Batch>> queues = new ArrayDeque<>();
			for (Future<List<Batch>> walk : walks) {
				queues.add(new ArrayDeque<>(walk.get()));
			}
			listedAt = System.nanoTime();
			while (!queues.isEmpty()) {
				ArrayDeque<Batch> queue = queues.poll();
				while (!queue.isEmpty()) {
					deletes.add(deleters.submit(delete(queue.poll())));
					if (mixed) {
						queues.add(queue);
						break;
					}
				}
			}
		}
		long asked = 0;
		for (Future<Integer> delete : deletes) {
			asked += delete.get();
		}
		long end = System.nanoTime();
		System.out.printf("listed %d keys in %.2f s (%.0f/s), deleted %d in %.2f s (%.0f/s)%n", this.listed,
				(listedAt - start) / 1e9, this.listed * 1e9 / (listedAt - start), asked, (end - listedAt) / 1e9,
				asked * 1e9 / (end - listedAt));
	}

	private List<String> buckets() throws Exception {
		String page = call("GET", "/", "", null);
		List<String> names = new ArrayList<>();
		for (int at = page.indexOf("<Bucket><Name>"); at >= 0; at = page.indexOf("<Bucket><Name>", at + 1)) {
			names.add(page.substring(at + 14, page.indexOf('<', at + 14)));
		}
		names.remove("minio");
		return names;
	}

	private List<String> expired(String bucket) throws Exception {
		List<String> old = new ArrayList<>();
		String token = null;
		long seen = 0;
		do {
			// Canonical order, so that the query string is its own canonical form.
			String query = ((token != null) ? "continuation-token=" + encode(token) + "&" : "")
					+ "list-type=2&max-keys=" + this.keys + "&prefix=" + encode(this.prefix);
			String page = call("GET", "/" + bucket, query, null);
			int at = page.indexOf("<Key>");
			while (at >= 0) {
				seen++;
				int keyEnd = page.indexOf("</Key>", at);
				int time = page.indexOf("<LastModified>", keyEnd) + 14;
				if (this.delete && page.startsWith(".hprof", keyEnd - 6)
						&& page.substring(time, time + 19).compareTo(this.cutoff) < 0) {
					old.add(page.substring(at + 5, keyEnd));
				}
				at = page.indexOf("<Key>", time);
			}
			int next = page.indexOf("<NextContinuationToken>");
			token = (next >= 0) ? page.substring(next + 23, page.indexOf('<', next + 23)) : null;
		}
		while (token != null);
		synchronized (this) {
			this.listed += seen;
		}
		return old;
	}

	private static List<Batch> batches(String bucket, List<String> keys, int size) {
		List<Batch> batches = new ArrayList<>();
		for (int from = 0; from < keys.size(); from += size) {
			batches.add(new Batch(bucket, keys.subList(from, Math.min(from + size, keys.size()))));
		}
		return batches;
	}

	private Callable<Integer> delete(Batch batch) {
		return () -> {
			StringBuilder xml = new StringBuilder(batch.keys().size() * 100).append("<Delete><Quiet>true</Quiet>");
			for (String key : batch.keys()) { // as it came: already escaped for XML
				xml.append("<Object><Key>").append(key).append("</Key></Object>");
			}
			call("POST", "/" + batch.bucket(), "delete=",
					xml.append("</Delete>").toString().getBytes(StandardCharsets.ISO_8859_1));
			return batch.keys().size();
		};
	}

	private String call(String method, String path, String query, byte[] body) throws Exception {
		String stamp = STAMP.format(Instant.now());
		String signed = "host;x-amz-content-sha256;x-amz-date";
		String canonical = method + '\n' + path + '\n' + query + "\nhost:" + this.host
				+ "\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:" + stamp + "\n\n" + signed + "\nUNSIGNED-PAYLOAD";
		String scope = this.day + "/us-east-1/s3/aws4_request";
		String toSign = "AWS4-HMAC-SHA256\n" + stamp + '\n' + scope + '\n'
				+ HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create(this.endpoint + path + (query.isEmpty() ? "" : "?" + query)))
			.header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
			.header("x-amz-date", stamp)
			.header("Authorization", "AWS4-HMAC-SHA256 Credential=" + this.accessKey + '/' + scope + ", SignedHeaders="
					+ signed + ", Signature=" + HEX.formatHex(hmac(this.signingKey, toSign)));
		if (body == null) {
			request.GET();
		}
		else {
			request.header("Content-MD5",
					Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(body)))
				.POST(HttpRequest.BodyPublishers.ofByteArray(body));
		}
		var response = this.http.send(request.build(), BodyHandlers.ofByteArray());
		String text = new String(response.body(), StandardCharsets.ISO_8859_1);
		if (response.statusCode() != 200 || text.contains("<Error>")) {
			throw new IllegalStateException(method + ' ' + path + ' ' + query + ": " + response.statusCode() + ' '
					+ text.substring(0, Math.min(text.length(), 500)));
		}
		return text;
	}

	private static byte[] hmac(byte[] key, String text) throws Exception {
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(key, "HmacSHA256"));
		return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String encode(String text) {
		StringBuilder out = new StringBuilder();
		for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
			if ((b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || "-_.~".indexOf(b) >= 0) {
				out.append((char) b);
			}
			else {
				out.append('%').append(HEX.withUpperCase().toHexDigits(b));
			}
		}
		return out.toString();
	}

}
