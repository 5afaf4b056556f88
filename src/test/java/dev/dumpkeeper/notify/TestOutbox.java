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
	 * @param robot gets each text and says what becomes of it
	 * @return the outbox
	 */
	public static Outbox of(JdbcTemplate jdbc, PlatformTransactionManager transactions,
			Supplier<List<DeliveryListener>> listeners, Clock clock, Consumer<Duration> pause,
			Function<String, DeliveryOutcome> robot) {
		Channel channel = TestChannel.to("robot",
				(content) -> new ChannelAnswer(robot.apply(content.toString()), null, "as planned"));
		return of(jdbc, transactions, () -> Optional::of, listeners, clock, pause, channel);
	}

	/**
	 * An outbox of a channel.
	 * @param jdbc where messages are kept
	 * @param transactions of the same database
	 * @param links fills in links
	 * @param listeners hear of accepted pages
	 * @param clock the present
	 * @param pause moves the clock on
	 * @param channel gets the messages
	 * @return the outbox
	 */
	public static Outbox of(JdbcTemplate jdbc, PlatformTransactionManager transactions, Supplier<PageLinks> links,
			Supplier<List<DeliveryListener>> listeners, Clock clock, Consumer<Duration> pause, Channel channel) {
		return new Outbox(new OutboxRepository(jdbc, transactions, channel.limits(), clock), channel, links, listeners,
				pause::accept, new StopSignal(), clock);
	}

}
