package dev.dumpkeeper.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A robot without a network. Each step of its script is for one call; after the last it
 * accepts everything.
 */
final class ScriptedRobot implements Function<Object, ChannelAnswer> {

	private final Clock clock;

	private final Deque<Step> script = new ArrayDeque<>();

	private final List<String> delivered = new ArrayList<>();

	private final List<String> acknowledged = new ArrayList<>();

	private final List<Instant> calls = new ArrayList<>();

	private int ambiguous;

	private int kills;

	ScriptedRobot(Clock clock) {
		this.clock = clock;
	}

	synchronized ScriptedRobot script(Step... steps) {
		this.script.addAll(List.of(steps));
		return this;
	}

	synchronized ScriptedRobot answers(DeliveryOutcome... outcomes) {
		for (DeliveryOutcome outcome : outcomes) {
			this.script.add(Step.answer(outcome));
		}
		return this;
	}

	synchronized void recover() {
		this.script.clear();
	}

	synchronized boolean isHealthy() {
		return this.script.isEmpty();
	}

	@Override
	public synchronized ChannelAnswer apply(Object content) {
		this.calls.add(this.clock.instant());
		Step step = (!this.script.isEmpty()) ? this.script.remove() : Step.answer(DeliveryOutcome.DELIVERED);
		if (step.delivers()) {
			this.delivered.add(content.toString());
		}
		ChannelAnswer answer = step.answer();
		if (answer == null) {
			this.kills++;
			throw new Killed();
		}
		switch (answer.outcome()) {
			case DELIVERED -> this.acknowledged.add(content.toString());
			case AMBIGUOUS -> this.ambiguous++;
			default -> {
			}
		}
		return answer;
	}

	/** What the group has seen, repeats included. */
	synchronized List<String> delivered() {
		return List.copyOf(this.delivered);
	}

	/** What was acknowledged to the sender. */
	synchronized List<String> acknowledged() {
		return List.copyOf(this.acknowledged);
	}

	synchronized List<Instant> calls() {
		return List.copyOf(this.calls);
	}

	synchronized int ambiguous() {
		return this.ambiguous;
	}

	synchronized int kills() {
		return this.kills;
	}

	/** The most calls in any 60 seconds. */
	synchronized int busiestMinute() {
		List<Instant> sorted = new ArrayList<>(this.calls);
		Collections.sort(sorted);
		int most = 0;
		int first = 0;
		for (int last = 0; last < sorted.size(); last++) {
			while (Duration.between(sorted.get(first), sorted.get(last)).compareTo(Duration.ofMinutes(1)) >= 0) {
				first++;
			}
			most = Math.max(most, last - first + 1);
		}
		return most;
	}

	/**
	 * What happens at one call.
	 *
	 * @param delivers whether the group sees the message
	 * @param answer what the sender gets; {@code null} when it is killed in the call
	 */
	record Step(boolean delivers, @Nullable ChannelAnswer answer) {

		static Step answer(DeliveryOutcome outcome) {
			return new Step(outcome == DeliveryOutcome.DELIVERED,
					new ChannelAnswer(outcome, outcome.ordinal(), outcome.name()));
		}

		static Step lost(boolean delivers) {
			return new Step(delivers, new ChannelAnswer(DeliveryOutcome.AMBIGUOUS, null, "no answer"));
		}

		static Step notSent() {
			return new Step(false, new ChannelAnswer(DeliveryOutcome.RETRY_LATER, null, "no connection"));
		}

		static Step killed(boolean delivers) {
			return new Step(delivers, null);
		}

	}

	/** Ends a sender as SIGKILL does: nothing catches it. */
	static final class Killed extends Error {

		Killed() {
			super("killed", null, false, false);
		}

	}

}
