package dev.dumpkeeper.console;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import dev.dumpkeeper.console.ConsoleAdvice.MissingPageException;
import dev.dumpkeeper.ledger.DumpHistory.WorkloadSum;
import dev.dumpkeeper.ledger.DumpOrigin;
import dev.dumpkeeper.ledger.DumpSearch.DumpRow;
import dev.dumpkeeper.ledger.PlannedDumps;
import dev.dumpkeeper.retention.ExpectedExpiries;
import dev.dumpkeeper.retention.ExpiryRule;
import dev.dumpkeeper.retention.KeepReason;
import dev.dumpkeeper.retention.PlanBook;
import dev.dumpkeeper.retention.PlanBook.ItemRow;
import dev.dumpkeeper.retention.PlanBook.PlanRow;
import dev.dumpkeeper.retention.PlanBook.VolumeRow;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.Page;
import dev.dumpkeeper.runs.JobName;
import dev.dumpkeeper.runs.Jobs;
import dev.dumpkeeper.runs.Jobs.RunOverview;
import dev.dumpkeeper.web.AuditTrail;
import dev.dumpkeeper.web.Caller;

/**
 * Shows what plans delete, and approves plans that a brake refused.
 */
@Controller
@ConditionalOnConsole
@RequestMapping("/console/plans")
class PlansController {

	private static final int PAGE = 50;

	private static final int VOLUMES = 100;

	/** Items that are read at once for a file of all. */
	private static final int READ = 1000;

	/** Items of a volume that are summed up by workload. */
	private static final int SUMMED_UP = 5000;

	private static final int WORKLOADS = 20;

	private final PlanBook plans;

	private final PlannedDumps dumps;

	private final ExpectedExpiries expiries;

	private final Jobs jobs;

	private final AuditTrail audit;

	PlansController(PlanBook plans, PlannedDumps dumps, ExpectedExpiries expiries, Jobs jobs, AuditTrail audit) {
		this.plans = plans;
		this.dumps = dumps;
		this.expiries = expiries;
		this.jobs = jobs;
		this.audit = audit;
	}

	@GetMapping
	String list(Model model, @RequestParam(required = false) @Nullable Long before) {
		Page<PlanRow, Long> page = Page.cut(this.plans.find(before, PAGE + 1), PAGE, PlanRow::id);
		model.addAttribute("plans", page.entries());
		model.addAttribute("next", page.next());
		model.addAttribute("isFirst", before == null);
		return "plans";
	}

	@GetMapping("/{id:\\d{1,18}}")
	String plan(Model model, @PathVariable long id, @RequestParam(required = false) @Nullable Long part,
			@RequestParam(defaultValue = "0") int after, @RequestParam(defaultValue = "0") int from) {
		PlanRow plan = this.plans.find(id).orElseThrow(MissingPageException::new);
		List<VolumeRow> volumes = this.plans.volumes(id);
		VolumeRow shown = volumes.stream()
			.filter((volume) -> part == null || volume.id() == part)
			.findFirst()
			.orElse(null);
		Page<ItemRow, Integer> items = Page
			.cut((shown != null) ? this.plans.items(id, shown.id(), after, PAGE + 1) : List.of(), PAGE, ItemRow::seq);
		model.addAttribute("plan", plan);
		Page<VolumeRow, Integer> page = Page.from(volumes, from, VOLUMES);
		model.addAttribute("volumes", page.entries());
		model.addAttribute("from", Math.max(0, from));
		model.addAttribute("nextVolumes", page.next());
		model.addAttribute("part", shown);
		model.addAttribute("items", (shown != null) ? named(shown.volume(), items.entries()) : List.of());
		List<WorkloadSum> workloads = (shown != null) ? workloads(this.plans.items(id, shown.id(), 0, SUMMED_UP))
				: List.of();
		model.addAttribute("workloads", workloads.stream().limit(WORKLOADS).toList());
		model.addAttribute("moreWorkloads", Math.max(0, workloads.size() - WORKLOADS));
		model.addAttribute("summedUp", SUMMED_UP);
		model.addAttribute("next", items.next());
		return "plan";
	}

	/** By workload, as far as the names of their keys show it, the largest first. */
	private List<WorkloadSum> workloads(List<ItemRow> items) {
		Map<List<String>, LongSummaryStatistics> sums = items.stream().collect(Collectors.groupingBy((item) -> {
			DumpOrigin origin = this.dumps.originOf(item.key());
			return List.of(origin.environment(), origin.workload());
		}, Collectors.summarizingLong(ItemRow::size)));
		return sums.entrySet()
			.stream()
			.map((sum) -> new WorkloadSum(sum.getKey().get(0), sum.getKey().get(1), sum.getValue().getCount(),
					sum.getValue().getSum()))
			.sorted(Comparator.comparingLong(WorkloadSum::bytes).reversed())
			.toList();
	}

	/** With the dumps that they are or were, and the rule that keeps each longest. */
	private List<NamedItem> named(String volume, List<ItemRow> items) {
		Map<String, DumpRow> dumps = this.dumps.byKey(volume, items.stream().map(ItemRow::key).toList());
		Map<Long, ExpiryRule> rules = this.expiries.lastRules(dumps.values().stream().map(DumpRow::id).toList());
		return items.stream().map((item) -> {
			DumpRow dump = dumps.get(item.key());
			ExpiryRule rule = (dump != null) ? rules.get(dump.id()) : null;
			return new NamedItem(item, dump, (dump == null) ? KeepReason.YOUNG : (rule != null) ? rule.kind() : null);
		}).toList();
	}

	/** All that a plan names of all its volumes, a line each. */
	@GetMapping("/{id:\\d{1,18}}/items.csv")
	void csv(@PathVariable long id, HttpServletResponse response) throws IOException {
		this.plans.find(id).orElseThrow(MissingPageException::new);
		response.setContentType("text/csv;charset=UTF-8");
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"plan-" + id + ".csv\"");
		Csv csv = new Csv(response.getWriter());
		csv.line("volume", "key", "bytes", "written", "rule", "outcome", "detail");
		for (VolumeRow volume : this.plans.volumes(id)) {
			int after = 0;
			while (true) {
				List<ItemRow> items = this.plans.items(id, volume.id(), after, READ);
				for (NamedItem named : named(volume.volume(), items)) {
					ItemRow item = named.item();
					KeepReason rule = named.rule();
					csv.line(volume.volume(), item.key(), item.size(), item.lastModified(), (rule != null) ? rule : "",
							item.outcome(), item.detail());
				}
				if (items.size() < READ) {
					break;
				}
				after = items.get(READ - 1).seq();
			}
		}
	}

	/** Typing the plan's number confirms that the right plan is approved. */
	@PostMapping("/{id:\\d{1,18}}/approve")
	String approve(HttpServletRequest request, @PathVariable long id, @RequestParam(defaultValue = "") String number) {
		Caller caller = Caller.of(request);
		String job = JobName.EXPIRE_DUMPS.text();
		try {
			if (!number.strip().equals(Long.toString(id))) {
				throw new InvalidRequestException("the number that was typed is not the plan's");
			}
			RunOverview run = this.jobs.start(job, false, List.of(), id, caller.starter());
			this.audit.record(caller.name(), caller.address(), "approve", job + " approve=" + id, "accepted");
			return "redirect:/console/runs/" + job + "/" + run.id();
		}
		catch (RuntimeException ex) {
			this.audit.record(caller.name(), caller.address(), "approve", job + " approve=" + id,
					"refused: " + ex.getMessage());
			throw ex;
		}
	}

	/**
	 * An item with what is known of it.
	 *
	 * @param item as the plan names it
	 * @param dump the dump that it is or was, {@code null} where it is none
	 * @param rule the rule that keeps it longest, {@code null} when it is gone
	 */
	record NamedItem(ItemRow item, @Nullable DumpRow dump, @Nullable KeepReason rule) {

	}

}
