package dev.dumpkeeper.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * What is known of every dump, and what people said about it.
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
	 * Finds a dump that is there.
	 * @param id its number
	 * @return the dump, or empty when it is gone, was written again or never was
	 */
	public Optional<Dump> find(long id) {
		return this.rows.find(id);
	}

	/**
	 * Whether a dump may be another's under a second key at this moment. That can only be
	 * where links cannot be told from directories.
	 * @param dump the dump
	 * @return {@code true} when another key that is there has the same size in the same
	 * second, when nobody has looked for such a key yet, and when something else lies
	 * under the dump's key by now
	 * @throws dev.dumpkeeper.gateway.GatewayException when the gateway fails
	 */
	public boolean mayBeAnothers(Dump dump) {
		return this.duplicates.against(dump.volume(), dump.key(), dump.size(), dump.lastModified()).isPresent();
	}

	/**
	 * Keeps a dump from expiring until an instant, and what is written under its key
	 * until then; a longer or shorter hold replaces an earlier one. A dump that no scan
	 * has seen yet is looked for at the gateway and entered.
	 * @param volume the volume
	 * @param key the dump's key
	 * @param until when the hold ends
	 * @param why for whoever asks later
	 * @param by who holds it
	 * @param now the present
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
	 * Ends a hold of a key; without one nothing happens.
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
	 * The keys in a volume that are held at this moment: somebody may have said so after
	 * a plan was made.
	 * @param volume the volume
	 * @param now the present
	 * @return their keys
	 */
	public Set<String> heldIn(String volume, Instant now) {
		return this.rows.held(volume, now);
	}

	/**
	 * The dumps of a volume that something may stand against: a hold, or that nobody was
	 * told of them before an instant.
	 * @param volume the volume
	 * @param toldBefore people must have been told before this; {@code null} where there
	 * is no robot to tell them, so that only holds count
	 * @param now the present
	 * @param unproven whether also those stand that are not known to be heap dumps
	 * @return in key order, read as they are asked for
	 */
	public Iterator<ExpiryBlocker> standing(String volume, @Nullable Instant toldBefore, Instant now,
			boolean unproven) {
		return this.blockers.standing(volume, toldBefore, now, unproven);
	}

	/**
	 * The newest whole dumps of each workload of a volume, and those that may be whole
	 * and would be among them: nothing else takes the place of one.
	 * @param volume the volume
	 * @param count how many of each workload
	 * @param since only those written since
	 * @param now the present: a dump that claims to be from the future is as old as when
	 * it was first seen
	 * @return their keys
	 */
	public Set<String> newest(String volume, int count, Instant since, Instant now) {
		return this.blockers.newest(volume, count, since, now);
	}

	/**
	 * The present dumps of a volume whose files say that they were written more than a
	 * day in the future. Their ages count from when they were first seen.
	 * @param volume the volume
	 * @param now the present
	 * @return in key order, read as they are asked for
	 */
	public Iterator<FutureDump> fromTheFuture(String volume, Instant now) {
		return this.blockers.fromTheFuture(volume, now);
	}

	/**
	 * Records that a plan expired objects; those that are no dumps are passed over, and a
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
	 * What people have to be told: dumps that no message names, by environment, workload
	 * and volume, and those of unknown workloads by directory. A volume with more groups
	 * than its share has only some of them, those with whole dumps first and then those
	 * that wait longest; all others are one group, its excess.
	 * @param now the present: what claims to be from the future is as old as when it was
	 * first seen, and what nobody has looked at for a quarter of an hour is told as that
	 * @param without volumes that are left out
	 * @param most how many groups are told apart before the shares of volumes are judged
	 * @return the groups, in order of their names
	 */
	public List<UnnotifiedGroup> unnotified(Instant now, Set<String> without, int most) {
		return this.unnotified.groups(now, without, most);
	}

	/**
	 * Whether there is something that people have to be told.
	 * @param now the present
	 * @param without volumes that are left out
	 * @return {@code true} when {@link #unnotified} would not be empty
	 */
	public boolean hasUnnotified(Instant now, Set<String> without) {
		return !without.containsAll(this.unnotified.volumes(now));
	}

	/**
	 * The volumes in which dumps are still being looked at, so that what is found there
	 * may as well be told together with what is found next. For five minutes at most:
	 * whoever makes new dumps all the time keeps nobody from being told.
	 * @param now the present
	 * @return their names
	 */
	public Set<String> volumesInWork(Instant now) {
		return this.unnotified.inWork(now);
	}

	/**
	 * How many dumps nobody was told of, whatever their state.
	 * @return the number
	 */
	public long countUnnotified() {
		return this.counts.unnotified();
	}

	/**
	 * The pods that left a dump, each with when its newest one was first seen.
	 * @param since those seen from then on
	 * @param most how many pods at most, those that came first
	 * @return pods and instants; dumps of which no pod is known are in none
	 */
	public Map<String, Instant> podsSeen(Instant since, int most) {
		return this.counts.podsSeen(since, most);
	}

	/**
	 * The newest dumps of one of the {@link #unnotified} groups, before them those that
	 * were written again while somebody held them, and those without a heap last.
	 * @param group the group
	 * @param count how many of it
	 * @param now the present, as there
	 * @return newest first; none of an excess
	 */
	public List<UnnotifiedDump> newestUnnotified(UnnotifiedGroup group, int count, Instant now) {
		return this.unnotified.newest(group, count, now);
	}

	/**
	 * Names the page by which people will be told of a group. Belongs into the
	 * transaction that stores the message.
	 * @param group the group
	 * @param message the message
	 * @param page its page, from 1
	 * @param now the present, by which the group was made
	 * @return how many dumps that are
	 */
	public int assign(UnnotifiedGroup group, long message, int page, Instant now) {
		return this.unnotified.assign(group, message, page, now);
	}

	/**
	 * Records that the group read a page: its dumps are told. Belongs into the
	 * transaction that records the robot's answer; a repetition has no effect.
	 * @param message the message
	 * @param page its page, from 1
	 * @param at when the robot took it
	 */
	public void told(long message, int page, Instant at) {
		this.unnotified.told(message, page, at);
	}

	/**
	 * Counts what is there now.
	 * @param now the present, for holds
	 * @return the totals of all volumes
	 */
	public LedgerTotals totals(Instant now) {
		return this.counts.totals(now);
	}

	/**
	 * What happened to dumps in a span of time.
	 * @param from its first instant
	 * @param to the first instant after it
	 * @return the counts
	 */
	public LedgerSpan span(Instant from, Instant to) {
		return this.counts.span(from, to);
	}

	/**
	 * Forgets dumps that are long gone.
	 * @param before those that went earlier
	 */
	@Override
	public void forget(Instant before) {
		this.rows.forget(before);
		this.failures.forget(before);
	}

	/**
	 * Dumps of one workload that people have to be told of.
	 *
	 * @param environment where, empty where the name does not tell
	 * @param workload of what, likewise
	 * @param volume in which volume; empty where the dumps of all volumes are counted
	 * @param ownDirectory the directory that stands in for a workload that is not known,
	 * shortened where it is long; empty for all others
	 * @param directory the innermost directory that all of them lie in, without a
	 * trailing slash; empty for the volume itself
	 * @param dumps how many
	 * @param bytes their sizes added up
	 * @param first when the first JVM died
	 * @param last when the last one died
	 * @param states how many are in which state
	 * @param groups 1, or for the excess of a volume how many groups these are
	 * @param apart for an excess, the groups of its volume that are told apart from it
	 */
	public record UnnotifiedGroup(String environment, String workload, String volume, String ownDirectory,
			String directory, long dumps, long bytes, Instant first, Instant last, Map<DumpState, Long> states,
			long groups, List<UnnotifiedGroup> apart) {

		/**
		 * Whether these are all that exceed the share of their volume.
		 * @return {@code false} for the dumps of one workload
		 */
		public boolean isExcess() {
			return this.groups > 1 || !this.apart.isEmpty();
		}

	}

	/**
	 * A dump that people have to be told of.
	 *
	 * @param id its number
	 * @param volume the volume
	 * @param key its key
	 * @param bytes its size
	 * @param diedAt when the JVM died; when the file was written last where it does not
	 * tell
	 * @param state how whole it is
	 * @param origin where it came from
	 * @param project the project that its receipt names, anybody's words; empty without
	 * @param cause why it was made, {@code null} where it does not tell
	 * @param datedAt when the file says it was written, where that lies more than a day
	 * in the future; {@code null} otherwise
	 * @param holder who holds what lay under its key before, and so holds it too;
	 * {@code null} for most
	 */
	public record UnnotifiedDump(long id, String volume, String key, long bytes, Instant diedAt, DumpState state,
			DumpOrigin origin, String project, @Nullable DumpCause cause, @Nullable Instant datedAt,
			@Nullable String holder) {

	}

	/**
	 * What lies there now.
	 *
	 * @param dumps how many
	 * @param bytes their sizes added up
	 * @param unnotified of how many nobody was told
	 * @param unnotifiedBytes their sizes added up
	 * @param writing how many are being written
	 * @param unseen how many were not looked at yet
	 * @param held how many are held
	 * @param heldBytes their sizes added up
	 * @param fromTheFuture how many have a time more than a day in the future
	 */
	public record LedgerTotals(long dumps, long bytes, long unnotified, long unnotifiedBytes, long writing, long unseen,
			long held, long heldBytes, long fromTheFuture) {

	}

	/**
	 * What happened in a span of time.
	 *
	 * @param seen the new dumps by workload, most first
	 * @param told of how many people were told
	 * @param expired how many expired
	 * @param freedBytes their sizes added up
	 * @param vanished how many somebody else removed
	 */
	public record LedgerSpan(List<UnnotifiedGroup> seen, long told, long expired, long freedBytes, long vanished) {

	}

}
