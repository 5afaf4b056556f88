import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.net.httpserver.HttpServer;

/** An S3 gateway with one volume of one marker: all that a run needs to go from its first step to its last. */
class TrainingGateway {

	private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

	private static final String BUCKETS = "<ListAllMyBucketsResult" + NAMESPACE + "><Buckets><Bucket><Name>training"
			+ "</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>";

	private static final String KEYS = "<ListBucketResult" + NAMESPACE + "><Name>training</Name><Prefix></Prefix>"
			+ "<KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>"
			+ "<Contents><Key>dumpfiles/.keep</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag></ETag>"
			+ "<Size>7</Size><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>";

	/** Listens until it is killed, and writes its port into the file that is its argument. */
	public static void main(String[] args) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			boolean root = exchange.getRequestURI().getPath().equals("/");
			byte[] body = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + (root ? BUCKETS : KEYS))
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/xml");
			exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
			boolean head = exchange.getRequestMethod().equals("HEAD");
			if (head) {
				// The marker's own.
				exchange.getResponseHeaders().set("Content-Length", "7");
			}
			exchange.sendResponseHeaders(200, head ? -1 : body.length);
			if (!head) {
				try (OutputStream out = exchange.getResponseBody()) {
					out.write(body);
				}
			}
			exchange.close();
		});
		server.start();
		Path port = Path.of(args[0] + ".new");
		Files.writeString(port, Integer.toString(server.getAddress().getPort()));
		Files.move(port, Path.of(args[0]));
	}

}
