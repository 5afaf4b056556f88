package dev.dumpkeeper.console;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

import dev.dumpkeeper.console.ConsoleAdvice.MissingPageException;
import dev.dumpkeeper.digest.ShortLinks;
import dev.dumpkeeper.digest.ShortLinks.Target;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.DumpSearch;
import dev.dumpkeeper.ledger.DumpSearch.DumpDetail;
import dev.dumpkeeper.ledger.DumpSearch.DumpFilter;
import dev.dumpkeeper.ledger.DumpSearch.DumpPage;
import dev.dumpkeeper.ledger.DumpSearch.DumpRow;
import dev.dumpkeeper.ledger.DumpSearch.Order;
import dev.dumpkeeper.ledger.DumpState;
import dev.dumpkeeper.ledger.RepeatedNotifications;
import dev.dumpkeeper.notify.Outbox;
import dev.dumpkeeper.retention.ExpectedExpiries;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.runs.Holds;
import dev.dumpkeeper.web.AuditTarget;
import dev.dumpkeeper.web.AuditTrail;
import dev.dumpkeeper.web.Caller;
import dev.dumpkeeper.web.ReturnAddress;

/**
 * Shows dumps, and holds, releases, announces and downloads them.
 */
@Controller
@ConditionalOnConsole
@RequestMapping("/console/dumps")
class DumpsController {

	private static final int PAGE = 50;

	/** Lines of a file at most. */
	private static final int LISTED = 10_000;

	private static final int SAME_FAILURE = 10;

	private static final int CLICKS = 50;

	private static final int LONGEST = 300;

	private final DumpSearch dumps;

	private final Holds holds;

	private final ShortLinks links;

	private final RepeatedNotifications notifications;

	private final Outbox outbox;

	private final ExpectedExpiries expiries;

	private final ConsoleProperties properties;

	private final AuditTrail audit;

	private final Shown shown;

	DumpsController(DumpSearch dumps, Holds holds, ShortLinks links, RepeatedNotifications notifications, Outbox outbox,
			ExpectedExpiries expiries, ConsoleProperties properties, AuditTrail audit, Shown shown) {
		this.dumps = dumps;
		this.holds = holds;
		this.links = links;
		this.notifications = notifications;
		this.outbox = outbox;
		this.expiries = expiries;
		this.properties = properties;
		this.audit = audit;
		this.shown = shown;
	}

	@GetMapping
	String list(Model model, @RequestParam Map<String, String> query,
			@RequestParam(required = false) @Nullable Long after,
			@RequestHeader(name = "HX-Target", required = false) @Nullable String part) {
		DumpFilter filter = filter(query);
		DumpPage page = this.dumps.find(filter, after, PAGE);
		model.addAttribute("filter", filter);
		model.addAttribute("orders", Order.values());
		model.addAttribute("states", DumpState.values());
		model.addAttribute("page", page);
		model.addAttribute("first", address(filter, null));
		model.addAttribute("csv", address("/console/dumps/list.csv", filter, null));
		model.addAttribute("next", (page.next() != null) ? address(filter, page.next()) : "");
		model.addAttribute("isFirst", after == null);
		return "results".equals(part) ? "dumps :: results" : "dumps";
	}

	private DumpFilter filter(Map<String, String> query) {
		return new DumpFilter("no".equals(query.get("there")), words(query.get("volume")),
				words(query.get("environment")), words(query.get("workload")),
				named(DumpState.values(), query.get("state")), words(query.get("failure")), words(query.get("text")),
				this.shown.day(query.get("from"), 0), this.shown.day(query.get("to"), 1),
				Objects.requireNonNullElse(named(Order.values(), query.get("order")), Order.NEWEST));
	}

	/** Exports the dumps that match a filter, a line each. */
	@GetMapping("/list.csv")
	void csv(@RequestParam Map<String, String> query, HttpServletResponse response) throws IOException {
		DumpPage page = this.dumps.find(filter(query), null, LISTED);
		response.setContentType("text/csv;charset=UTF-8");
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"dumps.csv\"");
		Csv csv = new Csv(response.getWriter());
		csv.line("id", "volume", "key", "bytes", "written", "seen", "state", "environment", "workload", "pod", "cause",
				"failure", "frame");
		for (DumpRow dump : page.rows()) {
			csv.line(dump.id(), dump.volume(), dump.key(), dump.size(), dump.lastModified(), dump.firstSeen(),
					dump.isThere() ? dump.state() : dump.fate(), dump.environment(), dump.workload(), dump.pod(),
					dump.cause(), Objects.requireNonNullElse(dump.fingerprint(), ""), dump.topFrame());
		}
	}

	private static String words(@Nullable String value) {
		String words = Objects.requireNonNullElse(value, "").strip();
		return (words.length() <= LONGEST) ? words : words.substring(0, LONGEST);
	}

	private static <E extends Enum<E>> @Nullable E named(E[] values, @Nullable String name) {
		return Arrays.stream(values).filter((value) -> value.name().equals(name)).findFirst().orElse(null);
	}

	/** The canonical address of a view. */
	private String address(DumpFilter filter, @Nullable Long after) {
		return address("/console/dumps", filter, after);
	}

	private String address(String path, DumpFilter filter, @Nullable Long after) {
		UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
		DumpState state = filter.state();
		String[][] fields = { { "there", filter.gone() ? "no" : "" }, { "volume", filter.volume() },
				{ "environment", filter.environment() }, { "workload", filter.workload() },
				{ "state", (state != null) ? state.name() : "" }, { "failure", filter.failure() },
				{ "text", filter.text() }, { "from", this.shown.firstDay(filter.from()) },
				{ "to", this.shown.lastDay(filter.to()) },
				{ "order", (filter.order() != Order.NEWEST) ? filter.order().name() : "" },
				{ "after", (after != null) ? after.toString() : "" } };
		for (String[] field : fields) {
			if (!field[1].isEmpty()) {
				address.queryParam(field[0], "{" + field[0] + "}");
			}
		}
		return address.encode(StandardCharsets.UTF_8)
			.buildAndExpand(
					Arrays.stream(fields).map((field) -> field[1]).filter((value) -> !value.isEmpty()).toArray())
			.toUriString();
	}

	@GetMapping("/{id:\\d{1,18}}")
	String dump(Model model, @PathVariable long id, @RequestParam(required = false) @Nullable String done) {
		DumpDetail detail = find(id);
		String failure = detail.dump().fingerprint();
		model.addAttribute("detail", detail);
		model.addAttribute("dump", detail.dump());
		model.addAttribute("same", (failure == null) ? List.of()
				: this.dumps.ofFailure(failure, SAME_FAILURE + 1).stream().filter((dump) -> dump.id() != id).toList());
		DumpRow dump = detail.dump();
		model.addAttribute("hasAnalyzer", this.properties.analyzerUrl() != null);
		Instant end = Objects.requireNonNullElse(dump.goneAt(), Instant.MAX);
		model.addAttribute("clicks", this.audit.about(dump.volume(), dump.key(), CLICKS)
			.stream()
			// Another dump may have had this key before or after.
			.filter((event) -> !event.at().isBefore(dump.firstSeen()) && event.at().isBefore(end))
			.toList());
		model.addAttribute("expiry", this.expiries.lastRule(id).orElse(null));
		model.addAttribute("done",
				List.of("held", "released", "notified").contains(Objects.requireNonNullElse(done, "")) ? done : "");
		return "dump";
	}

	private DumpDetail find(long id) {
		return this.dumps.detail(id).orElseThrow(MissingPageException::new);
	}

	@PostMapping("/{id:\\d{1,18}}/hold")
	String hold(HttpServletRequest request, @PathVariable long id, @RequestParam String time,
			@RequestParam String reason) {
		DumpDetail detail = find(id);
		audited(request, "hold", detail, " for " + time + ": " + reason, () -> {
			if (reason.isBlank()) {
				throw new InvalidRequestException("a hold needs a reason");
			}
			return this.holds.hold(detail.dump().volume(), key(detail), time, reason.strip(),
					Caller.of(request).name());
		});
		return "redirect:/console/dumps/" + id + "?done=held";
	}

	@PostMapping("/{id:\\d{1,18}}/release")
	String release(HttpServletRequest request, @PathVariable long id) {
		DumpDetail detail = find(id);
		audited(request, "release", detail, "",
				() -> this.holds.release(detail.dump().volume(), key(detail), Caller.of(request).name()));
		return "redirect:/console/dumps/" + id + "?done=released";
	}

	/** Holds several dumps and reports those that it could not. */
	@PostMapping("/hold")
	String holdSeveral(HttpServletRequest request,
			@RequestParam(name = "id", required = false) @Nullable List<Long> ids, @RequestParam String time,
			@RequestParam String reason, @RequestParam(required = false) @Nullable String to) {
		each(ids, (id) -> hold(request, id, time, reason));
		return "redirect:" + ReturnAddress.of(to);
	}

	/** For people who joined the group later, or lost a message. */
	@PostMapping("/{id:\\d{1,18}}/notify")
	String notify(HttpServletRequest request, @PathVariable long id) {
		DumpDetail detail = find(id);
		audited(request, "notify again", detail, "", () -> {
			if (!this.outbox.isConfigured()) {
				throw new InvalidRequestException(
						"there is no robot, so nothing can be announced; set dumpkeeper.wecom.webhook-url");
			}
			if (!this.notifications.notifyAgain(id)) {
				throw new InvalidRequestException("it is gone, or the next digest announces it anyway");
			}
			return "";
		});
		return "redirect:/console/dumps/" + id + "?done=notified";
	}

	/** Announces several dumps again and reports those that it could not. */
	@PostMapping("/notify")
	String notifySeveral(HttpServletRequest request,
			@RequestParam(name = "id", required = false) @Nullable List<Long> ids,
			@RequestParam(required = false) @Nullable String to) {
		each(ids, (id) -> notify(request, id));
		return "redirect:" + ReturnAddress.of(to);
	}

	/** The links of several, a line each, for a tool that fetches them. */
	@PostMapping("/links.csv")
	void links(HttpServletRequest request, HttpServletResponse response,
			@RequestParam(name = "id", required = false) @Nullable List<Long> ids) throws IOException {
		List<DumpRow> dumps = this.dumps.of(chosen(ids)).stream().filter(DumpRow::isThere).toList();
		String service = this.links.publicUrl()
			.map((url) -> url.toString().replaceAll("/+$", ""))
			.orElseGet(() -> ServletUriComponentsBuilder.fromContextPath(request).build().toUriString());
		response.setContentType("text/csv;charset=UTF-8");
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"links.csv\"");
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		Csv csv = new Csv(response.getWriter());
		csv.line("id", "volume", "key", "bytes", "link");
		for (DumpRow dump : dumps) {
			audited(request, "download", dump, " in a list", () -> "");
			csv.line(dump.id(), dump.volume(), dump.key(), dump.size(), service + this.links.path(dump.id()));
		}
	}

	/** Releases several dumps and reports those that it could not. */
	@PostMapping("/release")
	String releaseSeveral(HttpServletRequest request,
			@RequestParam(name = "id", required = false) @Nullable List<Long> ids,
			@RequestParam(required = false) @Nullable String to) {
		each(ids, (id) -> release(request, id));
		return "redirect:" + ReturnAddress.of(to);
	}

	private static List<Long> chosen(@Nullable List<Long> ids) {
		if (ids == null || ids.isEmpty()) {
			throw new InvalidRequestException("no dump is selected; select at least one");
		}
		return ids;
	}

	private static void each(@Nullable List<Long> ids, Consumer<Long> work) {
		List<String> failed = new ArrayList<>();
		for (Long id : chosen(ids)) {
			try {
				work.accept(id);
			}
			catch (InvalidRequestException ex) {
				failed.add(id + ": " + ex.getMessage());
			}
			catch (MissingPageException ex) {
				failed.add(id + ": there is no such dump any more");
			}
		}
		if (!failed.isEmpty()) {
			throw new InvalidRequestException(failed.size() + " of " + chosen(ids).size() + " were left as they are; "
					+ String.join("; ", failed));
		}
	}

	/** Redirects to the analyzer, with a presigned address of the dump. */
	@GetMapping(path = "/{id:\\d{1,18}}/download", params = "analyzer")
	ResponseEntity<Void> analyze(HttpServletRequest request, @PathVariable long id) {
		DumpDetail detail = find(id);
		URI[] found = new URI[1];
		audited(request, "download", detail, " for the analyzer", () -> {
			found[0] = this.links.follow(this.links.path(id).substring("/d/".length()))
				.flatMap(Target::address)
				.map(this.properties::open)
				.orElseThrow(() -> new InvalidRequestException(
						"the dump is not there any more, or there is no analyzer (dumpkeeper.console.analyzer-url)"));
			return "";
		});
		return ResponseEntity.status(HttpStatus.FOUND).location(found[0]).build();
	}

	/** Redirects to the short link of messages, which checks the dump again. */
	@GetMapping(path = "/{id:\\d{1,18}}/download", params = "!analyzer")
	String download(HttpServletRequest request, @PathVariable long id) {
		DumpDetail detail = find(id);
		audited(request, "download", detail, "", () -> "");
		return "redirect:" + this.links.path(id);
	}

	private static ObjectKey key(DumpDetail detail) {
		return ObjectKey.parse(detail.dump().key())
			.orElseThrow(() -> new InvalidRequestException("the dump's name is none that a gateway takes"));
	}

	private void audited(HttpServletRequest request, String action, DumpDetail detail, String more,
			Supplier<String> work) {
		audited(request, action, detail.dump(), more, work);
	}

	private void audited(HttpServletRequest request, String action, DumpRow dump, String more, Supplier<String> work) {
		Caller caller = Caller.of(request);
		AuditTarget target = AuditTarget.dump(dump.volume(), dump.key(), more);
		try {
			work.get();
		}
		catch (RuntimeException ex) {
			this.audit.record(caller.name(), caller.address(), action, target, "refused: " + ex.getMessage());
			throw ex;
		}
		this.audit.record(caller.name(), caller.address(), action, target, "accepted");
	}

}
