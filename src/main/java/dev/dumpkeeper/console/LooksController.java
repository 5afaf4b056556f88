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
import dev.dumpkeeper.ledger.FailureRepository;
import dev.dumpkeeper.notify.MessageBook;
import dev.dumpkeeper.notify.MessageBook.MessageRow;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.settings.EffectiveSettings;
import dev.dumpkeeper.web.AuditTrail;
import dev.dumpkeeper.web.AuditTrail.AuditEvent;

/**
 * What people only read: failures, messages, the audit trail and the settings.
 */
@Controller
@ConditionalOnConsole
@RequestMapping("/console")
class LooksController {

	private static final int PAGE = 50;

	private static final int FAILURES = 100;

	private static final Duration FAILED_WITHIN = Duration.ofDays(30);

	private final DumpSearch dumps;

	private final FailureRepository failures;

	private final MessageBook messages;

	private final Outbox outbox;

	private final AuditTrail audit;

	private final EffectiveSettings settings;

	private final Shown shown;

	LooksController(DumpSearch dumps, FailureRepository failures, MessageBook messages, Outbox outbox, AuditTrail audit,
			ConfigurableEnvironment environment, Shown shown) {
		this.dumps = dumps;
		this.failures = failures;
		this.messages = messages;
		this.outbox = outbox;
		this.audit = audit;
		this.settings = new EffectiveSettings(environment);
		this.shown = shown;
	}

	@GetMapping("/failures")
	String failures(Model model) {
		model.addAttribute("failures",
				this.dumps.failuresSince(this.shown.now().minus(FAILED_WITHIN))
					.stream()
					.filter((sum) -> sum.fingerprint() != null)
					.limit(FAILURES)
					.toList());
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
		model.addAttribute("dumps", newest);
		return "failure-page";
	}

	@GetMapping("/messages")
	String messages(Model model, @RequestParam(required = false) @Nullable Long before) {
		List<MessageRow> found = this.messages.find(before, PAGE + 1);
		model.addAttribute("messages", found.subList(0, Math.min(PAGE, found.size())));
		model.addAttribute("next", (found.size() > PAGE) ? found.get(PAGE - 1).id() : null);
		model.addAttribute("isFirst", before == null);
		model.addAttribute("outbox", this.outbox.state());
		model.addAttribute("isConfigured", this.outbox.isConfigured());
		return "messages";
	}

	@GetMapping("/messages/{id:\\d{1,18}}")
	String message(Model model, @PathVariable long id) {
		model.addAttribute("message", this.messages.find(id).orElseThrow(MissingPageException::new));
		model.addAttribute("pages", this.messages.pages(id));
		return "message";
	}

	@GetMapping("/audit")
	String audit(Model model, @RequestParam(required = false) @Nullable Long before) {
		List<AuditEvent> found = this.audit.find(before, PAGE + 1);
		model.addAttribute("events", found.subList(0, Math.min(PAGE, found.size())));
		model.addAttribute("next", (found.size() > PAGE) ? found.get(PAGE - 1).id() : null);
		model.addAttribute("isFirst", before == null);
		return "audit";
	}

	@GetMapping("/settings")
	String settings(Model model) {
		model.addAttribute("settings", this.settings.all());
		return "settings";
	}

}
