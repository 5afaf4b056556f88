package dev.dumpkeeper.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.util.UriComponentsBuilder;

import dev.dumpkeeper.capacity.CapacityChecks;
import dev.dumpkeeper.capacity.CapacityLevel;
import dev.dumpkeeper.capacity.CapacityReading;
import dev.dumpkeeper.digest.DailyStatus.ActionItem;
import dev.dumpkeeper.ledger.DumpSearch;
import dev.dumpkeeper.ledger.FailureSums;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.notify.OutboxState;
import dev.dumpkeeper.retention.ExpiryPlan;
import dev.dumpkeeper.retention.PlanBook;
import dev.dumpkeeper.runs.DailyStatusCollector;
import dev.dumpkeeper.runs.DailyStatusCollector.LastPass;
import dev.dumpkeeper.runs.Jobs;
import dev.dumpkeeper.runs.Jobs.JobOverview;

/**
 * The first page: what requires action, which JVMs died, how full the volumes are, what
 * ran and what runs next.
 */
@Controller
@ConditionalOnConsole
class OverviewController {

	/** Two hours more than the six between passes, as the health has it. */
	private static final Duration LATE = Duration.ofHours(8);

	private static final Duration LATELY = Duration.ofDays(1);

	private static final int SHOWN = 12;

	/**
	 * Exit codes of runs that did not do their work: unexpected, configuration, database.
	 */
	private static final Set<Integer> BROKEN = Set.of(1, 2, 7);

	private final DailyStatusCollector status;

	private final CapacityChecks capacity;

	private final DumpSearch dumps;

	private final Outbox outbox;

	private final Jobs jobs;

	private final PlanBook plans;

	private final Shown shown;

	OverviewController(DailyStatusCollector status, CapacityChecks capacity, DumpSearch dumps, Outbox outbox, Jobs jobs,
			PlanBook plans, Shown shown) {
		this.plans = plans;
		this.status = status;
		this.capacity = capacity;
		this.dumps = dumps;
		this.outbox = outbox;
		this.jobs = jobs;
		this.shown = shown;
	}

	@GetMapping("/console")
	String overview(Model model) {
		Instant now = this.shown.now();
		List<CapacityReading> volumes = this.capacity.latest(now)
			.values()
			.stream()
			.sorted(Comparator.comparing(CapacityReading::level)
				.thenComparing(OverviewController::share)
				.reversed()
				.thenComparing((reading) -> reading.capacity().volume()))
			.toList();
		List<JobOverview> jobs = this.jobs.all();
		FailureSums deaths = this.dumps.failuresSince(now.minus(LATELY));
		model.addAttribute("needs", needs(now, volumes, jobs));
		model.addAttribute("volumes", volumes.stream().limit(SHOWN).toList());
		model.addAttribute("moreVolumes", Math.max(0, volumes.size() - SHOWN));
		model.addAttribute("deaths", deaths.first(SHOWN));
		model.addAttribute("moreDeaths", Math.max(0, deaths.size() - SHOWN));
		model.addAttribute("summedUp", deaths.isCut() ? DumpSearch.SUMMED_UP : null);
		model.addAttribute("jobs", jobs);
		return "overview";
	}

	/** An approved plan requires no action any more. */
	private boolean isApproved(ActionItem action) {
		return action.kind() == ActionItem.Kind.PLAN_REFUSED && action.subject().matches("\\d{1,18}")
				&& this.plans.find(Long.parseLong(action.subject()))
					.filter((plan) -> plan.state() != ExpiryPlan.State.REFUSED)
					.isPresent();
	}

	/** The last run of a job that says what is broken; of a pass the report says more. */
	private static Optional<Need> failed(JobOverview job) {
		return job.runs().stream().filter((run) -> run.exitCode() != null).findFirst().flatMap((run) -> {
			int code = Objects.requireNonNullElse(run.exitCode(), 0);
			String link = "/console/runs/" + job.job() + "/" + run.id();
			if (code == 6) {
				return Optional.of(new Need("gateway-away", job.job(), link, "bad"));
			}
			return (BROKEN.contains(code) && !job.job().equals("maintenance"))
					? Optional.of(new Need("run-failed", job.job(), Integer.toString(code), "", link, "bad"))
					: Optional.empty();
		});
	}

	private String used(CapacityReading reading) {
		return this.shown.percent(reading.capacity().usedBytes(), reading.capacity().capacityBytes()) + " %";
	}

	private static double share(CapacityReading reading) {
		Long capacity = reading.capacity().capacityBytes();
		return (capacity != null) ? (double) reading.capacity().usedBytes() / capacity : 0;
	}

	private static String volumePage(String volume) {
		return UriComponentsBuilder.fromPath("/console/volume")
			.queryParam("name", "{name}")
			.encode()
			.buildAndExpand(volume)
			.toUriString();
	}

	private List<Need> needs(Instant now, List<CapacityReading> volumes, List<JobOverview> jobs) {
		List<Need> needs = new ArrayList<>();
		LastPass last = this.status.lastPass();
		String run = (last.run() != null) ? "/console/runs/maintenance/" + last.run() : "/console/runs";
		last.actions()
			.stream()
			.filter((action) -> !isApproved(action))
			.forEach((action) -> needs.add(switch (action.kind()) {
				case PLAN_REFUSED ->
					new Need("plan-refused", action.subject(), "/console/plans/" + action.subject(), "bad");
				case PASS_FAILED -> new Need("pass-failed", action.subject(), run, "bad");
				case VOLUME_UNREADABLE -> new Need("volume-unreadable", action.subject(), run, "bad");
				case MARKER_MISSING -> new Need("marker-missing", action.subject(), run, "warn");
				case OBJECTS_STUCK ->
					new Need("objects-stuck", action.subject(), volumePage(action.subject()) + "#stuck", "warn");
			}));
		volumes.stream()
			.filter((reading) -> reading.level().compareTo(CapacityLevel.HIGH) >= 0)
			.forEach((reading) -> needs.add(new Need("volume-" + reading.level(), reading.capacity().volume(),
					used(reading), this.shown.minute(reading.readAt()), volumePage(reading.capacity().volume()),
					(reading.level() == CapacityLevel.CRITICAL) ? "bad" : "warn")));
		jobs.forEach((job) -> failed(job).ifPresent(needs::add));
		OutboxState messages = this.outbox.state();
		if (messages.pages() > 0 && messages.permanent()) {
			needs.add(new Need("message-refused", messages.problem().orElse(""), "/console/messages", "bad"));
		}
		Instant success = last.success();
		if (success != null && success.plus(LATE).isBefore(now)) {
			needs.add(new Need("success-late", this.shown.time(success), "/console/runs", "bad"));
		}
		return needs;
	}

	/**
	 * A problem that requires manual action.
	 *
	 * @param kind what it is, as the bundles name it
	 * @param subject the object; a foreign text
	 * @param more what is said beside it, empty without
	 * @param at when, empty without
	 * @param link where it can be solved
	 * @param tone how bad it is: bad or warn
	 */
	record Need(String kind, String subject, String more, String at, String link, String tone) {

		Need(String kind, String subject, String link, String tone) {
			this(kind, subject, "", "", link, tone);
		}

	}

}
