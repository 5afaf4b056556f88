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
 * Condenses refusals for the audit trail: the first ones of a caller are recorded one by
 * one, and the number of further ones within the minute as one record. Otherwise refused
 * callers could fill the table.
 */
final class RefusalLog {

	static final int ONE_BY_ONE = 3;

	/** The maximum number of separate callers within a minute. */
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
	 * Counts a refusal.
	 * @return what is to be recorded now: this refusal, or nothing if it is only counted
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
	 * @param now whether to end it in any case
	 * @return a record for each caller with unrecorded refusals
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
	 * @param who a user's name, or another identification
	 * @param address the client's address
	 * @param action what was refused, in a word or two
	 * @param target the object of the action
	 * @param outcome the reason
	 */
	record Refusal(String who, String address, String action, String target, String outcome) {

	}

	private static final class Count {

		private int times;

		private @Nullable Refusal last;

	}

}
