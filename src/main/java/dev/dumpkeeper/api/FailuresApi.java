package dev.dumpkeeper.api;

import java.time.Clock;
import java.time.Duration;
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
import dev.dumpkeeper.api.DumpsApi.Dump;
import dev.dumpkeeper.ledger.DumpSearch;
import dev.dumpkeeper.ledger.FailureRepository;
import dev.dumpkeeper.ledger.FailureRepository.FailureStatistics;
import dev.dumpkeeper.ledger.FailureSums;
import dev.dumpkeeper.ledger.FailureSums.FailureSum;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.Page;

/**
 * Failures, the one with the newest dump first.
 */
@RestController
@ConditionalOnApi
@RequestMapping(path = "/api/failures", produces = MediaType.APPLICATION_JSON_VALUE)
class FailuresApi {

	private static final int MOST_DAYS = 90;

	private static final int NEWEST = 50;

	private final DumpSearch dumps;

	private final FailureRepository failures;

	private final Clock clock;

	FailuresApi(DumpSearch dumps, FailureRepository failures, Clock clock) {
		this.dumps = dumps;
		this.failures = failures;
		this.clock = clock;
	}

	@GetMapping
	FailureList failures(@RequestParam(defaultValue = "30") int days,
			@RequestParam(required = false) @Nullable Long before,
			@RequestParam(defaultValue = Pages.USUAL) int limit) {
		int size = Pages.size(limit);
		if (days < 1 || days > MOST_DAYS) {
			throw new InvalidRequestException("days is invalid; expected a number from 1 to " + MOST_DAYS);
		}
		FailureSums sums = this.dumps.failuresSince(this.clock.instant().minus(Duration.ofDays(days))).ofErrors();
		List<Failure> found = sums.behind(before).first(size + 1).stream().map(Failure::of).toList();
		Page<Failure, Long> page = Page.cut(found, size, (failure) -> failure.newest().id());
		return new FailureList(page.entries(), page.next(), sums.isCut());
	}

	@GetMapping("/{failure}")
	FailureDetails failure(@PathVariable String failure) {
		String stack = this.failures.stack(failure).orElse("");
		List<Dump> newest = this.dumps.ofFailure(failure, NEWEST).stream().map(Dump::of).toList();
		if (stack.isEmpty() && newest.isEmpty()) {
			throw new NotFoundException();
		}
		FailureStatistics statistics = this.failures.statistics(List.of(failure)).get(failure);
		return new FailureDetails(failure, (statistics != null) ? statistics.dumps() : newest.size(),
				(statistics != null) ? statistics.workloads() : 0, (statistics != null) ? statistics.since() : null,
				stack.lines().toList(), newest);
	}

	/**
	 * A page of failures.
	 *
	 * @param failures the one with the newest dump first
	 * @param next the value of {@code before} for the next page, {@code null} at the end
	 * @param cut whether the span has more dumps than the 10,000 newest, which are
	 * counted
	 */
	record FailureList(List<Failure> failures, @Nullable Long next, boolean cut) {

	}

	/**
	 * A failure in a span of days.
	 */
	record Failure(String failure, @Nullable String topFrame, long dumps, long bytes, List<String> workloads,
			Instant first, Dump newest) {

		static Failure of(FailureSum sum) {
			return new Failure(String.valueOf(sum.fingerprint()), Pages.orNull(sum.topFrame()), sum.dumps(),
					sum.bytes(), List.copyOf(sum.workloads()), sum.first(), Dump.of(sum.newest()));
		}

	}

	/**
	 * All that is known of a failure.
	 */
	record FailureDetails(String failure, long dumps, long workloads, @Nullable Instant since, List<String> stack,
			List<Dump> newest) {

	}

}
