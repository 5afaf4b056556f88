package dev.dumpkeeper.console;

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
import dev.dumpkeeper.notify.MessageBook;
import dev.dumpkeeper.notify.MessageBook.MessageRow;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.run.Page;
import dev.dumpkeeper.web.AuditTrail;
import dev.dumpkeeper.web.Caller;

/**
 * Shows which messages were sent, and which are waiting and why.
 */
@Controller
@ConditionalOnConsole
@RequestMapping("/console/messages")
class MessagesController {

	private static final int PAGE = 50;

	private static final int WAITING = 20;

	private final MessageBook messages;

	private final Outbox outbox;

	private final AuditTrail audit;

	MessagesController(MessageBook messages, Outbox outbox, AuditTrail audit) {
		this.messages = messages;
		this.outbox = outbox;
		this.audit = audit;
	}

	@GetMapping
	String messages(Model model, @RequestParam(required = false) @Nullable Long before) {
		Page<MessageRow, Long> page = Page.cut(this.messages.find(before, PAGE + 1), PAGE, MessageRow::id);
		model.addAttribute("messages", page.entries());
		model.addAttribute("next", page.next());
		model.addAttribute("isFirst", before == null);
		model.addAttribute("outbox", this.outbox.state());
		model.addAttribute("waiting", this.messages.waiting(WAITING));
		model.addAttribute("isConfigured", this.outbox.isConfigured());
		return "messages";
	}

	@GetMapping("/{id:\\d{1,18}}")
	String message(Model model, @PathVariable long id, @RequestParam(required = false) @Nullable String done) {
		model.addAttribute("message", this.messages.find(id).orElseThrow(MissingPageException::new));
		model.addAttribute("pages", this.messages.pages(id));
		model.addAttribute("isSentAgain", "again".equals(done));
		return "message";
	}

	/** Two clicks send once: on the second the message is already waiting. */
	@PostMapping("/{id:\\d{1,18}}/again")
	String again(HttpServletRequest request, @PathVariable long id) {
		this.messages.find(id).orElseThrow(MissingPageException::new);
		Caller caller = Caller.of(request);
		boolean isAgain = this.outbox.sendAgain(id);
		this.audit.record(caller.name(), caller.address(), "send again", "message " + id,
				isAgain ? "accepted" : "refused: it was not refused for good, or waits to be sent again");
		if (!isAgain) {
			throw new InvalidRequestException(
					"this message was not refused for good, or already waits to be sent again");
		}
		return "redirect:/console/messages/" + id + "?done=again";
	}

}
