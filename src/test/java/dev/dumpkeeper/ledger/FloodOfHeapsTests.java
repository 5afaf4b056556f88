package dev.dumpkeeper.ledger;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StopSignal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many heaps to read that one pod writes: those of others are read all the same. On the
 * embedded database.
 */
class FloodOfHeapsTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private static final int MB = 1024 * 1024;

	private final InMemoryGateway gateway = new InMemoryGateway();

	private final JdbcTemplate jdbc;

	private final LedgerDatabase database = database();

	private Instant now = NOW;

	FloodOfHeapsTests() {
		this.jdbc = this.database.jdbc();
	}

	LedgerDatabase database() {
		return LedgerDatabase.h2();
	}

	@Test
	void theHeapsOfOneVolumeDoNotUseUpWhatAnotherIsToGet() throws IOException {
		for (int i = 0; i < 9; i++) {
			dump("a", "flood-" + i, "1.hprof", NOW.minusSeconds(9));
		}
		dump("b", "honest", "1.hprof", NOW);
		read(2);
		assertThat(read("b")).containsExactly("honest");
		assertThat(read("a")).hasSize(1);
	}

	@Test
	void theHeapsOfOneWorkloadDoNotUseUpWhatAnotherIsToGet() throws IOException {
		for (int i = 0; i < 9; i++) {
			dump("a", "flood", i + ".hprof", NOW.minusSeconds(9));
		}
		dump("a", "honest", "1.hprof", NOW);
		read(2);
		assertThat(read("a")).containsExactly("flood", "honest");
	}

	@Test
	void whoeverComesAgainAndAgainWaitsBehindWhoeverWaitsLonger() throws IOException {
		for (int run = 0; run < 6; run++) {
			for (int i = 0; i < 8; i++) {
				dump("a", "flood-" + run, i + ".hprof", this.now);
				dump("b-" + run, "flood", i + ".hprof", this.now);
			}
			if (run == 0) {
				dump("a", "honest", "1.hprof", this.now);
			}
			read(2);
			this.now = this.now.plus(Duration.ofMinutes(10));
		}
		assertThat(read("a")).contains("honest");
	}

	@Test
	void aVolumeThatFailsHoldsUpNoOther() throws IOException {
		dump("a", "flood", "1.hprof", NOW.minus(Duration.ofDays(3)));
		dump("b", "honest", "1.hprof", NOW);
		this.gateway.bucket("a").outage(GatewayException.Kind.UNAVAILABLE);
		read(9);
		assertThat(read("b")).containsExactly("honest");
	}

	/** A run that may read so many heaps. */
	private void read(int heaps) throws IOException {
		List<String> volumes = this.gateway.volumes();
		DumpContents contents = new DumpContents(new DumpContentsRepository(this.jdbc, this.database.transaction()),
				new DumpRepository(this.jdbc, this.database.transaction()), new FailureRepository(this.jdbc),
				this.gateway, DumpFormats.KNOWN,
				new ContentsProperties(Duration.ofMinutes(10), DataSize.ofBytes((long) heaps * dump().length),
						Duration.ofMinutes(5), DataSize.ofGigabytes(1), null, DataSize.ofGigabytes(1),
						Duration.ofMinutes(1)),
				Progress.NONE, new StopSignal(), Clock.fixed(this.now, ZoneOffset.UTC));
		Run run = new Run(1, this.now, false);
		contents.due(run, Set.copyOf(volumes)).forEach((part) -> contents.read(run, part));
	}

	private List<String> read(String volume) {
		return this.jdbc.queryForList("""
				SELECT d.workload FROM dump d JOIN dump_contents c ON c.dump_id = d.id
				WHERE d.volume = ? AND c.state = 'WHOLE' ORDER BY d.workload""", String.class, volume);
	}

	private void dump(String volume, String workload, String name, Instant firstSeen) throws IOException {
		byte[] dump = dump();
		String key = workload + "/" + name;
		this.gateway.bucket(volume).put(new ObjectKey(key), dump);
		this.jdbc.update("""
				INSERT INTO dump (volume, present, object_key, size, last_modified, state, contents_due, environment,
				workload, pod, project, first_seen) VALUES (?, TRUE, ?, ?, 0, 'COMPLETE', TRUE, '', ?, '', '', ?)""",
				volume, key.getBytes(StandardCharsets.UTF_8), dump.length, workload, firstSeen.toEpochMilli());
	}

	/** A dump of a little over a MiB, with a long name and no objects. */
	private static byte[] dump() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeBytes("JAVA PROFILE 1.0.2\0");
		out.writeInt(8);
		out.writeLong(NOW.toEpochMilli());
		out.writeByte(0x01);
		out.writeInt(0);
		out.writeInt(MB);
		out.write(new byte[MB]);
		for (int tag : new int[] { 0x1C, 0x2C }) {
			out.writeByte(tag);
			out.writeLong(0);
		}
		return bytes.toByteArray();
	}

}
