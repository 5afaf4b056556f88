package dev.dumpkeeper.console;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import dev.dumpkeeper.console.ConsoleAdvice.MissingPageException;
import dev.dumpkeeper.ledger.DumpSearch;
import dev.dumpkeeper.ledger.DumpSearch.DumpRow;
import dev.dumpkeeper.ledger.FailureCourse;
import dev.dumpkeeper.ledger.FailureRepository;
import dev.dumpkeeper.ledger.FailureSums;
import dev.dumpkeeper.ledger.FailureSums.FailureSum;
import dev.dumpkeeper.run.Page;
import dev.dumpkeeper.settings.EffectiveSettings;
import dev.dumpkeeper.web.AuditTrail;
import dev.dumpkeeper.web.AuditTrail.AuditEvent;

/**
 * Pages without actions: failures, the audit trail and the settings.
 */
@Controller
@ConditionalOnConsole
@RequestMapping("/console")
class ReadOnlyController {

	private static final int PAGE = 50;

	private static final int FAILURES = 100;

	private static final int FAILED_DAYS = 30;

	private static final Duration FAILED_WITHIN = Duration.ofDays(FAILED_DAYS);

	private final DumpSearch dumps;

	private final FailureRepository failures;

	private final AuditTrail audit;

	private final EffectiveSettings settings;

	private final Shown shown;

	ReadOnlyController(DumpSearch dumps, FailureRepository failures, AuditTrail audit,
			ConfigurableEnvironment environment, Shown shown) {
		this.dumps = dumps;
		this.failures = failures;
		this.audit = audit;
		this.settings = new EffectiveSettings(environment);
		this.shown = shown;
	}

	@GetMapping("/failures")
	String failures(Model model, @RequestParam(required = false) @Nullable Long before) {
		FailureSums sums = this.dumps.failuresSince(this.shown.now().minus(FAILED_WITHIN)).ofErrors();
		Page<FailureSum, Long> page = Page.cut(sums.behind(before).first(FAILURES + 1), FAILURES,
				(sum) -> sum.newest().id());
		model.addAttribute("failures", page.entries());
		model.addAttribute("next", page.next());
		model.addAttribute("isFirst", before == null);
		model.addAttribute("summedUp", sums.isCut() ? DumpSearch.SUMMED_UP : null);
		return "failures";
	}

	@GetMapping("/failures/{name:[A-Za-z0-9]{1,12}}")
	String failure(Model model, @PathVariable String name) {
		List<DumpRow> newest = this.dumps.ofFailure(name, PAGE);
		String stack = this.failures.stack(name).orElse("");
		if (newest.isEmpty() && stack.isEmpty()) {
			throw new MissingPageException();
		}
		model.addAttribute("name", name);
		model.addAttribute("stack", stack);
		model.addAttribute("statistics", this.failures.statistics(List.of(name)).get(name));
		FailureCourse course = this.failures.course(name, this.shown.today(), FAILED_DAYS, this.shown.zoneId());
		model.addAttribute("course", course);
		model.addAttribute("chart", DayBars.of(course.days()));
		model.addAttribute("dumps", newest);
		return "failure-page";
	}

	@GetMapping("/audit")
	String audit(Model model, @RequestParam(required = false) @Nullable Long before) {
		Page<AuditEvent, Long> page = Page.cut(this.audit.find(before, PAGE + 1), PAGE, AuditEvent::id);
		model.addAttribute("events", page.entries());
		model.addAttribute("next", page.next());
		model.addAttribute("isFirst", before == null);
		return "audit";
	}

	@GetMapping("/settings")
	String settings(Model model) {
		model.addAttribute("settings", this.settings.all());
		return "settings";
	}

}
