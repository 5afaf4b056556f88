package dev.dumpkeeper.notify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.springframework.transaction.PlatformTransactionManager;

import dev.dumpkeeper.run.MovableClock;
import dev.dumpkeeper.run.StopSignal;

/**
 * Makes outboxes that wait by moving a clock.
 */
final class OutboxFixture {

	private final OutboxDatabase database;

	private final MovableClock clock = new MovableClock();

	private final StopSignal stop = new StopSignal();

	private final List<Duration> pauses = new ArrayList<>();

	private final List<DeliveryListener> listeners = new ArrayList<>();

	private PageLinks links = Optional::of;

	OutboxFixture(OutboxDatabase database) {
		this.database = database;
		this.listeners.add((message, page, at) -> database.jdbc()
			.update("INSERT INTO notified (message, page) VALUES (?, ?)", message, page));
	}

	/** A message whose pages say which they are. */
	static OutboundMessage message(String subject, int pages) {
		return new OutboundMessage(subject,
				IntStream.rangeClosed(1, pages).mapToObj((page) -> subject + " " + page + "/" + pages).toList());
	}

	/** What a robot takes for a picture. */
	static byte[] png(int bytes) {
		byte[] png = new byte[bytes];
		byte[] signature = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
		System.arraycopy(signature, 0, png, 0, signature.length);
		return png;
	}

	/** The same with pictures behind the texts. */
	static OutboundMessage message(String subject, int pages, int pictures) {
		return new OutboundMessage(subject, message(subject, pages).pages(),
				IntStream.rangeClosed(1, pictures)
					.mapToObj((picture) -> new Picture(subject + " picture " + picture, png(100)))
					.toList());
	}

	MovableClock clock() {
		return this.clock;
	}

	StopSignal stop() {
		return this.stop;
	}

	List<Duration> pauses() {
		return this.pauses;
	}

	List<DeliveryListener> listeners() {
		return this.listeners;
	}

	void links(PageLinks links) {
		this.links = links;
	}

	Outbox outbox(ScriptedRobot robot) {
		return outbox(TestChannel.to("robot", robot));
	}

	Outbox outbox(Channel channel) {
		return outbox(channel, this.database.transactions());
	}

	Outbox outbox(Channel channel, PlatformTransactionManager transactions) {
		return new Outbox(new OutboxRepository(this.database.jdbc(), transactions, channel.limits(), this.clock),
				channel, () -> this.links, () -> this.listeners, (duration) -> {
					this.stop.check();
					this.pauses.add(duration);
					this.clock.move(duration);
				}, this.stop, this.clock);
	}

}
