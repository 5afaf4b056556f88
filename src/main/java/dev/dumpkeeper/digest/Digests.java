package dev.dumpkeeper.digest;

import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.ledger.DumpCause;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedDump;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;
import dev.dumpkeeper.ledger.FailureRepository;
import dev.dumpkeeper.ledger.FailureRepository.FailureStatistics;
import dev.dumpkeeper.notify.DeliveryListener;
import dev.dumpkeeper.notify.OutboundMessage;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.text.Messages;

/**
 * Notifies people of dumps: composes one digest of all unnotified dumps, passes it to the
 * outbox, and marks dumps as notified once the page that reports them was accepted.
 */
public final class Digests implements DeliveryListener {

	private static final Logger logger = LoggerFactory.getLogger(Digests.class);

	private static final int NAMED = 3;

	private static final String SUBJECT = "digest ";

	/** The maximum number of groups that fit on five pages. */
	static final int MOST_GROUPS = 300;

	/**
	 * A lower limit for frequent digests, so that a flood of new names does not get five
	 * pages each time.
	 */
	static final int MOST_GROUPS_SOON_AGAIN = 100;

	/** How many digests in an hour make the next one frequent. */
	private static final int SOON_AGAIN = 3;

	/** With five pages each, half of what a robot accepts in a minute. */
	private static final int MOST_WAITING = 2;

	private final DumpLedger ledger;

	private final FailureRepository failures;

	private final Outbox outbox;

	private final Messages messages;

	private final Times times;

	private final DumpLinks links;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	private final Clock clock;

	Digests(DumpLedger ledger, FailureRepository failures, Outbox outbox, ZoneId zone, DumpLinks links,
			JdbcTemplate jdbc, TransactionTemplate transaction, Clock clock) {
		this.ledger = ledger;
		this.failures = failures;
		this.outbox = outbox;
		this.messages = new Messages(Digests.class, outbox.language().locale());
		this.times = new Times(zone);
		this.links = links;
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Composes a digest of every dump that no message contains yet and stores it in the
	 * outbox, in one transaction. Workloads that do not fit are left for the next digest.
	 * While too many earlier digests wait in the outbox nothing is composed: one later
	 * digest then covers everything instead of many that delay other messages. Does
	 * nothing without a robot, in a dry run, or when there is nothing to report.
	 * @param run the run
	 * @param without volumes whose dumps are left for a later digest
	 * @return whether there is a new digest to send
	 */
	public boolean compose(Run run, Set<String> without) {
		if (!this.outbox.isConfigured() || run.dryRun() || this.outbox.waiting(SUBJECT) >= MOST_WAITING) {
			return false;
		}
		return Boolean.TRUE.equals(this.transaction.execute((status) -> composeAll(run, without)));
	}

	/**
	 * Returns the digest that {@link #compose} would store now.
	 * @param run the run
	 * @return the pages without links; none when there is nothing to report
	 */
	public List<String> preview(Run run) {
		List<UnnotifiedGroup> groups = this.ledger.unnotified(run.now(), Set.of(), mostGroups());
		return groups.isEmpty() ? List.of()
				: pages(0, run.now(), groups).stream().map(DigestPage::text).map(DumpLinks::without).toList();
	}

	private boolean composeAll(Run run, Set<String> without) {
		// A pass and the service's polling may compose at the same time.
		this.jdbc.queryForList("SELECT id FROM digest_lock WHERE id = 1 FOR UPDATE");
		List<UnnotifiedGroup> groups = this.ledger.unnotified(run.now(), without, mostGroups());
		if (groups.isEmpty()) {
			return false;
		}
		long number = number(run);
		List<DigestPage> pages = pages(number, run.now(), groups);
		long message = this.outbox
			.post(new OutboundMessage(SUBJECT + number, pages.stream().map(DigestPage::text).toList()))
			.orElseThrow();
		long reported = 0;
		for (int i = 0; i < pages.size(); i++) {
			for (int group : pages.get(i).groups()) {
				reported += this.ledger.assign(groups.get(group), message, i + 1, run.now());
			}
		}
		this.jdbc.update("UPDATE digest SET message_id = ? WHERE id = ?", message, number);
		logger.info("digest {} reports {} dumps on {} pages", number, reported, pages.size());
		return true;
	}

	private int mostGroups() {
		Integer digests = this.jdbc.queryForObject("SELECT COUNT(*) FROM digest WHERE composed_at > ?", Integer.class,
				this.clock.instant().minus(Duration.ofHours(1)).toEpochMilli());
		return (digests != null && digests >= SOON_AGAIN) ? MOST_GROUPS_SOON_AGAIN : MOST_GROUPS;
	}

	private long number(Run run) {
		GeneratedKeyHolder key = new GeneratedKeyHolder();
		this.jdbc.update((connection) -> {
			PreparedStatement insert = connection.prepareStatement(
					"INSERT INTO digest (run_id, composed_at) VALUES (?, ?)", Statement.RETURN_GENERATED_KEYS);
			insert.setLong(1, run.id());
			insert.setLong(2, this.clock.instant().toEpochMilli());
			return insert;
		}, key);
		return Objects.requireNonNull(key.getKey()).longValue();
	}

	private List<DigestPage> pages(long number, Instant at, List<UnnotifiedGroup> unnotified) {
		List<List<UnnotifiedDump>> newest = unnotified.stream()
			.map((group) -> this.ledger.newestUnnotified(group, NAMED, at))
			.toList();
		Map<String, FailureStatistics> statistics = this.failures.statistics(newest.stream()
			.flatMap(List::stream)
			.map(UnnotifiedDump::cause)
			.filter(Objects::nonNull)
			.map(DumpCause::fingerprint)
			.filter(Objects::nonNull)
			.toList());
		List<DigestGroup> groups = new ArrayList<>();
		for (int i = 0; i < unnotified.size(); i++) {
			FailureStatistics seen = DigestGroup.cause(newest.get(i))
				.map(DumpCause::fingerprint)
				.map(statistics::get)
				.orElse(null);
			groups.add(new DigestGroup(i, unnotified.get(i), newest.get(i), seen));
		}
		return new DigestLayout(this.outbox.dialect(), this.messages, this.times, this.links.validity().orElse(null),
				number, at, groups, this.links::bytes, this.links.console())
			.pages();
	}

	@Override
	public void delivered(long message, int page, Instant at) {
		this.ledger.markNotified(message, page, at);
	}

}
