package dev.dumpkeeper.digest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.DumpState;
import dev.dumpkeeper.wecom.PageLinks;

/**
 * Puts download links into a page right before it is sent, presigned or to the service.
 * They are signed then and never stored: whoever has one can read a heap.
 */
final class DumpLinks implements PageLinks {

	private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\(\\{\\{dump:(\\d{1,18})}}\\)");

	private final DumpGateway gateway;

	private final DumpLedger ledger;

	private final ShortLinks shortLinks;

	private final Duration validity;

	/**
	 * Creates it.
	 * @param shortLinks go before presigned ones where the service can be reached
	 * @param validity how long a link works
	 */
	DumpLinks(DumpGateway gateway, DumpLedger ledger, ShortLinks shortLinks, Duration validity) {
		this.gateway = gateway;
		this.ledger = ledger;
		this.shortLinks = shortLinks;
		this.validity = validity;
	}

	/** Fills in the links; of a dump that is gone by now only the word stays. */
	@Override
	public String fill(String page) {
		return LINK.matcher(page)
			.replaceAll((match) -> Matcher.quoteReplacement(
					link(Long.parseLong(match.group(2))).map((link) -> "[" + match.group(1) + "](" + link + ")")
						.orElse(match.group(1))));
	}

	private Optional<String> link(long id) {
		return this.ledger.find(id)
			.filter((dump) -> dump.state() != DumpState.FAILED)
			.map((dump) -> link(id, dump.volume(), dump.key()));
	}

	private String link(long id, String volume, String key) {
		return this.shortLinks.to(id).orElseGet(() -> sign(volume, key));
	}

	private String sign(String volume, String key) {
		return this.gateway.volume(volume).presign(new ObjectKey(key), this.validity).toString();
	}

	/** How many bytes a dump's link takes. */
	int bytes(NamedDump dump) {
		return link(dump.id(), dump.volume(), dump.key()).getBytes(StandardCharsets.UTF_8).length;
	}

	/** A page for people who are only shown it. */
	static String without(String page) {
		return LINK.matcher(page).replaceAll((match) -> Matcher.quoteReplacement("[" + match.group(1) + "]"));
	}

}
