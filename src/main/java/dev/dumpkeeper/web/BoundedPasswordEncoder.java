package dev.dumpkeeper.web;

import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Checks a few passwords at a time: each check with argon2 takes as many KiB of the heap
 * as its parameter {@code m} says, and strangers choose how many come at once.
 */
final class BoundedPasswordEncoder implements PasswordEncoder {

	/** With m=16384 as in the documents, 32 MiB in all. */
	static final int AT_ONCE = 2;

	private final PasswordEncoder encoder;

	private final Semaphore free = new Semaphore(AT_ONCE, true);

	BoundedPasswordEncoder(PasswordEncoder encoder) {
		this.encoder = encoder;
	}

	@Override
	public @Nullable String encode(@Nullable CharSequence password) {
		return this.encoder.encode(password);
	}

	/** Waits for its turn; whoever is interrupted meanwhile is not let in. */
	@Override
	public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
		try {
			this.free.acquire();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		try {
			return this.encoder.matches(password, encoded);
		}
		finally {
			this.free.release();
		}
	}

}
