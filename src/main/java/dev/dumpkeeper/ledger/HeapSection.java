package dev.dumpkeeper.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.core.annotation.Order;

import dev.dumpkeeper.ledger.DumpContents.ReadDump;
import dev.dumpkeeper.run.Report;
import dev.dumpkeeper.run.ReportSection;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.TextTable;

/**
 * Reports notable findings on the heaps that a run read.
 */
@Order(60)
final class HeapSection implements ReportSection {

	/** How many dumps are listed; the database has all of them. */
	private static final int NAMED = 20;

	private final DumpContents contents;

	HeapSection(DumpContents contents) {
		this.contents = contents;
	}

	@Override
	public void write(Report report) {
		if (!report.hasStep("readHeaps")) {
			return;
		}
		List<ReadDump> heaps = this.contents.readBetween(report.run().now(), report.end(), NAMED);
		report.put("heaps", heaps.stream().map(HeapSection::json).toList());
		report.put("heapsNotRead", this.contents.countDue());
		if (!heaps.isEmpty()) {
			TextTable table = new TextTable("HEAP", "<DUMP", "BYTES", "<WHAT STANDS OUT");
			heaps.forEach((heap) -> table.row(heap.workload().isEmpty() ? "-" : heap.workload(),
					heap.volume() + "/" + heap.key(), ByteSizeFormat.format(heap.bytes()), heap.sentence()));
			report.text("\n" + table);
		}
	}

	private static Map<String, Object> json(ReadDump heap) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("volume", heap.volume());
		json.put("key", heap.key());
		json.put("workload", heap.workload());
		json.put("bytes", heap.bytes());
		json.put("state", heap.state().name());
		json.put("suspects", heap.sentence());
		return json;
	}

}
