package dev.dumpkeeper.ledger;

/**
 * Dumps that more than one run reads, on a real server, whose columns and packets have
 * bounds.
 */
class ReadingOnServerIntegrationTests extends ReadingOnTests {

	@Override
	LedgerDatabase database() {
		return LedgerDatabase.server();
	}

}
