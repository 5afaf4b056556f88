package dev.dumpkeeper.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.InMemoryBucket;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.NotificationStatus;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many dumps, or dumps whose triage takes long, that one pod writes: those of others are
 * triaged all the same. On the embedded database.
 */
class FloodOfTriagesTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

	private final InMemoryGateway gateway = new InMemoryGateway();

	private final ObjectClassifier classifier = new ObjectClassifier(new Globs(List.of("*.hprof")));

	private final DumpNames names = new DumpNames(List.of(), List.of("dumpfiles"));

	private final JdbcTemplate jdbc;

	private final DumpRepository rows;

	FloodOfTriagesTests() {
		LedgerDatabase database = database();
		this.jdbc = database.jdbc();
		this.rows = new DumpRepository(this.jdbc, database.transaction());
	}

	LedgerDatabase database() {
		return LedgerDatabase.h2();
	}

	@Test
	void costlyDumpsOfOneVolumeDoNotUseUpTheTimeOfAnother() {
		IntStream.range(0, 80)
			.forEach((i) -> enter("a", "dumpfiles/flood-%d/a.hprof".formatted(i), NOW.minusSeconds(9)));
		enter("b", "dumpfiles/honest-0/a.hprof", NOW);
		triage(new Slow(), 1);
		assertThat(states("b")).containsExactly("TRUNCATED");
		assertThat(states("a")).contains("NEW");
	}

	@Test
	void costlyDumpsOfOneWorkloadDoNotUseUpTheTimeOfAnother() {
		IntStream.range(0, 80)
			.forEach((i) -> enter("a", "dumpfiles/flood-0/%d.hprof".formatted(i), NOW.minusSeconds(9)));
		enter("a", "dumpfiles/honest-0/a.hprof", NOW);
		triage(new Slow(), 1);
		assertThat(state("dumpfiles/honest-0/a.hprof")).isEqualTo("TRUNCATED");
		assertThat(states("a")).contains("NEW");
	}

	@Test
	void whatIsWrittenAgainAndAgainWaitsBehindWhatNobodyHasChecked() {
		for (int i = 0; i < 80; i++) {
			enter("a", "dumpfiles/flood-%d/a.hprof".formatted(i), NOW.minusSeconds(9));
		}
		enter("a", "dumpfiles/honest-0/a.hprof", NOW);
		this.jdbc.update("UPDATE dump SET last_modified = ? WHERE workload = 'flood'", NOW.toEpochMilli());
		Clock slow = new Slow();
		for (int pass = 0; pass < 12 && "NEW".equals(state("dumpfiles/honest-0/a.hprof")); pass++) {
			triage(slow, 1);
		}
		assertThat(state("dumpfiles/honest-0/a.hprof")).isEqualTo("TRUNCATED");
	}

	@Test
	void eachIsCheckedOnceInAPass() {
		enter("a", "dumpfiles/shop-0/a.hprof", NOW);
		enter("a", "dumpfiles/shop-0/gone.hprof", NOW);
		this.jdbc.update("UPDATE dump SET last_modified = ?", NOW.toEpochMilli());
		this.gateway.bucket("a").without("dumpfiles/shop-0/gone.hprof");
		triage(Clock.fixed(NOW, ZoneOffset.UTC), 1);
		assertThat(states("a")).containsExactly("WRITING", "WRITING");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void aVolumeThatFailsHoldsUpNoOther(int parallel) {
		enter("a", "dumpfiles/shop-0/a.hprof", NOW.minusSeconds(9));
		enter("b", "dumpfiles/shop-0/a.hprof", NOW);
		this.gateway.bucket("a").outage(GatewayException.Kind.UNAVAILABLE);
		triage(Clock.fixed(NOW, ZoneOffset.UTC), parallel);
		assertThat(states("b")).containsExactly("TRUNCATED");
		assertThat(states("a")).containsExactly("NEW");
	}

	private void enter(String volume, String key, Instant firstSeen) {
		byte[] front = "JAVA PROFILE 1.0.2".getBytes(StandardCharsets.US_ASCII);
		this.gateway.bucket(volume).put(new ObjectKey(key), front);
		this.rows.insert(volume,
				List.of(new DumpRepository.Seen(
						this.classifier.of(new ObjectEntry(key, front.length, NOW.minus(Duration.ofDays(1)))), 0, null,
						null)),
				this.names::of, firstSeen);
	}

	private void triage(Clock clock, int parallel) {
		new DumpTriage(this.rows, new FailureRepository(this.jdbc), this.gateway,
				new DumpRules(this.classifier, DumpFormats.KNOWN),
				new LedgerProperties(List.of(), Duration.ofMinutes(10), TIME_LIMIT, parallel, false),
				new NotificationStatus(true), Progress.NONE, new StopSignal(), clock)
			.triage(NOW, List.of("a", "b"));
	}

	private List<String> states(String volume) {
		return this.jdbc.queryForList("SELECT state FROM dump WHERE volume = ? ORDER BY id", String.class, volume);
	}

	private String state(String key) {
		return String.valueOf(this.jdbc.queryForObject("SELECT state FROM dump WHERE object_key = ?", String.class,
				new ObjectKey(key).bytes()));
	}

	/** Advances by a second with each reading, as a triage takes time. */
	private static final class Slow extends Clock {

		private Instant now = NOW;

		@Override
		public synchronized Instant instant() {
			this.now = this.now.plusSeconds(1);
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return InstantSource.fixed(NOW).withZone(zone);
		}

	}

}
