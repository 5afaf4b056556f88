package dev.dumpkeeper.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Refusals as they are recorded: the first of a caller one by one, and how many more
 * there were within the minute as one. Whoever is refused chooses how often, and must not
 * fill the table with it.
 */
final class RefusalLog {

	static final int ONE_BY_ONE = 3;

	/** Callers that are told apart within a minute. */
	static final int CALLERS = 100;

	static final Duration WITHIN = Duration.ofMinutes(1);

	private final Clock clock;

	private final Map<Caller, Count> counts = new LinkedHashMap<>();

	private Instant begun;

	RefusalLog(Clock clock) {
		this.clock = clock;
		this.begun = clock.instant();
	}

	/**
	 * Counts one.
	 * @return what is to be recorded now: this one, or nothing where it is only counted
	 */
	synchronized List<Refusal> add(Refusal refusal) {
		List<Refusal> due = new ArrayList<>(end(false));
		Caller caller = new Caller(refusal.who(), refusal.address(), refusal.action());
		if (!this.counts.containsKey(caller) && this.counts.size() >= CALLERS) {
			caller = new Caller("others", "", refusal.action());
		}
		Count count = this.counts.computeIfAbsent(caller, (first) -> new Count());
		count.times++;
		if (count.times <= ONE_BY_ONE) {
			due.add(refusal);
		}
		else {
			count.last = new Refusal(caller.who(), caller.address(), caller.action(), refusal.target(),
					refusal.outcome());
		}
		return due;
	}

	/**
	 * Ends the minute if it is over.
	 * @param now whether it ends in any case
	 * @return a record for each caller of whom not all were recorded
	 */
	synchronized List<Refusal> end(boolean now) {
		Instant instant = this.clock.instant();
		if (!now && instant.isBefore(this.begun.plus(WITHIN))) {
			return List.of();
		}
		List<Refusal> due = new ArrayList<>();
		for (Count count : this.counts.values()) {
			Refusal last = count.last;
			if (last != null) {
				int more = count.times - ONE_BY_ONE;
				due.add(new Refusal(last.who(), last.address(), last.action(), last.target(),
						more + " more within a minute, the last: " + last.outcome()));
			}
		}
		this.counts.clear();
		this.begun = instant;
		return due;
	}

	private record Caller(String who, String address, String action) {

	}

	/**
	 * One refusal, or several of a caller.
	 *
	 * @param who a user's name, or what else is known
	 * @param address from where
	 * @param action what was refused, in a word or two
	 * @param target on what
	 * @param outcome why
	 */
	record Refusal(String who, String address, String action, String target, String outcome) {

	}

	private static final class Count {

		private int times;

		private @Nullable Refusal last;

	}

}
