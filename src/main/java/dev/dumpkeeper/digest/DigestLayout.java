package dev.dumpkeeper.digest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedDump;
import dev.dumpkeeper.ledger.DumpState;
import dev.dumpkeeper.notify.Dialect;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.Messages;

/**
 * Lays out a digest of unnotified dumps on pages of markdown, by environment and
 * workload. It determines how much detail each group gets so that all of them fit, and
 * which page reports which group. The same arguments always produce the same pages.
 * <p>
 * A digest has at most {@value #MAX_PAGES} pages. The more there is to report, the less
 * detail each workload gets; groups that do not fit even then are on no page, and the
 * last page states how many they are.
 */
final class DigestLayout {

	static final int MAX_PAGES = 5;

	/** The shortest group takes the bytes of {@code `a` 1 · }. */
	private static final int GROUP_BYTES = 8;

	private final DigestWords words;

	private final Dialect dialect;

	/** More groups never fit. */
	private final int mostGroups;

	private final Messages messages;

	private final Times times;

	private final long digest;

	private final Instant at;

	private final List<DigestGroup> groups;

	private final long dumps;

	private final long bytes;

	private final ToIntFunction<UnnotifiedDump> linkBytes;

	/**
	 * Creates an instance.
	 * @param dialect how the channel writes texts
	 * @param messages the texts
	 * @param times the zone of the times
	 * @param linksWorkFor how long a link works once it is sent; {@code null} if it works
	 * while the dump exists
	 * @param digest the digest's number
	 * @param at when it is made
	 * @param groups the groups to report, in any order
	 * @param linkBytes the maximum size of the address of a dump in bytes; a dump whose
	 * address does not fit on a page of its own is listed without a link
	 * @param console the addresses of the dumps' pages
	 */
	DigestLayout(Dialect dialect, Messages messages, Times times, @Nullable Duration linksWorkFor, long digest,
			Instant at, List<DigestGroup> groups, ToIntFunction<UnnotifiedDump> linkBytes, ConsoleLinks console) {
		this.words = new DigestWords(dialect, messages, times, linksWorkFor, at, console);
		this.dialect = dialect;
		this.mostGroups = MAX_PAGES * dialect.pageBytes() / GROUP_BYTES;
		this.messages = messages;
		this.times = times;
		this.digest = digest;
		this.at = at;
		this.groups = DigestGroup.inTurns(groups);
		this.dumps = groups.stream().mapToLong((group) -> group.unnotified().dumps()).sum();
		this.bytes = groups.stream().mapToLong((group) -> group.unnotified().bytes()).sum();
		this.linkBytes = linkBytes;
	}

	/**
	 * Returns the pages. With addresses in place of the placeholders each has at most
	 * {@link Dialect#pageBytes()} bytes.
	 * @return at most {@value #MAX_PAGES} pages; none without a group
	 */
	List<DigestPage> pages() {
		if (this.groups.isEmpty()) {
			return List.of();
		}
		Layout layout = layout();
		int count = layout.pages().size();
		long follow = this.dumps - layout.dumps();
		String note = (follow > 0) ? this.words.next(this.groups.size() - layout.groups(), follow) : "";
		List<DigestPage> pages = new ArrayList<>();
		for (int number = 1; number <= count; number++) {
			List<RenderedGroup> page = layout.pages().get(number - 1);
			String text = text(layout.detail(), page, number, count, (number == count) ? note : "");
			pages.add(new DigestPage(text, page.stream().map((rendered) -> rendered.group().number()).toList()));
		}
		return pages;
	}

	private Layout layout() {
		// Reserves the longest possible note, on whichever page is the last.
		String room = this.words.next(this.groups.size(), this.dumps);
		if (this.groups.size() > this.mostGroups) {
			return newest(room);
		}
		for (Detail detail : Detail.values()) {
			Layout layout = layout(detail, this.groups, "");
			if (layout.complete()) {
				return layout;
			}
		}
		return newest(room);
	}

	/** Lays out as many of the newest groups as fit. */
	private Layout newest(String note) {
		Layout best = layout(Detail.SHORT_COUNT, this.groups.subList(0, 1), note);
		int fit = 1;
		int tooMany = Math.min(this.groups.size(), this.mostGroups + 1);
		while (tooMany - fit > 1) {
			int middle = (fit + tooMany) >>> 1;
			Layout layout = layout(Detail.SHORT_COUNT, this.groups.subList(0, middle), note);
			if (layout.complete()) {
				best = layout;
				fit = middle;
			}
			else {
				tooMany = middle;
			}
		}
		return best;
	}

	private Layout layout(Detail detail, List<DigestGroup> reported, String note) {
		List<List<RenderedGroup>> pages = new ArrayList<>();
		List<RenderedGroup> page = new ArrayList<>();
		pages.add(page);
		for (GroupSlot slot : slots(detail, reported)) {
			RenderedGroup rendered = detail.bySection ? counted(slot, detail) : reported(slot.group(), detail, note);
			page.add(rendered);
			if (page.size() > 1 && !fits(detail, page, note)) {
				page.remove(page.size() - 1);
				if (pages.size() == MAX_PAGES) {
					return new Layout(detail, pages, false);
				}
				page = new ArrayList<>(List.of(rendered));
				pages.add(page);
			}
		}
		return new Layout(detail, pages, true);
	}

	private List<GroupSlot> slots(Detail detail, List<DigestGroup> reported) {
		if (!detail.bySection) {
			return reported.stream().map((group) -> new GroupSlot(group, "", false)).toList();
		}
		Map<String, List<DigestGroup>> environments = reported.stream()
			.collect(Collectors.groupingBy((group) -> group.unnotified().environment(), LinkedHashMap::new,
					Collectors.toList()));
		List<GroupSlot> slots = new ArrayList<>();
		environments.forEach((environment, members) -> {
			String section = this.words.section(environment, members);
			members.forEach((group) -> slots.add(new GroupSlot(group, section, group == members.get(0))));
		});
		return slots;
	}

	private RenderedGroup counted(GroupSlot slot, Detail detail) {
		DigestGroup group = slot.group();
		String name = group.unnotified().workload().isEmpty() ? group.place() : group.unnotified().workload();
		String counted = this.dialect.code(name, detail.nameLength(), this.messages.text("workload.unknown")) + " "
				+ Messages.number(group.unnotified().dumps());
		String text = (group.broken() > 0)
				? this.messages.text("digest.broken", counted, Messages.number(group.broken())) : counted;
		return new RenderedGroup(group, slot.section(), slot.opensSection(), text, 0, explained(group, List.of()), true,
				false);
	}

	/** Renders a group with as many named dumps as fit on a page of its own. */
	private RenderedGroup reported(DigestGroup group, Detail detail, String note) {
		List<UnnotifiedDump> newest = group.newest();
		for (int named = Math.min(detail.named, newest.size()); named > 0; named--) {
			Predicate<UnnotifiedDump> linked = (dump) -> DigestWords.hasFile(dump)
					&& fits(detail, List.of(block(group, List.of(dump), detail, (any) -> true)), note);
			RenderedGroup rendered = block(group, newest.subList(0, named), detail, linked);
			if (fits(detail, List.of(rendered), note)) {
				return rendered;
			}
		}
		return block(group, List.of(), detail, (dump) -> false);
	}

	private RenderedGroup block(DigestGroup group, List<UnnotifiedDump> named, Detail detail,
			Predicate<UnnotifiedDump> linked) {
		List<String> lines = new ArrayList<>();
		lines.add(this.words.line(group));
		if (detail != Detail.LINE) {
			group.cause()
				.ifPresent((cause) -> lines.add(this.dialect.quote(this.words.line(cause, group.statistics()))));
		}
		long growth = 0;
		boolean links = false;
		for (UnnotifiedDump dump : named) {
			boolean link = linked.test(dump);
			lines.add(this.dialect.quote(this.words.line(group, dump, link)));
			links |= link;
			growth += link ? growth(dump) : 0;
		}
		if (!named.isEmpty() && group.unnotified().dumps() > named.size()) {
			lines.add(this.dialect
				.quote(this.messages.text("more", Messages.number(group.unnotified().dumps() - named.size()))));
		}
		return new RenderedGroup(group, "", false, String.join("\n", lines), growth, explained(group, named),
				group.unnotified().dumps() > named.size(), links);
	}

	private long growth(UnnotifiedDump dump) {
		return (long) this.linkBytes.applyAsInt(dump) + this.words.linkGrowth(dump);
	}

	private static Set<DumpState> explained(DigestGroup group, List<UnnotifiedDump> named) {
		return DigestWords.EXPLAINED.stream()
			.filter((state) -> group.count(state) > 0 || named.stream().anyMatch((dump) -> dump.state() == state))
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(DumpState.class)));
	}

	private boolean fits(Detail detail, List<RenderedGroup> page, String note) {
		long growth = page.stream().mapToLong(RenderedGroup::growth).sum();
		String text = text(detail, page, MAX_PAGES, MAX_PAGES, note);
		return Dialect.bytes(text) + growth <= this.dialect.pageBytes();
	}

	private String text(Detail detail, List<RenderedGroup> page, int number, int count, String note) {
		StringBuilder text = new StringBuilder();
		text.append(this.dialect.heading(this.messages.text("digest.title", Long.toString(this.digest),
				Integer.toString(number), Integer.toString(count))))
			.append('\n')
			.append(this.dialect.muted(this.times.text(this.at, this.at) + " · "
					+ this.messages.count("digest.dumps", this.dumps) + " · " + ByteSizeFormat.format(this.bytes)));
		String section = "";
		boolean first = true;
		for (RenderedGroup rendered : page) {
			if (!rendered.section().equals(section)) {
				text.append("\n\n")
					.append(rendered.opensSection() ? rendered.section()
							: this.messages.text("digest.continued", rendered.section()))
					.append('\n');
				section = rendered.section();
			}
			else {
				text.append(first ? "\n\n" : detail.between);
			}
			text.append(rendered.text());
			first = false;
		}
		Set<DumpState> explained = EnumSet.noneOf(DumpState.class);
		page.forEach((rendered) -> explained.addAll(rendered.explained()));
		if (!explained.isEmpty()) {
			text.append('\n');
			explained.forEach(
					(state) -> text.append('\n').append(this.dialect.muted(this.messages.text("meaning." + state))));
		}
		String where = where(page);
		if (!where.isEmpty()) {
			text.append("\n\n").append(this.messages.text("digest.places", where));
		}
		if (page.stream().anyMatch(RenderedGroup::hasLinks)) {
			text.append(where.isEmpty() ? "\n\n" : "\n").append(this.dialect.muted(this.words.linksWork()));
		}
		if (!note.isEmpty()) {
			text.append("\n\n").append(this.dialect.bold(note));
		}
		return text.toString();
	}

	/**
	 * Returns where to find the dumps that a page counts without listing them: for each
	 * volume the innermost directory that contains them. Without it they could not count
	 * as notified.
	 */
	private String where(List<RenderedGroup> page) {
		Map<String, String> directories = new LinkedHashMap<>();
		page.stream()
			.filter(RenderedGroup::hasRest)
			.map(RenderedGroup::group)
			.forEach((group) -> directories.merge(group.unnotified().volume(), group.unnotified().directory(),
					DigestLayout::common));
		return directories.entrySet()
			.stream()
			.map((volume) -> this.words
				.directory(volume.getValue().isEmpty() ? volume.getKey() : volume.getKey() + "/" + volume.getValue()))
			.collect(Collectors.joining(this.messages.text("digest.places.separator")));
	}

	/** Returns the innermost directory that contains two directories. */
	private static String common(String one, String other) {
		String[] first = one.split("/", -1);
		String[] second = other.split("/", -1);
		int same = 0;
		while (same < Math.min(first.length, second.length) && first[same].equals(second[same])) {
			same++;
		}
		return String.join("/", Arrays.copyOf(first, same));
	}

	/** How much detail each group gets, in descending order. */
	private enum Detail {

		NEWEST_THREE(3, "\n\n", false), NEWEST(1, "\n\n", false), TOP_FRAME(0, "\n\n", false), LINE(0, "\n", false),
		COUNT(0, " · ", true),

		/** Truncated names are better than missing ones. */
		SHORT_COUNT(0, " · ", true);

		private static final int SHORT_NAME = 24;

		private final int named;

		private final String between;

		private final boolean bySection;

		Detail(int named, String between, boolean bySection) {
			this.named = named;
			this.between = between;
			this.bySection = bySection;
		}

		int nameLength() {
			return (this == SHORT_COUNT) ? SHORT_NAME : DigestWords.NAME;
		}

	}

	/**
	 * The position of a group in the digest.
	 *
	 * @param section the heading above it and its neighbours, or the empty string
	 * @param opensSection whether it is the first of its section
	 */
	private record GroupSlot(DigestGroup group, String section, boolean opensSection) {

	}

	/**
	 * A group as rendered for a page.
	 *
	 * @param text its text without separators
	 * @param growth how many bytes it gains when its links are filled in
	 * @param explained the states that the page has to explain for it
	 * @param hasRest whether it has dumps that are only counted
	 * @param hasLinks whether it has links
	 */
	private record RenderedGroup(DigestGroup group, String section, boolean opensSection, String text, long growth,
			Set<DumpState> explained, boolean hasRest, boolean hasLinks) {

	}

	/**
	 * Groups laid out on pages.
	 *
	 * @param complete whether every group has a page
	 */
	private record Layout(Detail detail, List<List<RenderedGroup>> pages, boolean complete) {

		private long dumps() {
			return this.pages.stream()
				.flatMap(List::stream)
				.mapToLong((rendered) -> rendered.group().unnotified().dumps())
				.sum();
		}

		private int groups() {
			return this.pages.stream().mapToInt(List::size).sum();
		}

	}

}
