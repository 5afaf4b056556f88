package dev.dumpkeeper.web;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.text.SafeText;

/**
 * What somebody acted on. Its text may name a dump and say more, in which no reader could
 * tell where a name that strangers chose ends; so a dump is found again by its subject.
 *
 * @param text what people read
 * @param subject what all records of one dump have in common, {@code null} for what is
 * about no dump
 */
public record AuditTarget(String text, @Nullable String subject) {

	private static final int LONGEST_NAME = 100;

	/**
	 * Fits into a record together with a volume and the part of a hold before its reason.
	 */
	private static final int LONGEST_KEY = 200;

	/** What is about no dump. */
	static AuditTarget of(String text) {
		return new AuditTarget(text, null);
	}

	/** A dump by its volume and key, which a slash joins. */
	static AuditTarget dump(String name) {
		return new AuditTarget(name, Fingerprint.of(name));
	}

	/**
	 * Returns a dump and what else is said. Both ends of its key are visible, however
	 * long it is.
	 * @param volume whether or not it exists
	 * @param key whether or not it exists
	 * @param more what follows the name
	 * @return the target
	 */
	public static AuditTarget dump(String volume, String key, String more) {
		String shown = (key.length() <= LONGEST_KEY) ? key
				: SafeText.cut(key, LONGEST_KEY / 2) + "..." + key.substring(key.length() - LONGEST_KEY / 2);
		return new AuditTarget(SafeText.abridged(volume, LONGEST_NAME) + "/" + shown + more,
				Fingerprint.of(volume + "/" + key));
	}

}
