package dev.dumpkeeper.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.springframework.boot.convert.DurationStyle;

import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.gateway.PathTrust;
import dev.dumpkeeper.ledger.Dump;
import dev.dumpkeeper.ledger.DumpLedger;
import dev.dumpkeeper.ledger.DumpState;
import dev.dumpkeeper.ledger.ExpiryBlocker;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.ScannedObject;
import dev.dumpkeeper.scan.ScannedObject.Kind;

/**
 * Decides for each object whether it stays. A pure function of object, policy and
 * instant.
 */
final class RetentionPolicy {

	/**
	 * Larger than any difference between clocks, so that no file is validly dated later.
	 */
	private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

	private final List<DirectoryPath> directories;

	private final String markerName;

	private final Duration maxAge;

	private final Duration emptyGrace;

	private final Duration notice;

	private final int keepNewest;

	private final Duration keepNewestFor;

	private final boolean notificationsEnabled;

	private final boolean needsProof;

	private final Function<String, PathTrust> paths;

	/**
	 * Creates the policy.
	 * @param notificationsEnabled whether there is a robot; without one there is no
	 * notice
	 * @param all what is known of the paths behind the keys of all volumes; if nothing
	 * is, only known heap dumps expire
	 * @param paths the same for one volume
	 */
	RetentionPolicy(RetentionProperties retention, MarkerProperties marker, boolean notificationsEnabled, PathTrust all,
			Function<String, PathTrust> paths) {
		this.directories = retention.directories();
		this.markerName = marker.name();
		this.maxAge = retention.maxAge();
		this.emptyGrace = retention.emptyGrace();
		this.notice = retention.notice();
		this.keepNewest = retention.keepNewest();
		this.keepNewestFor = retention.keepNewestFor();
		this.notificationsEnabled = notificationsEnabled;
		this.needsProof = all == PathTrust.UNKNOWN;
		this.paths = paths;
	}

	private RetentionPolicy(RetentionPolicy policy, boolean needsProof) {
		this.directories = policy.directories;
		this.markerName = policy.markerName;
		this.maxAge = policy.maxAge;
		this.emptyGrace = policy.emptyGrace;
		this.notice = policy.notice;
		this.keepNewest = policy.keepNewest;
		this.keepNewestFor = policy.keepNewestFor;
		this.notificationsEnabled = policy.notificationsEnabled;
		this.needsProof = needsProof;
		this.paths = policy.paths;
	}

	/** Returns the policy for one volume, which may need less proof than all of them. */
	RetentionPolicy in(String volume) {
		boolean needsProof = this.paths.apply(volume) == PathTrust.UNKNOWN;
		return (needsProof == this.needsProof) ? this : new RetentionPolicy(this, needsProof);
	}

	/**
	 * Returns the instant before which an object must have been last written to expire.
	 */
	Instant cutoff(Instant now) {
		return now.minus(this.maxAge);
	}

	/**
	 * Returns a reason to keep an object.
	 * @param object the listed object
	 * @param now the instant at which ages are measured
	 * @return the first reason found, or empty when the object expires
	 */
	Optional<KeepReason> reasonToKeep(ScannedObject object, Instant now) {
		return protectedName(object.name()).or(() -> first(byAge(object.size(), object.lastModified()), now))
			.or(() -> unusable(object.name(), object.kind()));
	}

	private Optional<KeepReason> protectedName(String name) {
		return !isRetained(name) ? Optional.of(KeepReason.OUTSIDE)
				: isMarker(name) ? Optional.of(KeepReason.MARKER) : Optional.empty();
	}

	private Optional<KeepReason> unusable(String name, Kind kind) {
		if (ObjectKey.parse(name).isEmpty()) {
			return Optional.of(KeepReason.UNUSABLE_NAME);
		}
		return (this.needsProof && kind != Kind.DUMP) ? Optional.of(KeepReason.UNPROVEN) : Optional.empty();
	}

	/**
	 * An object of exactly an age still stays, so that the rules end a millisecond later.
	 */
	private List<ExpiryRule> byAge(long size, Instant lastModified) {
		ExpiryRule future = new ExpiryRule(KeepReason.FROM_THE_FUTURE, lastModified.minus(CLOCKS_DIFFER));
		ExpiryRule young = new ExpiryRule(KeepReason.YOUNG, lastModified.plus(this.maxAge).plusMillis(1));
		return (size > 0) ? List.of(future, young) : List.of(future, young,
				new ExpiryRule(KeepReason.BEING_WRITTEN, lastModified.plus(this.emptyGrace).plusMillis(1)));
	}

	private List<ExpiryRule> byLedger(ExpiryBlocker dump) {
		List<ExpiryRule> rules = new ArrayList<>();
		if (dump.heldUntil() != null) {
			rules.add(new ExpiryRule(KeepReason.HELD, dump.heldUntil()));
		}
		if (this.notificationsEnabled && dump.state() != DumpState.ORPHANED_RECEIPT) {
			rules.add((dump.notifiedAt() == null) ? new ExpiryRule(KeepReason.UNNOTIFIED, null)
					: new ExpiryRule(KeepReason.NOTICE, dump.notifiedAt().plus(this.notice)));
		}
		if (this.needsProof && !dump.isProven()) {
			rules.add(new ExpiryRule(KeepReason.UNPROVEN, null));
		}
		return rules;
	}

	private static Optional<KeepReason> first(List<ExpiryRule> rules, Instant now) {
		return rules.stream().filter((rule) -> rule.holds(now)).map(ExpiryRule::kind).findFirst();
	}

	/**
	 * Returns the rule that keeps a dump longest. That it is among the newest of its
	 * workload or has a duplicate may keep it longer.
	 * @param dump its entry in the ledger
	 * @param kind the kind of its object
	 * @param now the current time, for a dump dated in the future
	 * @return the rule
	 */
	ExpiryRule lastRule(Dump dump, Kind kind, Instant now) {
		ExpiryRule rule = lastRuleFrom(dump, kind, dump.agesFrom(now));
		// Once the date of a file is no longer in the future, it counts.
		return (rule.at() == null || !dump.isFromTheFuture(now) || dump.isFromTheFuture(rule.at())) ? rule
				: lastRuleFrom(dump, kind, dump.lastModified());
	}

	private ExpiryRule lastRuleFrom(Dump dump, Kind kind, Instant agesFrom) {
		Stream<ExpiryRule> lasting = Stream.of(protectedName(dump.key()), unusable(dump.key(), kind))
			.flatMap(Optional::stream)
			.map((reason) -> new ExpiryRule(reason, null));
		return Stream.of(lasting, byLedger(dump.asBlocker()).stream(), byAge(dump.size(), agesFrom).stream())
			.flatMap((rules) -> rules)
			.reduce(ExpiryRule::orLonger)
			.orElseThrow();
	}

	/**
	 * Returns a reason to keep a dump that is old enough.
	 * @param dump its entry in the ledger
	 * @param now the instant at which ages are measured
	 * @return the first reason found, or empty when it may expire
	 */
	Optional<KeepReason> reasonToKeep(ExpiryBlocker dump, Instant now) {
		return first(byLedger(dump), now);
	}

	private Instant notifiedBefore(Instant now) {
		return now.minus(this.notice);
	}

	/**
	 * Returns what is blocked from expiry in a volume.
	 * @param ledger knows the dumps
	 * @param classifier distinguishes companions from dumps
	 * @param volume the volume
	 * @param now the instant at which ages are measured
	 * @return the blockers, to be requested in key order
	 */
	ExpiryBlockers protection(DumpLedger ledger, ObjectClassifier classifier, String volume, Instant now) {
		Set<String> newest = (this.keepNewest > 0)
				? ledger.newest(volume, this.keepNewest, now.minus(this.keepNewestFor), now) : Set.of();
		return new ExpiryBlockers(
				ledger.standing(volume, this.notificationsEnabled ? notifiedBefore(now) : null, now, this.needsProof),
				newest, classifier, (dump) -> reasonToKeep(dump, now), this.needsProof);
	}

	/** Whether a name is below one of the retention directories, and not one itself. */
	boolean isRetained(String name) {
		for (DirectoryPath directory : this.directories) {
			String prefix = directory.prefix();
			if (name.startsWith(prefix) && name.length() > prefix.length()) {
				return true;
			}
		}
		return false;
	}

	/** A file named like the marker keeps its directory, whoever wrote it. */
	boolean isMarker(String name) {
		return name.endsWith(this.markerName) && (name.length() == this.markerName.length()
				|| name.charAt(name.length() - this.markerName.length() - 1) == '/');
	}

	List<DirectoryPath> directories() {
		return this.directories;
	}

	/** Returns a description of the policy, which is stored with each plan. */
	@Override
	public String toString() {
		return "keep everything outside " + this.directories + ", every " + this.markerName
				+ ", what was written in the last " + words(this.maxAge)
				+ ", what is empty and was written in the last " + words(this.emptyGrace)
				+ (this.notificationsEnabled
						? ", every dump that was not announced or only in the last " + words(this.notice) : "")
				+ ((this.keepNewest > 0)
						? ", the " + this.keepNewest + " newest dumps of each workload for " + words(this.keepNewestFor)
						: "")
				+ (this.needsProof ? ", what does not prove to be a heap dump or has a second key" : "")
				+ " and every dump that is held";
	}

	private static String words(Duration duration) {
		return DurationStyle.SIMPLE.print(duration,
				(duration.toMillis() % ChronoUnit.DAYS.getDuration().toMillis() == 0) ? ChronoUnit.DAYS
						: (duration.toMillis() % ChronoUnit.HOURS.getDuration().toMillis() == 0) ? ChronoUnit.HOURS
								: ChronoUnit.SECONDS);
	}

}
