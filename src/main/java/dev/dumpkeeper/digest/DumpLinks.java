package dev.dumpkeeper.digest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.dumpkeeper.ledger.Dump;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedDump;
import dev.dumpkeeper.wecom.PageLinks;

/**
 * Puts download links into a page right before it is sent, presigned or to the service.
 * They are signed then and never stored: whoever has one can read a heap.
 */
final class DumpLinks implements PageLinks {

	private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\(\\{\\{dump:(\\d{1,18})}}\\)");

	private final DownloadAddresses addresses;

	private final DumpLedger ledger;

	private final ShortLinks shortLinks;

	private final Duration validity;

	/**
	 * Creates it.
	 * @param shortLinks go before presigned ones where the service can be reached
	 * @param validity how long a link works
	 */
	DumpLinks(DownloadAddresses addresses, DumpLedger ledger, ShortLinks shortLinks, Duration validity) {
		this.addresses = addresses;
		this.ledger = ledger;
		this.shortLinks = shortLinks;
		this.validity = validity;
	}

	/**
	 * Fills in the links; of a dump that is gone by now, or that may be another's file,
	 * only the word stays.
	 */
	@Override
	public String fill(String page) {
		return LINK.matcher(page)
			.replaceAll((match) -> Matcher.quoteReplacement(
					link(Long.parseLong(match.group(2))).map((link) -> "[" + match.group(1) + "](" + link + ")")
						.orElse(match.group(1))));
	}

	private Optional<String> link(long id) {
		return this.ledger.find(id).flatMap(this::link);
	}

	private Optional<String> link(Dump dump) {
		Optional<URI> address = this.addresses.sign(dump, this.validity);
		return address.isEmpty() ? Optional.empty()
				: this.shortLinks.to(dump.id()).or(() -> address.map(URI::toString));
	}

	/**
	 * How long links work once they are sent.
	 * @return empty where they do for as long as the dump is there
	 */
	Optional<Duration> validity() {
		return this.shortLinks.areUsed() ? Optional.empty() : Optional.of(this.validity);
	}

	/** How many bytes a dump's link takes. */
	int bytes(UnnotifiedDump dump) {
		return this.shortLinks.to(dump.id())
			.or(() -> this.addresses.sign(dump.volume(), dump.key(), this.validity).map(URI::toString))
			.map((link) -> link.getBytes(StandardCharsets.UTF_8).length)
			.orElse(0);
	}

	/** A page for people who are only shown it. */
	static String without(String page) {
		return LINK.matcher(page).replaceAll((match) -> Matcher.quoteReplacement("[" + match.group(1) + "]"));
	}

}
