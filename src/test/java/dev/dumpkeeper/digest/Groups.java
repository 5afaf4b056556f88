package dev.dumpkeeper.digest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.hprof.Death;

/**
 * Builds groups of dumps for tests.
 */
final class Groups {

	static final Instant NOW = Instant.parse("2026-11-25T01:00:00Z");

	private static final long DUMP_BYTES = 2_254_857_830L;

	private final String environment;

	private final String workload;

	private long dumps = 1;

	private Instant last = NOW.minus(Duration.ofMinutes(20));

	private Duration span = Duration.ZERO;

	private final Map<DumpCondition, Long> broken = new EnumMap<>(DumpCondition.class);

	private final List<DumpCondition> newest = new ArrayList<>();

	private @Nullable Reason reason;

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

	Groups broken(DumpCondition condition, long dumps) {
		this.broken.put(condition, dumps);
		return this;
	}

	Groups newest(DumpCondition... conditions) {
		this.newest.addAll(List.of(conditions));
		return this;
	}

	Groups diedAt(String frame) {
		this.reason = new Reason(Death.Kind.HEAP_SPACE, frame, this.dumps + 2, this.last.minus(Duration.ofDays(3)), 2,
				"byte[]", 71);
		return this;
	}

	static Reason reason(Random random) {
		Death.Kind[] kinds = Death.Kind.values();
		return new Reason(kinds[random.nextInt(kinds.length)], random.nextBoolean() ? Hostile.name(random) : null,
				random.nextLong() >>> 10 >>> random.nextInt(50), NOW.minusSeconds(random.nextInt(100_000_000)),
				random.nextInt(5), random.nextBoolean() ? Hostile.name(random) : null, random.nextInt(101));
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

	WorkloadGroup number(int number) {
		Map<DumpCondition, Long> conditions = new EnumMap<>(this.broken);
		long brokenDumps = this.broken.values().stream().mapToLong(Long::longValue).sum();
		conditions.put(DumpCondition.COMPLETE, this.dumps - brokenDumps);
		List<NamedDump> named = new ArrayList<>();
		for (int i = 0; i < Math.min(3, this.dumps); i++) {
			DumpCondition condition = (i < this.newest.size()) ? this.newest.get(i) : DumpCondition.COMPLETE;
			String name = (this.pod != null) ? this.pod : this.workload + "-7d9f8c6b5d-x2x4" + (char) ('a' + i);
			long bytes = switch (condition) {
				case COMPLETE, UNKNOWN -> DUMP_BYTES;
				case TRUNCATED -> DUMP_BYTES / 3;
				case EMPTY, FAILED -> 0;
				case NOT_A_DUMP, NOT_LOOKED_AT -> 4711;
			};
			Instant at = this.last.minus(this.span.multipliedBy(i).dividedBy(Math.max(1, this.dumps - 1)));
			named.add(new NamedDump(10L * number + i, "jfsdata",
					(this.key != null) ? this.key : "dumpfiles/" + name + ".hprof", name, bytes, at, condition,
					(condition == DumpCondition.COMPLETE) ? this.reason : null, this.project, this.datedAt,
					this.holder));
		}
		return new WorkloadGroup(number, this.environment, this.workload, "jfsdata", this.directory, this.dumps,
				DUMP_BYTES * this.dumps, this.last.minus(this.span), this.last, conditions,
				Collections.unmodifiableList(named));
	}

}
