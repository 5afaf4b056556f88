package dev.dumpkeeper.ledger;

/**
 * The ledger's sums on a real server, whose SQL is not that of the embedded database.
 */
class DumpHistoryOnMariaDbIntegrationTests extends DumpHistoryTests {

	@Override
	LedgerDatabase database() {
		return LedgerDatabase.mariaDb();
	}

}
