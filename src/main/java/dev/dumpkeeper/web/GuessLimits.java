package dev.dumpkeeper.web;

import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits guesses of passwords over all ways to sign in: ten wrong ones a minute from one
 * address and thirty for one user. A password counts as wrong until it is known to be
 * right; otherwise any number could be tried concurrently.
 */
final class GuessLimits {

	private static final int FAILURES = 10;

	/** Over all addresses; one address alone cannot use them up. */
	private static final int FAILURES_OF_USER = 30;

	private static final int FAILURES_TOGETHER = 1000;

	/** Two passwords are checked concurrently; the others each hold a thread. */
	private static final int UNKNOWN_AT_ONCE = 32;

	private final RateLimiter failures = new RateLimiter(FAILURES, FAILURES_TOGETHER);

	private final RateLimiter failuresOfUsers = new RateLimiter(FAILURES_OF_USER, FAILURES_TOGETHER);

	private final RecentCredentials known = new RecentCredentials(Clock.systemUTC());

	private final Semaphore callers = new Semaphore(UNKNOWN_AT_ONCE);

	/**
	 * Decides whether a password is checked.
	 * @param address from where
	 * @param credentials what HTTP basic would send of name and password
	 * @return what may be done with it
	 */
	Guess begin(String address, String credentials) {
		// Guesses of others do not lock out recently accepted credentials.
		if (this.known.contains(credentials)) {
			return new Guess(Verdict.KNOWN, address, credentials);
		}
		if (!this.failures.take(address)) {
			return new Guess(Verdict.TOO_MANY, address, credentials);
		}
		if (!this.failuresOfUsers.take(RecentCredentials.user(credentials))) {
			this.failures.giveBack(address);
			return new Guess(Verdict.TOO_MANY, address, credentials);
		}
		if (!this.callers.tryAcquire()) {
			giveBack(address, credentials);
			return new Guess(Verdict.BUSY, address, credentials);
		}
		return new Guess(Verdict.COUNTED, address, credentials);
	}

	/**
	 * Counts an attempt without a password, such as one by the identity provider, as a
	 * wrong one.
	 * @return {@code false} when there were too many
	 */
	boolean takeAddress(String address) {
		return this.failures.take(address);
	}

	/** Reverts the count, since it was right. */
	void giveBackAddress(String address) {
		this.failures.giveBack(address);
	}

	/** Forgets accepted credentials, which then count as a guess again. */
	void forget(String credentials) {
		this.known.remove(credentials);
	}

	private void giveBack(String address, String credentials) {
		this.failures.giveBack(address);
		this.failuresOfUsers.giveBack(RecentCredentials.user(credentials));
	}

	/** The decision about a password. */
	enum Verdict {

		/** It was accepted recently and is checked without a limit. */
		KNOWN,

		/** It is checked, and counts as wrong until it is known to be right. */
		COUNTED,

		/** It is not checked, since there were too many wrong ones. */
		TOO_MANY,

		/** It is not checked, since too many are being checked. */
		BUSY

	}

	/** A password and the decision about it. */
	final class Guess implements AutoCloseable {

		private final Verdict verdict;

		private final String address;

		private final String credentials;

		private final AtomicBoolean counted;

		private Guess(Verdict verdict, String address, String credentials) {
			this.verdict = verdict;
			this.address = address;
			this.credentials = credentials;
			this.counted = new AtomicBoolean(verdict == Verdict.COUNTED);
		}

		Verdict verdict() {
			return this.verdict;
		}

		/** It was right: it does not count as a guess and is remembered. */
		void right() {
			if (this.counted.compareAndSet(true, false)) {
				GuessLimits.this.callers.release();
				giveBack(this.address, this.credentials);
				GuessLimits.this.known.add(this.credentials);
			}
		}

		/** It was wrong, or its request ended otherwise. */
		@Override
		public void close() {
			if (this.counted.compareAndSet(true, false)) {
				GuessLimits.this.callers.release();
			}
		}

	}

}
