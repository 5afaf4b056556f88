package dev.dumpkeeper.web;

import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How often a password may be guessed, whichever way in is tried: ten wrong ones a minute
 * from one address and thirty for one user. A password counts as wrong until it is known
 * to be right, or any number could be tried at once.
 */
final class GuessLimits {

	private static final int FAILURES = 10;

	/** From all addresses, of which one alone cannot use them up. */
	private static final int FAILURES_OF_USER = 30;

	private static final int FAILURES_TOGETHER = 1000;

	/** Passwords are checked two at a time; who waits for it waits on a thread. */
	private static final int UNKNOWN_AT_ONCE = 32;

	private final RateLimiter failures = new RateLimiter(FAILURES, FAILURES_TOGETHER);

	private final RateLimiter failuresOfUsers = new RateLimiter(FAILURES_OF_USER, FAILURES_TOGETHER);

	private final RecentCredentials known = new RecentCredentials(Clock.systemUTC());

	private final Semaphore callers = new Semaphore(UNKNOWN_AT_ONCE);

	/**
	 * Before a password is looked at.
	 * @param address from where
	 * @param credentials what HTTP basic would send of name and password
	 * @return what may be done with it
	 */
	Guess begin(String address, String credentials) {
		// Who was let in with the same words today is not kept out by those who guess.
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
	 * Counts what is no password, such as the end of a sign-in by another way, as a wrong
	 * one.
	 * @return {@code false} when there were too many
	 */
	boolean takeAddress(String address) {
		return this.failures.take(address);
	}

	/** It was right after all. */
	void giveBackAddress(String address) {
		this.failures.giveBack(address);
	}

	/** What was right once is a guess again. */
	void forget(String credentials) {
		this.known.remove(credentials);
	}

	private void giveBack(String address, String credentials) {
		this.failures.giveBack(address);
		this.failuresOfUsers.giveBack(RecentCredentials.user(credentials));
	}

	/** What may be done with a password. */
	enum Verdict {

		/** It was right lately and is looked at without a limit. */
		KNOWN,

		/** It is looked at, and counts as wrong until it is right. */
		COUNTED,

		/** It is not looked at: there were too many wrong ones. */
		TOO_MANY,

		/** It is not looked at: too many are looked at just now. */
		BUSY

	}

	/** A password that is looked at, or is not. */
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

		/** It was right: it does not count, and is remembered. */
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
