package dev.dumpkeeper.wecom;

import java.util.Locale;

/**
 * The language of messages.
 */
public enum Language {

	/** Simplified Chinese. */
	ZH(Locale.CHINESE),

	/** English. */
	EN(Locale.ENGLISH);

	private final Locale locale;

	Language(Locale locale) {
		this.locale = locale;
	}

	/**
	 * Returns the locale of its message bundle.
	 * @return the language alone, without a country
	 */
	public Locale locale() {
		return this.locale;
	}

}
