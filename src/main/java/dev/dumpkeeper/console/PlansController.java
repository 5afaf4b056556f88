package dev.dumpkeeper.console;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import dev.dumpkeeper.console.ConsoleAdvice.MissingPageException;
import dev.dumpkeeper.retention.PlanBook;
import dev.dumpkeeper.retention.PlanBook.ItemRow;
import dev.dumpkeeper.retention.PlanBook.PlanRow;
import dev.dumpkeeper.retention.PlanBook.VolumeRow;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.runs.JobName;
import dev.dumpkeeper.runs.Jobs;
import dev.dumpkeeper.runs.Jobs.RunOverview;
import dev.dumpkeeper.web.AuditTrail;
import dev.dumpkeeper.web.Caller;

/**
 * What would go or went, and the approval of what a brake refused.
 */
@Controller
@ConditionalOnConsole
@RequestMapping("/console/plans")
class PlansController {

	private static final int PAGE = 50;

	private final PlanBook plans;

	private final Jobs jobs;

	private final AuditTrail audit;

	PlansController(PlanBook plans, Jobs jobs, AuditTrail audit) {
		this.plans = plans;
		this.jobs = jobs;
		this.audit = audit;
	}

	@GetMapping
	String list(Model model, @RequestParam(required = false) @Nullable Long before) {
		List<PlanRow> found = this.plans.find(before, PAGE + 1);
		model.addAttribute("plans", found.subList(0, Math.min(PAGE, found.size())));
		model.addAttribute("next", (found.size() > PAGE) ? found.get(PAGE - 1).id() : null);
		model.addAttribute("isFirst", before == null);
		return "plans";
	}

	@GetMapping("/{id:\\d{1,18}}")
	String plan(Model model, @PathVariable long id, @RequestParam(required = false) @Nullable Long part,
			@RequestParam(defaultValue = "0") int after) {
		PlanRow plan = this.plans.find(id).orElseThrow(MissingPageException::new);
		List<VolumeRow> volumes = this.plans.volumes(id);
		VolumeRow shown = volumes.stream()
			.filter((volume) -> part == null || volume.id() == part)
			.findFirst()
			.orElse(null);
		List<ItemRow> items = (shown != null) ? this.plans.items(id, shown.id(), after, PAGE + 1) : List.of();
		model.addAttribute("plan", plan);
		model.addAttribute("volumes", volumes);
		model.addAttribute("part", shown);
		model.addAttribute("items", items.subList(0, Math.min(PAGE, items.size())));
		model.addAttribute("next", (items.size() > PAGE) ? items.get(PAGE - 1).seq() : null);
		return "plan";
	}

	/** Who types the number has read which plan it is. */
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

}
