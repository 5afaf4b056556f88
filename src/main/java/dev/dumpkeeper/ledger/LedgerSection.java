package dev.dumpkeeper.ledger;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.core.annotation.Order;

import dev.dumpkeeper.ledger.DumpLedger.LedgerSpan;
import dev.dumpkeeper.ledger.DumpLedger.LedgerTotals;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedGroup;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.text.ByteSizeFormat;

/**
 * Reports the present dumps and what happened to dumps during a run.
 */
@Order(40)
final class LedgerSection implements ReportSection {

	private final DumpLedger ledger;

	LedgerSection(DumpLedger ledger) {
		this.ledger = ledger;
	}

	@Override
	public void write(Report report) {
		LedgerTotals dumps = this.ledger.totals(report.end());
		LedgerSpan span = this.ledger.span(report.run().now(), report.end().plusMillis(1));
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("known", dumps.dumps());
		json.put("bytes", dumps.bytes());
		json.put("new", span.seen().stream().mapToLong(UnnotifiedGroup::dumps).sum());
		json.put("notified", span.notified());
		json.put("unnotified", dumps.unnotified());
		json.put("unnotifiedBytes", dumps.unnotifiedBytes());
		json.put("beingWritten", dumps.writing());
		json.put("fromTheFuture", dumps.fromTheFuture());
		json.put("notTriaged", dumps.unseen());
		json.put("held", dumps.held());
		json.put("heldBytes", dumps.heldBytes());
		json.put("vanished", span.vanished());
		report.put("dumps", json);
		report.text("\ndumps: " + Report.count(dumps.dumps()) + ", " + ByteSizeFormat.format(dumps.bytes())
				+ also(span.notified(), " announced now")
				+ also(dumps.unnotified(),
						" not yet announced (" + ByteSizeFormat.format(dumps.unnotifiedBytes()) + ")")
				+ also(dumps.writing(), " being written") + also(dumps.unseen(), " not checked yet")
				+ also(dumps.fromTheFuture(),
						" with a time in the future (their age counts from when they were first seen)")
				+ also(dumps.held(), " held (" + ByteSizeFormat.format(dumps.heldBytes()) + ")")
				+ also(span.vanished(), " deleted by others") + "\n");
	}

	private static String also(long number, String words) {
		return (number > 0) ? "; " + Report.count(number) + words : "";
	}

}
