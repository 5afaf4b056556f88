package dev.dumpkeeper.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.runs.Jobs;
import dev.dumpkeeper.runs.Jobs.RunDetail;
import dev.dumpkeeper.runs.Jobs.RunOverview;
import dev.dumpkeeper.runs.Jobs.StepDetail;
import dev.dumpkeeper.web.AuditTrail;
import dev.dumpkeeper.web.Caller;

/**
 * Shows past runs with their reports and the current one, starts and stops runs.
 */
@Controller
@ConditionalOnConsole
@RequestMapping("/console/runs")
class RunsController {

	private final Jobs jobs;

	private final AuditTrail audit;

	RunsController(Jobs jobs, AuditTrail audit) {
		this.jobs = jobs;
		this.audit = audit;
	}

	@GetMapping
	String all(Model model) {
		model.addAttribute("jobs", this.jobs.all());
		return "runs";
	}

	@GetMapping("/{job:[a-z-]{1,60}}")
	String job(Model model, @PathVariable String job) {
		model.addAttribute("job", this.jobs.history(job));
		return "job";
	}

	@GetMapping("/{job:[a-z-]{1,60}}/{id:\\d{1,18}}")
	String run(Model model, @PathVariable String job, @PathVariable long id,
			@RequestHeader(name = "HX-Target", required = false) @Nullable String part) {
		RunDetail detail = this.jobs.run(job, id);
		model.addAttribute("job", job);
		model.addAttribute("detail", detail);
		model.addAttribute("run", detail.run());
		model.addAttribute("shares", StepShare.of(detail.steps()));
		model.addAttribute("report", ReportTable.of(detail.report()));
		return "progress".equals(part) ? "run :: progress" : "run";
	}

	/** A run that deletes must be confirmed by typing its name; a dry run need not. */
	@PostMapping("/{job:[a-z-]{1,60}}")
	String start(HttpServletRequest request, @PathVariable String job,
			@RequestParam(defaultValue = "false") boolean dryRun, @RequestParam(defaultValue = "") String confirm) {
		RunOverview run = audited(request, "start", job + (dryRun ? " dryRun=true" : ""), () -> {
			if (!dryRun && !confirm.strip().equals(job)) {
				throw new InvalidRequestException("type the name of the job to start it: " + job);
			}
			return this.jobs.start(job, dryRun, List.of(), null, Caller.of(request).starter());
		});
		return "redirect:/console/runs/" + job + "/" + run.id();
	}

	@PostMapping("/{job:[a-z-]{1,60}}/{id:\\d{1,18}}/stop")
	String stop(HttpServletRequest request, @PathVariable String job, @PathVariable long id) {
		audited(request, "stop", job + " " + id, () -> this.jobs.stop(job, id));
		return "redirect:/console/runs/" + job + "/" + id;
	}

	private RunOverview audited(HttpServletRequest request, String action, String target, Supplier<RunOverview> work) {
		Caller caller = Caller.of(request);
		try {
			RunOverview run = work.get();
			this.audit.record(caller.name(), caller.address(), action, target, "accepted");
			return run;
		}
		catch (RuntimeException ex) {
			this.audit.record(caller.name(), caller.address(), action, target, "refused: " + ex.getMessage());
			throw ex;
		}
	}

	/**
	 * How far a step is whose parts several processes may execute.
	 *
	 * @param step the step
	 * @param done how many parts have ended
	 * @param running how many some process works on
	 * @param waiting how many wait
	 * @param workers how many processes work or worked on it
	 * @param work what is counted, {@code null} before that is known
	 * @param objects how many by all processes
	 */
	record StepShare(String step, long done, long running, long waiting, long workers, @Nullable String work,
			long objects) {

		static List<StepShare> of(List<StepDetail> steps) {
			Map<String, List<StepDetail>> shared = steps.stream()
				.filter((step) -> step.share() != null)
				.collect(Collectors.groupingBy(StepDetail::name, LinkedHashMap::new, Collectors.toList()));
			return shared.entrySet().stream().map((step) -> of(step.getKey(), step.getValue())).toList();
		}

		private static StepShare of(String step, List<StepDetail> parts) {
			return new StepShare(step, count(parts, "DONE"), count(parts, "RUNNING"), count(parts, "WAITING"),
					parts.stream().map(StepDetail::worker).filter(Objects::nonNull).distinct().count(),
					parts.stream().map(StepDetail::work).filter(Objects::nonNull).findFirst().orElse(null),
					parts.stream().mapToLong(StepDetail::objects).sum());
		}

		private static long count(List<StepDetail> parts, String state) {
			return parts.stream().filter((part) -> state.equals(part.share())).count();
		}

	}

	/**
	 * A report as pages show it.
	 *
	 * @param facts single values by their names
	 * @param columns the names of what is known of volumes
	 * @param volumes a row for each volume, in the order of columns
	 * @param moreVolumes how many volumes have no row
	 * @param warnings in English
	 * @param text the whole report as JSON
	 */
	record ReportTable(Map<String, String> facts, Set<String> columns, List<List<String>> volumes, int moreVolumes,
			List<String> warnings, String text) {

		private static final int VOLUMES = 200;

		static ReportTable of(@Nullable JsonNode report) {
			if (report == null) {
				return new ReportTable(Map.of(), Set.of(), List.of(), 0, List.of(), "");
			}
			Map<String, String> facts = new LinkedHashMap<>();
			report.properties().forEach((field) -> {
				if (field.getValue().isValueNode()) {
					facts.put(field.getKey(), field.getValue().asString());
				}
			});
			Set<String> columns = new LinkedHashSet<>();
			report.path("volumes")
				.forEach((volume) -> volume.properties()
					.stream()
					.filter((field) -> field.getValue().isValueNode())
					.forEach((field) -> columns.add(field.getKey())));
			List<List<String>> volumes = new ArrayList<>();
			for (JsonNode volume : report.path("volumes")) {
				if (volumes.size() < VOLUMES) {
					volumes.add(columns.stream().map((column) -> volume.path(column).asString("")).toList());
				}
			}
			List<String> warnings = new ArrayList<>();
			report.path("warnings").forEach((warning) -> warnings.add(warning.asString("")));
			return new ReportTable(facts, columns, volumes, report.path("volumes").size() - volumes.size(), warnings,
					JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report));
		}

	}

}
