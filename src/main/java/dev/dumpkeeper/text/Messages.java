package dev.dumpkeeper.text;

import java.util.Locale;

import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * The texts of one package in one language, from {@code messages_LANGUAGE.properties}
 * beside its classes. The locale of the machine has no effect: a language without a
 * bundle has no texts.
 * <p>
 * Arguments are texts, because {@link java.text.MessageFormat} would format numbers with
 * the digits of a locale. They are inserted unchanged and never parsed as a pattern:
 * callers clean untrusted text first.
 */
public final class Messages {

	private final ResourceBundleMessageSource bundle = new ResourceBundleMessageSource();

	private final Locale language;

	/**
	 * Creates an instance.
	 * @param owner a class of the package
	 * @param language the language
	 */
	public Messages(Class<?> owner, Locale language) {
		this.language = language;
		this.bundle.setBasename(owner.getPackageName() + ".messages");
		// The thread's class loader may not see into the application's jar.
		this.bundle.setBundleClassLoader(owner.getClassLoader());
		this.bundle.setDefaultEncoding("UTF-8");
		this.bundle.setFallbackToSystemLocale(false);
		// Apostrophes are doubled in all texts, including those without arguments.
		this.bundle.setAlwaysUseMessageFormat(true);
	}

	/**
	 * Returns a text.
	 * @param key its key in the bundle
	 * @param arguments the values of {@code {0}}, {@code {1}} and so on
	 * @return the text
	 * @throws org.springframework.context.NoSuchMessageException when the bundle has no
	 * such key
	 */
	public String text(String key, String... arguments) {
		return this.bundle.getMessage(key, arguments, this.language);
	}

	/**
	 * Returns a text that depends on a number: {@code KEY.one} for 1, {@code KEY.other}
	 * for all others.
	 * @param key the first part of its key
	 * @param number the value of {@code {0}}
	 * @param more the values of {@code {1}} and so on
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
	 * Formats a number, in the same way for all languages.
	 * @param number any number
	 * @return its digits in groups of three, such as {@code 12,345}
	 */
	public static String number(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

}
