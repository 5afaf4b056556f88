package dev.dumpkeeper.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.gateway.GatewayProperties.Layout;
import dev.dumpkeeper.gateway.Replicas.Replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Replicas}, and for the client that spreads its calls over them.
 */
class ReplicasTests {

	private static final String EMPTY = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";

	private final Map<String, HttpServer> servers = new HashMap<>();

	/** The addresses that were asked, each with the method. */
	private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

	private volatile int status = 200;

	private volatile String answer = EMPTY;

	private volatile String type = "application/xml";

	private int port;

	@AfterEach
	void stop() {
		this.servers.values().forEach((server) -> server.stop(0));
	}

	@Test
	void aVolumeStaysAtOneProcessAndEveryDumpkeeperChoosesAlike() {
		Replicas one = replicas("10.0.0.1", "10.0.0.2", "10.0.0.3");
		Replicas other = replicas("10.0.0.3", "10.0.0.1", "10.0.0.2");
		Map<String, Long> shares = volumes().collect(Collectors.groupingBy((volume) -> {
			String label = one.choose(volume).label();
			assertThat(one.choose(volume).label()).isEqualTo(label);
			assertThat(other.choose(volume).label()).isEqualTo(label);
			return label;
		}, Collectors.counting()));
		assertThat(shares).hasSize(3);
		assertThat(shares.values()).allMatch((share) -> share > 200 && share < 500, "about a third of 1000");
	}

	@Test
	void whenAProcessGoesOnlyItsVolumesMove() {
		Replicas before = replicas("10.0.0.1", "10.0.0.2", "10.0.0.3");
		Replicas after = replicas("10.0.0.1", "10.0.0.3");
		assertThat(volumes().filter((volume) -> !before.choose(volume).label().contains("10.0.0.2"))).isNotEmpty()
			.allMatch((volume) -> after.choose(volume).label().equals(before.choose(volume).label()));
	}

	@Test
	void aProcessThatFailedIsAskedLast() {
		Replicas replicas = replicas("10.0.0.1", "10.0.0.2", "10.0.0.3");
		List<String> order = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			Replica next = replicas.choose("shop");
			order.add(next.label());
			replicas.failed(next);
		}
		assertThat(Set.copyOf(order)).hasSize(3);
		assertThat(replicas.choose("shop").label()).as("the one that failed first").isEqualTo(order.get(0));
	}

	@Test
	void aNameWithOneAddressOrNoneAndAHostWithTwoKindsIsOneProcess() {
		assertThat(replicas("10.0.0.1").choose("shop").label()).isEqualTo("http://gateway:9000/");
		assertThat(replicas("10.0.0.1", "2001:db8::1").choose("shop").label()).isEqualTo("http://gateway:9000/");
		Replicas unknown = new Replicas(List.of(URI.create("http://gateway:9000")), new OkHttpClient(), (host) -> {
			throw new UnknownHostException(host);
		});
		assertThat(unknown.choose("shop").label()).isEqualTo("http://gateway:9000/");
	}

	@Test
	void aServerOfNamesThatAnswersWithoutEndIsCutOff() {
		String[] many = IntStream.range(0, 5000)
			.mapToObj((i) -> "10.1." + i / 250 + "." + i % 250)
			.toArray(String[]::new);
		Replicas replicas = replicas(many);
		assertThat(volumes().map((volume) -> replicas.choose(volume).label()).distinct().count())
			.isLessThanOrEqualTo(64);
	}

	@Test
	void theNameStaysInTheRequestAndTheAddressInTheConnection() throws IOException {
		serve("127.0.0.1", "127.0.0.2");
		Replicas replicas = replicas("127.0.0.1", "127.0.0.2");
		for (int i = 0; i < 20; i++) {
			Replica replica = replicas.choose("volume-" + i);
			try (Response response = replica.http()
				.newCall(new Request.Builder().url("http://gateway:" + this.port + "/").build())
				.execute()) {
				assertThat(response.code()).isEqualTo(200);
			}
			assertThat(replica.label()).contains(this.asked.remove().substring("GET gateway ".length()));
		}
	}

	@Test
	void whatListsGoesOnAtAnotherProcess() throws IOException {
		serve("127.0.0.1", "127.0.0.2");
		DumpBucket bucket = gateway().volume("shop");
		bucket.list("", null);
		bucket.list("", null);
		String first = this.asked.remove();
		assertThat(this.asked).containsExactly(first);
		this.servers.remove(address(first)).stop(0);
		this.asked.clear();
		bucket.list("", null);
		assertThat(this.asked).singleElement().isNotEqualTo(first);
	}

	@Test
	void aProcessWithoutItsDatabaseIsLeftAloneForAWhile() throws IOException {
		serve("127.0.0.1", "127.0.0.2");
		this.status = 503;
		DumpBucket bucket = gateway().volume("shop");
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> bucket.list("", null));
		assertThat(Set.copyOf(this.asked)).as("both were asked").hasSize(2);
		assertThat(this.asked).as("retries are no more than before").hasSize(3);
	}

	/** As JuiceFS 1.4.2 does to calls in progress when it gets a SIGTERM. */
	@Test
	void aProcessThatIsBeingStoppedIsReplacedByAnother() throws IOException {
		serve("127.0.0.1", "127.0.0.2");
		this.status = 499;
		DumpBucket bucket = gateway().volume("shop");
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> bucket.list("", null))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.UNAVAILABLE));
		assertThat(Set.copyOf(this.asked)).as("both were asked").hasSize(2);
	}

	/** As it does to new calls, without the XML of S3; a refusal by S3 is final. */
	@Test
	void aProcessThatTakesNoCallsAnyMoreIsReplacedByAnother() throws IOException {
		serve("127.0.0.1", "127.0.0.2");
		this.status = 403;
		this.answer = "http: Server closed";
		this.type = "text/plain; charset=utf-8";
		DumpBucket bucket = gateway().volume("shop");
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> bucket.list("", null));
		assertThat(Set.copyOf(this.asked)).as("both were asked").hasSize(2);
		this.asked.clear();
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> bucket.stat(new ObjectKey("a")));
		assertThat(Set.copyOf(this.asked)).as("both were asked").hasSize(2);
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> bucket.delete(new ObjectKey("a")))
			.satisfies((ex) -> assertThat(ex.isRepeatable()).isTrue());
		this.asked.clear();
		this.type = "application/xml";
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> bucket.list("", null))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.DENIED));
		assertThat(this.asked).hasSize(1);
	}

	@Test
	void whatIsWrongNamesThePropertyOfItsGateway() throws IOException {
		serve("127.0.0.1", "127.0.0.2");
		this.status = 403;
		this.answer = "<Error><Code>SignatureDoesNotMatch</Code></Error>";
		DumpGateway east = new S3DumpGateway("east", new S3Client("east", properties()), properties());
		assertThatExceptionOfType(GatewayException.class).isThrownBy(east::volumes)
			.withMessageContaining("dumpkeeper.gateways.east.secret-key is wrong");
		assertThatExceptionOfType(GatewayException.class).isThrownBy(gateway()::volumes)
			.withMessageContaining("dumpkeeper.gateway.secret-key is wrong");
	}

	/** What was written in between would be lost with it. */
	@Test
	void aDeleteIsSentOnceAndTheNextOneGoesElsewhere() throws IOException {
		serve("127.0.0.1", "127.0.0.2");
		this.status = 503;
		DumpBucket bucket = gateway().volume("shop");
		assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> bucket.delete(new ObjectKey("a")))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.UNAVAILABLE))
			.satisfies((ex) -> assertThat(ex.isRepeatable()).isTrue());
		assertThat(this.asked).hasSize(1);
		String first = this.asked.remove();
		this.status = 204;
		bucket.delete(new ObjectKey("a"));
		assertThat(this.asked).singleElement().isNotEqualTo(first);
	}

	@Test
	void listingsStayAndObjectsAreSpread() throws IOException {
		serve("127.0.0.1", "127.0.0.2");
		DumpBucket bucket = gateway().volume("shop");
		for (int i = 0; i < 20; i++) {
			bucket.list("dumpfiles-" + i, null);
		}
		assertThat(this.asked.stream().map(ReplicasTests::address).distinct()).hasSize(1);
		Set<String> all = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			this.asked.clear();
			ObjectKey key = new ObjectKey("key-" + i);
			bucket.stat(key);
			bucket.read(key, 10);
			bucket.delete(key);
			assertThat(this.asked.stream().map(ReplicasTests::address).distinct()).as("of one object").hasSize(1);
			all.add(address(this.asked.remove()));
		}
		assertThat(all).hasSize(2);
	}

	private static String address(String asked) {
		return asked.substring(asked.lastIndexOf(' ') + 1);
	}

	private static Stream<String> volumes() {
		return IntStream.range(0, 1000).mapToObj((i) -> "pvc-" + i);
	}

	private DumpGateway gateway() {
		return TestGateways.open(properties());
	}

	private GatewayProperties properties() {
		return new GatewayProperties(
				List.of(URI.create("http://127.0.0.1:" + this.port), URI.create("http://127.0.0.2:" + this.port)), null,
				"key", new Secret("secret"), "us-east-1", Layout.BUCKETS, null, Duration.ofSeconds(20), 2, null, null,
				false);
	}

	private static Replicas replicas(String... addresses) {
		return new Replicas(List.of(URI.create("http://gateway:9000")), new OkHttpClient(), (host) -> {
			assertThat(host).isEqualTo("gateway");
			InetAddress[] all = new InetAddress[addresses.length];
			for (int i = 0; i < all.length; i++) {
				all[i] = InetAddress.getByName(addresses[i]);
			}
			return all;
		});
	}

	private void serve(String... addresses) throws IOException {
		for (String address : addresses) {
			HttpServer server = HttpServer.create(new InetSocketAddress(address, this.port), 0);
			this.port = server.getAddress().getPort();
			server.createContext("/", (exchange) -> {
				String host = exchange.getRequestHeaders().getFirst("Host").replaceAll(":.*", "");
				this.asked.add(exchange.getRequestMethod() + " " + host + " " + address);
				exchange.getRequestBody().readAllBytes();
				boolean head = exchange.getRequestMethod().equals("HEAD");
				boolean bodiless = head || this.status == 204;
				byte[] body = this.answer.getBytes(StandardCharsets.UTF_8);
				if (head) {
					exchange.getResponseHeaders().add("Content-Length", "3");
				}
				exchange.getResponseHeaders().add("Content-Type", this.type);
				exchange.getResponseHeaders().add("Last-Modified", "Sun, 01 Nov 2026 10:11:12 GMT");
				exchange.sendResponseHeaders(this.status, bodiless ? -1 : body.length);
				if (!bodiless) {
					try (OutputStream out = exchange.getResponseBody()) {
						out.write(body);
					}
				}
				exchange.close();
			});
			server.start();
			this.servers.put(address, server);
		}
	}

}
