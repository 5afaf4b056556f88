package dev.dumpkeeper.digest;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.lab.MigratedDatabase;
import dev.dumpkeeper.ledger.TestLedger;
import dev.dumpkeeper.notify.Channel;
import dev.dumpkeeper.notify.ChannelAnswer;
import dev.dumpkeeper.notify.ChannelLimits;
import dev.dumpkeeper.notify.DeliveryOutcome;
import dev.dumpkeeper.notify.DeliveryReport;
import dev.dumpkeeper.notify.DeliverySettings;
import dev.dumpkeeper.notify.Dialect;
import dev.dumpkeeper.notify.Language;
import dev.dumpkeeper.notify.OutboundMessage;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.notify.Picture;
import dev.dumpkeeper.notify.TestOutbox;
import dev.dumpkeeper.run.MovableClock;
import dev.dumpkeeper.run.Run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the seam to a channel: a messenger that does not exist gets its own pages in
 * its own dialect at its own rate, and what its answers mean is all that the outbox hears
 * of them.
 */
class SecondChannelTests {

	private final InMemoryGateway gateway = new InMemoryGateway();

	private final MovableClock clock = new MovableClock();

	private final List<Duration> pauses = new ArrayList<>();

	private final Pager pager = new Pager();

	private final TestLedger ledger;

	private final Outbox outbox;

	private final Digests digests;

	SecondChannelTests() {
		DataSource dataSource = MigratedDatabase.h2().dataSource();
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		DataSourceTransactionManager transactions = new DataSourceTransactionManager(dataSource);
		this.ledger = new TestLedger(jdbc, transactions, this.gateway, this.clock);
		List<DumpLinks> links = new ArrayList<>();
		List<Digests> listeners = new ArrayList<>();
		this.outbox = TestOutbox.of(jdbc, transactions, () -> links.get(0), () -> List.copyOf(listeners), this.clock,
				(pause) -> {
					this.pauses.add(pause);
					this.clock.move(pause);
				}, this.pager);
		links.add(TestDigests.links(this.ledger, this.outbox, this.gateway));
		this.digests = TestDigests.of(this.ledger, this.outbox, this.gateway, jdbc, transactions, this.clock);
		listeners.add(this.digests);
		this.gateway.bucket("b");
	}

	@Test
	void aDigestIsSplitByTheLimitOfTheChannel() {
		for (int workload = 0; workload < 6; workload++) {
			write("w" + workload + "-0/a.hprof");
		}
		assertThat(digest().waiting()).isZero();
		assertThat(this.pager.sent).hasSizeBetween(2, 5)
			.allMatch((page) -> Dialect.bytes(page) <= PagerDialect.PAGE_BYTES);
		assertThat(String.join("\n", this.pager.sent)).contains("'w0'", "'w5'");
	}

	@Test
	void aDigestIsWrittenInTheDialectOfTheChannelWithItsLinks() {
		write("w1-0/a.hprof");
		digest();
		assertThat(this.pager.sent).singleElement()
			.asString()
			.startsWith("=== Heap dumps, digest 1 (page 1/1)\n~11-25 ")
			.contains("'w1' *1 dump*", "\n| 'w1-0'", " · download -> http://gateway.test/b/")
			.doesNotContain("`", "**", "](", "<font", "## ", "{{");
	}

	@Test
	void aDailyReportIsWrittenInTheDialectOfTheChannelWithinItsLimit() {
		String report = new DailyReportText(this.pager.dialect(), Language.EN, ZoneOffset.UTC)
			.text(DailyReportTextTests.ordinary(Language.EN));
		assertThat(Dialect.bytes(report)).isLessThanOrEqualTo(PagerDialect.PAGE_BYTES);
		assertThat(report).startsWith("=== Heap dumps, daily report")
			.contains("*New* ")
			.doesNotContain("`", "**", "<font", "## ");
	}

	@Test
	void namesThatOthersChoseHaveNoEffectInTheDialectOfTheChannel() {
		write("w*1'-0/a|b {{dump:1}}.hprof");
		digest();
		assertThat(String.join("\n", this.pager.sent)).contains("w_1_").doesNotContain("*1'", "a|b", "{{");
	}

	@Test
	void theChannelsOwnRateIsKept() {
		this.outbox.post(new OutboundMessage("report 1", List.of("1", "2", "3", "4", "5", "6", "7")));
		assertThat(this.outbox.deliver().delivered()).isEqualTo(7);
		assertThat(this.pauses).containsExactly(Pager.WINDOW, Pager.WINDOW);
	}

	@Test
	void tooManyIsWaitedForAsLongAsTheChannelWants() {
		this.pager.answers.add(Pager.SLOW_DOWN);
		write("w1-0/a.hprof");
		assertThat(digest()).isEqualTo(new DeliveryReport(1, 0, Optional.empty(), false));
		assertThat(this.pauses).containsExactly(Pager.WINDOW);
	}

	@Test
	void aPageThatTheChannelRejectsEndsThereAndOthersGoOut() {
		this.pager.answers.add(Pager.UNREADABLE);
		this.outbox.post(new OutboundMessage("report 1", List.of("unreadable")));
		this.outbox.post(new OutboundMessage("report 2", List.of("readable")));
		assertThat(this.outbox.deliver())
			.isEqualTo(new DeliveryReport(1, 1, Optional.of("report 1: the pager said UNREADABLE"), true));
		assertThat(this.pager.sent).containsExactly("readable");
		assertThat(this.pauses).isEmpty();
	}

	@Test
	void aChannelWithoutPicturesGetsTheTextAlone() {
		Picture picture = new Picture("chart", new byte[] { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' });
		this.outbox.post(new OutboundMessage("capacity 1", List.of("full"), List.of(picture)));
		assertThat(this.outbox.deliver()).isEqualTo(new DeliveryReport(1, 0, Optional.empty(), false));
	}

	@Test
	void whatTheChannelWouldNeverTakeIsRefusedAtOnce() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.outbox
				.post(new OutboundMessage("report 1", List.of("x".repeat(PagerDialect.PAGE_BYTES + 1)))))
			.withMessage("page 1 of report 1 has 1001 bytes, more than 1000");
	}

	private DeliveryReport digest() {
		this.ledger.list("b");
		this.ledger.triage();
		assertThat(this.digests.compose(new Run(1, this.clock.instant(), false), Set.of())).isTrue();
		return this.outbox.deliver();
	}

	private void write(String name) {
		String dump = "JAVA PROFILE 1.0.2\0" + "\0\0\0\u0008" + "\0".repeat(8) + "\u002C" + "\0".repeat(8);
		Instant yesterday = this.clock.instant().minus(Duration.ofHours(23));
		this.gateway.bucket("b").with("dumpfiles/" + name, dump, yesterday);
	}

	/** A messenger that answers in words. */
	private static final class Pager implements Channel {

		static final String SLOW_DOWN = "SLOW_DOWN";

		static final String UNREADABLE = "UNREADABLE";

		static final Duration WINDOW = Duration.ofSeconds(10);

		private final Deque<String> answers = new ArrayDeque<>();

		private final List<String> sent = new ArrayList<>();

		private final Dialect dialect = new PagerDialect();

		@Override
		public Optional<String> recipient() {
			return Optional.of("pager");
		}

		@Override
		public DeliverySettings settings() {
			return new DeliverySettings(Language.EN, Duration.ofDays(1), Duration.ofSeconds(1), Duration.ofMinutes(2));
		}

		@Override
		public ChannelLimits limits() {
			return new ChannelLimits(PagerDialect.PAGE_BYTES, 0, 3, WINDOW);
		}

		@Override
		public Dialect dialect() {
			return this.dialect;
		}

		@Override
		public ChannelAnswer send(String text) {
			String answer = this.answers.isEmpty() ? "BEEP" : this.answers.remove();
			DeliveryOutcome outcome = switch (answer) {
				case SLOW_DOWN -> DeliveryOutcome.TOO_FREQUENT;
				case UNREADABLE -> DeliveryOutcome.REJECTED_PAGE;
				default -> DeliveryOutcome.DELIVERED;
			};
			if (outcome == DeliveryOutcome.DELIVERED) {
				this.sent.add(text);
			}
			return new ChannelAnswer(outcome, null, "the pager said " + answer);
		}

		@Override
		public ChannelAnswer send(Picture picture) {
			throw new IllegalStateException("a pager has no pictures");
		}

	}

	/** What a pager shows. */
	private static final class PagerDialect implements Dialect {

		static final int PAGE_BYTES = 1000;

		@Override
		public int pageBytes() {
			return PAGE_BYTES;
		}

		@Override
		public String heading(String text) {
			return "=== " + text;
		}

		@Override
		public String bold(String text) {
			return "*" + text + "*";
		}

		@Override
		public String quote(String text) {
			return "| " + text;
		}

		@Override
		public String good(String text) {
			return text;
		}

		@Override
		public String muted(String text) {
			return "~" + text;
		}

		@Override
		public String warning(String text) {
			return "!" + text;
		}

		@Override
		public String link(String text, String address) {
			return text + " -> " + address;
		}

		@Override
		public String code(String text, int codePoints, String otherwise) {
			String shown = plain(text, codePoints);
			return shown.isEmpty() ? otherwise : "'" + shown + "'";
		}

		@Override
		public String plain(String text, int codePoints) {
			return text.substring(0, Math.min(text.length(), codePoints)).replaceAll("[^\\w ./:,()-]", "_");
		}

	}

}
