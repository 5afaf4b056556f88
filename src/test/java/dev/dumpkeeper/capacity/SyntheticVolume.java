package dev.dumpkeeper.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.capacity.forecast.ByteSample;
import dev.dumpkeeper.capacity.forecast.Forecaster.Facts;
import dev.dumpkeeper.capacity.forecast.Newest;
import dev.dumpkeeper.capacity.forecast.PassInterval;

/**
 * A volume that never was: dumps come, passes run, and everything is known of it. The
 * same kind, set and number give the same volume. It knows nothing of the forecaster, and
 * its numbers were chosen before the first forecast was made of it.
 */
final class SyntheticVolume {

	static final int STEPS_OF_AN_HOUR = 12;

	static final int STEPS_OF_A_DAY = 24 * STEPS_OF_AN_HOUR;

	static final int STEPS_OF_A_PASS = 6 * STEPS_OF_AN_HOUR;

	static final double THRESHOLD = 0.8;

	private static final Duration STEP = Duration.ofMinutes(5);

	/** A Monday. */
	private static final Instant BEGIN = Instant.parse("2026-06-01T00:00:00Z");

	private static final double GIB = 1L << 30;

	private static final Duration NOTICE = Duration.ofHours(24);

	private static final Duration KEEP_NEWEST_FOR = Duration.ofDays(14);

	private static final Duration HISTORY = Duration.ofDays(60);

	/** A loop whose end nobody knows is expected to last this much longer. */
	private static final int LOOP_GOES_ON_HOURS = 8;

	private final Kind kind;

	private final SplittableRandom random;

	private final int steps;

	private final int scoredFrom;

	private final long[] used;

	private final boolean[] watched;

	private final List<Pass> passes = new ArrayList<>();

	private final List<Dump> present = new ArrayList<>();

	private final List<Dump> all = new ArrayList<>();

	private final List<ByteSample> trash = new ArrayList<>();

	private final List<Loop> loops = new ArrayList<>();

	private final List<ByteSample> residue = new ArrayList<>();

	/** Bytes expected to come in each hour, without what loops bring. */
	private final double[] expected;

	private final double[] sizes;

	private final double meanSize;

	private final int trashDays;

	private final int keepNewest;

	private double residueSlope;

	private Duration maxAge;

	private double capacity;

	SyntheticVolume(Kind kind, long set, int number) {
		this.kind = kind;
		this.random = new SplittableRandom(set * 1_000_003 + kind.ordinal() * 1009L + number);
		this.steps = (kind.warmUpDays + kind.scoredDays) * STEPS_OF_A_DAY;
		this.scoredFrom = kind.warmUpDays * STEPS_OF_A_DAY;
		this.used = new long[this.steps];
		this.watched = new boolean[this.steps];
		this.expected = new double[this.steps / STEPS_OF_AN_HOUR];
		this.sizes = new double[3 + this.random.nextInt(12)];
		for (int i = 0; i < this.sizes.length; i++) {
			this.sizes[i] = 1.5 * GIB * Math.exp(0.8 * gaussian());
		}
		this.meanSize = Arrays.stream(this.sizes).average().orElse(GIB);
		this.trashDays = (kind == Kind.TRASH_ON) ? 1 : 0;
		this.keepNewest = (this.random.nextInt(3) == 0) ? 1 : 0;
		this.maxAge = Duration.ofDays(2 + ((this.random.nextInt(4) == 0) ? 1 : 0));
		simulate();
		long highest = 0;
		for (int step = this.scoredFrom; step < this.steps; step++) {
			highest = Math.max(highest, this.used[step]);
		}
		// Between a volume that crosses at its worst and one that is never half full.
		this.capacity = highest * (0.8 + 0.8 * this.random.nextDouble()) / THRESHOLD;
	}

	private void simulate() {
		double[] rates = rates();
		int[] gaps = gaps();
		int[] changes = changes();
		Map<Integer, List<Dump>> arrivals = arrivals(rates);
		double base = this.meanSize * (1 + 3 * this.random.nextDouble());
		double level = base;
		double scale = this.meanSize * Arrays.stream(rates).average().orElse(0) * 48;
		this.residueSlope = (this.kind == Kind.GROWING_RESIDUE) ? scale * (0.02 + 0.06 * this.random.nextDouble()) / 24
				: 0;
		boolean script = false;
		for (int step = 0; step < this.steps; step++) {
			if (step % STEPS_OF_AN_HOUR == 0) {
				level += this.residueSlope * (0.5 + this.random.nextDouble()) + 0.002 * base * gaussian();
				if (this.kind == Kind.GROWING_RESIDUE && this.random.nextInt(24 * 40) == 0) {
					// Somebody tidies up.
					level *= 0.4 + 0.4 * this.random.nextDouble();
				}
				level = Math.max(0.2 * base, level);
			}
			List<Dump> come = arrivals.getOrDefault(step, List.of());
			this.present.addAll(come);
			this.all.addAll(come);
			Instant now = instant(step);
			this.trash.removeIf((gone) -> !gone.at().isAfter(now));
			this.watched[step] = gaps[step] == 0;
			script = gaps[step] == 2;
			if (Arrays.binarySearch(changes, step) >= 0) {
				this.maxAge = Duration.ofDays(1 + this.random.nextInt(4));
			}
			long live = 0;
			for (Dump dump : this.present) {
				live += dump.bytes;
			}
			this.used[step] = live + (long) level + this.trash.stream().mapToLong(ByteSample::bytes).sum();
			if (step % STEPS_OF_A_PASS == 0 && this.watched[step]) {
				pass(step, now, level);
			}
			else if (step % STEPS_OF_A_DAY == 0 && script) {
				// Nobody records what a script deletes.
				this.present.removeIf((dump) -> !dump.at.plus(this.maxAge).isAfter(now));
			}
		}
	}

	private void pass(int step, Instant now, double level) {
		long before = this.used[step];
		this.present.forEach((dump) -> {
			dump.seen = true;
			dump.notifiedAt = (dump.notifiedAt == null) ? now : dump.notifiedAt;
		});
		Map<Dump, Instant> mayGo = mayGo(this.keepNewest);
		Map<Dump, Instant> replaced = mayGo(0);
		long freed = 0;
		for (Map.Entry<Dump, Instant> entry : mayGo.entrySet()) {
			if (!entry.getValue().isAfter(now)) {
				Dump dump = entry.getKey();
				this.present.remove(dump);
				freed += dump.bytes;
				if (this.trashDays > 0) {
					// JuiceFS empties its trash by the hour.
					this.trash
						.add(new ByteSample(now.plus(Duration.ofDays(this.trashDays)).plusSeconds(3600), dump.bytes));
				}
			}
		}
		this.residue.add(new ByteSample(now, (long) level));
		List<Instant> times = this.residue.stream()
			.map(ByteSample::at)
			.filter((at) -> at.isAfter(now.minus(HISTORY)))
			.toList();
		Duration interval = PassInterval.of(times);
		if (step < this.scoredFrom) {
			return;
		}
		Map<Instant, Long> expiries = new TreeMap<>();
		mayGo.forEach((dump, at) -> {
			if (at.isAfter(now)) {
				expiries.merge(hourUp(at).plus(Duration.ofDays(this.trashDays)), dump.bytes, Long::sum);
			}
		});
		// What a pass took a day ago is emptied within the hour, long before the next
		// pass.
		long emptied = 0;
		for (ByteSample sample : this.trash) {
			Instant at = hourUp(sample.at()).minusSeconds(3600);
			if (at.isAfter(now)) {
				expiries.merge(at, sample.bytes(), Long::sum);
			}
			else {
				emptied += sample.bytes();
			}
		}
		Instant from = times.get(0).minus(keepFor());
		List<Newest.Dump> newest = new ArrayList<>();
		Set<Integer> followed = new HashSet<>();
		mayGo.forEach((dump, at) -> {
			if (at.isAfter(now) && at.isAfter(replaced.get(dump))) {
				followed.add(dump.workload);
				newest.add(new Newest.Dump(dump.workload, 1,
						hourUp(replaced.get(dump)).plus(Duration.ofDays(this.trashDays)),
						hourUp(at).plus(Duration.ofDays(this.trashDays)), dump.bytes));
			}
		});
		List<Newest.Arrivals> byWorkload = new ArrayList<>();
		Map<Instant, Long> came = new TreeMap<>();
		for (int i = this.all.size() - 1; i >= 0 && !this.all.get(i).at.isBefore(from); i--) {
			Dump dump = this.all.get(i);
			if (dump.seen) {
				came.merge(hourDown(dump.at), dump.bytes, Long::sum);
				if (followed.contains(dump.workload)) {
					byWorkload.add(new Newest.Arrivals(dump.at, dump.workload, 1, dump.bytes));
				}
			}
		}
		Facts facts = new Facts(now, before - ((this.trashDays > 0) ? emptied : freed), samples(expiries),
				samples(came), from,
				this.residue.stream().filter((sample) -> !sample.at().isBefore(times.get(0))).toList(),
				keepFor().plus(Duration.ofDays(this.trashDays)), interval,
				new Newest(this.keepNewest, KEEP_NEWEST_FOR.plus(Duration.ofDays(this.trashDays)), newest, byWorkload));
		this.passes.add(new Pass(step, before, facts));
	}

	/** As the retention rules have it. */
	private Map<Dump, Instant> mayGo(int keepNewest) {
		Map<String, Integer> ranks = new HashMap<>();
		Map<Dump, Instant> mayGo = new HashMap<>();
		this.present.sort(Comparator.comparing((Dump dump) -> dump.at).reversed());
		for (Dump dump : this.present) {
			int rank = ranks.merge(String.valueOf(dump.workload), 1, Integer::sum);
			Instant at = later(dump.at.plus(this.maxAge),
					(dump.notifiedAt != null) ? dump.notifiedAt.plus(NOTICE) : dump.at.plus(NOTICE));
			mayGo.put(dump, (rank <= keepNewest) ? later(at, dump.at.plus(KEEP_NEWEST_FOR)) : at);
		}
		return mayGo;
	}

	private Duration keepFor() {
		return (NOTICE.compareTo(this.maxAge) > 0) ? NOTICE : this.maxAge;
	}

	/** Dumps an hour, by hour, and what is expected of them. */
	private double[] rates() {
		int hours = this.expected.length;
		double[] rates = new double[hours];
		double daily = (this.kind == Kind.CRASH_LOOPS) ? 2 + 4 * this.random.nextDouble()
				: 4 + 36 * this.random.nextDouble();
		boolean rhythm = switch (this.kind) {
			case WEEKLY_RHYTHM, GAPS, TRASH_ON, TRASH_OFF -> true;
			case RETENTION_CHANGES, NEW -> this.random.nextBoolean();
			case STEADY, CRASH_LOOPS, GROWING_RESIDUE -> false;
		};
		int firstDay = this.random.nextInt(3);
		int secondDay = firstDay + 2;
		int hourOfDeployment = 14 + this.random.nextInt(8);
		double dumpsOfDeployment = 6 + 14 * this.random.nextDouble();
		for (int day = 0; day < hours / 24; day++) {
			double mood = Math.exp(((rhythm) ? 0.3 : 0.15) * gaussian());
			boolean weekend = day % 7 >= 5;
			boolean deployed = rhythm && (day % 7 == firstDay || day % 7 == secondDay);
			double deployment = (deployed && this.random.nextInt(5) > 0)
					? dumpsOfDeployment * Math.exp(0.5 * gaussian()) : 0;
			for (int hour = 0; hour < 24; hour++) {
				double shape = !rhythm ? 1 : (weekend ? 0.2 : 1.2) * ((hour >= 9 && hour < 19) ? 2 : 0.3);
				boolean after = hour >= hourOfDeployment && hour < hourOfDeployment + 6;
				rates[day * 24 + hour] = daily / 24 * shape * mood + (after ? deployment / 6 : 0);
				this.expected[day * 24 + hour] = this.meanSize
						* (daily / 24 * shape + (deployed && after ? 0.8 * dumpsOfDeployment / 6 : 0));
			}
		}
		return rates;
	}

	private Map<Integer, List<Dump>> arrivals(double[] rates) {
		Map<Integer, List<Dump>> arrivals = new HashMap<>();
		for (int hour = 0; hour < rates.length; hour++) {
			int dumps = poisson(rates[hour]);
			for (int i = 0; i < dumps; i++) {
				add(arrivals, hour * STEPS_OF_AN_HOUR + this.random.nextInt(STEPS_OF_AN_HOUR),
						this.random.nextInt(this.sizes.length));
			}
		}
		if (this.kind == Kind.CRASH_LOOPS || this.kind == Kind.NEW && this.random.nextBoolean()) {
			double step = exponential(8.0 * STEPS_OF_A_DAY);
			while (step < this.steps) {
				double length = Math.min(3.0 * STEPS_OF_A_DAY,
						Math.max(STEPS_OF_AN_HOUR, 8 * STEPS_OF_AN_HOUR * Math.exp(0.8 * gaussian())));
				int every = 1 + this.random.nextInt(6);
				int workload = this.random.nextInt(this.sizes.length);
				Loop loop = new Loop((int) step, (int) (step + length),
						this.sizes[workload] * STEPS_OF_AN_HOUR / every);
				this.loops.add(loop);
				for (int at = loop.from; at < Math.min(loop.to, this.steps); at += every) {
					add(arrivals, at, workload);
				}
				step += length + exponential(8.0 * STEPS_OF_A_DAY);
			}
		}
		return arrivals;
	}

	private void add(Map<Integer, List<Dump>> arrivals, int step, int workload) {
		long bytes = (long) (this.sizes[workload] * Math.exp(0.15 * gaussian()));
		arrivals.computeIfAbsent(step, (at) -> new ArrayList<>()).add(new Dump(instant(step), workload, bytes));
	}

	/** For each step 0, 1 (nobody watches) or 2 (and a script deletes). */
	private int[] gaps() {
		int[] gaps = new int[this.steps];
		if (this.kind == Kind.GAPS) {
			double step = exponential(12.0 * STEPS_OF_A_DAY);
			while (step < this.steps) {
				int length = STEPS_OF_A_DAY + this.random.nextInt(6 * STEPS_OF_A_DAY);
				Arrays.fill(gaps, (int) step, Math.min(this.steps, (int) step + length), 1 + this.random.nextInt(2));
				step += length + exponential(12.0 * STEPS_OF_A_DAY);
			}
		}
		return gaps;
	}

	private int[] changes() {
		if (this.kind != Kind.RETENTION_CHANGES) {
			return new int[0];
		}
		int[] changes = new int[4];
		for (int i = 0; i < changes.length; i++) {
			changes[i] = this.random.nextInt(this.steps);
		}
		Arrays.sort(changes);
		return changes;
	}

	/**
	 * Whether somebody who knew what is to be expected, and no more, would have seen a
	 * crossing coming at a pass.
	 * @param pass the pass
	 * @param hours how far
	 */
	boolean isForeseeable(Pass pass, int hours) {
		double level = pass.facts.usedBytes();
		double[] gone = new double[hours + 1];
		for (ByteSample expiry : pass.facts.expiries()) {
			long hour = Math.max(0, Duration.between(pass.facts.now(), expiry.at()).toHours());
			long atPass = Math.max(1, (hour + 5) / 6) * 6;
			if (atPass <= hours) {
				gone[(int) atPass] += expiry.bytes();
			}
		}
		int from = pass.step / STEPS_OF_AN_HOUR;
		for (int hour = 0; hour < hours && from + hour < this.expected.length; hour++) {
			level += this.expected[from + hour] + this.residueSlope;
			for (Loop loop : this.loops) {
				if (loop.from <= pass.step && loop.to > pass.step && hour < LOOP_GOES_ON_HOURS) {
					level += loop.bytesAnHour;
				}
			}
			if (level >= threshold()) {
				return true;
			}
			level -= gone[hour + 1];
		}
		return false;
	}

	double threshold() {
		return THRESHOLD * this.capacity;
	}

	double capacity() {
		return this.capacity;
	}

	int scoredFrom() {
		return this.scoredFrom;
	}

	int steps() {
		return this.steps;
	}

	/** What is used right before a pass that may run at the step. */
	long used(int step) {
		return this.used[step];
	}

	/** Whether the newest dump of each workload stays longer. */
	boolean keepsNewest() {
		return this.keepNewest > 0;
	}

	/** Whether anybody measures then. */
	boolean isWatched(int step) {
		return this.watched[step];
	}

	List<Pass> passes() {
		return this.passes;
	}

	static Instant instant(int step) {
		return BEGIN.plus(STEP.multipliedBy(step));
	}

	private static List<ByteSample> samples(Map<Instant, Long> sums) {
		return sums.entrySet().stream().map((sum) -> new ByteSample(sum.getKey(), sum.getValue())).toList();
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private static Instant hourDown(Instant at) {
		return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), 3600L) * 3600);
	}

	private static Instant hourUp(Instant at) {
		return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond() + 3599, 3600L) * 3600);
	}

	// Not the generator's own: those may change with the JDK.
	private double gaussian() {
		double radius = Math.sqrt(-2 * StrictMath.log(1 - this.random.nextDouble()));
		return radius * StrictMath.cos(2 * Math.PI * this.random.nextDouble());
	}

	private double exponential(double mean) {
		return -mean * StrictMath.log(1 - this.random.nextDouble());
	}

	private int poisson(double mean) {
		double limit = StrictMath.exp(-mean);
		double product = this.random.nextDouble();
		int number = 0;
		while (product > limit) {
			number++;
			product *= this.random.nextDouble();
		}
		return number;
	}

	/** How a volume lives. */
	enum Kind {

		/** Dumps at any hour, at one rate. */
		STEADY(35, 90),

		/** Few dumps, and about once in eight days one workload in a loop for hours. */
		CRASH_LOOPS(35, 90),

		/** Working hours, quiet weekends, and two deployments a week. */
		WEEKLY_RHYTHM(35, 90),

		/** What is no dump grows by 2 to 8 % of two days' dumps a day. */
		GROWING_RESIDUE(35, 90),

		/** The retention is another one four times, from one day to four. */
		RETENTION_CHANGES(35, 90),

		/** Nobody watches for one to seven days, every other week. */
		GAPS(35, 90),

		/** What is deleted is used for a day more. */
		TRASH_ON(35, 90),

		/** The like without trash. */
		TRASH_OFF(35, 90),

		/** Scored from the first pass on. */
		NEW(0, 30);

		private final int warmUpDays;

		private final int scoredDays;

		Kind(int warmUpDays, int scoredDays) {
			this.warmUpDays = warmUpDays;
			this.scoredDays = scoredDays;
		}

		int months() {
			return this.scoredDays / 30;
		}

	}

	/**
	 * A pass.
	 *
	 * @param step when
	 * @param usedBytes what the listing adds up to, before anything is swept
	 * @param facts what is known after it
	 */
	record Pass(int step, long usedBytes, Facts facts) {

	}

	/** A workload that dies again and again. */
	private record Loop(int from, int to, double bytesAnHour) {

	}

	/** A dump. */
	private static final class Dump {

		private final Instant at;

		private final int workload;

		private final long bytes;

		private boolean seen;

		private @Nullable Instant notifiedAt;

		Dump(Instant at, int workload, long bytes) {
			this.at = at;
			this.workload = workload;
			this.bytes = bytes;
		}

	}

}
