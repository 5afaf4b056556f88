package dev.dumpkeeper.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.dumpkeeper.gateway.DumpGateway;
import dev.dumpkeeper.gateway.ObjectEntry;
import dev.dumpkeeper.gateway.ObjectKey;
import dev.dumpkeeper.run.HistoryCleanup;
import dev.dumpkeeper.run.InvalidRequestException;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.ScannedObject;
import dev.dumpkeeper.text.SafeText;

/**
 * The record of every dump, of its notifications and of its holds.
 */
public final class DumpLedger implements HistoryCleanup {

	static final Comparator<UnnotifiedGroup> BY_NAME = Comparator.comparing(UnnotifiedGroup::environment)
		.thenComparing(UnnotifiedGroup::workload)
		.thenComparing(UnnotifiedGroup::volume)
		.thenComparing(UnnotifiedGroup::ownDirectory);

	private final DumpRepository rows;

	private final UnnotifiedDumpRepository unnotified;

	private final ExpiryBlockerRepository blockers;

	private final LedgerCounts counts;

	private final FailureRepository failures;

	private final DuplicateDumps duplicates;

	private final DumpNames names;

	private final ObjectClassifier classifier;

	private final DumpGateway gateway;

	DumpLedger(DumpRepository rows, FailureRepository failures, DumpNames names, ObjectClassifier classifier,
			DumpGateway gateway) {
		this.rows = rows;
		this.unnotified = new UnnotifiedDumpRepository(rows.jdbc());
		this.blockers = new ExpiryBlockerRepository(rows.jdbc());
		this.counts = new LedgerCounts(rows.jdbc());
		this.failures = failures;
		this.duplicates = new DuplicateDumps(rows.jdbc(), gateway);
		this.names = names;
		this.classifier = classifier;
		this.gateway = gateway;
	}

	/**
	 * Returns present dumps.
	 * @param ids their numbers
	 * @return the dumps; not those that are gone, were written again or never existed
	 */
	public List<Dump> find(Collection<Long> ids) {
		return this.rows.find(ids);
	}

	/**
	 * Returns whether a dump may currently be a duplicate of another. This is only
	 * possible where links cannot be told from directories.
	 * @param dump the dump
	 * @return {@code true} when another present key has the same size and modification
	 * time in seconds, when the dump has not been compared yet, or its object changed
	 * @throws dev.dumpkeeper.gateway.GatewayException when the gateway fails
	 */
	public boolean mayBeAnothers(Dump dump) {
		return this.duplicates.against(dump.volume(), dump.key(), dump.size(), dump.lastModified()).isPresent();
	}

	/**
	 * Keeps a dump, and whatever is written under its key, from expiring until an
	 * instant. Replaces an earlier hold. Adds a dump that was not scanned yet.
	 * @param volume the volume
	 * @param key the dump's key
	 * @param until when the hold ends
	 * @param why the reason, for later readers
	 * @param by who holds it
	 * @param now the current time
	 * @return the dump
	 * @throws InvalidRequestException when there is no such dump
	 * @throws dev.dumpkeeper.gateway.GatewayException when the gateway fails
	 */
	public Dump hold(String volume, ObjectKey key, Instant until, String why, String by, Instant now) {
		Dump dump = this.rows.find(volume, key).orElseGet(() -> enter(volume, key, now));
		this.rows.hold(dump, until, SafeText.cut(by, 200), SafeText.cut(why, 500));
		return this.rows.find(dump.id()).orElse(dump);
	}

	private Dump enter(String volume, ObjectKey key, Instant now) {
		ObjectEntry entry = this.gateway.volume(volume)
			.stat(key)
			.orElseThrow(() -> new InvalidRequestException("there is no " + key + " in the volume " + volume));
		ScannedObject object = this.classifier.of(entry);
		if (object.kind() != ScannedObject.Kind.DUMP) {
			throw new InvalidRequestException(key + " is not a dump by its name (dumpkeeper.retention.dump-patterns)");
		}
		this.rows.insert(volume, List.of(new DumpRepository.Seen(object, 0, null, null)), this.names::of, now);
		return this.rows.find(volume, key).orElseThrow();
	}

	/**
	 * Ends the hold of a key, if there is one.
	 * @param volume the volume
	 * @param key the dump's key
	 * @return the dump as it was held
	 * @throws InvalidRequestException when there is no such dump
	 */
	public Dump release(String volume, ObjectKey key) {
		Dump dump = this.rows.find(volume, key)
			.orElseThrow(() -> new InvalidRequestException("no dump " + key + " is known in the volume " + volume));
		this.rows.hold(dump, null, null, null);
		return dump;
	}

	/**
	 * Returns the keys of a volume that are held now, including holds that were set after
	 * a plan was made.
	 * @param volume the volume
	 * @param now the current time
	 * @return their keys
	 */
	public Set<String> heldIn(String volume, Instant now) {
		return this.rows.held(volume, now);
	}

	/**
	 * Returns the dumps of a volume that may be blocked from expiry by a hold or a
	 * missing notification.
	 * @param volume the volume
	 * @param notifiedBefore dumps that were not reported before this instant are
	 * included; {@code null} without a robot, so that only holds count
	 * @param now the current time
	 * @param unproven whether dumps that are not known to be heap dumps are included
	 * @return in key order, read lazily
	 */
	public Iterator<ExpiryBlocker> standing(String volume, @Nullable Instant notifiedBefore, Instant now,
			boolean unproven) {
		return this.blockers.standing(volume, notifiedBefore, now, unproven);
	}

	/**
	 * Returns the newest complete dumps of each workload of a volume, and those that may
	 * be complete and would be among them. Other dumps never take the place of one.
	 * @param volume the volume
	 * @param count how many of each workload
	 * @param since only dumps written since
	 * @param now the current time: a dump dated in the future is as old as when it was
	 * first seen
	 * @return their keys
	 */
	public Set<String> newest(String volume, int count, Instant since, Instant now) {
		return this.blockers.newest(volume, count, since, now);
	}

	/**
	 * Returns the present dumps of a volume that are dated more than a day in the future.
	 * Their age counts from when they were first seen.
	 * @param volume the volume
	 * @param now the current time
	 * @return in key order, read lazily
	 */
	public Iterator<FutureDump> fromTheFuture(String volume, Instant now) {
		return this.blockers.fromTheFuture(volume, now);
	}

	/**
	 * Records that a plan expired objects. Ignores objects that are not dumps; a
	 * repetition has no effect.
	 * @param volume the volume
	 * @param keys their keys
	 * @param plan the plan's number
	 * @param at when
	 */
	public void expired(String volume, List<ObjectKey> keys, long plan, Instant at) {
		this.rows.expire(volume, keys, plan, at);
	}

	/**
	 * Returns the dumps that no message contains yet, grouped by environment, workload
	 * and volume, and by directory if the workload is unknown. A volume with more groups
	 * than its share has only some of them, first those with complete dumps, longest
	 * waiting first; all others are one group, its excess.
	 * @param now the current time: dumps dated in the future are as old as when they were
	 * first seen, and dumps without triage for a quarter of an hour are included as such
	 * @param without volumes to exclude
	 * @param most the number of separate groups above which the shares of volumes apply
	 * @return the groups, in order of their names
	 */
	public List<UnnotifiedGroup> unnotified(Instant now, Set<String> without, int most) {
		return this.unnotified.groups(now, without, most);
	}

	/**
	 * Returns whether there is anything to notify people of.
	 * @param now the current time
	 * @param without volumes to exclude
	 * @return {@code true} when {@link #unnotified} would not be empty
	 */
	public boolean hasUnnotified(Instant now, Set<String> without) {
		return !without.containsAll(this.unnotified.volumes(now));
	}

	/**
	 * Returns the volumes whose dumps are still being triaged, so that their notification
	 * can wait for further dumps. It waits for five minutes at most, so that a steady
	 * stream of new dumps does not suppress notifications.
	 * @param now the current time
	 * @return their names
	 */
	public Set<String> volumesInWork(Instant now) {
		return this.unnotified.inWork(now);
	}

	/**
	 * Returns how many dumps are unnotified, in any state.
	 * @return the number
	 */
	public long countUnnotified() {
		return this.counts.unnotified();
	}

	/**
	 * Returns the pods that left a dump, each with when its newest dump was first seen.
	 * @param since only dumps first seen from then on
	 * @param most the maximum number of pods; the earliest are kept
	 * @return pods and instants; dumps of unknown pods are ignored
	 */
	public Map<String, Instant> podsSeen(Instant since, int most) {
		return this.counts.podsSeen(since, most);
	}

	/**
	 * Returns the newest dumps of an {@link #unnotified} group. Dumps that were written
	 * again during a hold come first, dumps without a heap last.
	 * @param group the group
	 * @param count how many of it
	 * @param now the time for which the group was made
	 * @return newest first; none for an excess
	 */
	public List<UnnotifiedDump> newestUnnotified(UnnotifiedGroup group, int count, Instant now) {
		return this.unnotified.newest(group, count, now);
	}

	/**
	 * Assigns a group to the page that will report it. Call it in the transaction that
	 * stores the message.
	 * @param group the group
	 * @param message the message
	 * @param page its page, from 1
	 * @param now the time for which the group was made
	 * @return the number of its dumps
	 */
	public int assign(UnnotifiedGroup group, long message, int page, Instant now) {
		return this.unnotified.assign(group, message, page, now);
	}

	/**
	 * Records that a page was delivered, so that its dumps count as notified. Call it in
	 * the transaction that records the robot's answer; a repetition has no effect.
	 * @param message the message
	 * @param page its page, from 1
	 * @param at when the robot accepted it
	 */
	public void markNotified(long message, int page, Instant at) {
		this.unnotified.markNotified(message, page, at);
	}

	/**
	 * Counts the present dumps.
	 * @param now the current time, for holds
	 * @return the totals of all volumes
	 */
	public LedgerTotals totals(Instant now) {
		return this.counts.totals(now);
	}

	/**
	 * Counts what happened to dumps in a period.
	 * @param from its first instant
	 * @param to the first instant after it
	 * @return the counts
	 */
	public LedgerSpan span(Instant from, Instant to) {
		return this.counts.span(from, to);
	}

	/**
	 * Removes the records of dumps that are gone for a long time.
	 * @param before dumps that went earlier are removed
	 */
	@Override
	public void forget(Instant before) {
		this.rows.forget(before);
		this.failures.forget(before);
	}

	/**
	 * Unnotified dumps of one workload.
	 *
	 * @param environment the environment, empty if the name does not contain it
	 * @param workload the workload, empty if the name does not contain it
	 * @param volume the volume; empty if the dumps of all volumes are counted
	 * @param ownDirectory the directory that stands in for an unknown workload, shortened
	 * if it is long; otherwise empty
	 * @param directory the innermost directory that contains all of them, without a
	 * trailing slash; empty for the volume itself
	 * @param dumps how many
	 * @param bytes the sum of their sizes
	 * @param first when the first JVM died
	 * @param last when the last JVM died
	 * @param states how many are in which state
	 * @param groups 1, or the number of groups in the excess of a volume
	 * @param apart for an excess, the groups of its volume that are reported separately
	 */
	public record UnnotifiedGroup(String environment, String workload, String volume, String ownDirectory,
			String directory, long dumps, long bytes, Instant first, Instant last, Map<DumpState, Long> states,
			long groups, List<UnnotifiedGroup> apart) {

		/**
		 * Returns whether this is the excess of its volume.
		 * @return {@code false} for the dumps of one workload
		 */
		public boolean isExcess() {
			return this.groups > 1 || !this.apart.isEmpty();
		}

	}

	/**
	 * An unnotified dump.
	 *
	 * @param id its number
	 * @param volume the volume
	 * @param key its key
	 * @param bytes its size
	 * @param diedAt when the JVM died; when the file was last written if the dump does
	 * not contain it
	 * @param state whether it is complete
	 * @param origin where it came from
	 * @param project the project named by its receipt, as untrusted text; empty without
	 * @param cause why it was made, {@code null} if the dump does not contain it
	 * @param datedAt the date of a file that lies more than a day in the future;
	 * otherwise {@code null}
	 * @param holder who held the previous object under its key and so holds this one;
	 * {@code null} for most
	 */
	public record UnnotifiedDump(long id, String volume, String key, long bytes, Instant diedAt, DumpState state,
			DumpOrigin origin, String project, @Nullable DumpCause cause, @Nullable Instant datedAt,
			@Nullable String holder) {

	}

	/**
	 * The present dumps.
	 *
	 * @param dumps how many
	 * @param bytes the sum of their sizes
	 * @param unnotified how many are unnotified
	 * @param unnotifiedBytes the sum of their sizes
	 * @param writing how many are being written
	 * @param unseen how many have not been triaged
	 * @param held how many are held
	 * @param heldBytes the sum of their sizes
	 * @param fromTheFuture how many are dated more than a day in the future
	 */
	public record LedgerTotals(long dumps, long bytes, long unnotified, long unnotifiedBytes, long writing, long unseen,
			long held, long heldBytes, long fromTheFuture) {

	}

	/**
	 * What happened in a period.
	 *
	 * @param seen the new dumps by workload, the most first
	 * @param notified how many dumps were reported to people
	 * @param expired how many expired
	 * @param freedBytes the sum of their sizes
	 * @param vanished how many others removed
	 */
	public record LedgerSpan(List<UnnotifiedGroup> seen, long notified, long expired, long freedBytes, long vanished) {

	}

}
