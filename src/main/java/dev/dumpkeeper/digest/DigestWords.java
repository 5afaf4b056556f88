package dev.dumpkeeper.digest;

import dev.dumpkeeper.hprof.Holders;
import dev.dumpkeeper.hprof.Holders.Holder;
import dev.dumpkeeper.ledger.DumpCause;
import dev.dumpkeeper.ledger.DumpLedger.UnnotifiedDump;
import dev.dumpkeeper.ledger.DumpState;
import dev.dumpkeeper.ledger.FailureRepository.FailureStatistics;
import dev.dumpkeeper.ledger.FailureRepository.HeldBy;
import dev.dumpkeeper.notify.Dialect;
import dev.dumpkeeper.text.ByteSizeFormat;
import dev.dumpkeeper.text.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a digest about groups, dumps and their causes.
 */
final class DigestWords {

	/**
	 * The states that are named and explained. Complete dumps need no explanation, and
	 * the other states are never reported.
	 */
	static final Set<DumpState> EXPLAINED = Collections.unmodifiableSet(EnumSet.of(DumpState.TRUNCATED,
			DumpState.UNKNOWN, DumpState.EMPTY, DumpState.FAILED, DumpState.NOT_A_DUMP, DumpState.NEW));

	// Kubernetes allows 63 characters in a label and in the names of most objects.
	static final int NAME = 63;

	private static final int FRAME = 120;

	private static final int PLACE = 80;

	/** Longer than other names, since people search for dumps there. */
	private static final int DIRECTORY = 160;

	private final Dialect dialect;

	private final Messages messages;

	private final Times times;

	private final @Nullable Duration linksWorkFor;

	private final Instant at;

	private final ConsoleLinks console;

	/**
	 * Creates an instance.
	 * @param linksWorkFor how long a link works once it is sent; {@code null} if it works
	 * while the dump exists
	 * @param at when the digest is made
	 * @param console the addresses of the dumps' pages
	 */
	DigestWords(Dialect dialect, Messages messages, Times times, @Nullable Duration linksWorkFor, Instant at,
			ConsoleLinks console) {
		this.dialect = dialect;
		this.messages = messages;
		this.times = times;
		this.linksWorkFor = linksWorkFor;
		this.at = at;
		this.console = console;
	}

	/** Returns the note about what the next digest will report. */
	String next(long workloads, long dumps) {
		return this.messages.count("digest.next", dumps, workloads(workloads));
	}

	String dumps(long dumps) {
		return this.messages.count("dumps", dumps);
	}

	String workloads(long workloads) {
		return this.messages.count("workloads", workloads);
	}

	String state(DumpState state) {
		return this.messages.text("state." + state);
	}

	String linksWork() {
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

	String section(String environment, List<DigestGroup> members) {
		long dumps = members.stream().mapToLong((group) -> group.unnotified().dumps()).sum();
		long bytes = members.stream().mapToLong((group) -> group.unnotified().bytes()).sum();
		Instant first = members.stream()
			.map((group) -> group.unnotified().first())
			.min(Instant::compareTo)
			.orElseThrow();
		Instant last = members.stream().map((group) -> group.unnotified().last()).max(Instant::compareTo).orElseThrow();
		return this.dialect.code(environment, NAME, this.messages.text("environment.unknown")) + " "
				+ this.dialect.bold(workloads(members.size())) + " · " + dumps(dumps) + " · "
				+ ByteSizeFormat.format(bytes) + " · " + this.times.range(first, last, this.at);
	}

	String line(DigestGroup group) {
		String line = name(group) + " " + this.dialect.bold(dumps(group.unnotified().dumps())) + " · "
				+ ByteSizeFormat.format(group.unnotified().bytes()) + " · "
				+ this.times.range(group.unnotified().first(), group.unnotified().last(), this.at);
		String broken = EXPLAINED.stream()
			.filter((state) -> group.count(state) > 0)
			.map((state) -> state(state) + " " + Messages.number(group.count(state)))
			.collect(Collectors.joining(" · "));
		return broken.isEmpty() ? line : line + " · " + this.dialect.warning(broken);
	}

	private String name(DigestGroup group) {
		if (group.excess() > 0) {
			return place(group.place(), DIRECTORY) + " " + this.messages.count("digest.excess", group.excess());
		}
		return this.dialect.code(group.unnotified().environment(), NAME, this.messages.text("environment.unknown"))
				+ " / " + this.dialect.code(group.unnotified().workload(), NAME, unknownWorkload(group));
	}

	/** Only the directory distinguishes such a workload from others. */
	private String unknownWorkload(DigestGroup group) {
		return this.messages.text("workload.unknown") + " " + place(group.place(), DIRECTORY);
	}

	private String place(String place, int codePoints) {
		return this.dialect.code(place, codePoints, this.messages.text("name.none"));
	}

	String line(DumpCause cause, @Nullable FailureStatistics seen) {
		List<String> parts = new ArrayList<>();
		parts.add(this.messages.text("cause." + cause.kind()));
		if (cause.topFrame() != null) {
			parts.add(this.messages.text("cause.frame",
					this.dialect.code(cause.topFrame(), FRAME, this.messages.text("name.none"))));
		}
		if (seen != null && seen.dumps() > 1) {
			parts.add(seen(seen));
		}
		if (seen != null && seen.heldBy() != null) {
			parts.add(heldBy(seen.heldBy()));
		}
		else if (seen != null && seen.topClass() != null) {
			parts.add(this.messages.text("cause.class",
					this.dialect.code(seen.topClass(), NAME, this.messages.text("name.none")),
					Integer.toString(seen.topShare())));
		}
		return String.join(" · ", parts);
	}

	private String heldBy(HeldBy held) {
		String name = this.dialect.code(held.name(), NAME, this.messages.text("name.none"));
		// The frame of a local variable is not always known.
		String share = percent(held.permille());
		String text = (held.kind() == Holders.Kind.LOCAL_VARIABLE && held.name().isEmpty())
				? this.messages.text("held.nowhere", name, share)
				: this.messages.text("held." + held.kind(), name, share);
		Integer earlier = held.earlierPermille();
		return (earlier != null && Holder.change(held.permille(), earlier) > 0)
				? this.messages.text("held.grew", text, percent(earlier)) : text;
	}

	private static String percent(int permille) {
		return permille / 10 + "." + permille % 10;
	}

	private String seen(FailureStatistics seen) {
		String dumps = Messages.number(seen.dumps());
		String since = this.times.text(seen.since(), this.at);
		return (seen.workloads() > 1)
				? this.messages.text("cause.seen.workloads", dumps, since, workloads(seen.workloads()))
				: this.messages.text("cause.seen", dumps, since);
	}

	String line(DigestGroup group, UnnotifiedDump dump, boolean linked) {
		List<String> parts = new ArrayList<>();
		String label = this.dialect.code(group.label(dump), NAME, this.messages.text("name.none"));
		parts.add(this.dialect.code(dump.origin().pod(), NAME, label));
		String project = this.dialect.code(dump.project(), NAME, "");
		if (!project.isEmpty()) {
			parts.add(this.messages.text("dump.project", project));
		}
		parts.add(this.times.text(dump.diedAt(), this.at));
		if (dump.datedAt() != null) {
			parts
				.add(this.dialect.warning(this.messages.text("dump.future", this.times.text(dump.datedAt(), this.at))));
		}
		if (dump.holder() != null) {
			parts.add(this.dialect.warning(this.messages.text("dump.held",
					this.dialect.code(dump.holder(), NAME, this.messages.text("name.none")))));
		}
		parts.add(ByteSizeFormat.format(dump.bytes()));
		if (EXPLAINED.contains(dump.state())) {
			parts.add(this.dialect.warning(state(dump.state())));
		}
		if (linked) {
			parts.add(placeholder(dump));
		}
		else if (hasFile(dump)) {
			parts.add(this.messages.text("dump.place", place(dump.volume() + "/" + dump.key(), PLACE)));
		}
		this.console.dump(dump.id())
			.ifPresent((page) -> parts.add(this.dialect.link(this.messages.text("dump.page"), page)));
		return String.join(" · ", parts);
	}

	/** Returns what takes the place of a link until the page is sent. */
	private String placeholder(UnnotifiedDump dump) {
		return DumpLinks.placeholder(this.messages.text("dump.download"), dump.id());
	}

	/**
	 * Returns by how many bytes a link without its address is longer than its
	 * placeholder.
	 */
	int linkGrowth(UnnotifiedDump dump) {
		return Dialect.bytes(this.dialect.link(this.messages.text("dump.download"), ""))
				- Dialect.bytes(placeholder(dump));
	}

	/** Whether there is a file to download: a dump that was never written has none. */
	static boolean hasFile(UnnotifiedDump dump) {
		return dump.state() != DumpState.FAILED || dump.bytes() > 0;
	}

	/** Returns the name of a volume or a directory in it. */
	String directory(String path) {
		return place(path, DIRECTORY);
	}

}
