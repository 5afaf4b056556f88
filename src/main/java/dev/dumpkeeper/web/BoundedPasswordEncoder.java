package dev.dumpkeeper.web;

import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Limits concurrent password checks: each check with argon2 needs as many KiB of heap as
 * its parameter {@code m}, and anybody can send requests.
 */
final class BoundedPasswordEncoder implements PasswordEncoder {

	/** With m=16384 as documented, 32 MiB in total. */
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

	/** Waits for a permit; an interrupted request is refused. */
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
