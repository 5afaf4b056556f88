package dev.dumpkeeper.console;

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

/**
 * The way in, the switch of the language, and what is not there.
 */
@Controller
@ConditionalOnConsole
@RequestMapping("/console")
class SignInController {

	private final LocaleResolver languages;

	SignInController(LocaleResolver languages) {
		this.languages = languages;
	}

	@GetMapping("/sign-in")
	String form(Model model, HttpServletRequest request, @RequestParam(required = false) @Nullable String to) {
		model.addAttribute("to", ReturnAddress.of(to));
		model.addAttribute("why", request.getParameter("wrong") != null ? "wrong"
				: request.getParameter("later") != null ? "later" : request.getParameter("out") != null ? "out" : "");
		return "sign-in";
	}

	/** A form, so that no link of anybody switches it. */
	@PostMapping("/language")
	String language(HttpServletRequest request, HttpServletResponse response, @RequestParam String language,
			@RequestParam(required = false) @Nullable String to) {
		Locale chosen = ConsoleLanguage.of(language);
		if (chosen != null) {
			this.languages.setLocale(request, response, chosen);
		}
		return "redirect:" + ReturnAddress.of(to);
	}

	/** Where the refused are brought to. */
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
