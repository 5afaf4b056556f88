package dev.dumpkeeper.digest;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.ToIntFunction;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.text.Messages;
import dev.dumpkeeper.wecom.Language;

/**
 * Writes digests: pages of markdown that tell, by environment and workload, of dumps that
 * nobody was told about. The same arguments always give the same pages.
 * <p>
 * A digest has at most {@value #MAX_PAGES} pages. The more there is to tell, the less is
 * said of each workload; what has no room even then is on no page, and the last page says
 * how much that is.
 */
final class DigestText {

	static final int MAX_PAGES = 5;

	/** Bytes of a usual presigned address. */
	static final int LINK_BYTES = 330;

	private final Messages messages;

	private final Times times;

	private final @Nullable Duration linksWorkFor;

	/**
	 * Creates it.
	 * @param language the language of the pages
	 * @param zone the zone of the times in them
	 * @param linksWorkFor how long a link works once it is sent; {@code null} where it
	 * does for as long as the dump is there
	 */
	DigestText(Language language, ZoneId zone, @Nullable Duration linksWorkFor) {
		this.messages = new Messages(DigestText.class, language.locale());
		this.times = new Times(zone);
		this.linksWorkFor = linksWorkFor;
	}

	/**
	 * What stands in a page where the address of a dump belongs.
	 * @param dump the dump's number
	 */
	static String placeholder(long dump) {
		return "{{dump:" + dump + "}}";
	}

	/**
	 * The pages of a digest whose links have at most {@value #LINK_BYTES} bytes.
	 * @param digest its number
	 * @param at when it is made
	 * @param groups what to tell, in any order
	 * @param totalDumps how many dumps nobody was told about, those without a group
	 * included
	 * @param totalBytes their sizes added up
	 * @return at most {@value #MAX_PAGES} pages; none without a group
	 */
	List<DigestPage> pages(long digest, Instant at, List<WorkloadGroup> groups, long totalDumps, long totalBytes) {
		return pages(digest, at, groups, totalDumps, totalBytes, (dump) -> LINK_BYTES);
	}

	/**
	 * The pages of a digest. With addresses in place of the placeholders each page has at
	 * most {@value Markdown#PAGE_BYTES} bytes of UTF-8.
	 * @param digest its number
	 * @param at when it is made
	 * @param groups what to tell, in any order
	 * @param totalDumps how many dumps nobody was told about, those without a group
	 * included
	 * @param totalBytes their sizes added up
	 * @param linkBytes the most bytes that the address of a dump will have; a dump whose
	 * address has no room on a page of its own is named without a link
	 * @return at most {@value #MAX_PAGES} pages; none without a group
	 */
	List<DigestPage> pages(long digest, Instant at, List<WorkloadGroup> groups, long totalDumps, long totalBytes,
			ToIntFunction<NamedDump> linkBytes) {
		if (groups.isEmpty()) {
			return List.of();
		}
		return new Edition(this.messages, this.times, this.linksWorkFor, digest, at, groups, totalDumps, totalBytes,
				linkBytes)
			.pages();
	}

}
