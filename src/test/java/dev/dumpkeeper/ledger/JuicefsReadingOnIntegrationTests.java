package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

import org.springframework.util.unit.DataSize;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.TestGateways;
import dev.dumpkeeper.hprof.HeapContents;
import dev.dumpkeeper.lab.FaultyProxy;
import dev.dumpkeeper.lab.JuicefsGateway;
import dev.dumpkeeper.lab.JuicefsTest;
import dev.dumpkeeper.lab.Tree;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A dump behind the real gateway, which fails in the midst of a reading.
 */
class JuicefsReadingOnIntegrationTests {

	private static final int RANGE = 8 * 1024 * 1024;

	private final LedgerDatabase database = LedgerDatabase.h2();

	@JuicefsTest
	void whatTheGatewayHasGivenIsNotFetchedAgain(Path binary) {
		byte[] dump = ReadingOnTests.dump(30);
		ObjectKey key = new ObjectKey("dumpfiles/one.hprof");
		try (JuicefsGateway server = JuicefsGateway.start(binary, Tree.create().directory("jfsdata/dumpfiles"),
				JuicefsGateway.Layout.MULTI); FaultyProxy proxy = FaultyProxy.to(server.endpoint())) {
			DumpGateway gateway = TestGateways.open(proxy.endpoint());
			gateway.volume("jfsdata").put(key, dump);
			due(key, gateway.volume("jfsdata").stat(key).orElseThrow());
			proxy.on("GET", "one.hprof").times(2).pass();
			proxy.on("GET", "one.hprof").answer(503, "text/plain", "");
			proxy.on("HEAD", "one.hprof").answer(503, "text/plain", "");
			read(gateway);
			assertThat(found()).isNull();
			proxy.clear();
			read(gateway);
			assertThat(found()).isEqualTo(ReadingOnTests.inOneGo(dump));
			assertThat(proxy.count("GET")).isEqualTo((dump.length - 2 * RANGE + RANGE - 1) / RANGE);
			assertThat(proxy.count("HEAD")).isOne();
		}
	}

	private void read(DumpGateway gateway) {
		DumpRows rows = new DumpRows(this.database.jdbc(), this.database.transaction());
		new DumpContents(rows(), rows, new KnownFailures(this.database.jdbc()), gateway,
				new ContentsProperties(Duration.ofMinutes(10), DataSize.ofGigabytes(64), Duration.ofMinutes(5),
						DataSize.ofGigabytes(32)),
				Progress.NONE, new StopSignal(), Clock.systemUTC())
			.readDue(new Run(1, ReadingOnTests.NOW, false), Set.of("jfsdata"));
	}

	private ContentsRows rows() {
		return new ContentsRows(this.database.jdbc(), this.database.transaction());
	}

	private HeapContents found() {
		return rows().of(1).orElse(null);
	}

	private void due(ObjectKey key, ObjectEntry entry) {
		this.database.jdbc()
			.update("""
					INSERT INTO dump (id, volume, present, object_key, size, last_modified, state, contents_due, environment,
					workload, pod, project, first_seen) VALUES (1, 'jfsdata', TRUE, ?, ?, ?, 'COMPLETE', TRUE, '', '', '', '', 0)""",
					key.value().getBytes(StandardCharsets.UTF_8), entry.size(), entry.lastModified().toEpochMilli());
	}

}
