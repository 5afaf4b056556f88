package dev.dumpkeeper.scenario;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.JuicefsGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service with 128 MB of heap among strangers: one who mounts a PVC and writes links,
 * renames, touches, receipts, floods and times, some who call both ports without
 * credentials, and a gateway that lies now and then. The time is {@code hostile.seconds};
 * the profile {@code hostile} takes half an hour.
 */
class JuicefsHostileNeighboursIntegrationTests {

	private static final Duration TIME = Duration.ofSeconds(Long.getLong("hostile.seconds", 45));

	private static final Duration NAMED_WITHIN = Duration.ofMinutes(5);

	private static final Duration BETWEEN_HONEST_DUMPS = Duration.ofSeconds(10);

	private static final String STRANGER = "4711";

	private static final String EMPTY_LISTING = """
			<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
			<IsTruncated>false</IsTruncated></ListBucketResult>""";

	/** Works in the one PVC that the stranger has. */
	private static final String STRANGER_AT_WORK = """
			n=0
			while :; do
				n=$((n + 1))
				case $((n % 11)) in
				0) ln -sfn ../../tenant/appdata dumpfiles/b ;;
				1) ln -sfn ../../tenant/dumpfiles dumpfiles/d ;;
				2) mv dumpfiles hidden && ln -s ../tenant/appdata dumpfiles; sleep 0.2; rm -f dumpfiles; mv hidden dumpfiles ;;
				3) i=0; while [ $i -lt 40 ]; do i=$((i + 1)); printf x > "dumpfiles/dev_flood-$((n * 40 + i))_heapDump.hprof"; done ;;
				4) touch dumpfiles/*.hprof ;;
				5) touch -d 2262-01-01 dumpfiles/dev_flood-1*.hprof ;;
				6) for f in dumpfiles/*9_heapDump.hprof; do echo '{"told":true,"status":"ok"}' > "$f.event"; done ;;
				7) printf x > "dumpfiles/$(printf 'a\\nb\\033[2J ')$n.hprof" ;;
				8) touch -d '20 days ago' dumpfiles/*7_heapDump.hprof ;;
				9) head -c 200000 /dev/urandom | gzip -1 > "dumpfiles/dev_costly-${n}_heapDump.hprof.gz" ;;
				10) ln -sfn ../../tenant/appdata/file-3 "dumpfiles/dev_link-${n}_heapDump.hprof"; rm -f dumpfiles/dev_flood-*3_heapDump.hprof ;;
				esac
				sleep 0.1
			done 2>/dev/null
			""";

	private final Map<String, Instant> honest = new LinkedHashMap<>();

	private final Map<String, Duration> named = new LinkedHashMap<>();

	private final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean over = new AtomicBoolean();

	@TempDir
	private Path directory;

	@Test
	void nothingOfOthersIsLostAndEveryHonestDumpIsNamed() throws Exception {
		Assumptions.assumeTrue(JuicefsGateway.available(), "no juicefs binary");
		Assumptions.assumeTrue(JuicefsGateway.canMount(), "no FUSE here");
		String database = DatabaseServer.shared().newDatabase("hostile");
		Path mount = Files.createDirectories(this.directory.resolve("mount"));
		try (Site site = Site.juicefs(JuicefsGateway.binaries().get(0), false)
			.start((volumes) -> volumes.young("tenant/dumpfiles/.keep", "stranger/dumpfiles/.keep"));
				AutoCloseable mounted = site.juicefs().mount(mount);
				FaultyProxy proxy = FaultyProxy.to(site.endpoint());
				FakeRobot robot = FakeRobot.start().limited(Clock.systemUTC())) {
			plant(mount);
			lie(proxy);
			try (Service service = dumpkeeper(site, proxy, robot, database).service(List.of("-Xmx128m")).up()) {
				hold(service);
				Process stranger = strangerAt(mount.resolve("stranger"));
				List<Thread> crowd = crowd(service);
				try {
					live(mount, service, robot);
				}
				finally {
					this.over.set(true);
					stranger.destroyForcibly().waitFor();
					for (Thread one : crowd) {
						one.join();
					}
				}
				awaitNames(robot);
				assertThat(service.process().isAlive()).as(service.process().output()).isTrue();
				assertThat(service.process().output()).doesNotContain("OutOfMemoryError");
			}
			assertNothingIsLost(mount, database);
		}
	}

	private static void plant(Path mount) throws IOException {
		for (int i = 0; i < 50; i++) {
			write(mount.resolve("tenant/appdata/file-" + i), content(i), Duration.ofDays(20));
			write(mount.resolve("tenant/appdata/old-" + i + ".hprof"), content(i), Duration.ofDays(20));
		}
		write(mount.resolve("tenant/dumpfiles/prod_evidence-0_heapDump.hprof"), HeapDumps.complete(Instant.EPOCH),
				Duration.ofDays(20));
		Process owner = new ProcessBuilder("chown", "-R", STRANGER, mount.resolve("stranger").toString()).start();
		try {
			assertThat(owner.waitFor()).isZero();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Of thirty requests one is answered with an error, nothing, rubbish or a lie. */
	private static void lie(FaultyProxy proxy) {
		Random random = new Random(1);
		proxy.on((request) -> random.nextInt(120) == 0).answer(503, "text/plain", "later");
		proxy.on((request) -> random.nextInt(120) == 0).reset();
		proxy.on((request) -> random.nextInt(120) == 0).answer(200, "text/html", "<html>sign in</html>");
		proxy.on((request) -> request.target().contains("list-type") && random.nextInt(10) == 0)
			.answer(200, "application/xml", EMPTY_LISTING);
	}

	private static Dumpkeeper dumpkeeper(Site site, FaultyProxy proxy, FakeRobot robot, String database) {
		return site.configure(Dumpkeeper.on(proxy.endpoint()))
			.database(DatabaseServer.shared(), database)
			.without("dumpkeeper.gateway.trusted-mounts")
			.with("dumpkeeper.metadata.url", site.juicefs().jdbcUrl())
			.with("dumpkeeper.metadata.username", JuicefsGateway.metadata().username())
			.with("dumpkeeper.metadata.password", JuicefsGateway.metadata().password())
			.with("dumpkeeper.schedule.maintenance", "30 * * * * ?")
			.with("dumpkeeper.schedule.reconcile", "*/10 * * * * ?")
			.with("dumpkeeper.schedule.daily-report", "-")
			.with("dumpkeeper.retention.max-age", "14d")
			.with("dumpkeeper.retention.notice", "0s")
			.with("dumpkeeper.wecom.webhook-url", robot.url())
			.with("dumpkeeper.wecom.language", "en")
			.with("dumpkeeper.hook.token", "pods-may-call-if-they-know-this")
			.with("dumpkeeper.security.users-file", Service.users());
	}

	private static void hold(Service service) {
		assertThat(service
			.post("/actuator/holds", Service.OPERATOR,
					"{\"volume\":\"tenant\",\"key\":\"dumpfiles/prod_evidence-0_heapDump.hprof\",\"for\":\"7d\","
							+ "\"why\":\"evidence\"}")
			.statusCode()).isEqualTo(200);
	}

	private static Process strangerAt(Path pvc) throws IOException {
		return new ProcessBuilder("setpriv", "--reuid", STRANGER, "--regid", STRANGER, "--clear-groups", "sh", "-c",
				STRANGER_AT_WORK)
			.directory(pvc.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	private List<Thread> crowd(Service service) {
		List<Thread> crowd = new ArrayList<>();
		for (URI port : List.of(service.management("/"), service.application("/"))) {
			for (int i = 0; i < 2; i++) {
				Random random = new Random(i);
				crowd.add(start(() -> call(port, random)));
			}
			crowd.add(start(() -> drip(port)));
		}
		crowd.add(start(() -> watch(service)));
		return crowd;
	}

	private static Thread start(Runnable work) {
		Thread thread = new Thread(work, "stranger");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private void call(URI port, Random random) {
		HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
		List<String> paths = List.of("/", "/actuator/jobs", "/actuator/health", "/hooks/dump",
				"/d/1.aaaaaaaaaaaaaaaaaaaaaa", "/actuator/jobs/maintenance", "/actuator/holds", "/%2e%2e/x",
				"/actuator/prometheus");
		while (!this.over.get()) {
			HttpRequest.Builder request = HttpRequest.newBuilder(port.resolve(paths.get(random.nextInt(paths.size()))))
				.timeout(Duration.ofSeconds(10))
				.header("X-Forwarded-For", "x".repeat(random.nextInt(3000)) + random.nextInt())
				.header("Content-Type", random.nextBoolean() ? "application/json" : "text/plain");
			if (random.nextInt(4) == 0) {
				request.header("Authorization", "Basic b3R0bzp3cm9uZw==");
			}
			request.method(random.nextBoolean() ? "GET" : "POST",
					BodyPublishers.ofString("{".repeat(random.nextInt(5000))));
			try {
				int status = client.send(request.build(), BodyHandlers.ofString()).statusCode();
				if (status >= 500 && status != 503) {
					this.troubles.add(port + " answered " + status);
				}
				Thread.sleep(20);
			}
			catch (IOException ex) {
				// Whoever is refused without being read may see no answer.
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	/** Opens as many connections as it may and sends a byte on each now and then. */
	private void drip(URI port) {
		List<Socket> sockets = new ArrayList<>();
		try {
			while (!this.over.get()) {
				if (sockets.size() < 300) {
					try {
						Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.getPort());
						sockets.add(socket);
						socket.getOutputStream()
							.write(("POST /hooks/dump HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
									+ "Content-Length: 1000\r\n\r\n")
								.getBytes(StandardCharsets.US_ASCII));
					}
					catch (IOException ex) {
						TimeUnit.MILLISECONDS.sleep(100);
					}
				}
				sockets.removeIf((socket) -> !dripped(socket));
				TimeUnit.MILLISECONDS.sleep(40);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			for (Socket socket : sockets) {
				try {
					socket.close();
				}
				catch (IOException ex) {
					// It is gone either way.
				}
			}
		}
	}

	private static boolean dripped(Socket socket) {
		try {
			OutputStream output = socket.getOutputStream();
			output.write(' ');
			output.flush();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Kubernetes kills whom its probe does not reach three times in a row. */
	private void watch(Service service) {
		int missed = 0;
		HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
		HttpRequest probe = HttpRequest.newBuilder(service.management("/actuator/health/liveness"))
			.timeout(Duration.ofSeconds(5))
			.build();
		while (!this.over.get()) {
			try {
				missed = (client.send(probe, BodyHandlers.ofString()).statusCode() == 200) ? 0 : missed + 1;
			}
			catch (IOException ex) {
				missed++;
			}
			catch (InterruptedException ex) {
				return;
			}
			if (missed >= 3) {
				this.troubles.add("not alive for three probes at " + Instant.now());
			}
			try {
				TimeUnit.SECONDS.sleep(5);
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void live(Path mount, Service service, FakeRobot robot) throws Exception {
		Instant end = Instant.now().plus(TIME);
		Instant next = Instant.now();
		while (Instant.now().isBefore(end) && service.process().isAlive()) {
			if (!Instant.now().isBefore(next)) {
				next = next.plus(BETWEEN_HONEST_DUMPS);
				String workload = "honest" + this.honest.size() + "x";
				write(mount.resolve("tenant/dumpfiles/prod_" + workload + "-0_heapDump.hprof"),
						HeapDumps.complete(Instant.now()), Duration.ZERO);
				this.honest.put(workload, Instant.now());
			}
			note(robot);
			TimeUnit.MILLISECONDS.sleep(500);
		}
	}

	private void note(FakeRobot robot) {
		String said = String.join("\n", robot.delivered());
		this.honest.forEach((workload, written) -> {
			if (!this.named.containsKey(workload) && said.contains(workload + "-0")) {
				this.named.put(workload, Duration.between(written, Instant.now()));
			}
		});
	}

	private void awaitNames(FakeRobot robot) throws InterruptedException {
		Instant end = Instant.now().plus(NAMED_WITHIN);
		while (this.named.size() < this.honest.size() && Instant.now().isBefore(end)) {
			note(robot);
			TimeUnit.MILLISECONDS.sleep(500);
		}
	}

	/** Read past the gateway. */
	private void assertNothingIsLost(Path mount, String database) throws IOException {
		for (int i = 0; i < 50; i++) {
			for (String name : List.of("file-" + i, "old-" + i + ".hprof")) {
				Path file = mount.resolve("tenant/appdata/" + name);
				assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).as(name).isTrue();
				assertThat(Files.readAllBytes(file)).as(name).isEqualTo(content(i));
			}
		}
		assertThat(mount.resolve("tenant/dumpfiles/prod_evidence-0_heapDump.hprof")).exists();
		for (String workload : this.honest.keySet()) {
			assertThat(mount.resolve("tenant/dumpfiles/prod_" + workload + "-0_heapDump.hprof")).exists();
		}
		DatabaseServer server = DatabaseServer.shared();
		assertThat(server.count(database, "SELECT COUNT(*) FROM dump WHERE fate = 'EXPIRED' AND notified_at IS NULL"))
			.as("expired without a notification")
			.isZero();
		assertThat(server.count(database, "SELECT COUNT(*) FROM maintenance_run WHERE job = 'maintenance'"))
			.as("passes")
			.isPositive();
		assertThat(server.count(database, "SELECT COUNT(*) FROM dump WHERE volume = 'stranger'"))
			.as("dumps of the stranger, one a second at least")
			.isGreaterThan(TIME.toSeconds());
		assertThat(server.count(database, "SELECT MAX(linked) FROM volume_scan WHERE volume = 'stranger'"))
			.as("links of the stranger")
			.isPositive();
		assertThat(this.troubles).isEmpty();
		assertThat(this.named.keySet()).as("named of " + this.honest.keySet()).containsAll(this.honest.keySet());
		assertThat(this.named).allSatisfy((workload, after) -> assertThat(after).isLessThan(NAMED_WITHIN));
	}

	private static byte[] content(int number) {
		return ("tenant's own " + number).getBytes(StandardCharsets.UTF_8);
	}

	private static void write(Path file, byte[] content, Duration age) {
		try {
			Files.createDirectories(file.getParent());
			Files.write(file, content);
			Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
