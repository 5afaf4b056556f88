package dev.dumpkeeper.digest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.DumpLedger.LedgerSpan;
import dev.dumpkeeper.ledger.DumpLedger.LedgerTotals;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;
import dev.dumpkeeper.notify.OutboundMessage;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.text.Messages;

/**
 * Posts a report of the previous day once a day, even if nothing happened, so that its
 * absence indicates a failure.
 */
public final class DailyReports {

	private final DumpLedger ledger;

	private final Outbox outbox;

	private final ZoneId zone;

	private final ConsoleLinks console;

	DailyReports(DumpLedger ledger, Outbox outbox, ZoneId zone, ConsoleLinks console) {
		this.ledger = ledger;
		this.outbox = outbox;
		this.zone = zone;
		this.console = console;
	}

	/**
	 * Returns when the day before the run's day began.
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
	 * Stores yesterday's report in the outbox. It is stored once, however often and by
	 * whichever process this is called.
	 * @param run the run
	 * @param status the state at the end of the day
	 * @return whether this call stored it; {@code false} when it is stored already, in a
	 * dry run, or without a robot
	 */
	public boolean post(Run run, DailyStatus status) {
		return this.outbox.isConfigured() && !run.dryRun()
				&& this.outbox.post(new OutboundMessage("daily-report " + day(run), List.of(preview(run, status))))
					.isPresent();
	}

	/**
	 * Returns the report that {@link #post} would store.
	 * @param run the run
	 * @param status the state at the end of the day
	 * @return the page
	 */
	public String preview(Run run, DailyStatus status) {
		Instant from = yesterday(run);
		LedgerSpan span = this.ledger.span(from, day(run).plusDays(1).atStartOfDay(this.zone).toInstant());
		Messages messages = new Messages(DailyReports.class, this.outbox.language().locale());
		LedgerTotals totals = this.ledger.totals(run.now());
		DailyFacts facts = new DailyFacts(day(run), span.seen(),
				span.seen().stream().mapToLong(UnnotifiedGroup::dumps).sum(),
				span.seen().stream().mapToLong(UnnotifiedGroup::bytes).sum(), span.notified(), span.expired(),
				span.freedBytes(), status.failed(), totals.held(), totals.unnotified(), totals.unnotifiedBytes(),
				status.volumes(),
				status.actions()
					.stream()
					.map((action) -> messages.text("action." + action.kind(), action.subject()))
					.toList(),
				status.lastSuccess());
		return new DailyReportText(this.outbox.dialect(), this.outbox.language(), this.zone, DailyReportText.THRESHOLD,
				this.console)
			.text(facts);
	}

}
