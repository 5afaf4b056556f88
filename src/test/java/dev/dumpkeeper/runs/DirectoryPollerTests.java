package dev.dumpkeeper.runs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.gateway.GatewayException.Kind;
import dev.dumpkeeper.run.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DirectoryPoller}.
 */
class DirectoryPollerTests {

	private Set<String> changed = Set.of();

	private Set<String> unfinished = Set.of();

	/** Volumes that are not listed now. */
	private Set<String> putOff = Set.of();

	private boolean isAway;

	private final MovableClock clock = new MovableClock();

	private final List<Set<String>> checks = new ArrayList<>();

	private final DirectoryPoller poll = new DirectoryPoller(this::changed, () -> List.of("cart", "shop"),
			List.of("dumpfiles"), () -> this.unfinished, this::poll, this.clock);

	@AfterEach
	void close() {
		this.poll.close();
	}

	@Test
	void nothingIsPolledWhereNothingChanged() {
		this.poll.poll();
		assertThat(this.checks).isEmpty();
	}

	@Test
	void aVolumeThatChangedIsCheckedForAFewSeconds() {
		this.changed = Set.of("shop");
		this.poll.poll();
		this.changed = Set.of();
		this.clock.move(DirectoryPoller.GO_ON.minusMillis(1));
		this.poll.poll();
		assertThat(this.checks).containsExactly(Set.of("shop"), Set.of("shop"));
		this.clock.move(Duration.ofMillis(1));
		this.poll.poll();
		assertThat(this.checks).hasSize(2);
	}

	@Test
	void aDumpThatIsBeingWrittenIsCheckedUntilItIsWhole() {
		this.unfinished = Set.of("shop", "no-longer-managed");
		for (int i = 0; i < 100; i++) {
			this.clock.move(DirectoryPoller.EVERY);
			this.poll.poll();
		}
		assertThat(this.checks).hasSize(100).containsOnly(Set.of("shop"));
		this.unfinished = Set.of();
		this.poll.poll();
		assertThat(this.checks).hasSize(100);
	}

	@Test
	void whatIsPutOffIsNotForgotten() {
		this.changed = Set.of("cart");
		this.putOff = Set.of("cart");
		this.poll.poll();
		this.changed = Set.of();
		for (int i = 0; i < 20; i++) {
			this.clock.move(DirectoryPoller.EVERY);
			this.poll.poll();
		}
		this.putOff = Set.of();
		this.poll.poll();
		assertThat(this.checks).hasSize(22).containsOnly(Set.of("cart"));
		this.poll.poll();
		assertThat(this.checks).as("it was listed").hasSize(22);
	}

	@Test
	void aVolumeThatIsPutOffWhileADumpIsWrittenIsListedAfterIt() {
		this.unfinished = Set.of("shop");
		this.putOff = Set.of("shop");
		this.poll.poll();
		this.unfinished = Set.of();
		this.putOff = Set.of();
		this.poll.poll();
		this.poll.poll();
		assertThat(this.checks).containsExactly(Set.of("shop"), Set.of("shop"));
	}

	@Test
	void aVolumeThatRestsAfterItsFirstListingIsListedOnceMore() {
		this.changed = Set.of("cart", "shop");
		this.poll.poll();
		this.changed = Set.of();
		this.putOff = Set.of("shop");
		this.clock.move(DirectoryPoller.EVERY);
		this.poll.poll();
		this.clock.move(DirectoryPoller.GO_ON);
		this.poll.poll();
		this.putOff = Set.of();
		this.clock.move(DirectoryPoller.EVERY);
		this.poll.poll();
		this.clock.move(DirectoryPoller.EVERY);
		this.poll.poll();
		assertThat(this.checks).containsExactly(Set.of("cart", "shop"), Set.of("cart", "shop"), Set.of("shop"),
				Set.of("shop"));
	}

	@Test
	void aDatabaseThatIsAwayEndsNothing() {
		this.isAway = true;
		this.poll.poll();
		this.poll.poll();
		this.isAway = false;
		this.changed = Set.of("shop");
		this.poll.poll();
		assertThat(this.checks).containsExactly(Set.of("shop"));
	}

	private Set<String> changed(Collection<String> volumes, List<String> directories) {
		assertThat(volumes).containsExactly("cart", "shop");
		assertThat(directories).containsExactly("dumpfiles");
		if (this.isAway) {
			throw new GatewayException(Kind.UNAVAILABLE, "away", null);
		}
		return this.changed;
	}

	private Set<String> poll(Set<String> volumes) {
		this.checks.add(new TreeSet<>(volumes));
		return this.putOff;
	}

}
