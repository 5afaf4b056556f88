package dev.dumpkeeper.notify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FakeRobot.Fault;
import dev.dumpkeeper.notify.ScriptedRobot.Killed;
import dev.dumpkeeper.notify.ScriptedRobot.Step;
import dev.dumpkeeper.notify.wecom.TestWecom;
import dev.dumpkeeper.run.StopSignal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the robot does and whenever the sender is killed: every page arrives once the
 * robot works, nothing counts as announced that was not accepted, and a page comes twice
 * only for an answer that was lost or a kill.
 */
class OutboxChaosIntegrationTests {

	private static final List<Function<Random, Step>> FAULTS = List.of(
			(random) -> Step.answer(pick(random, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.TOO_FREQUENT,
					DeliveryOutcome.REJECTED_PAGE, DeliveryOutcome.REJECTED_ROBOT)),
			(random) -> Step.answer(DeliveryOutcome.RETRY_LATER), (random) -> Step.answer(DeliveryOutcome.DELIVERED),
			(random) -> Step.lost(random.nextBoolean()), (random) -> Step.lost(random.nextBoolean()),
			(random) -> Step.answer(pick(random, DeliveryOutcome.REJECTED_ROBOT, DeliveryOutcome.TOO_FREQUENT)),
			(random) -> Step.notSent(), (random) -> Step.killed(random.nextBoolean()));

	@Test
	void aThousandFaultScriptsWithKillsEndWithEveryPageDelivered() {
		try (OutboxDatabase database = OutboxDatabase.h2()) {
			int kills = 0;
			int repeats = 0;
			for (int seed = 1; seed <= 1000; seed++) {
				Course course = new Course(database, seed);
				course.run();
				kills += course.kills();
				repeats += course.repeats();
			}
			assertThat(kills).as("kills").isGreaterThan(500);
			assertThat(repeats).as("repeats").isGreaterThan(200);
		}
	}

	@Test
	void theSameHoldsOnAServer() {
		try (OutboxDatabase database = OutboxDatabase.server()) {
			for (int seed = 2001; seed <= 2025; seed++) {
				new Course(database, seed).run();
			}
		}
	}

	@Test
	void theSameHoldsOverTheNetwork() {
		for (int seed = 1; seed <= 20; seed++) {
			Random random = new Random(seed);
			try (OutboxDatabase database = OutboxDatabase.h2(); FakeRobot fake = FakeRobot.start()) {
				OutboxFixture fixture = new OutboxFixture(database);
				Outbox outbox = fixture.outbox(TestWecom.channel(fake.url(), Duration.ofMillis(800), new StopSignal()));
				fake.limited(fixture.clock());
				for (int i = random.nextInt(12); i > 0; i--) {
					fake.script(fault(random));
				}
				Set<String> pages = post(outbox, random);
				for (int runs = 0; runs < 20 && outbox.state().pages() > 0; runs++) {
					outbox.deliver();
				}
				assertThat(outbox.state().pages()).as("seed " + seed).isZero();
				assertThat(fake.delivered()).as("seed " + seed).containsAll(pages);
				// Not counted by the script: on a busy machine a healthy answer may come
				// too
				// late.
				List<String> outcomes = database.outcomes();
				long ambiguous = outcomes.stream().filter("AMBIGUOUS"::equals).count();
				assertThat(fake.delivered().size() - pages.size()).as("seed " + seed)
					.isLessThanOrEqualTo((int) ambiguous);
				assertThat(fake.requests()).as("every request is recorded, seed " + seed)
					.isLessThanOrEqualTo(outcomes.size());
			}
		}
	}

	private static Fault fault(Random random) {
		Fault fault = switch (random.nextInt(8)) {
			case 0 -> Fault.errcode(pick(random, -1, 45009, 40058, 40008, 44004, 93000, 93004, 93008));
			case 1 -> Fault.status(pick(random, 500, 502));
			case 2 -> Fault.html();
			case 3 -> Fault.empty();
			case 4 -> Fault.hang();
			case 5 -> Fault.reset();
			case 6 -> Fault.truncated();
			default -> Fault.none();
		};
		boolean canHaveArrived = !fault.toString().matches("errcode.*|none");
		return (canHaveArrived && random.nextBoolean()) ? fault.afterDelivery() : fault;
	}

	private static Set<String> post(Outbox outbox, Random random) {
		Set<String> pages = new LinkedHashSet<>();
		for (int message = 1 + random.nextInt(3); message > 0; message--) {
			OutboundMessage posted = OutboxFixture.message("digest " + message, 1 + random.nextInt(4));
			outbox.post(posted);
			pages.addAll(posted.pages());
		}
		return pages;
	}

	private static DeliveryOutcome pick(Random random, DeliveryOutcome... values) {
		return values[random.nextInt(values.length)];
	}

	private static int pick(Random random, int... values) {
		return values[random.nextInt(values.length)];
	}

	/** One script, with its kills, and what must hold at its end. */
	private static final class Course {

		private final OutboxDatabase database;

		private final OutboxFixture fixture;

		private final Random random;

		private final String name;

		private final ScriptedRobot robot;

		private final DeadlyTransactions transactions;

		private Set<String> pages = Set.of();

		Course(OutboxDatabase database, int seed) {
			this.database = database;
			this.fixture = new OutboxFixture(database);
			this.random = new Random(seed);
			this.name = "seed " + seed;
			this.robot = new ScriptedRobot(this.fixture.clock());
			this.transactions = new DeadlyTransactions(database.transactions());
		}

		void run() {
			this.database.clear();
			this.pages = post(outbox(), this.random);
			for (int i = this.random.nextInt(16); i > 0; i--) {
				this.robot.script(FAULTS.get(this.random.nextInt(FAULTS.size())).apply(this.random));
			}
			for (int run = 0; run < 12 && !this.robot.isHealthy(); run++) {
				if (this.random.nextInt(3) == 0) {
					this.transactions.killAt(1 + this.random.nextInt(12), this.random.nextBoolean());
				}
				deliver();
				nothingIsReportedThatWasNotAccepted();
				this.fixture.clock().move(Duration.ofSeconds(this.random.nextInt(300)));
			}
			this.robot.recover();
			this.transactions.spare();
			DeliveryReport last = outbox().deliver();
			assertThat(last.waiting()).as(this.name).isZero();
			assertThat(last.problem()).as(this.name).isEmpty();
			everyPageArrived();
		}

		int kills() {
			return this.robot.kills() + this.transactions.kills;
		}

		int repeats() {
			return this.robot.delivered().size() - this.pages.size();
		}

		/** A process that may be killed, after which another one starts. */
		private void deliver() {
			try {
				outbox().deliver();
			}
			catch (Killed ex) {
				// Nothing is left of it but what was committed.
			}
		}

		private Outbox outbox() {
			return this.fixture.outbox(TestChannel.to("robot", this.robot), this.transactions);
		}

		private void everyPageArrived() {
			assertThat(new HashSet<>(this.robot.delivered())).as(this.name).isEqualTo(this.pages);
			assertThat(repeats()).as(this.name).isLessThanOrEqualTo(this.robot.ambiguous() + kills());
			assertThat(this.robot.busiestMinute()).as(this.name).isLessThanOrEqualTo(20);
			assertThat(reported()).as(this.name).doesNotHaveDuplicates().hasSameSizeAs(this.pages);
			assertThat(this.database.outcomes()).as(this.name)
				.doesNotContainNull()
				.hasSizeGreaterThanOrEqualTo(this.robot.calls().size());
			firstDeliveriesAreInPageOrder();
		}

		private void nothingIsReportedThatWasNotAccepted() {
			assertThat(this.robot.acknowledged()).as(this.name).containsAll(reported());
		}

		/** A rejected page is the one that others may overtake. */
		private void firstDeliveriesAreInPageOrder() {
			List<String> rejected = this.database.jdbc()
				.queryForList(
						"SELECT DISTINCT p.content FROM outbound_page p JOIN delivery_attempt a ON a.page_id = p.id "
								+ "WHERE a.outcome = 'REJECTED_PAGE'",
						String.class);
			Map<String, List<String>> byMessage = new HashMap<>();
			for (String page : new LinkedHashSet<>(this.robot.delivered())) {
				if (!rejected.contains(page)) {
					byMessage.computeIfAbsent(page.replaceAll(" \\d+/\\d+$", ""), (key) -> new ArrayList<>()).add(page);
				}
			}
			byMessage.values().forEach((delivered) -> assertThat(delivered).as(this.name).isSorted());
		}

		private List<String> reported() {
			return this.database.jdbc()
				.queryForList("SELECT p.content FROM notified t JOIN outbound_page p "
						+ "ON p.message_id = t.message AND p.page = t.page", String.class);
		}

	}

	/** Kills the process at a commit: right before it, or right after. */
	private static final class DeadlyTransactions implements PlatformTransactionManager {

		private final PlatformTransactionManager real;

		private int commits;

		private boolean before;

		private int kills;

		DeadlyTransactions(PlatformTransactionManager real) {
			this.real = real;
		}

		void killAt(int commits, boolean before) {
			this.commits = commits;
			this.before = before;
		}

		void spare() {
			this.commits = 0;
		}

		@Override
		public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
			return this.real.getTransaction(definition);
		}

		@Override
		public void commit(TransactionStatus status) {
			boolean dies = --this.commits == 0;
			if (dies && this.before) {
				this.real.rollback(status);
				this.kills++;
				throw new Killed();
			}
			this.real.commit(status);
			if (dies) {
				this.kills++;
				throw new Killed();
			}
		}

		@Override
		public void rollback(TransactionStatus status) {
			this.real.rollback(status);
		}

	}

}
