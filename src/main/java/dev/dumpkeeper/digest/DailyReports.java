package dev.dumpkeeper.digest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.DumpLedger.LedgerSpan;
import dev.dumpkeeper.ledger.DumpLedger.LedgerTotals;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.text.Messages;
import dev.dumpkeeper.wecom.OutboundMessage;
import dev.dumpkeeper.wecom.Outbox;

/**
 * Tells people once a day what happened yesterday, also when nothing did: silence means
 * failure.
 */
public final class DailyReports {

	private final DumpLedger ledger;

	private final Outbox outbox;

	private final ZoneId zone;

	DailyReports(DumpLedger ledger, Outbox outbox, ZoneId zone) {
		this.ledger = ledger;
		this.outbox = outbox;
		this.zone = zone;
	}

	/**
	 * The instant at which the day before a run's began.
	 * @param run the run
	 * @return its first instant in {@code dumpkeeper.schedule.zone}
	 */
	public Instant yesterday(Run run) {
		return day(run).atStartOfDay(this.zone).toInstant();
	}

	private LocalDate day(Run run) {
		return LocalDate.ofInstant(run.now(), this.zone).minusDays(1);
	}

	/**
	 * Stores the report of yesterday in the outbox. A day's report is stored once,
	 * whichever process asks how often.
	 * @param run the run
	 * @param status how things stand
	 * @return whether this call stored it; {@code false} when it is there already, in a
	 * dry run, or without a robot
	 */
	public boolean post(Run run, DailyStatus status) {
		return this.outbox.isConfigured() && !run.dryRun()
				&& this.outbox.post(new OutboundMessage("daily-report " + day(run), List.of(preview(run, status))))
					.isPresent();
	}

	/**
	 * What {@link #post} would say.
	 * @param run the run
	 * @param status how things stand
	 * @return the page
	 */
	public String preview(Run run, DailyStatus status) {
		Instant from = yesterday(run);
		LedgerSpan span = this.ledger.span(from, day(run).plusDays(1).atStartOfDay(this.zone).toInstant());
		Messages messages = new Messages(DailyReports.class, this.outbox.language().locale());
		LedgerTotals totals = this.ledger.totals(run.now());
		DailyFacts facts = new DailyFacts(day(run), span.seen(),
				span.seen().stream().mapToLong(UnnotifiedGroup::dumps).sum(),
				span.seen().stream().mapToLong(UnnotifiedGroup::bytes).sum(), span.told(), span.expired(),
				span.freedBytes(), status.failed(), totals.held(), totals.unnotified(), totals.unnotifiedBytes(),
				status.volumes(),
				status.actions()
					.stream()
					.map((action) -> messages.text("action." + action.kind(), action.subject()))
					.toList(),
				status.lastSuccess());
		return new DailyReportText(this.outbox.language(), this.zone).text(facts);
	}

}
