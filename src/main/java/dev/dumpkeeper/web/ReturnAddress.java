package dev.dumpkeeper.web;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Restricts where the console redirects to after a sign-in or an action: only to its own
 * addresses.
 */
public final class ReturnAddress {

	/** The console's first page. */
	public static final String HOME = "/console";

	private static final int LONGEST = 1500;

	private static final Pattern OWN = Pattern
		.compile("/console(?:/[A-Za-z0-9_-]+)*(?:\\?[A-Za-z0-9_.~%&=+:,;*()!'/-]*)?");

	private ReturnAddress() {
	}

	/**
	 * Makes sure that an address is one of the console.
	 * @param address anything
	 * @return the address, or the console's first page where it is none
	 */
	public static String of(@Nullable String address) {
		return (address != null && address.length() <= LONGEST && OWN.matcher(address).matches()) ? address : HOME;
	}

}
