package dev.dumpkeeper;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.console.ConsoleDemo;
import dev.dumpkeeper.lab.S3ProxyGateway;
import dev.dumpkeeper.lab.TestGateway;
import dev.dumpkeeper.lab.Tree;
import dev.dumpkeeper.cli.CommandLineEntry;

/**
 * Shows one maintenance pass to a newcomer: an embedded S3 server with dumps of several
 * ages, and a database in memory. Start it with {@code mvn -q spring-boot:test-run}.
 */
public final class DemoApplication {

	private DemoApplication() {
	}

	/**
	 * Runs the pass and prints its report.
	 * @param args further arguments of {@code run}, such as {@code --dry-run}, or
	 * {@code console} for the console with made-up history
	 * @throws Exception when the embedded server cannot start
	 */
	public static void main(String[] args) throws Exception {
		((Logger) LoggerFactory.getLogger("org.gaul")).setLevel(Level.WARN);
		if (List.of(args).equals(List.of("console"))) {
			ConsoleDemo.run();
			return;
		}
		int exitCode;
		try (S3ProxyGateway gateway = S3ProxyGateway.start(volume())) {
			List<String> command = new ArrayList<>(
					List.of("run", "maintenance", "--dumpkeeper.gateway.endpoint=" + gateway.endpoint(),
							"--dumpkeeper.gateway.access-key=" + TestGateway.ACCESS_KEY,
							"--dumpkeeper.gateway.secret-key=" + TestGateway.SECRET_KEY,
							"--dumpkeeper.gateway.trusted-mounts=true", "--dumpkeeper.gateway.trash-days=1",
							"--spring.datasource.url=jdbc:h2:mem:demo"));
			command.addAll(List.of(args));
			System.out.println("An S3 server with sample dumps listens on " + gateway.endpoint() + ".\n");
			exitCode = new CommandLineEntry(DumpkeeperApplication.class).run(command.toArray(String[]::new));
			System.out.println("\nWhat is left:");
			gateway.list().forEach((path) -> System.out.println("  " + path));
		}
		System.exit(exitCode);
	}

	private static Tree volume() {
		Instant now = Instant.now();
		long dump = 3 << 20;
		return Tree.create()
			.file("jfsdata/dumpfiles/dev_shop-7d4b9c6f5-x2x7k_heapDump.hprof", dump, now.minus(Duration.ofDays(5)))
			.file("jfsdata/dumpfiles/dev_shop-7d4b9c6f5-q8w2m_heapDump.hprof", dump, now.minus(Duration.ofDays(3)))
			.file("jfsdata/dumpfiles/dev_cart-0_heapDump.hprof.gz", dump, now.minus(Duration.ofHours(50)))
			.file("jfsdata/dumpfiles/dev_cart-1_heapDump.hprof", dump, now.minus(Duration.ofHours(20)))
			.file("jfsdata/dumpfiles/dev_mail-0_heapDump.hprof", 0, now.minus(Duration.ofMinutes(1)))
			.file("jfsdata/tools/dumpfile_share.sh", 2048, now.minus(Duration.ofDays(400)))
			.file("reports/dumpfiles/.keep", 7, now.minus(Duration.ofDays(30)))
			.file("reports/dumpfiles/old/test_report-0_heapDump.hprof", dump, now.minus(Duration.ofDays(9)))
			.file("no-dumps-here/data.csv", 4096, now.minus(Duration.ofDays(90)));
	}

}
