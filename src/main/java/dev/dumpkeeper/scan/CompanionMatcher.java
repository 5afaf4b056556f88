package dev.dumpkeeper.scan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Associates receipts and fragments with their dump during an ordered listing. Names that
 * start with a dump's name follow it directly, so only a handful of dumps is kept in
 * memory.
 *
 * @param <T> the value kept for a dump
 */
public final class CompanionMatcher<T> {

	private final Deque<Open<T>> open = new ArrayDeque<>();

	private final Consumer<T> closed;

	/**
	 * Creates a matcher.
	 * @param closed receives the value of a dump once no companion can follow
	 */
	public CompanionMatcher(Consumer<T> closed) {
		this.closed = closed;
	}

	/**
	 * Advances to the next name of any kind.
	 * @param name the name, in the order of the listing
	 */
	public void pass(String name) {
		while (!this.open.isEmpty() && !name.startsWith(this.open.peek().name())) {
			this.closed.accept(this.open.pop().value());
		}
	}

	/**
	 * Adds the dump at the current name.
	 * @param name its name
	 * @param value the value to keep
	 */
	public void open(String name, T value) {
		this.open.push(new Open<>(name, value));
	}

	/**
	 * Finds the dump of a companion.
	 * @param owner the dump's name as {@link ScannedObject#owner()} returns it
	 * @return its value, or empty when the listing did not contain that dump
	 */
	public Optional<T> find(String owner) {
		return this.open.stream().filter((dump) -> dump.name().equals(owner)).map(Open::value).findFirst();
	}

	/** Closes all open dumps at the end of the listing. */
	public void end() {
		while (!this.open.isEmpty()) {
			this.closed.accept(this.open.pop().value());
		}
	}

	private record Open<T>(String name, T value) {

	}

}
