package dev.dumpkeeper.digest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.Death;
import dev.dumpkeeper.hprof.Holders;
import dev.dumpkeeper.ledger.DumpCause;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedDump;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;
import dev.dumpkeeper.ledger.DumpOrigin;
import dev.dumpkeeper.ledger.DumpState;
import dev.dumpkeeper.ledger.FailureRepository.FailureStatistics;
import dev.dumpkeeper.ledger.FailureRepository.HeldBy;

/**
 * Builds groups of dumps for tests.
 */
final class Groups {

	static final Instant NOW = Instant.parse("2026-11-25T01:00:00Z");

	private static final long DUMP_BYTES = 2_254_857_830L;

	private static final Holders.Kind[] KINDS = Holders.Kind.values();

	private final String environment;

	private final String workload;

	private long dumps = 1;

	private Instant last = NOW.minus(Duration.ofMinutes(20));

	private Duration span = Duration.ZERO;

	private final Map<DumpState, Long> broken = new EnumMap<>(DumpState.class);

	private final List<DumpState> newest = new ArrayList<>();

	private @Nullable String frame;

	private @Nullable FailureStatistics statistics;

	private @Nullable String pod;

	private @Nullable String key;

	private String directory = "dumpfiles";

	private String project = "";

	private @Nullable Instant datedAt;

	private @Nullable String holder;

	private Groups(String environment, String workload) {
		this.environment = environment;
		this.workload = workload;
	}

	static Groups aWorkload(String environment, String workload) {
		return new Groups(environment, workload);
	}

	Groups withDumps(long dumps) {
		this.dumps = dumps;
		return this;
	}

	Groups last(Duration ago) {
		this.last = NOW.minus(ago);
		return this;
	}

	Groups over(Duration span) {
		this.span = span;
		return this;
	}

	Groups broken(DumpState state, long dumps) {
		this.broken.put(state, dumps);
		return this;
	}

	Groups newest(DumpState... states) {
		this.newest.addAll(List.of(states));
		return this;
	}

	Groups diedAt(String frame) {
		this.frame = frame;
		this.statistics = new FailureStatistics(this.dumps + 2, this.last.minus(Duration.ofDays(3)), 2, "byte[]", 71);
		return this;
	}

	/** Who held the heap that died there, which {@link #diedAt} comes before. */
	Groups withHeapHeldBy(Holders.Kind kind, String name, int permille, Integer earlier) {
		FailureStatistics seen = Objects.requireNonNull(this.statistics);
		this.statistics = new FailureStatistics(seen.dumps(), seen.since(), seen.workloads(), seen.topClass(),
				seen.topShare(), new HeldBy(kind, name, permille, earlier));
		return this;
	}

	static DumpCause cause(Random random) {
		Death.Kind[] kinds = Death.Kind.values();
		return new DumpCause(kinds[random.nextInt(kinds.length)], null,
				random.nextBoolean() ? Hostile.name(random) : null);
	}

	static FailureStatistics statistics(Random random) {
		return new FailureStatistics(random.nextLong() >>> 10 >>> random.nextInt(50),
				NOW.minusSeconds(random.nextInt(100_000_000)), random.nextInt(5),
				random.nextBoolean() ? Hostile.name(random) : null, random.nextInt(101),
				random.nextBoolean() ? new HeldBy(KINDS[random.nextInt(KINDS.length)], Hostile.name(random),
						random.nextInt(1001), random.nextBoolean() ? random.nextInt(1001) : null) : null);
	}

	/** A group without named dumps that died in the same instant. */
	static DigestGroup counted(int number, String environment, String workload, String volume, String directory,
			long dumps, Instant at) {
		return new DigestGroup(number, new UnnotifiedGroup(environment, workload, volume, "", directory, dumps, 9, at,
				at, Map.of(), 1, List.of()), List.of(), null);
	}

	Groups inPod(String pod) {
		this.pod = pod;
		return this;
	}

	Groups underKey(String key) {
		this.key = key;
		return this;
	}

	Groups in(String directory) {
		this.directory = directory;
		return this;
	}

	Groups ofProject(String project) {
		this.project = project;
		return this;
	}

	Groups datedAt(Instant datedAt) {
		this.datedAt = datedAt;
		return this;
	}

	Groups heldBy(String holder) {
		this.holder = holder;
		return this;
	}

	DigestGroup number(int number) {
		Map<DumpState, Long> states = new EnumMap<>(this.broken);
		long brokenDumps = this.broken.values().stream().mapToLong(Long::longValue).sum();
		states.put(DumpState.COMPLETE, this.dumps - brokenDumps);
		List<UnnotifiedDump> named = new ArrayList<>();
		for (int i = 0; i < Math.min(3, this.dumps); i++) {
			DumpState state = (i < this.newest.size()) ? this.newest.get(i) : DumpState.COMPLETE;
			String name = (this.pod != null) ? this.pod : this.workload + "-7d9f8c6b5d-x2x4" + (char) ('a' + i);
			long bytes = switch (state) {
				case COMPLETE, UNKNOWN -> DUMP_BYTES;
				case TRUNCATED -> DUMP_BYTES / 3;
				case EMPTY, FAILED -> 0;
				case NOT_A_DUMP, NEW -> 4711;
				case WRITING, ORPHANED_RECEIPT -> throw new IllegalArgumentException("no message names " + state);
			};
			Instant at = this.last.minus(this.span.multipliedBy(i).dividedBy(Math.max(1, this.dumps - 1)));
			DumpCause cause = (state == DumpState.COMPLETE && this.frame != null)
					? new DumpCause(Death.Kind.HEAP_SPACE, "fingerprint", this.frame) : null;
			named.add(new UnnotifiedDump(10L * number + i, "jfsdata",
					(this.key != null) ? this.key : "dumpfiles/" + name + ".hprof", bytes, at, state,
					new DumpOrigin(this.environment, this.workload, name), this.project, cause, this.datedAt,
					this.holder));
		}
		return new DigestGroup(number,
				new UnnotifiedGroup(this.environment, this.workload, "jfsdata", "", this.directory, this.dumps,
						DUMP_BYTES * this.dumps, this.last.minus(this.span), this.last, states, 1, List.of()),
				Collections.unmodifiableList(named), this.statistics);
	}

}
