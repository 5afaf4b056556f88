package dev.dumpkeeper.ledger;

/**
 * The ledger's sums on a real server, whose SQL is not that of the embedded database.
 */
class DumpHistoryOnServerIntegrationTests extends DumpHistoryTests {

	@Override
	LedgerDatabase database() {
		return LedgerDatabase.server();
	}

}
