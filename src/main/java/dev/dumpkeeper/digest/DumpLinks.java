package dev.dumpkeeper.digest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.dumpkeeper.gateway.GatewayException;
import dev.dumpkeeper.ledger.Dump;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedDump;
import dev.dumpkeeper.notify.Dialect;
import dev.dumpkeeper.notify.PageLinks;

/**
 * Fills download links into a page right before it is sent, either presigned or pointing
 * to the service. They are never stored, since whoever has one can read a heap.
 */
final class DumpLinks implements PageLinks {

	private static final Logger logger = LoggerFactory.getLogger(DumpLinks.class);

	private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\(\\{\\{dump:(\\d{1,18})}}\\)");

	private final DownloadAddresses addresses;

	private final DumpLedger ledger;

	private final ShortLinks shortLinks;

	private final ConsoleLinks console;

	private final Dialect dialect;

	private final Duration validity;

	/**
	 * Creates an instance.
	 * @param shortLinks preferred over presigned links if the service is reachable
	 * @param console the addresses of the dumps' pages
	 * @param dialect how the channel writes a link
	 * @param validity how long a link works
	 */
	DumpLinks(DownloadAddresses addresses, DumpLedger ledger, ShortLinks shortLinks, ConsoleLinks console,
			Dialect dialect, Duration validity) {
		this.addresses = addresses;
		this.ledger = ledger;
		this.shortLinks = shortLinks;
		this.console = console;
		this.dialect = dialect;
		this.validity = validity;
	}

	/**
	 * Returns what takes the place of a link in a stored page, in any dialect. No text
	 * that others chose looks like it, since dialects write them without braces.
	 */
	static String placeholder(String text, long dump) {
		return "[" + text + "]({{dump:" + dump + "}})";
	}

	/**
	 * Fills in the links. A dump that is gone or may be a link to another file gets only
	 * the text. Empty while the gateway, or the source that identifies links, is
	 * unavailable.
	 */
	@Override
	public Optional<String> fill(String page) {
		try {
			return Optional.of(
					LINK.matcher(page)
						.replaceAll((match) -> Matcher.quoteReplacement(link(Long.parseLong(match.group(2)))
							.map((link) -> this.dialect.link(match.group(1), link))
							.orElse(match.group(1)))));
		}
		catch (GatewayException ex) {
			logger.warn("download links cannot be checked now: {}", ex.getMessage());
			return Optional.empty();
		}
	}

	private Optional<String> link(long id) {
		return this.ledger.find(List.of(id)).stream().findFirst().flatMap(this::link);
	}

	private Optional<String> link(Dump dump) {
		Optional<URI> address = this.addresses.sign(dump, this.validity);
		return address.isEmpty() ? Optional.empty()
				: this.shortLinks.to(dump.id()).or(() -> address.map(URI::toString));
	}

	/**
	 * Returns how long links work once they are sent.
	 * @return empty if they work while the dump exists
	 */
	Optional<Duration> validity() {
		return this.shortLinks.areUsed() ? Optional.empty() : Optional.of(this.validity);
	}

	/** Returns the addresses of pages, which anybody may store. */
	ConsoleLinks console() {
		return this.console;
	}

	int bytes(UnnotifiedDump dump) {
		return this.shortLinks.to(dump.id())
			.or(() -> this.addresses.sign(dump.volume(), dump.key(), this.validity).map(URI::toString))
			.map((link) -> link.getBytes(StandardCharsets.UTF_8).length)
			.orElse(0);
	}

	/** Returns a page without links, for display only. */
	static String without(String page) {
		return LINK.matcher(page).replaceAll((match) -> Matcher.quoteReplacement("[" + match.group(1) + "]"));
	}

}
