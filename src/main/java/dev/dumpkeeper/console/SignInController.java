package dev.dumpkeeper.console;

import java.util.List;
import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

import dev.dumpkeeper.console.ConsoleAdvice.MissingPageException;
import dev.dumpkeeper.web.ReturnAddress;
import dev.dumpkeeper.web.SignInWays;

/**
 * Serves the sign-in page, the switch of the language and the page for 404.
 */
@Controller
@ConditionalOnConsole
@RequestMapping("/console")
class SignInController {

	/** Reasons why the sign-in page is shown; each has a text. */
	static final List<String> REASONS = List.of("wrong", "later", "out", "role", "denied", "stale", "busy", "away",
			"provider");

	private final LocaleResolver languages;

	private final SignInWays ways;

	SignInController(LocaleResolver languages, SignInWays ways) {
		this.languages = languages;
		this.ways = ways;
	}

	@GetMapping("/sign-in")
	String form(Model model, HttpServletRequest request, @RequestParam(required = false) @Nullable String to) {
		model.addAttribute("to", ReturnAddress.of(to));
		String why = REASONS.stream().filter((reason) -> request.getParameter(reason) != null).findFirst().orElse("");
		model.addAttribute("why", why);
		model.addAttribute("tone", List.of("wrong", "role", "denied").contains(why) ? "bad" : "warn");
		model.addAttribute("ways", this.ways);
		return "sign-in";
	}

	/** A form, so that a foreign link cannot switch it. */
	@PostMapping("/language")
	String language(HttpServletRequest request, HttpServletResponse response, @RequestParam String language,
			@RequestParam(required = false) @Nullable String to) {
		Locale chosen = ConsoleLanguage.of(language);
		if (chosen != null) {
			this.languages.setLocale(request, response, chosen);
		}
		return "redirect:" + ReturnAddress.of(to);
	}

	/** The page for refused requests. */
	@RequestMapping("/refused")
	String refused(Model model, HttpServletResponse response) {
		response.setStatus(HttpStatus.FORBIDDEN.value());
		model.addAttribute("status", HttpStatus.FORBIDDEN.value());
		model.addAttribute("message", "");
		return "failure";
	}

	@RequestMapping("/**")
	String missing() {
		throw new MissingPageException();
	}

}
