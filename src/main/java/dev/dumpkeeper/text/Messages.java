package dev.dumpkeeper.text;

import java.util.Locale;

import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * The texts of one package in one language, from {@code messages_LANGUAGE.properties}
 * beside its classes. The locale of the machine decides nothing: a language without a
 * bundle has no texts.
 * <p>
 * Arguments are texts, because {@link java.text.MessageFormat} would write numbers in the
 * digits of a locale. They are inserted as they are and never read as a pattern: whoever
 * passes what a stranger chose cleans it before.
 */
public final class Messages {

	private final ResourceBundleMessageSource bundle = new ResourceBundleMessageSource();

	private final Locale language;

	/**
	 * Creates it.
	 * @param owner a class of the package
	 * @param language the language
	 */
	public Messages(Class<?> owner, Locale language) {
		this.language = language;
		this.bundle.setBasename(owner.getPackageName() + ".messages");
		// The one of the thread may not see into the application's jar.
		this.bundle.setBundleClassLoader(owner.getClassLoader());
		this.bundle.setDefaultEncoding("UTF-8");
		this.bundle.setFallbackToSystemLocale(false);
		// Apostrophes are doubled in all texts, not only in those with arguments.
		this.bundle.setAlwaysUseMessageFormat(true);
	}

	/**
	 * A text.
	 * @param key its key in the bundle
	 * @param arguments what takes the places of {@code {0}}, {@code {1}} and so on
	 * @return the text
	 * @throws org.springframework.context.NoSuchMessageException when the bundle has no
	 * such key
	 */
	public String text(String key, String... arguments) {
		return this.bundle.getMessage(key, arguments, this.language);
	}

	/**
	 * A text that depends on a number: {@code KEY.one} for 1, {@code KEY.other} for all
	 * others.
	 * @param key the first part of its key
	 * @param number what {@code {0}} shows
	 * @param more what takes the places of {@code {1}} and so on
	 * @return the text
	 * @throws org.springframework.context.NoSuchMessageException when the bundle has no
	 * such key
	 */
	public String count(String key, long number, String... more) {
		String[] arguments = new String[more.length + 1];
		arguments[0] = number(number);
		System.arraycopy(more, 0, arguments, 1, more.length);
		return text(key + ((number == 1) ? ".one" : ".other"), arguments);
	}

	/**
	 * A number as people read it, the same in all languages.
	 * @param number any number
	 * @return its digits in groups of three, such as {@code 12,345}
	 */
	public static String number(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

}
