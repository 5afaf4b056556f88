package dev.dumpkeeper.digest;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import dev.dumpkeeper.gateway.InMemoryGateway;
import dev.dumpkeeper.ledger.TestLedger;
import dev.dumpkeeper.notify.Outbox;

/**
 * Makes digests for tests of other rooms.
 */
public final class TestDigests {

	private TestDigests() {
	}

	/**
	 * Digests without links.
	 * @param ledger what they announce
	 * @param outbox sends them
	 * @param gateway has the dumps
	 * @param jdbc the database of both
	 * @param transactions of the same database
	 * @param clock the present
	 * @return the digests, which have to hear of what the outbox delivers
	 */
	public static Digests of(TestLedger ledger, Outbox outbox, InMemoryGateway gateway, JdbcTemplate jdbc,
			PlatformTransactionManager transactions, Clock clock) {
		return new Digests(ledger.ledger(), ledger.failures(), outbox, ZoneOffset.UTC, links(ledger, outbox, gateway),
				jdbc, new TransactionTemplate(transactions), clock);
	}

	static DumpLinks links(TestLedger ledger, Outbox outbox, InMemoryGateway gateway) {
		DownloadAddresses addresses = new DownloadAddresses(gateway, ledger.ledger());
		return new DumpLinks(addresses, ledger.ledger(), new ShortLinks(null, null, ledger.ledger(), addresses),
				new ConsoleLinks(null), outbox.dialect(), Duration.ofDays(1));
	}

}
