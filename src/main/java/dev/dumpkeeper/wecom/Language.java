package dev.dumpkeeper.wecom;

import java.util.Locale;

/**
 * The language that messages to people are written in.
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
	 * By which its texts are found.
	 * @return the language alone, without a country
	 */
	public Locale locale() {
		return this.locale;
	}

}
