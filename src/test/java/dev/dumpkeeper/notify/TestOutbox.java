package dev.dumpkeeper.notify;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

import dev.dumpkeeper.run.StopSignal;

/**
 * Makes outboxes for tests of other rooms.
 */
public final class TestOutbox {

	private TestOutbox() {
	}

	/**
	 * An outbox whose robot has no network.
	 * @param jdbc where messages are kept
	 * @param transactions of the same database
	 * @param listeners hear of accepted pages
	 * @param clock the present
	 * @param pause moves the clock on
	 * @param robot gets each text and answers with an errcode, 0 to accept it
	 * @return the outbox
	 */
	public static Outbox of(JdbcTemplate jdbc, PlatformTransactionManager transactions,
			Supplier<List<DeliveryListener>> listeners, Clock clock, Consumer<Duration> pause,
			Function<String, Integer> robot) {
		return new Outbox(new OutboxRepository(jdbc, transactions, clock),
				(content) -> RobotAnswer.answered(200, robot.apply(content.toString()), "as told"),
				OutboxFixture.PROPERTIES, () -> Optional::of, listeners, pause::accept, new StopSignal(), clock);
	}

}
