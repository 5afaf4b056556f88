package dev.dumpkeeper.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import dev.dumpkeeper.lab.DatabaseServer;
import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.lab.JuicefsGateway.Layout;
import dev.dumpkeeper.lab.TestGateway;
import dev.dumpkeeper.lab.Tree;
import dev.dumpkeeper.scenario.Dumpkeeper.Result;
import dev.dumpkeeper.scenario.Dumpkeeper.Running;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several gateways under one Dumpkeeper: of two file systems, and of one.
 */
@EnabledIf(value = "dev.dumpkeeper.lab.JuicefsGateway#available",
		disabledReason = "no juicefs on the PATH or in JUICEFS_BINARIES")
class JuicefsGatewaysIntegrationTests {

	private static final Path BINARY = JuicefsGateway.available() ? JuicefsGateway.binaries().get(0) : Path.of("");

	private static final Instant OLD = Instant.now().minus(Duration.ofDays(5));

	private static final Instant YOUNG = Instant.now().minus(Duration.ofHours(3));

	@Test
	void eachFileSystemIsKeptByItselfAndOneThatIsAwayStopsNoOther() {
		DatabaseServer databases = DatabaseServer.shared();
		try (JuicefsGateway first = JuicefsGateway.start(BINARY, volume("shop", 5), Layout.MULTI);
				JuicefsGateway east = JuicefsGateway.start(BINARY, volume("shop", 7), Layout.MULTI)) {
			Dumpkeeper dumpkeeper = Dumpkeeper.on(first.endpoint())
				.database(databases, databases.migratedDatabase("scenario"))
				.with("dumpkeeper.brake.max-share", 1)
				.with("dumpkeeper.gateways.east.endpoint", east.endpoint())
				.with("dumpkeeper.gateways.east.access-key", TestGateway.ACCESS_KEY)
				.with("dumpkeeper.gateways.east.secret-key", TestGateway.SECRET_KEY)
				.with("dumpkeeper.gateways.east.metadata.url", east.jdbcUrl())
				.with("dumpkeeper.gateways.east.metadata.username", JuicefsGateway.metadata().username())
				.with("dumpkeeper.gateways.east.metadata.password", JuicefsGateway.metadata().password());
			Result part = dumpkeeper.run("maintenance", "--volume", "east/shop");
			assertThat(part.exitCode()).as(part.out() + part.err()).isZero();
			assertThat(part.count("east/shop", "expired")).isEqualTo(7);
			assertThat(east.list()).contains("shop/dumpfiles/.keep", "shop/dumpfiles/young.hprof")
				.noneMatch((path) -> path.matches(".*/\\d\\.hprof"));
			assertThat(first.list()).as("a volume of the same name")
				.filteredOn((path) -> path.matches(".*/\\d\\.hprof"))
				.hasSize(5);
			Result result = dumpkeeper.run("maintenance");
			assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
			assertThat(result.count("shop", "expired")).isEqualTo(5);
			assertThat(result.count("east/shop", "expired")).isZero();
			assertThat(result.volume("shop").path("source").asString()).isEqualTo("GATEWAY");
			assertThat(result.volume("east/shop").path("source").asString()).isEqualTo("METADATA");
			assertThat(first.list()).contains("shop/dumpfiles/.keep", "shop/dumpfiles/young.hprof")
				.noneMatch((path) -> path.matches(".*/\\d\\.hprof"));
			east.close();
			Result away = dumpkeeper.run("maintenance");
			assertThat(away.exitCode()).as(away.out() + away.err()).isEqualTo(6);
			assertThat(away.volume("east/").path("state").asString()).isEqualTo("FAILED");
			assertThat(away.volume("shop").path("state").asString()).isEqualTo("TRUSTED");
			assertThat(away.out()).contains("east/").contains("its volumes cannot be listed: listing the buckets at ");
		}
	}

	@Test
	void whenAProcessOfAGatewayDiesTheOtherTakesOver() {
		DatabaseServer databases = DatabaseServer.shared();
		Tree tree = Tree.create();
		for (int i = 0; i < 12; i++) {
			int volume = i;
			tree.files(400, (file) -> new Tree.File("pvc-" + volume + "/dumpfiles/" + file + ".hprof", 10,
					(file < 40) ? OLD : YOUNG));
		}
		try (JuicefsGateway first = JuicefsGateway.start(BINARY, tree, Layout.MULTI);
				JuicefsGateway second = first.replica()) {
			Dumpkeeper dumpkeeper = Dumpkeeper.on(first.endpoint())
				.with("dumpkeeper.gateway.endpoint", first.endpoint() + "," + second.endpoint())
				.database(databases, databases.migratedDatabase("scenario"));
			try (Running pass = dumpkeeper.process("maintenance")) {
				Awaitility.await()
					.atMost(Duration.ofSeconds(60))
					.until(() -> !pass.isAlive() || pass.output().contains("pvc-"));
				assertThat(pass.isAlive()).as("still at work").isTrue();
				second.kill();
				Result result = pass.await(Duration.ofMinutes(3));
				assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
				assertThat(IntStream.range(0, 12).mapToLong((i) -> result.count("pvc-" + i, "verified")).sum())
					.isEqualTo(12 * 40);
			}
			assertThat(first.sizes().keySet()).filteredOn((path) -> path.endsWith(".hprof")).hasSize(12 * 360);
			Result again = dumpkeeper.run("maintenance");
			assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
		}
	}

	private static Tree volume(String name, int old) {
		return Tree.create()
			.files(old, (i) -> new Tree.File(name + "/dumpfiles/" + i + ".hprof", 10, OLD))
			.file(name + "/dumpfiles/young.hprof", 10, YOUNG)
			.file(name + "/dumpfiles/.keep", 7, OLD);
	}

}
