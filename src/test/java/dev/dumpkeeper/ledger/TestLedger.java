package dev.dumpkeeper.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.gateway.DumpBucket;
import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.gateway.ListingPage;
import dev.dumpkeeper.run.NotificationStatus;
import dev.dumpkeeper.run.Progress;
import dev.dumpkeeper.run.StopSignal;
import dev.dumpkeeper.scan.BucketLister;
import dev.dumpkeeper.scan.Globs;
import dev.dumpkeeper.scan.ObjectClassifier;
import dev.dumpkeeper.scan.ScanVisitor;
import dev.dumpkeeper.scan.TestScans;

/**
 * A ledger for tests of other rooms, with what fills it. Dumps lie in {@code dumpfiles}.
 */
public final class TestLedger {

	private final DumpRepository rows;

	private final FailureRepository failures;

	private final DumpLedger ledger;

	private final LedgerReconciler scan;

	private final DumpTriage triage;

	private final InMemoryGateway gateway;

	private final ObjectClassifier classifier = new ObjectClassifier(new Globs(List.of("*.hprof")));

	private final Clock clock;

	/**
	 * Creates it.
	 * @param jdbc a database with all tables
	 * @param transactions of the same database
	 * @param gateway has the dumps
	 * @param clock the present
	 */
	public TestLedger(JdbcTemplate jdbc, PlatformTransactionManager transactions, InMemoryGateway gateway,
			Clock clock) {
		this(jdbc, transactions, gateway, clock, DumpFormats.KNOWN);
	}

	TestLedger(JdbcTemplate jdbc, PlatformTransactionManager transactions, InMemoryGateway gateway, Clock clock,
			DumpFormats formats) {
		TransactionTemplate transaction = new TransactionTemplate(transactions);
		DumpNames names = new DumpNames(List.of(), List.of("dumpfiles"));
		this.rows = new DumpRepository(jdbc, transaction);
		this.failures = new FailureRepository(jdbc);
		this.ledger = new DumpLedger(this.rows, this.failures, names, this.classifier, gateway);
		this.scan = new LedgerReconciler(this.rows, names, gateway, TestScans.none(), clock);
		this.triage = new DumpTriage(this.rows, this.failures, gateway, new DumpRules(this.classifier, formats),
				new LedgerProperties(List.of(), Duration.ofMinutes(10), Duration.ofMinutes(10), 1, false),
				new NotificationStatus(true), Progress.NONE, new StopSignal(), clock);
		this.gateway = gateway;
		this.clock = clock;
	}

	public DumpLedger ledger() {
		return this.ledger;
	}

	public FailureRepository failures() {
		return this.failures;
	}

	/** Lists a volume and enters what is there, as the minute's poll does. */
	public void list(String volume) {
		ScanVisitor visitor = this.scan.glance(volume, "dumpfiles/", this.clock.instant());
		DumpBucket bucket = this.gateway.volume(volume);
		String next = null;
		do {
			ListingPage page = bucket.list("dumpfiles/", next);
			page.entries().forEach((entry) -> visitor.visit(this.classifier.of(entry)));
			next = page.next();
		}
		while (next != null);
		visitor.abandon();
	}

	/**
	 * What finds dumps between the scans.
	 * @param isAnybodyThere whether there is a robot
	 * @param stop ends a listing
	 */
	public NewDumpFinder finder(boolean isAnybodyThere, StopSignal stop) {
		BucketLister lister = TestScans.walk(stop);
		return new NewDumpFinder(this.scan, this.rows,
				new DuplicateDumpSearch(this.rows.jdbc(), this.gateway, lister, Progress.NONE, this.clock), this.triage,
				lister, this.gateway, this.classifier, new NotificationStatus(isAnybodyThere), this.clock);
	}

	/** Triages what is due, as the minute's poll does. */
	public void triage() {
		this.triage.triage(this.clock.instant(), this.rows.dueVolumes());
	}

}
