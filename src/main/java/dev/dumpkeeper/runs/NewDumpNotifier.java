package dev.dumpkeeper.runs;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;

import dev.dumpkeeper.database.FailureClassifier;
import dev.dumpkeeper.digest.Digests;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.NewDumpFinder;
import dev.dumpkeeper.notify.DeliveryReport;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.notify.OutboxState;
import dev.dumpkeeper.run.ExitCode;
import dev.dumpkeeper.run.ProcessIdentity;
import dev.dumpkeeper.run.Run;
import dev.dumpkeeper.run.StoppedException;
import dev.dumpkeeper.runs.RunRecord.Outcome;

/**
 * Notifies people of new dumps between runs.
 */
final class NewDumpNotifier {

	private final NewDumpFinder dumps;

	private final DumpLedger ledger;

	private final Digests digests;

	private final Outbox outbox;

	private final RunRepository runs;

	private final Clock clock;

	NewDumpNotifier(NewDumpFinder dumps, DumpLedger ledger, Digests digests, Outbox outbox, RunRepository runs,
			Clock clock) {
		this.dumps = dumps;
		this.ledger = ledger;
		this.digests = digests;
		this.outbox = outbox;
		this.runs = runs;
		this.clock = clock;
	}

	/**
	 * Triages new dumps, composes a digest of those that are ready, and sends waiting
	 * messages unless they need manual action. Recorded as a run.
	 */
	void notifyPeople() {
		this.dumps.triage();
		Instant now = this.clock.instant();
		// Dumps without triage belong in the same digest: twenty thousand old dumps are
		// one message rather than one each minute.
		Set<String> without = this.ledger.volumesInWork(now);
		boolean news = this.ledger.hasUnnotified(now, without);
		OutboxState waiting = this.outbox.state();
		if (news || waiting.pages() > 0 && !waiting.permanent()) {
			deliver(news, without, now);
		}
	}

	private void deliver(boolean news, Set<String> without, Instant now) {
		RunRecord record = this.runs.save(RunRecord.ofPoll(now, ProcessIdentity.name()));
		try {
			if (news) {
				this.digests.compose(new Run(record.number(), now, false), without);
			}
			DeliveryReport report = this.outbox.deliver();
			this.runs.save(record.ended(Outcome.COMPLETED,
					(report.waiting() > 0) ? ExitCode.NOT_DELIVERED : ExitCode.OK, this.clock.instant(), null));
		}
		catch (StoppedException ex) {
			this.runs.save(record.ended(Outcome.STOPPED, ExitCode.STOPPED, this.clock.instant(), null));
			throw ex;
		}
		catch (RuntimeException ex) {
			this.runs.save(record.ended(Outcome.FAILED, FailureClassifier.of(ex).code(), this.clock.instant(), null));
			throw ex;
		}
	}

}
