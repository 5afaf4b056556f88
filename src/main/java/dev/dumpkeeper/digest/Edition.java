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

import dev.dumpkeeper.text.Messages;

/**
 * One digest in the making: finds how much can be said of each group so that all of them
 * find room, and which page tells which.
 */
final class Edition {

	// Kubernetes allows 63 characters in a label and in the names of most things.
	private static final int NAME = 63;

	private static final int FRAME = 120;

	private static final int PLACE = 80;

	/** People look for dumps there, so that more of it is shown. */
	private static final int DIRECTORY = 160;

	/** More groups never fit: the shortest takes the eight bytes of {@code `a` 1 · }. */
	private static final int MOST_GROUPS = DigestText.MAX_PAGES * Markdown.PAGE_BYTES / 8;

	private final Messages messages;

	private final Times times;

	private final @Nullable Duration linksWorkFor;

	private final long digest;

	private final Instant at;

	private final List<WorkloadGroup> groups;

	private final long groupedDumps;

	private final long totalDumps;

	private final long totalBytes;

	private final ToIntFunction<NamedDump> linkBytes;

	Edition(Messages messages, Times times, @Nullable Duration linksWorkFor, long digest, Instant at,
			List<WorkloadGroup> groups, long totalDumps, long totalBytes, ToIntFunction<NamedDump> linkBytes) {
		this.messages = messages;
		this.times = times;
		this.linksWorkFor = linksWorkFor;
		this.digest = digest;
		this.at = at;
		this.groups = WorkloadGroup.inTurns(groups);
		this.groupedDumps = groups.stream().mapToLong(WorkloadGroup::dumps).sum();
		this.totalDumps = Math.max(totalDumps, this.groupedDumps);
		this.totalBytes = totalBytes;
		this.linkBytes = linkBytes;
	}

	List<DigestPage> pages() {
		Layout layout = layout();
		int count = layout.sheets().size();
		long follow = this.totalDumps - layout.dumps();
		String note = (follow > 0) ? next(this.groups.size() - layout.groups(), follow) : "";
		List<DigestPage> pages = new ArrayList<>();
		for (int page = 1; page <= count; page++) {
			List<Entry> sheet = layout.sheets().get(page - 1);
			String text = text(layout.detail(), sheet, page, count, (page == count) ? note : "");
			pages.add(new DigestPage(text, sheet.stream().map((entry) -> entry.group().number()).toList()));
		}
		return pages;
	}

	/** What the next digest tells; of how many workloads only where that is known. */
	private String next(long workloads, long dumps) {
		return (workloads > 0) ? this.messages.count("digest.next.workloads", dumps, workloads(workloads))
				: this.messages.count("digest.next", dumps);
	}

	private String dumps(long dumps) {
		return this.messages.count("dumps", dumps);
	}

	private String workloads(long workloads) {
		return this.messages.count("workloads", workloads);
	}

	private String condition(DumpCondition condition) {
		return this.messages.text("condition." + condition);
	}

	private String linksWork() {
		if (this.linksWorkFor == null) {
			return this.messages.text("links.lasting");
		}
		if (this.linksWorkFor.toHours() % 24 == 0 && this.linksWorkFor.toHours() > 0) {
			return this.messages.count("links.days", this.linksWorkFor.toDays());
		}
		return (this.linksWorkFor.toMinutes() % 60 == 0 && this.linksWorkFor.toMinutes() > 0)
				? this.messages.count("links.hours", this.linksWorkFor.toHours())
				: this.messages.count("links.minutes", this.linksWorkFor.toMinutes());
	}

	private Layout layout() {
		// At least as long as the note that will be there, on whichever page is the last.
		String room = next(this.groups.size(), this.totalDumps);
		if (this.groups.size() > MOST_GROUPS) {
			return newest(room);
		}
		for (Detail detail : Detail.values()) {
			Layout layout = layout(detail, this.groups, (this.totalDumps > this.groupedDumps) ? room : "");
			if (layout.complete()) {
				return layout;
			}
		}
		return newest(room);
	}

	/** As many of the newest groups as find room. */
	private Layout newest(String note) {
		Layout best = layout(Detail.SHORT_COUNT, this.groups.subList(0, 1), note);
		int fit = 1;
		int tooMany = Math.min(this.groups.size(), MOST_GROUPS + 1);
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

	private Layout layout(Detail detail, List<WorkloadGroup> told, String note) {
		List<List<Entry>> sheets = new ArrayList<>();
		List<Entry> sheet = new ArrayList<>();
		sheets.add(sheet);
		for (Place place : places(detail, told)) {
			Entry entry = detail.bySection ? counted(place, detail) : told(place.group(), detail, note);
			sheet.add(entry);
			if (sheet.size() > 1 && !fits(detail, sheet, note)) {
				sheet.remove(sheet.size() - 1);
				if (sheets.size() == DigestText.MAX_PAGES) {
					return new Layout(detail, sheets, false);
				}
				sheet = new ArrayList<>(List.of(entry));
				sheets.add(sheet);
			}
		}
		return new Layout(detail, sheets, true);
	}

	private List<Place> places(Detail detail, List<WorkloadGroup> told) {
		if (!detail.bySection) {
			return told.stream().map((group) -> new Place(group, "", false)).toList();
		}
		Map<String, List<WorkloadGroup>> environments = told.stream()
			.collect(Collectors.groupingBy(WorkloadGroup::environment, LinkedHashMap::new, Collectors.toList()));
		List<Place> places = new ArrayList<>();
		environments.forEach((environment, members) -> {
			String section = section(environment, members);
			members.forEach((group) -> places.add(new Place(group, section, group == members.get(0))));
		});
		return places;
	}

	private String section(String environment, List<WorkloadGroup> members) {
		long dumps = members.stream().mapToLong(WorkloadGroup::dumps).sum();
		long bytes = members.stream().mapToLong(WorkloadGroup::bytes).sum();
		Instant first = members.stream().map(WorkloadGroup::first).min(Instant::compareTo).orElseThrow();
		Instant last = members.stream().map(WorkloadGroup::last).max(Instant::compareTo).orElseThrow();
		return Foreign.code(environment, NAME, this.messages.text("environment.unknown")) + " "
				+ Markdown.bold(workloads(members.size())) + " · " + dumps(dumps) + " · " + Sizes.text(bytes) + " · "
				+ this.times.range(first, last, this.at);
	}

	private Entry counted(Place place, Detail detail) {
		WorkloadGroup group = place.group();
		String name = group.workload().isEmpty() ? group.place() : group.workload();
		String counted = Foreign.code(name, detail.nameLength(), this.messages.text("workload.unknown")) + " "
				+ Messages.number(group.dumps());
		String text = (group.broken() > 0)
				? this.messages.text("digest.broken", counted, Messages.number(group.broken())) : counted;
		return new Entry(group, place.section(), place.opensSection(), text, 0, broken(group, List.of()), true, false);
	}

	/** Tells a group with as many named dumps as fit on a page of its own. */
	private Entry told(WorkloadGroup group, Detail detail, String note) {
		List<NamedDump> newest = group.newest();
		for (int named = Math.min(detail.named, newest.size()); named > 0; named--) {
			Predicate<NamedDump> linked = (dump) -> dump.isThere()
					&& fits(detail, List.of(block(group, List.of(dump), detail, (any) -> true)), note);
			Entry entry = block(group, newest.subList(0, named), detail, linked);
			if (fits(detail, List.of(entry), note)) {
				return entry;
			}
		}
		return block(group, List.of(), detail, (dump) -> false);
	}

	private Entry block(WorkloadGroup group, List<NamedDump> named, Detail detail, Predicate<NamedDump> linked) {
		List<String> lines = new ArrayList<>();
		lines.add(line(group));
		if (detail != Detail.LINE) {
			group.reason().ifPresent((reason) -> lines.add(Markdown.quote(line(reason))));
		}
		long growth = 0;
		boolean links = false;
		for (NamedDump dump : named) {
			boolean link = linked.test(dump);
			lines.add(Markdown.quote(line(group, dump, link)));
			links |= link;
			growth += link ? growth(dump) : 0;
		}
		if (!named.isEmpty() && group.dumps() > named.size()) {
			lines.add(Markdown.quote(this.messages.text("more", Messages.number(group.dumps() - named.size()))));
		}
		return new Entry(group, "", false, String.join("\n", lines), growth, broken(group, named),
				group.dumps() > named.size(), links);
	}

	private String line(WorkloadGroup group) {
		String line = name(group) + " " + Markdown.bold(dumps(group.dumps())) + " · " + Sizes.text(group.bytes())
				+ " · " + this.times.range(group.first(), group.last(), this.at);
		String broken = Arrays.stream(DumpCondition.values())
			.filter((condition) -> condition.isWorthAWord() && group.count(condition) > 0)
			.map((condition) -> condition(condition) + " " + Messages.number(group.count(condition)))
			.collect(Collectors.joining(" · "));
		return broken.isEmpty() ? line : line + " · " + Markdown.warning(broken);
	}

	private String name(WorkloadGroup group) {
		if (group.excess() > 0) {
			return place(group.place(), DIRECTORY) + " " + this.messages.count("digest.excess", group.excess());
		}
		return Foreign.code(group.environment(), NAME, this.messages.text("environment.unknown")) + " / "
				+ Foreign.code(group.workload(), NAME, unknownWorkload(group));
	}

	/** The directory is all that tells such a workload from others. */
	private String unknownWorkload(WorkloadGroup group) {
		return this.messages.text("workload.unknown") + " " + place(group.place(), DIRECTORY);
	}

	private String place(String place, int codePoints) {
		return Foreign.code(place, codePoints, this.messages.text("name.none"));
	}

	private String line(Reason reason) {
		List<String> parts = new ArrayList<>();
		parts.add(this.messages.text("cause." + reason.kind()));
		if (reason.topFrame() != null) {
			parts.add(this.messages.text("cause.frame",
					Foreign.code(reason.topFrame(), FRAME, this.messages.text("name.none"))));
		}
		if (reason.seen() > 1) {
			parts.add(seen(reason));
		}
		if (reason.topClass() != null) {
			parts.add(this.messages.text("cause.class",
					Foreign.code(reason.topClass(), NAME, this.messages.text("name.none")),
					Integer.toString(reason.topShare())));
		}
		return String.join(" · ", parts);
	}

	private String seen(Reason reason) {
		String dumps = Messages.number(reason.seen());
		String since = this.times.text(reason.since(), this.at);
		return (reason.workloads() > 1)
				? this.messages.text("cause.seen.workloads", dumps, since, workloads(reason.workloads()))
				: this.messages.text("cause.seen", dumps, since);
	}

	private String line(WorkloadGroup group, NamedDump dump, boolean linked) {
		List<String> parts = new ArrayList<>();
		String label = Foreign.code(group.label(dump), NAME, this.messages.text("name.none"));
		parts.add(Foreign.code(dump.pod(), NAME, label));
		String project = Foreign.code(dump.project(), NAME, "");
		if (!project.isEmpty()) {
			parts.add(this.messages.text("dump.project", project));
		}
		parts.add(this.times.text(dump.at(), this.at));
		if (dump.datedAt() != null) {
			parts.add(Markdown.warning(this.messages.text("dump.future", this.times.text(dump.datedAt(), this.at))));
		}
		if (dump.holder() != null) {
			parts.add(Markdown.warning(this.messages.text("dump.held",
					Foreign.code(dump.holder(), NAME, this.messages.text("name.none")))));
		}
		parts.add(ByteSizeFormat.text(dump.bytes()));
		if (dump.condition().isWorthAWord()) {
			parts.add(Markdown.warning(condition(dump.condition())));
		}
		if (linked) {
			parts.add(Markdown.link(this.messages.text("dump.download"), DigestText.placeholder(dump.id())));
		}
		else if (dump.isThere()) {
			parts.add(this.messages.text("dump.place", place(dump.volume() + "/" + dump.key(), PLACE)));
		}
		return String.join(" · ", parts);
	}

	private long growth(NamedDump dump) {
		return (long) this.linkBytes.applyAsInt(dump) - Markdown.bytes(DigestText.placeholder(dump.id()));
	}

	private static Set<DumpCondition> broken(WorkloadGroup group, List<NamedDump> named) {
		Set<DumpCondition> broken = EnumSet.noneOf(DumpCondition.class);
		for (DumpCondition condition : DumpCondition.values()) {
			if (condition.isWorthAWord() && (group.count(condition) > 0
					|| named.stream().anyMatch((dump) -> dump.condition() == condition))) {
				broken.add(condition);
			}
		}
		return broken;
	}

	private boolean fits(Detail detail, List<Entry> sheet, String note) {
		long growth = sheet.stream().mapToLong(Entry::growth).sum();
		String text = text(detail, sheet, DigestText.MAX_PAGES, DigestText.MAX_PAGES, note);
		return Markdown.bytes(text) + growth <= Markdown.PAGE_BYTES;
	}

	private String text(Detail detail, List<Entry> sheet, int page, int pages, String note) {
		StringBuilder text = new StringBuilder();
		text.append(Markdown.heading(this.messages.text("digest.title", Long.toString(this.digest),
				Integer.toString(page), Integer.toString(pages))))
			.append('\n')
			.append(Markdown.muted(this.times.text(this.at, this.at) + " · "
					+ this.messages.count("digest.dumps", this.totalDumps) + " · " + Sizes.text(this.totalBytes)));
		String section = "";
		boolean first = true;
		for (Entry entry : sheet) {
			if (!entry.section().equals(section)) {
				text.append("\n\n")
					.append(entry.opensSection() ? entry.section()
							: this.messages.text("digest.continued", entry.section()))
					.append('\n');
				section = entry.section();
			}
			else {
				text.append(first ? "\n\n" : detail.between);
			}
			text.append(entry.text());
			first = false;
		}
		Set<DumpCondition> broken = EnumSet.noneOf(DumpCondition.class);
		sheet.forEach((entry) -> broken.addAll(entry.broken()));
		if (!broken.isEmpty()) {
			text.append('\n');
			broken.forEach((condition) -> text.append('\n')
				.append(Markdown.muted(this.messages.text("meaning." + condition))));
		}
		String where = where(sheet);
		if (!where.isEmpty()) {
			text.append("\n\n").append(this.messages.text("digest.places", where));
		}
		if (sheet.stream().anyMatch(Entry::hasLinks)) {
			text.append(where.isEmpty() ? "\n\n" : "\n").append(Markdown.muted(linksWork()));
		}
		if (!note.isEmpty()) {
			text.append("\n\n").append(Markdown.bold(note));
		}
		return text.toString();
	}

	/**
	 * Where to find the dumps that a page counts without naming them: for each volume the
	 * innermost directory that holds them all. Without it nobody could be said to be told
	 * of them.
	 */
	private String where(List<Entry> sheet) {
		Map<String, String> directories = new LinkedHashMap<>();
		sheet.stream()
			.filter(Entry::hasRest)
			.map(Entry::group)
			.forEach((group) -> directories.merge(group.volume(), group.directory(), Edition::common));
		return directories.entrySet()
			.stream()
			.map((entry) -> place(entry.getValue().isEmpty() ? entry.getKey() : entry.getKey() + "/" + entry.getValue(),
					DIRECTORY))
			.collect(Collectors.joining(this.messages.text("digest.places.separator")));
	}

	/** The innermost directory that two directories lie in. */
	private static String common(String one, String other) {
		String[] first = one.split("/", -1);
		String[] second = other.split("/", -1);
		int same = 0;
		while (same < Math.min(first.length, second.length) && first[same].equals(second[same])) {
			same++;
		}
		return String.join("/", Arrays.copyOf(first, same));
	}

	/** How much is said of each group, from much to little. */
	private enum Detail {

		NEWEST_THREE(3, "\n\n", false), NEWEST(1, "\n\n", false), TOP_FRAME(0, "\n\n", false), LINE(0, "\n", false),
		COUNT(0, " · ", true),

		/** With names cut shorter than they may be: better than to leave them out. */
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
			return (this == SHORT_COUNT) ? SHORT_NAME : NAME;
		}

	}

	/**
	 * Where a group stands in the order of the digest.
	 *
	 * @param section what stands above it and its neighbours, or the empty string
	 * @param opensSection whether it is the section's first
	 */
	private record Place(WorkloadGroup group, String section, boolean opensSection) {

	}

	/**
	 * A group as a page tells it.
	 *
	 * @param text without what separates it from its neighbours
	 * @param growth how many bytes it gains when its links are filled in
	 * @param broken the conditions that the page explains because of it
	 * @param hasRest whether it has dumps that it only counts
	 * @param hasLinks whether it has links
	 */
	private record Entry(WorkloadGroup group, String section, boolean opensSection, String text, long growth,
			Set<DumpCondition> broken, boolean hasRest, boolean hasLinks) {

	}

	/**
	 * Groups laid out on pages.
	 *
	 * @param complete whether every group found a page
	 */
	private record Layout(Detail detail, List<List<Entry>> sheets, boolean complete) {

		private long dumps() {
			return this.sheets.stream().flatMap(List::stream).mapToLong((entry) -> entry.group().dumps()).sum();
		}

		private int groups() {
			return this.sheets.stream().mapToInt(List::size).sum();
		}

	}

}
