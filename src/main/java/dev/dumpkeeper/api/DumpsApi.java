package dev.dumpkeeper.api;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.dumpkeeper.api.ApiAdvice.NotFoundException;
import dev.dumpkeeper.ledger.DumpSearch;
import dev.dumpkeeper.ledger.DumpSearch.DumpDetail;
import dev.dumpkeeper.ledger.DumpSearch.DumpFilter;
import dev.dumpkeeper.ledger.DumpSearch.DumpPage;
import dev.dumpkeeper.ledger.DumpSearch.DumpRow;
import dev.dumpkeeper.ledger.DumpState;
import dev.dumpkeeper.ledger.HeapTable;
import dev.dumpkeeper.retention.ExpectedExpiries;
import dev.dumpkeeper.retention.ExpiryRule;
import dev.dumpkeeper.retention.KeepReason;

/**
 * Dumps, the last one seen first.
 */
@RestController
@ConditionalOnApi
@RequestMapping(path = "/api/dumps", produces = MediaType.APPLICATION_JSON_VALUE)
class DumpsApi {

	private final DumpSearch dumps;

	private final ExpectedExpiries expiries;

	DumpsApi(DumpSearch dumps, ExpectedExpiries expiries) {
		this.dumps = dumps;
		this.expiries = expiries;
	}

	@GetMapping
	DumpList dumps(@RequestParam(defaultValue = "true") boolean present, @RequestParam(defaultValue = "") String volume,
			@RequestParam(defaultValue = "") String environment, @RequestParam(defaultValue = "") String workload,
			@RequestParam(required = false) @Nullable DumpState state, @RequestParam(defaultValue = "") String failure,
			@RequestParam(defaultValue = "") String text, @RequestParam(required = false) @Nullable Long before,
			@RequestParam(defaultValue = Pages.USUAL) int limit) {
		DumpPage page = this.dumps.find(new DumpFilter(!present, volume, environment, workload, state, failure, text),
				before, Pages.size(limit));
		return new DumpList(page.rows().stream().map(Dump::of).toList(), page.next(), page.isCut());
	}

	@GetMapping("/{id}")
	DumpDetails dump(@PathVariable long id) {
		DumpDetail detail = this.dumps.detail(id).orElseThrow(NotFoundException::new);
		return DumpDetails.of(detail, this.expiries.lastRule(id).orElse(null));
	}

	/**
	 * A page of dumps.
	 *
	 * @param dumps the last one seen first
	 * @param next the value of {@code before} for the next page, {@code null} at the end
	 * @param searchEnded whether the page ends because enough dumps were read, so that
	 * more may follow on the next page
	 */
	record DumpList(List<Dump> dumps, @Nullable Long next, boolean searchEnded) {

	}

	/**
	 * A dump in a list; what is not known is {@code null}.
	 */
	record Dump(long id, String volume, String key, long bytes, Instant lastModified, Instant firstSeen,
			DumpState state, @Nullable String environment, @Nullable String workload, @Nullable String pod,
			@Nullable String cause, @Nullable String failure, @Nullable String topFrame, @Nullable Instant notifiedAt,
			@Nullable Instant heldUntil, @Nullable String heldBy, @Nullable String fate, @Nullable Instant goneAt) {

		static Dump of(DumpRow row) {
			return new Dump(row.id(), row.volume(), row.key(), row.size(), row.lastModified(), row.firstSeen(),
					row.state(), Pages.orNull(row.environment()), Pages.orNull(row.workload()), Pages.orNull(row.pod()),
					Pages.orNull(row.cause()), row.fingerprint(), Pages.orNull(row.topFrame()), row.notifiedAt(),
					row.heldUntil(), Pages.orNull(row.heldBy()), Pages.orNull(row.fate()), row.goneAt());
		}

	}

	/**
	 * All that is known of a dump.
	 */
	record DumpDetails(Dump dump, @Nullable String reason, @Nullable String project, @Nullable Instant diedAt,
			@Nullable String notifiedBy, @Nullable String holdReason, @Nullable Instant receiptAt,
			@Nullable Instant triagedAt, @Nullable Long message, @Nullable Long plan, @Nullable Instant lastSeen,
			boolean hasDuplicate, List<String> stack, @Nullable Heap heap, @Nullable Expiry expiry) {

		static DumpDetails of(DumpDetail detail, @Nullable ExpiryRule expiry) {
			HeapTable heap = detail.heap();
			return new DumpDetails(Dump.of(detail.dump()), Pages.orNull(detail.reason()),
					Pages.orNull(detail.project()), detail.diedAt(), detail.notifiedBy(),
					Pages.orNull(detail.holdReason()), detail.receiptAt(), detail.triagedAt(), detail.message(),
					detail.plan(), detail.lastSeen(), detail.hasDuplicate(), detail.stack().lines().toList(),
					(heap != null) ? Heap.of(heap) : null,
					(expiry != null) ? new Expiry(expiry.kind(), expiry.at()) : null);
		}

	}

	/**
	 * What is on a heap.
	 */
	record Heap(boolean complete, @Nullable String summary, long instances, long bytes, List<HeapClass> classes,
			List<String> holders) {

		static Heap of(HeapTable heap) {
			return new Heap(heap.isWhole(), Pages.orNull(heap.sentence()), heap.instances(), heap.bytes(),
					heap.rows().stream().map((row) -> new HeapClass(row.name(), row.instances(), row.bytes())).toList(),
					heap.holders());
		}

	}

	/**
	 * A class that takes much of a heap.
	 */
	record HeapClass(String name, long instances, long bytes) {

	}

	/**
	 * When a dump may be deleted at the earliest, and by which rule.
	 */
	record Expiry(KeepReason rule, @Nullable Instant at) {

	}

}
