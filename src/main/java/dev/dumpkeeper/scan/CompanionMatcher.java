package dev.dumpkeeper.scan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings receipts and fragments to their dumps while names go by in the order of a
 * listing: whatever begins with the name of a dump follows it at once, so that no more
 * than a handful of dumps has to be remembered.
 *
 * @param <T> what is remembered of a dump
 */
public final class CompanionMatcher<T> {

	private final Deque<Open<T>> open = new ArrayDeque<>();

	private final Consumer<T> closed;

	/**
	 * Creates it.
	 * @param closed gets what was remembered once no companion can follow
	 */
	public CompanionMatcher(Consumer<T> closed) {
		this.closed = closed;
	}

	/**
	 * The next name, whatever it is.
	 * @param name in the order of the listing
	 */
	public void pass(String name) {
		while (!this.open.isEmpty() && !name.startsWith(this.open.peek().name())) {
			this.closed.accept(this.open.pop().value());
		}
	}

	/**
	 * Remembers a dump; its name has been passed.
	 * @param name its name
	 * @param value what is remembered
	 */
	public void open(String name, T value) {
		this.open.push(new Open<>(name, value));
	}

	/**
	 * Finds the dump of a companion.
	 * @param owner the dump's name as {@link ScannedObject#owner()} gives it
	 * @return what is remembered, or empty when that dump was not passed
	 */
	public Optional<T> find(String owner) {
		return this.open.stream().filter((dump) -> dump.name().equals(owner)).map(Open::value).findFirst();
	}

	/** No more names follow. */
	public void end() {
		while (!this.open.isEmpty()) {
			this.closed.accept(this.open.pop().value());
		}
	}

	private record Open<T>(String name, T value) {

	}

}
