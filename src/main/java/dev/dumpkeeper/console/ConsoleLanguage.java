package dev.dumpkeeper.console;

import java.time.Duration;
import java.util.Collections;
import java.util.Locale;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * Determines the language of the pages: the user's choice, kept in a cookie, or the
 * browser's first supported one.
 */
final class ConsoleLanguage implements LocaleResolver {

	private static final String COOKIE = "dumpkeeper-language";

	@Override
	public Locale resolveLocale(HttpServletRequest request) {
		Cookie cookie = WebUtils.getCookie(request, COOKIE);
		Locale chosen = (cookie != null) ? of(cookie.getValue()) : null;
		if (chosen != null) {
			return chosen;
		}
		if (request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) != null) {
			for (Locale wanted : Collections.list(request.getLocales())) {
				Locale there = of(wanted.getLanguage());
				if (there != null) {
					return there;
				}
			}
		}
		return Locale.ENGLISH;
	}

	@Override
	public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
		if (response != null && locale != null) {
			response.addHeader(HttpHeaders.SET_COOKIE,
					ResponseCookie.from(COOKIE, locale.getLanguage())
						.path("/console")
						.httpOnly(true)
						.sameSite("Lax")
						.maxAge(Duration.ofDays(365))
						.build()
						.toString());
		}
	}

	/** The language of a name, or {@code null} where there are no texts in it. */
	static @Nullable Locale of(String language) {
		return switch (language) {
			case "en" -> Locale.ENGLISH;
			case "zh" -> Locale.CHINESE;
			default -> null;
		};
	}

}
