package dev.dumpkeeper.notify;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.dumpkeeper.lab.FakeRobot;
import dev.dumpkeeper.lab.FakeRobot.Fault;
import dev.dumpkeeper.notify.ScriptedRobot.Killed;
import dev.dumpkeeper.notify.ScriptedRobot.Step;
import dev.dumpkeeper.notify.wecom.TestWecom;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.run.StoppedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.dumpkeeper.notify.OutboxFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Outbox} on a database.
 */
class OutboxIntegrationTests {

	private final OutboxDatabase database = OutboxDatabase.h2();

	private final OutboxFixture fixture = new OutboxFixture(this.database);

	private final ScriptedRobot robot = new ScriptedRobot(this.fixture.clock());

	private final Outbox outbox = this.fixture.outbox(this.robot);

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void pagesGoOutInOrderOldestMessageFirst() {
		this.outbox.post(message("digest 1", 2));
		this.outbox.post(message("digest 2", 1));
		assertThat(this.outbox.deliver()).isEqualTo(new DeliveryReport(3, 0, Optional.empty(), false));
		assertThat(this.robot.delivered()).containsExactly("digest 1 1/2", "digest 1 2/2", "digest 2 1/1");
		assertThat(this.outbox.state()).isEqualTo(new OutboxState(0, 0, Optional.empty(), Optional.empty(), false));
		assertThat(this.outbox.deliver()).isEqualTo(new DeliveryReport(0, 0, Optional.empty(), false));
	}

	@Test
	void picturesGoAfterEveryText() {
		this.outbox.post(message("capacity 1", 1, 2));
		this.outbox.post(message("digest 2", 1));
		assertThat(this.outbox.deliver()).isEqualTo(new DeliveryReport(4, 0, Optional.empty(), false));
		assertThat(this.robot.delivered()).containsExactly("capacity 1 1/1", "digest 2 1/1",
				"picture capacity 1 picture 1 of 100 bytes", "picture capacity 1 picture 2 of 100 bytes");
		assertThat(this.outbox.state().messages()).isZero();
		assertThat(notifiedPages()).containsExactly(1, 1, 2, 3);
	}

	@Test
	void aPictureThatTheRobotRefusesIsDroppedAndNobodyWaits() {
		this.robot.script(Step.answer(DeliveryOutcome.DELIVERED), Step.answer(DeliveryOutcome.DELIVERED),
				Step.answer(DeliveryOutcome.REJECTED_PAGE), Step.answer(DeliveryOutcome.REJECTED_PAGE));
		this.outbox.post(message("capacity 1", 1, 2));
		this.outbox.post(message("digest 2", 1));
		assertThat(this.outbox.deliver()).isEqualTo(new DeliveryReport(2, 0, Optional.empty(), false));
		assertThat(this.outbox.state()).isEqualTo(new OutboxState(0, 0, Optional.empty(), Optional.empty(), false));
		assertThat(this.database.outcomes()).containsExactly("DELIVERED", "DELIVERED", "REJECTED_PAGE",
				"REJECTED_PAGE");
		assertThat(notifiedPages()).containsExactly(1, 1);
		assertThat(this.outbox.deliver()).isEqualTo(new DeliveryReport(0, 0, Optional.empty(), false));
	}

	@Test
	void aPictureIsTriedAgainAsTextsAreButNotForEver() {
		this.robot.script(Step.answer(DeliveryOutcome.DELIVERED), Step.lost(true));
		this.outbox.post(message("capacity 1", 1, 1));
		assertThat(this.outbox.deliver()).isEqualTo(new DeliveryReport(2, 0, Optional.empty(), false));
		assertThat(this.robot.delivered()).hasSize(3);
		this.robot.script(Step.answer(DeliveryOutcome.DELIVERED))
			.answers(DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER,
					DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER,
					DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER);
		this.outbox.post(message("capacity 2", 1, 1));
		assertThat(this.outbox.deliver().waiting()).isOne();
		this.fixture.clock().move(Duration.ofHours(25));
		assertThat(this.outbox.deliver().waiting()).isZero();
		assertThat(this.robot.delivered()).hasSize(4);
		assertThat(this.outbox.state().messages()).isZero();
	}

	@Test
	void aPictureWaitsForItsText() {
		this.robot.answers(DeliveryOutcome.REJECTED_PAGE, DeliveryOutcome.DELIVERED);
		this.outbox.post(message("capacity 1", 1, 1));
		assertThat(this.outbox.deliver().waiting()).isEqualTo(2);
		assertThat(this.robot.delivered()).isEmpty();
		this.robot.recover();
		this.outbox.deliver();
		assertThat(this.robot.delivered()).containsExactly("capacity 1 1/1",
				"picture capacity 1 picture 1 of 100 bytes");
	}

	@Test
	void picturesCountAmongTheTwentyAMinute() {
		this.outbox.post(message("capacity 1", 19, 3));
		this.outbox.deliver();
		assertThat(this.robot.delivered()).hasSize(22);
		assertThat(this.robot.busiestMinute()).isEqualTo(20);
	}

	private List<Integer> notifiedPages() {
		return this.database.jdbc()
			.queryForList("SELECT page FROM notified ORDER BY message, page", Integer.class)
			.stream()
			.sorted()
			.toList();
	}

	@Test
	void aSubjectIsPostedOnce() {
		Optional<Long> first = this.outbox.post(message("digest 1", 2));
		assertThat(first).isPresent();
		assertThat(this.outbox.post(message("digest 1", 3))).isEmpty();
		assertThat(this.outbox.post(message("Digest 1", 1))).isPresent();
		this.outbox.deliver();
		assertThat(this.robot.delivered()).containsExactly("digest 1 1/2", "digest 1 2/2", "Digest 1 1/1");
		assertThat(this.outbox.post(message("digest 1", 2))).isEmpty();
	}

	@Test
	void aMessageStandsOrFallsWithItsCallersTransaction() {
		TransactionTemplate caller = new TransactionTemplate(this.database.transactions());
		caller.executeWithoutResult((status) -> {
			this.outbox.post(message("digest 1", 1));
			status.setRollbackOnly();
		});
		assertThat(this.outbox.state().pages()).isZero();
		this.outbox.post(message("digest 2", 1));
		caller.executeWithoutResult((status) -> {
			assertThat(this.outbox.post(message("digest 2", 1))).isEmpty();
			this.outbox.post(message("digest 3", 1));
		});
		this.outbox.deliver();
		assertThat(this.robot.delivered()).containsExactly("digest 2 1/1", "digest 3 1/1");
	}

	@Test
	void deliveryRefusesToRunInsideATransaction() {
		this.outbox.post(message("digest 1", 1));
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> new TransactionTemplate(this.database.transactions())
				.executeWithoutResult((status) -> this.outbox.deliver()));
		assertThat(this.robot.calls()).isEmpty();
	}

	@Test
	void temporaryFailuresAreRetriedWithDoublingPauses() {
		this.robot.script(Step.notSent(), Step.answer(DeliveryOutcome.RETRY_LATER), Step.lost(false), Step.lost(false),
				Step.answer(DeliveryOutcome.RETRY_LATER));
		this.outbox.post(message("digest 1", 1));
		assertThat(this.outbox.deliver()).isEqualTo(new DeliveryReport(1, 0, Optional.empty(), false));
		assertThat(this.fixture.pauses()).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L);
		assertThat(this.database.outcomes()).containsExactly("RETRY_LATER", "RETRY_LATER", "AMBIGUOUS", "AMBIGUOUS",
				"RETRY_LATER", "DELIVERED");
	}

	@Test
	void aRunTriesForTwoMinutesAndALaterOneGoesOn() {
		this.robot.answers(DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER,
				DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER,
				DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER);
		this.outbox.post(message("digest 1", 2));
		Instant begun = this.fixture.clock().instant();
		DeliveryReport report = this.outbox.deliver();
		assertThat(report)
			.isEqualTo(new DeliveryReport(0, 2, Optional.of("digest 1, page 1 of 2: RETRY_LATER"), false));
		assertThat(this.fixture.pauses()).extracting(Duration::toSeconds)
			.containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
		assertThat(Duration.between(begun, this.fixture.clock().instant())).isLessThan(Duration.ofMinutes(2));
		assertThat(this.outbox.state()).isEqualTo(
				new OutboxState(1, 2, Optional.of(begun), Optional.of("digest 1, page 1 of 2: RETRY_LATER"), false));
		assertThat(this.outbox.deliver()).isEqualTo(new DeliveryReport(2, 0, Optional.empty(), false));
	}

	@Test
	void withoutTimeToRetryEachRunTriesOnce() {
		Outbox hasty = this.fixture.outbox(TestChannel.to("robot", this.robot).hasty());
		hasty.post(message("digest 1", 1));
		this.robot.answers(DeliveryOutcome.RETRY_LATER, DeliveryOutcome.TOO_FREQUENT);
		assertThat(hasty.deliver().waiting()).isEqualTo(1);
		assertThat(hasty.deliver().waiting()).isEqualTo(1);
		assertThat(this.fixture.pauses()).isEmpty();
		assertThat(this.robot.calls()).hasSize(2);
	}

	@Test
	void onePageThatAlwaysFailsDoesNotHoldUpOtherMessages() {
		this.outbox.post(message("digest 1", 3));
		this.outbox.post(message("digest 2", 1));
		this.outbox.post(message("digest 3", 1));
		this.robot.answers(DeliveryOutcome.DELIVERED, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER,
				DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER,
				DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER);
		DeliveryReport report = this.outbox.deliver();
		assertThat(report)
			.isEqualTo(new DeliveryReport(3, 2, Optional.of("digest 1, page 2 of 3: RETRY_LATER"), false));
		assertThat(this.robot.delivered()).containsExactly("digest 1 1/3", "digest 2 1/1", "digest 3 1/1");
	}

	@Test
	void aRobotThatFailsForTheNextMessageTooIsLeftAlone() {
		this.outbox.post(message("digest 1", 1));
		this.outbox.post(message("digest 2", 1));
		this.outbox.post(message("digest 3", 1));
		this.robot.answers(DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER,
				DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER,
				DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER,
				DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER);
		assertThat(this.outbox.deliver().waiting()).isEqualTo(3);
		assertThat(this.robot.calls()).hasSize(9);
	}

	@Test
	void tooFrequentWaitsForTheMinute() {
		this.robot.answers(DeliveryOutcome.TOO_FREQUENT);
		this.outbox.post(message("digest 1", 1));
		assertThat(this.outbox.deliver().delivered()).isEqualTo(1);
		assertThat(this.fixture.pauses()).containsExactly(Duration.ofMinutes(1));
	}

	@Test
	void tooFrequentAgainAndAgainIsLeftForALaterRun() {
		this.robot.answers(DeliveryOutcome.TOO_FREQUENT, DeliveryOutcome.TOO_FREQUENT, DeliveryOutcome.TOO_FREQUENT);
		this.outbox.post(message("digest 1", 1));
		this.outbox.post(message("digest 2", 1));
		DeliveryReport report = this.outbox.deliver();
		assertThat(report.waiting()).isEqualTo(2);
		assertThat(report.problem()).hasValueSatisfying((problem) -> assertThat(problem).contains("too many"));
		assertThat(report.permanent()).isFalse();
		assertThat(this.robot.calls()).hasSize(3);
		assertThat(this.outbox.deliver().waiting()).isZero();
	}

	@Test
	void aRejectedPageIsKeptAndTheOthersGoOut() {
		this.robot.answers(DeliveryOutcome.DELIVERED, DeliveryOutcome.REJECTED_PAGE);
		this.outbox.post(message("digest 1", 3));
		this.outbox.post(message("digest 2", 1));
		DeliveryReport report = this.outbox.deliver();
		assertThat(report)
			.isEqualTo(new DeliveryReport(3, 1, Optional.of("digest 1, page 2 of 3: REJECTED_PAGE"), true));
		assertThat(this.fixture.pauses()).isEmpty();
		assertThat(this.outbox.state().permanent()).isTrue();
		assertThat(this.outbox.state().messages()).isEqualTo(1);
		assertThat(this.outbox.deliver()).isEqualTo(new DeliveryReport(1, 0, Optional.empty(), false));
	}

	@Test
	void aRefusedMessageIsSentAgainOnceHoweverOftenSomebodyAsks() {
		this.robot.answers(DeliveryOutcome.REJECTED_PAGE, DeliveryOutcome.DELIVERED);
		long refused = this.outbox.post(message("digest 1", 2)).orElseThrow();
		assertThat(this.outbox.sendAgain(refused)).as("it was not tried yet").isFalse();
		this.outbox.deliver();
		assertThat(this.outbox.state().permanent()).isTrue();
		MessageBook book = new MessageBook(this.database.jdbc());
		assertThat(book.waiting(10)).singleElement().satisfies((page) -> {
			assertThat(page.page()).isEqualTo(1);
			assertThat(page.outcome()).isEqualTo("REJECTED_PAGE");
		});
		assertThat(book.find(refused).orElseThrow().isRefused()).isTrue();
		assertThat(this.outbox.sendAgain(refused)).isTrue();
		assertThat(this.outbox.sendAgain(refused)).as("it waits already").isFalse();
		// So that a poll sends it, which leaves out what needs manual action.
		assertThat(this.outbox.state().permanent()).isFalse();
		assertThat(book.find(refused).orElseThrow().isRefused()).isFalse();
		assertThat(book.waiting(10)).singleElement().extracting(MessageBook.WaitingRow::outcome).isEqualTo("");
		this.outbox.deliver();
		assertThat(this.robot.delivered()).containsExactly("digest 1 2/2", "digest 1 1/2");
		assertThat(this.outbox.sendAgain(refused)).as("it was delivered").isFalse();
		assertThat(this.outbox.deliver().delivered()).isZero();
	}

	@Test
	void onlyWhatWasRefusedOfTheOneMessageIsSentAgain() {
		this.robot.answers(DeliveryOutcome.REJECTED_PAGE, DeliveryOutcome.DELIVERED, DeliveryOutcome.REJECTED_PAGE);
		long first = this.outbox.post(message("digest 1", 2)).orElseThrow();
		long second = this.outbox.post(message("digest 2", 1)).orElseThrow();
		this.outbox.deliver();
		MessageBook book = new MessageBook(this.database.jdbc());
		assertThat(book.waiting(10)).hasSize(2);
		// A picture that was refused was given up, which no click undoes.
		this.database.jdbc()
			.update("UPDATE outbound_page SET finished_at = 1, dropped = TRUE WHERE message_id = ?", second);
		assertThat(this.outbox.sendAgain(second)).isFalse();
		// One that failed otherwise is tried again anyway.
		this.database.jdbc().update("UPDATE outbound_page SET finished_at = NULL WHERE message_id = ?", second);
		this.database.jdbc()
			.update("UPDATE delivery_attempt SET outcome = 'UNREACHABLE' WHERE page_id ="
					+ " (SELECT id FROM outbound_page WHERE message_id = ?)", second);
		assertThat(this.outbox.sendAgain(second)).isFalse();
		this.database.jdbc()
			.update("UPDATE delivery_attempt SET outcome = 'REJECTED_PAGE' WHERE outcome = 'UNREACHABLE'");
		assertThat(this.outbox.sendAgain(first)).isTrue();
		assertThat(book.find(second).orElseThrow().isRefused()).as("nobody asked for it").isTrue();
	}

	@Test
	void aRejectedRobotEndsTheDeliveryAtOnceAndIsTriedOnceInEachLaterRun() {
		this.robot.answers(DeliveryOutcome.REJECTED_ROBOT, DeliveryOutcome.REJECTED_ROBOT);
		this.outbox.post(message("digest 1", 2));
		this.outbox.post(message("digest 2", 1));
		DeliveryReport rejected = new DeliveryReport(0, 3, Optional.of("digest 1, page 1 of 2: REJECTED_ROBOT"), true);
		assertThat(this.outbox.deliver()).isEqualTo(rejected);
		assertThat(this.outbox.deliver()).isEqualTo(rejected);
		assertThat(this.robot.calls()).hasSize(2);
		assertThat(this.outbox.state().permanent()).isTrue();
		assertThat(this.outbox.deliver()).isEqualTo(new DeliveryReport(3, 0, Optional.empty(), false));
	}

	@Test
	void aReasonThatNeedsAPersonIsSaidRatherThanATemporaryOne() {
		this.robot.answers(DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER,
				DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER,
				DeliveryOutcome.RETRY_LATER, DeliveryOutcome.RETRY_LATER, DeliveryOutcome.REJECTED_PAGE,
				DeliveryOutcome.RETRY_LATER);
		this.outbox.post(message("digest 1", 1));
		this.outbox.post(message("digest 2", 1));
		this.outbox.post(message("digest 3", 1));
		DeliveryReport report = this.outbox.deliver();
		assertThat(report).isEqualTo(new DeliveryReport(0, 3, Optional.of("digest 2: REJECTED_PAGE"), true));
		assertThat(this.outbox.state().problem()).contains("digest 2: REJECTED_PAGE");
	}

	@Test
	void twentyPagesAMinuteAreSentAndNoMore() {
		this.outbox.post(message("digest 1", 45));
		assertThat(this.outbox.deliver().delivered()).isEqualTo(45);
		assertThat(this.robot.busiestMinute()).isEqualTo(20);
		assertThat(this.fixture.pauses()).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(1));
	}

	@Test
	void theRateIsRememberedByTheDatabase() {
		this.outbox.post(message("digest 1", 20));
		this.outbox.deliver();
		this.outbox.forget(this.fixture.clock().instant().plus(Duration.ofDays(1)));
		this.fixture.clock().move(Duration.ofSeconds(10));
		Outbox restarted = this.fixture.outbox(this.robot);
		restarted.post(message("digest 2", 1));
		restarted.deliver();
		assertThat(this.fixture.pauses()).containsExactly(Duration.ofSeconds(50));
	}

	@Test
	void anotherRobotHasItsOwnRate() {
		this.outbox.post(message("digest 1", 20));
		this.outbox.deliver();
		Outbox other = this.fixture.outbox(TestChannel.to("other", this.robot));
		other.post(message("digest 2", 1));
		other.deliver();
		assertThat(this.fixture.pauses()).isEmpty();
	}

	@Test
	void aClockThatWasSetBackDoesNotHoldUpAnything() {
		this.outbox.post(message("digest 1", 20));
		this.outbox.deliver();
		this.fixture.clock().move(Duration.ofHours(-1));
		this.outbox.post(message("digest 2", 1));
		assertThat(this.outbox.deliver().delivered()).isEqualTo(1);
		assertThat(this.fixture.pauses()).isEmpty();
	}

	@Test
	void aSenderThatWasKilledRepeatsTheOnePageThatWasInFlight() {
		this.robot.script(Step.answer(DeliveryOutcome.DELIVERED), Step.killed(true));
		this.outbox.post(message("digest 1", 3));
		assertThatExceptionOfType(Killed.class).isThrownBy(this.outbox::deliver);
		assertThat(this.database.outcomes()).containsExactly("DELIVERED", null);
		assertThat(this.outbox.deliver().waiting()).isZero();
		assertThat(this.robot.delivered()).containsExactly("digest 1 1/3", "digest 1 2/3", "digest 1 2/3",
				"digest 1 3/3");
		assertThat(this.database.outcomes()).containsExactly("DELIVERED", "AMBIGUOUS", "DELIVERED", "DELIVERED");
		assertThat(this.fixture.pauses()).as("the other sender might still be alive")
			.hasSize(15)
			.allMatch(Duration.ofSeconds(1)::equals);
	}

	@Test
	void listenersHearOfEachPageInTheTransactionThatRecordsIt() {
		long message = this.outbox.post(message("digest 1", 2)).orElseThrow();
		this.robot.answers(DeliveryOutcome.DELIVERED, DeliveryOutcome.REJECTED_PAGE);
		this.outbox.deliver();
		assertThat(reported()).containsExactly(message + "/1");
		this.outbox.deliver();
		assertThat(reported()).containsExactly(message + "/1", message + "/2");
	}

	@Test
	void whenAListenerFailsThePageCountsAsNotDelivered() {
		DeliveryListener failing = (message, page, at) -> {
			throw new IllegalStateException("no");
		};
		this.fixture.listeners().add(failing);
		this.outbox.post(message("digest 1", 1));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this.outbox::deliver);
		assertThat(reported()).isEmpty();
		assertThat(this.outbox.state().pages()).isEqualTo(1);
		this.fixture.listeners().remove(failing);
		assertThat(this.outbox.deliver().waiting()).isZero();
		assertThat(reported()).hasSize(1);
	}

	@Test
	void linksAreMadeForEachAttemptAndNeverStored() {
		int[] calls = new int[1];
		this.fixture.links((page) -> Optional.of(page.replace("{link}", "https://presigned/" + ++calls[0])));
		this.robot.answers(DeliveryOutcome.RETRY_LATER);
		this.outbox.post(new OutboundMessage("digest 1", List.of("dump {link}")));
		this.outbox.deliver();
		assertThat(this.robot.delivered()).containsExactly("dump https://presigned/2");
		assertThat(this.database.rows()).contains("{link}").doesNotContain("presigned");
	}

	@Test
	void aMessageWhoseLinksCannotBeCheckedWaitsAndHoldsUpNoOther() {
		this.fixture.links((page) -> page.startsWith("digest 1 2") ? Optional.empty() : Optional.of(page));
		this.outbox.post(message("digest 1", 3));
		this.outbox.post(message("capacity warning", 1));
		assertThat(this.outbox.deliver()).isEqualTo(new DeliveryReport(2, 2,
				Optional.of("digest 1, page 2 of 3: its download links cannot be checked while the gateway is away"),
				false));
		assertThat(this.robot.delivered()).containsExactly("digest 1 1/3", "capacity warning 1/1");
		this.fixture.links(Optional::of);
		assertThat(this.outbox.deliver().waiting()).isZero();
		assertThat(this.robot.delivered()).containsExactly("digest 1 1/3", "capacity warning 1/1", "digest 1 2/3",
				"digest 1 3/3");
	}

	@Test
	void aPageThatItsLinksMakeTooLongIsRejectedAndNotSent() {
		this.fixture.links((page) -> Optional.of(page.replace("{link}", "x".repeat(1096))));
		this.outbox.post(new OutboundMessage("digest 1", List.of("x".repeat(3000) + "{link}")));
		this.outbox.post(new OutboundMessage("digest 2", List.of("x".repeat(3001) + "{link}")));
		this.outbox.post(message("digest 3", 1));
		DeliveryReport report = this.outbox.deliver();
		assertThat(report).isEqualTo(new DeliveryReport(2, 1,
				Optional.of("digest 2: has 4097 bytes with its links, and the robot accepts 4096; not sent"), true));
		assertThat(this.robot.calls()).hasSize(2);
		assertThat(this.outbox.state().problem()).isEqualTo(report.problem());
		this.fixture.links((page) -> Optional.of(page.replace("{link}", "short")));
		assertThat(this.outbox.deliver().waiting()).isZero();
	}

	@Test
	void aStopIsHeardBeforeTheNextPage() {
		this.outbox.post(message("digest 1", 3));
		this.fixture.listeners().add((message, page, at) -> this.fixture.stop().raise());
		assertThatExceptionOfType(StoppedException.class).isThrownBy(this.outbox::deliver);
		assertThat(reported()).hasSize(1);
		assertThat(this.outbox.state().pages()).isEqualTo(2);
	}

	@Test
	void aPauseEndsWhenTheSignalIsRaised() throws InterruptedException {
		StopSignal stop = new StopSignal();
		Sleeper sleeper = stop::pause;
		Thread waiting = new Thread(() -> {
			try {
				sleeper.sleep(Duration.ofHours(1));
			}
			catch (StoppedException ex) {
				// Expected.
			}
		});
		waiting.start();
		stop.raise();
		waiting.join(10_000);
		assertThat(waiting.isAlive()).isFalse();
		assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> sleeper.sleep(Duration.ZERO));
	}

	@Test
	void withoutARobotMessagesWait() {
		Outbox unconfigured = this.fixture.outbox(TestChannel.to("robot", this.robot).withoutRecipient());
		unconfigured.post(message("digest 1", 2));
		assertThat(unconfigured.deliver()).isEqualTo(new DeliveryReport(0, 2, Optional.empty(), false));
		assertThat(this.robot.calls()).isEmpty();
	}

	@Test
	void onlyWhatIsDeliveredIsForgotten() {
		this.outbox.post(message("digest 1", 1));
		this.outbox.deliver();
		this.outbox.post(message("digest 2", 2));
		this.robot.answers(DeliveryOutcome.DELIVERED, DeliveryOutcome.REJECTED_PAGE);
		this.outbox.deliver();
		this.fixture.clock().move(Duration.ofDays(90));
		this.outbox.forget(this.fixture.clock().instant().minus(Duration.ofDays(91)));
		assertThat(this.outbox.post(message("digest 1", 1))).isEmpty();
		this.outbox.forget(this.fixture.clock().instant().minus(Duration.ofDays(89)));
		assertThat(this.database.rows()).doesNotContain("digest 1").contains("digest 2 1/2", "digest 2 2/2");
		assertThat(this.database.outcomes()).containsExactly("DELIVERED", "REJECTED_PAGE");
	}

	@Test
	void theKeyIsInNoLogLineNoExceptionAndNoRow() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		Level level = root.getLevel();
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		root.addAppender(log);
		root.setLevel(Level.TRACE);
		StringWriter said = new StringWriter();
		try (FakeRobot fake = FakeRobot.start()) {
			Outbox real = this.fixture
				.outbox(TestWecom.channel(fake.url(), Duration.ofSeconds(30), this.fixture.stop()));
			fake.script(
					Fault.answer(200, "application/json", "{\"errcode\":-1,\"errmsg\":\"busy " + fake.url() + "\"}"),
					Fault.answer(500, "text/plain", fake.url()), Fault.redirect(fake.url()),
					Fault.answer(200, "application/json", "{\"errcode\":93000,\"errmsg\":\"" + FakeRobot.KEY + "\"}"),
					Fault.reset());
			real.post(message("digest 1", 1));
			said.append(real.deliver().toString()).append(real.deliver().toString());
			fake.close();
			said.append(real.deliver().toString()).append(real.state().toString());
			this.fixture.listeners().add((message, page, at) -> {
				throw new IllegalStateException("listener");
			});
			try (FakeRobot healthy = FakeRobot.start()) {
				this.fixture.outbox(TestWecom.channel(healthy.url(), Duration.ofSeconds(30), this.fixture.stop()))
					.deliver();
			}
			catch (IllegalStateException ex) {
				ex.printStackTrace(new PrintWriter(said));
			}
		}
		finally {
			root.setLevel(level);
			root.detachAppender(log);
		}
		assertThat(said.toString()).contains("errcode 93000", "redirect", "no connection", "listener");
		assertThat(log.list).isNotEmpty();
		String key = FakeRobot.KEY.substring(4, 20);
		assertThat(log.list).allSatisfy((event) -> assertThat(event.getFormattedMessage()).doesNotContain(key));
		assertThat(said.toString()).doesNotContain(key);
		assertThat(this.database.rows()).contains("errcode -1: busy").doesNotContain(key);
	}

	@Test
	void theRoomPublishesAnOutbox() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
			.withUserConfiguration(NotifyConfiguration.class, TestWecom.CONFIGURATION)
			.withBean(JdbcTemplate.class, this.database::jdbc)
			.withBean(PlatformTransactionManager.class, this.database::transactions)
			.withBean(StopSignal.class)
			.withBean(java.time.Clock.class, this.fixture::clock)
			.withBean(PageLinks.class, () -> (page) -> Optional.of(page + "!"))
			.withPropertyValues("dumpkeeper.wecom.language=en", "dumpkeeper.wecom.link-validity=3h")
			.run((context) -> {
				Outbox unconfigured = context.getBean(Outbox.class);
				assertThat(unconfigured.isConfigured()).isFalse();
				assertThat(unconfigured.language()).isEqualTo(Language.EN);
				assertThat(unconfigured.linkValidity()).isEqualTo(Duration.ofHours(3));
			});
	}

	@Test
	void theRoomsOutboxSendsToTheConfiguredRobotWithLinksAndListeners() {
		try (FakeRobot fake = FakeRobot.start()) {
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
				.withUserConfiguration(NotifyConfiguration.class, TestWecom.CONFIGURATION)
				.withBean(JdbcTemplate.class, this.database::jdbc)
				.withBean(PlatformTransactionManager.class, this.database::transactions)
				.withBean(StopSignal.class)
				.withBean(java.time.Clock.class, this.fixture::clock)
				.withBean(PageLinks.class, () -> (page) -> Optional.of(page + "!"))
				.withBean(DeliveryListener.class, () -> this.fixture.listeners().get(0))
				.withPropertyValues("dumpkeeper.wecom.webhook-url=" + fake.url())
				.run((context) -> {
					Outbox configured = context.getBean(Outbox.class);
					assertThat(configured.isConfigured()).isTrue();
					configured.post(message("digest 1", 1));
					assertThat(configured.deliver().delivered()).isEqualTo(1);
				});
			assertThat(fake.delivered()).containsExactly("digest 1 1/1!");
			assertThat(reported()).hasSize(1);
		}
	}

	private List<String> reported() {
		return this.database.jdbc()
			.query("SELECT message, page FROM notified ORDER BY message, page",
					(row, number) -> row.getLong(1) + "/" + row.getInt(2));
	}

}
