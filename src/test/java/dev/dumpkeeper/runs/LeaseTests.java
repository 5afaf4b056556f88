package dev.dumpkeeper.runs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import net.javacrumbs.shedlock.core.SimpleLock;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.dumpkeeper.lab.MigratedDatabase;
import dev.dumpkeeper.run.ProcessIdentity;
import dev.dumpkeeper.runs.Lease.Held;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Lease}: who has it, on the embedded database, and how it is kept and
 * given back, on a scripted lock.
 */
class LeaseTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final JdbcTemplate jdbc = new JdbcTemplate(MigratedDatabase.h2().dataSource());

	/** Counts down when it is lost. */
	private final CountDownLatch lost = new CountDownLatch(1);

	private Lease stored(String name) {
		return new Lease(name, new RunsConfiguration().lockProvider(this.jdbc, this.jdbc.getDataSource()), this.jdbc,
				MINUTE, this.lost::countDown);
	}

	private Held taken(SimpleLock lock, Duration duration) {
		return new Lease(Lease.MAINTENANCE, (configuration) -> Optional.of(lock), this.jdbc, duration,
				this.lost::countDown)
			.take()
			.orElseThrow();
	}

	@Test
	void ofTwoStartersOneHasIt() {
		Lease first = stored(Lease.MAINTENANCE);
		Lease second = stored(Lease.MAINTENANCE);
		try (Held held = first.take().orElseThrow()) {
			assertThat(second.take()).isEmpty();
			assertThat(first.take()).as("not even who has it").isEmpty();
			assertThat(held.isLost()).isFalse();
		}
		try (Held held = second.take().orElseThrow()) {
			assertThat(held.isLost()).isFalse();
			assertThat(first.take()).isEmpty();
		}
	}

	@Test
	void whoPollsForNewDumpsIsInNobodysWay() {
		try (Held run = stored(Lease.MAINTENANCE).take().orElseThrow()) {
			assertThat(run.isLost()).isFalse();
			assertThat(stored(Lease.POLL).take()).hasValueSatisfying(Held::close);
		}
	}

	@Test
	void whoeverFindsItTakenIsReportedByWhomAndSinceWhen() {
		Lease lease = stored(Lease.MAINTENANCE);
		assertThat(lease.holder()).isEqualTo("another process");
		try (Held held = lease.take().orElseThrow()) {
			assertThat(held.isLost()).isFalse();
			this.jdbc.update("UPDATE shedlock SET locked_at = TIMESTAMP '2026-11-25 08:00:07.125'");
			assertThat(lease.holder()).isEqualTo(ProcessIdentity.name() + " since 2026-11-25T08:00:07 UTC");
			assertThat(stored(Lease.POLL).holder()).isEqualTo("another process");
		}
	}

	@Test
	void aHolderThatWasKilledFreesItByExpiry() {
		// It is not closed, as by a process that is no more.
		Held killed = stored(Lease.MAINTENANCE).take().orElseThrow();
		Lease next = stored(Lease.MAINTENANCE);
		assertThat(next.take()).isEmpty();
		assertThat(this.jdbc.queryForObject("SELECT DATEDIFF(SECOND, locked_at, lock_until) FROM shedlock", Long.class))
			.isEqualTo(MINUTE.toSeconds());
		this.jdbc.update("UPDATE shedlock SET lock_until = DATEADD(MINUTE, -2, lock_until)");
		assertThat(next.take()).hasValueSatisfying(Held::close);
		killed.close();
	}

	@Test
	void itIsRenewedForAsLongAsTheWorkGoesOn() throws Exception {
		List<Duration> renewals = new ArrayList<>();
		CountDownLatch renewed = new CountDownLatch(3);
		AtomicInteger givenBack = new AtomicInteger();
		SimpleLock lock = new Lock(givenBack::incrementAndGet, (duration) -> {
			renewals.add(duration);
			renewed.countDown();
			return true;
		});
		try (Held held = taken(lock, Duration.ofMillis(300))) {
			assertThat(renewed.await(1, TimeUnit.MINUTES)).isTrue();
			assertThat(held.isLost()).isFalse();
		}
		assertThat(renewals).startsWith(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300));
		assertThat(givenBack).hasValue(1);
		assertThat(this.lost.getCount()).isOne();
	}

	@Test
	void whoseLeaseSomebodyElseHasStopsAndGivesNothingBack() throws Exception {
		AtomicInteger givenBack = new AtomicInteger();
		try (Held held = taken(new Lock(givenBack::incrementAndGet, (duration) -> false), Duration.ofMillis(300))) {
			assertThat(this.lost.await(1, TimeUnit.MINUTES)).isTrue();
			assertThat(held.isLost()).isTrue();
		}
		assertThat(givenBack).as("it is the other's").hasValue(0);
	}

	@Test
	void whoCannotRenewItStopsWhileItLasts() throws Exception {
		long start = System.nanoTime();
		List<Long> tries = new ArrayList<>();
		SimpleLock lock = new Lock(() -> {
		}, (duration) -> {
			tries.add(System.nanoTime());
			throw new DataAccessResourceFailureException("as planned");
		});
		try (Held held = taken(lock, Duration.ofSeconds(3))) {
			assertThat(this.lost.await(1, TimeUnit.MINUTES)).isTrue();
			assertThat(held.isLost()).isTrue();
		}
		long last = tries.get(tries.size() - 1);
		assertThat(last - start).as("not before two thirds of it are over")
			.isGreaterThanOrEqualTo(Duration.ofSeconds(2).toNanos());
		// A machine that stood still in between has had fewer tries.
		assertThat(tries).hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void oneRenewalThatFailsIsNotTheEnd() throws Exception {
		CountDownLatch tries = new CountDownLatch(2);
		SimpleLock lock = new Lock(() -> {
		}, (duration) -> {
			tries.countDown();
			if (tries.getCount() == 1) {
				throw new DataAccessResourceFailureException("as planned");
			}
			return true;
		});
		try (Held held = taken(lock, Duration.ofSeconds(3))) {
			assertThat(tries.await(1, TimeUnit.MINUTES)).isTrue();
			assertThat(held.isLost()).isFalse();
		}
		assertThat(this.lost.getCount()).isOne();
	}

	@Test
	void whatWasRenewedIsGivenBackAsItIsNow() throws Exception {
		CountDownLatch renewed = new CountDownLatch(2);
		AtomicInteger first = new AtomicInteger();
		AtomicInteger later = new AtomicInteger();
		SimpleLock next = new Lock(later::incrementAndGet, (duration) -> {
			renewed.countDown();
			return true;
		});
		SimpleLock lock = new SimpleLock() {

			@Override
			public void unlock() {
				first.incrementAndGet();
			}

			@Override
			public Optional<SimpleLock> extend(Duration atMost, Duration atLeast) {
				renewed.countDown();
				return Optional.of(next);
			}

		};
		try (Held held = taken(lock, Duration.ofMillis(300))) {
			assertThat(renewed.await(1, TimeUnit.MINUTES)).isTrue();
			assertThat(held.isLost()).isFalse();
		}
		assertThat(first).hasValue(0);
		assertThat(later).hasValue(1);
	}

	@Test
	void whatCouldNotBeGivenBackIsGivenBackByTheNextTryAndThenNoMore() {
		AtomicInteger tries = new AtomicInteger();
		Held held = taken(new Lock(() -> {
			if (tries.incrementAndGet() == 1) {
				throw new DataAccessResourceFailureException("as planned");
			}
		}, (duration) -> true), MINUTE);
		held.close();
		assertThat(tries).hasValue(1);
		held.close();
		assertThat(tries).hasValue(2);
		held.close();
		assertThat(tries).hasValue(2);
	}

	@Test
	void whatIsDoneBesideTheWorkGoesOnAfterItFailed() throws Exception {
		CountDownLatch done = new CountDownLatch(3);
		try (Held held = taken(new Lock(() -> {
		}, (duration) -> true), MINUTE)) {
			held.every(Duration.ofMillis(10), () -> {
				done.countDown();
				throw new DataAccessResourceFailureException("as planned");
			});
			assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
			assertThat(held.isLost()).isFalse();
		}
	}

	/**
	 * A lock of which the test decides what becomes of it.
	 *
	 * @param giveBack called when it is given back
	 * @param renewal asked whether it can be renewed
	 */
	private record Lock(Runnable giveBack, Renewal renewal) implements SimpleLock {

		@Override
		public void unlock() {
			this.giveBack.run();
		}

		@Override
		public Optional<SimpleLock> extend(Duration lockAtMostFor, Duration lockAtLeastFor) {
			return this.renewal.isGranted(lockAtMostFor) ? Optional.of(this) : Optional.empty();
		}

	}

	/** Whether a lock can be renewed. */
	@FunctionalInterface
	private interface Renewal {

		boolean isGranted(Duration duration);

	}

}
